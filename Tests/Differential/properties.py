#!/usr/bin/env python3
"""Laws that every answer has to keep, over random scenarios; exit status 1 where one is broken.

  python3 properties.py --cesuan PATH [--seeds 1..120] [--laws sums,undo,...] [--keep]

No rule of a document is known here: a law compares the program with itself. What the laws are is said by the functions
below, each of which gives the commands it needs and looks at what came out.
"""
import argparse
import copy
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from decimal import Decimal

sys.dont_write_bytecode = True

from facts import FIELDS, Places
from files import write
from generate import generate

LISTS = set(FIELDS)
# By field: the list that it names a record of.
REFERENCES = {"enterprise": "enterprises", "agency": "agencies", "base": "bases", "specialist": "specialists",
              "from_enterprise": "enterprises", "to_enterprise": "enterprises", "participants": "enterprises"}
STYLE = {"encoding": "utf-8", "header": "names", "dates": "iso", "booleans": "word", "separator": ";", "newline": "\n"}


def ask(program, lines, *options):
    done = subprocess.run([program, "--format", "json", *options, "-c", "\n".join(lines)], capture_output=True, text=True,
                          timeout=300, env=os.environ | {"NO_COLOR": "1"}, stdin=subprocess.DEVNULL)
    return done.returncode, [json.loads(line) for line in done.stdout.splitlines() if line.strip()], done.stderr


def run(case, how=""):
    return f"run {' + '.join(case.programme)} as {case.mode}{how}"


def settings(case):
    return [f"set {k} = {v}" for k, v in (case.overrides | case.session).items()]


def base(case, path):
    return [f"load {path}", *settings(case), run(case), "payments", "duties"]


# What tells how an answer came about and not what it says.
BESIDE = {"result", "scenario", "fingerprint", "settings", "title"}


def bare(o):
    if isinstance(o, dict):
        return {k: bare(v) for k, v in o.items() if k not in BESIDE}
    return [bare(x) for x in o] if isinstance(o, list) else o


def answers(objects, rename=lambda x: x):
    """Budget, payments and duties, so that two lots can be compared: the order within a day is by names."""
    out = {}
    for o in objects:
        if o.get("kind") in ("budget", "payments", "duties"):
            out[o["kind"]] = rename(bare(o))
    if "payments" in out:
        out["payments"] = sorted(json.dumps(p, sort_keys=True, ensure_ascii=False) for p in out["payments"]["payments"])
    if "grants" in out.get("budget", {}):
        out["budget"]["grants"].sort(key=lambda g: json.dumps(g, sort_keys=True, ensure_ascii=False))
    for duty in out.get("duties", {}).get("duties", ()):
        # Both name records in the order of the file.
        duty.pop("detail", None)
        duty.get("unknown", []).sort()
    return out


def differing(a, b, path=""):
    """Where two answers differ first."""
    if type(a) is not type(b):
        return f"{path}: {str(a)[:200]} and {str(b)[:200]}"
    if isinstance(a, dict):
        for k in sorted(a.keys() | b.keys()):
            if a.get(k) != b.get(k):
                return differing(a.get(k), b.get(k), f"{path}.{k}")
    if isinstance(a, list):
        for i, (x, y) in enumerate(zip(a, b)):
            if x != y:
                return differing(x, y, f"{path}[{i}]")
        if len(a) != len(b):
            return f"{path}: {len(a)} and {len(b)} entries"
    return f"{path}: {str(a)[:200]} and {str(b)[:200]}" if a != b else None


def told(status, errors, a, b):
    said = errors[errors.find("error:"):][:300]
    return f"status {status}: {said}" if status else str(differing(a, b))


# ---- the laws: each yields what is broken --------------------------------------------------------

def sums(case, path, program, expected):
    """Measures, payments and every dimension add up to the same figures; total = due + pending."""
    dimensions = ["measure", "kind", "year", "month", "beneficiary"]
    status, objects, errors = ask(program, [*base(case, path), *[run(case, f" by {d}") for d in dimensions]])
    if status:
        yield f"status {status}: {errors[:300]}"
        return
    budgets = [o for o in objects if o["kind"] == "budget"]
    whole = budgets[0]
    names = ("total", "due", "pending", "displaced")
    if Decimal(whole["due"]) + Decimal(whole["pending"]) != Decimal(whole["total"]):
        yield "total is not due + pending"
    for budget, dimension in zip(budgets[1:], dimensions):
        for name in names:
            if budget[name] != whole[name]:
                yield f"by {dimension}: {name} {budget[name]}, without {whole[name]}"
        rows = budget["measures"] if dimension == "measure" else budget["groups"]
        for name in names:
            if sum(Decimal(r[name]) for r in rows) != Decimal(whole[name]):
                yield f"by {dimension}: {name} of the rows is {sum(Decimal(r[name]) for r in rows)}, not {whole[name]}"
    paid = {"due": Decimal(0), "pending": Decimal(0), "displaced": Decimal(0)}
    for o in objects:
        if o["kind"] == "payments":
            for p in o["payments"]:
                if p["status"] in paid:
                    paid[p["status"]] += Decimal(p["amount"])
            break
    for name, amount in paid.items():
        if amount != Decimal(whole[name]):
            yield f"payments {name}: {amount}, the budget says {whole[name]}"


def undo(case, path, program, expected):
    """What is set and undone has left nothing, redone it is there again; a stored result is what it was."""
    lines = [*base(case, path), "set as_of = 2023-05-17", run(case), "undo", run(case), "payments", "duties", "redo", run(case),
             "undo", "verify r1"]
    status, objects, errors = ask(program, lines)
    if status:
        yield f"status {status}: {errors[:300]}"
        return
    budgets = [bare(o) for o in objects if o["kind"] == "budget"]
    if budgets[0] != budgets[2]:
        yield f"undone: {differing(budgets[0], budgets[2])}"
    if budgets[1] != budgets[3]:
        yield f"redone: {differing(budgets[1], budgets[3])}"
    if expected != (again := answers(objects[:-3])):
        yield f"undone: {differing(expected, again)}"


def threads(case, path, program, expected):
    """One thread or five give the same."""
    for count in ("1", "5"):
        status, objects, errors = ask(program, base(case, path), "--threads", count)
        if status or answers(objects) != expected:
            yield f"{count} threads: {told(status, errors, expected, answers(objects))}"


def chinese(case, path, program, expected):
    """The reader's language changes no figure, no id and no status."""
    status, objects, errors = ask(program, base(case, path), "--lang", "zh")
    ours, theirs = without_words(expected), answers(objects, without_words)
    if status or ours != theirs:
        yield told(status, errors, ours, theirs)


def without_words(o):
    """Sentences are the reader's; everything else is the same in both languages."""
    if isinstance(o, dict):
        return {k: without_words(v) for k, v in o.items() if k not in ("detail", "note", "notes", "title", "warnings")}
    return [without_words(x) for x in o] if isinstance(o, list) else o


def verbs(case, path, program, expected):
    """The Chinese commands are the English ones."""
    pairs = [f"设定 {k} = {v}" for k, v in (case.overrides | case.session).items()]
    mode = {"enacted": "现行", "adopted": "采用"}[case.mode]
    lines = [f"加载 {path}", *pairs, f"测算 {' + '.join(case.programme)} 按{mode}", "支付", "义务"]
    status, objects, errors = ask(program, lines)
    if status or answers(objects) != expected:
        yield told(status, errors, expected, answers(objects))


def order(case, path, program, expected):
    """The order of the records decides nothing."""
    other, dice = copy.deepcopy(case), random.Random(case.seed)
    for name in LISTS & other.scenario.keys():
        dice.shuffle(other.scenario[name])
    status, objects, errors = ask(program, base(other, write(other, f"{path}-order")))
    if status or answers(objects) != expected:
        yield told(status, errors, expected, answers(objects))


def sources(case, path, program, expected):
    """Records in the scenario's file or in CSV files beside it are the same records."""
    case, expected = copy.deepcopy(case), None
    for name in LISTS & case.scenario.keys():
        # An empty cell states nothing, where a file of YAML may state that there is nothing.
        case.scenario[name] = [{k: v for k, v in row.items() if v not in ([], (), None, "")} for row in case.scenario[name]]
    for bulk in ({}, {n: STYLE for n in LISTS if case.scenario.get(n)}):
        other = copy.deepcopy(case)
        other.bulk = bulk
        status, objects, errors = ask(program, base(other, write(other, f"{path}-source{len(bulk)}")))
        expected = answers(objects) if expected is None else expected
        if status or answers(objects) != expected:
            yield f"{len(bulk)} lists from files: {told(status, errors, expected, answers(objects))}"


def ids(case, path, program, expected):
    """What records are called decides nothing but the order among equals, which this renaming keeps."""
    other = copy.deepcopy(case)
    known = {n: {str(r["id"]) for r in other.scenario.get(n, ()) if "id" in r} for n in LISTS}
    if other.scenario.get("cohorts") or any(r.get("id") != str(r.get("id")).strip() for n in LISTS
                                            for r in other.scenario.get(n, ()) if "id" in r):
        return  # a cohort's hires are named after it, and an id with blanks is another test
    for name in LISTS & other.scenario.keys():
        for row in other.scenario[name]:
            for field, value in list(row.items()):
                target = name if field == "id" else REFERENCES.get(field)
                if target and isinstance(value, list):
                    row[field] = [f"q-{v}" if str(v) in known.get(target, ()) else v for v in value]
                elif target and str(value) in known.get(target, ()):
                    row[field] = f"q-{value}"
            for field in ("worker", "student", "name"):
                # A name that is not stated is the id.
                if field in FIELDS[name] and field not in row and "id" in row:
                    row[field] = str(row["id"])[2:]
    status, objects, errors = ask(program, base(other, write(other, f"{path}-ids")))

    def back(o):
        if isinstance(o, dict):
            return {k: back(v) for k, v in o.items()}
        if isinstance(o, list):
            return [back(x) for x in o]
        return o[2:] if isinstance(o, str) and o.startswith("q-") else o
    if status or answers(objects, back) != expected:
        yield told(status, errors, expected, answers(objects, back))


LAWS = {f.__name__: f for f in (sums, undo, threads, chinese, verbs, order, sources, ids)}


def seed_done(job):
    seed, options = job
    case = generate(seed, Places(options.places), None)
    folder = tempfile.mkdtemp(prefix="properties-")
    broken, asked = [], Counter()
    try:
        path = write(case, os.path.join(folder, "s"))
        status, objects, errors = ask(options.cesuan, base(case, path))
        if status == 0:  # what is refused is no scenario, and run.py looks at it
            expected = answers(objects)
            for name in options.laws:
                asked[name] += 1
                broken += [f"seed {seed}, {name}: {what}" for what in LAWS[name](case, path, options.cesuan, expected)]
    finally:
        if not (broken and options.keep):
            shutil.rmtree(folder)
    return broken + ([f"  files: {folder}"] if broken and options.keep else []), asked


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cesuan", required=True)
    parser.add_argument("--seeds", default="1..120", help="A..B or one seed")
    parser.add_argument("--laws", default=",".join(LAWS), help=f"of {', '.join(LAWS)}")
    parser.add_argument("--places", help="places.csv, when it is not in Sources")
    parser.add_argument("--keep", action="store_true")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    options = parser.parse_args()
    options.cesuan = os.path.abspath(options.cesuan)
    options.laws = options.laws.split(",")
    first, _, last = options.seeds.partition("..")
    began, bad, asked = time.time(), 0, Counter()
    with ProcessPoolExecutor(options.jobs) as pool:
        for broken, laws in pool.map(seed_done, [(s, options) for s in range(int(first), int(last or first) + 1)]):
            asked += laws
            bad += bool(broken)
            for line in broken[:6]:
                print(line, flush=True)
    print(f"{sum(asked.values())} times a law ({', '.join(f'{k} {n}' for k, n in sorted(asked.items()))}), "
          f"{bad} scenarios break one; {time.time() - began:.0f} s")
    if not asked or any(asked[name] == 0 for name in options.laws):
        sys.exit("a law was never asked")
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
