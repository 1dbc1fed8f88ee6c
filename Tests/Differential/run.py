#!/usr/bin/env python3
"""Compares the program with the oracle on random scenarios; exit status 1 on any difference.

  python3 run.py --cesuan PATH [--seeds 1..200] [--documents changle-2022,...] [--places FILE]
                 [--keep] [--batch N] [--jobs N] [--stop N] [--strict]
  python3 run.py --show SEED [--documents ...]      the scenario's files, the commands and the oracle's answer

--keep leaves the files of differing seeds in the temporary folder and prints where. --batch puts several scenarios
into one process of the program; whatever looks odd there is run again alone, so that what is printed can be reproduced
by hand. --stop ends after N differing seeds. --strict makes warnings (the names of missing facts, the order of rows)
differences too.
"""
import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor

sys.dont_write_bytecode = True  # a test leaves nothing beside its sources

from facts import FIELDS, Places, ScenarioError, expand_cohort
from files import write
from generate import generate
from oracle import cost
from work import DOCUMENTS
from reckon import trimmed, yuan

SHOWN = 6  # differences printed of one seed


# ---- asking the program -------------------------------------------------------------------------

def commands(case, path, alone=True):
    pairs = [f"{k} = {v}" for k, v in (case.overrides | case.session).items()]
    lines, prefix = [f"load {path}"], ""
    if case.with_prefix or not alone:
        prefix = f"with {', '.join(pairs)} " if pairs else ""
    else:
        lines += [f"set {p}" for p in pairs]
    lines += [f"{prefix}run {' + '.join(case.programme)} as {case.mode}", "payments", "duties"]
    return lines


def ask(cesuan, lines):
    try:
        done = subprocess.run([cesuan, "--format", "json", "-c", "\n".join(lines)], capture_output=True, text=True,
                              timeout=120,
                              env=os.environ | {"NO_COLOR": "1"}, stdin=subprocess.DEVNULL)
    except subprocess.TimeoutExpired:
        return None, [], "no answer within 120 seconds"
    objects, odd = [], []
    for line in done.stdout.splitlines():
        if line.strip():
            try:
                objects.append(json.loads(line))
            except ValueError:
                odd.append(line)
    return done.returncode, objects, "\n".join(odd) + done.stderr


def the(objects, kind):
    found = [o for o in objects if o.get("kind") == kind]
    return found[-1] if found else None


# ---- comparing ----------------------------------------------------------------------------------

def compare(case, expected, objects):
    """Lists of (what differs, ids concerned) and of warnings."""
    out, warnings = [], []
    budget, ledger, duties = (the(objects, kind) for kind in ("budget", "payments", "duties"))
    for kind, found in (("budget", budget), ("payments", ledger), ("duties", duties)):
        if found is None:
            out.append((f"no object of kind {kind}", ()))
    if budget:
        compare_budget(case, expected, budget, out, warnings)
    if ledger:
        compare_payments(expected, ledger["payments"], out, warnings)
    if duties:
        theirs = {d["duty"]: d["status"] for d in duties["duties"]}
        for name in sorted(expected.duties.keys() | theirs.keys()):
            if expected.duties.get(name) != theirs.get(name):
                out.append((f"duty {name}: oracle {expected.duties.get(name)}, program {theirs.get(name)}", ()))
    return out, warnings


def compare_budget(case, expected, budget, out, warnings):
    if budget.get("mode") != case.mode:
        out.append((f"mode: asked {case.mode}, program {budget.get('mode')}", ()))
    if set(budget.get("programme", ())) != set(case.programme):
        out.append((f"programme: asked {case.programme}, program {budget.get('programme')}", ()))
    sums = expected.sums()
    for name in ("total", "due", "pending", "displaced"):
        if budget.get(name) != yuan(sums[name]):
            out.append((f"budget {name}: oracle {yuan(sums[name])}, program {budget.get(name)}", ()))
    theirs = {m["measure"]: m for m in budget.get("measures", ())}
    ours = expected.by_measure()
    for measure in sorted(ours.keys() | theirs.keys()):
        a, b = ours.get(measure, {}), theirs.get(measure, {})
        for name in ("total", "due", "pending", "displaced", "over_quota"):
            if yuan(a.get(name, 0)) != b.get(name, "0.00"):
                out.append((f"{measure} {name}: oracle {yuan(a.get(name, 0))}, program {b.get(name, '0.00')}", ()))
        for name in ("payments", "beneficiaries"):
            if a.get(name, 0) != b.get(name, 0):
                out.append((f"{measure} {name}: oracle {a.get(name, 0)}, program {b.get(name, 0)}", ()))
        if a.get("payments") and a["upper_bound"] != b.get("upper_bound", False):
            out.append((f"{measure} upper_bound: oracle {a['upper_bound']}, program {b.get('upper_bound')}", ()))
    theirs = {}
    for u in budget.get("unpriced", ()):
        entry = theirs.setdefault(u["measure"], [0, u["unit"], set()])
        entry[0] += u["units"]
        entry[2] |= {name.split(".")[-1] for name in u["missing"]}
    for measure in sorted(expected.unpriced.keys() | theirs.keys()):
        a, b = expected.unpriced.get(measure), theirs.get(measure)
        if a != b:
            out.append((f"unpriced {measure}: oracle {a}, program {b}", ()))
    theirs = {}
    for u in budget.get("undetermined", ()):  # a line for each lot of missing facts
        lot = theirs.setdefault(u["measure"], {"subjects": 0, "facts": set()})
        lot["subjects"] += u["subjects"]
        lot["facts"] |= set(u["facts"])
    for measure in sorted(expected.undetermined.keys() | theirs.keys()):
        a, b = expected.undetermined.get(measure, {}), theirs.get(measure, {"subjects": 0, "facts": []})
        if len(a) != b["subjects"]:
            words = f"undetermined {measure}: oracle {len(a)} {dict(list(a.items())[:8])}, program {b}"
            out.append((words, tuple(a)[:2]))
        facts = {f.split(".")[-1] for f in b["facts"]}
        if a and set().union(*a.values()) != facts:
            ours = sorted(set().union(*a.values()))
            warnings.append(f"undetermined {measure}: facts of the oracle {ours}, of the program {sorted(facts)}")
    theirs = {u["measure"]: u["subjects"] for u in budget.get("elsewhere", ())}
    for measure in sorted(expected.elsewhere.keys() | theirs.keys()):
        a = expected.elsewhere.get(measure, set())
        if len(a) != theirs.get(measure, 0):
            words = f"elsewhere {measure}: oracle {len(a)} {sorted(a)[:8]}, program {theirs.get(measure, 0)}"
            out.append((words, tuple(sorted(a))[:2]))
    if "grants" in budget:
        a = Counter(g[:3] for g in expected.grants)
        b = Counter((g["measure"], g["beneficiary"], g["subject"]) for g in budget["grants"])
        for row in sorted((a - b)):
            out.append((f"grant only of the oracle: {row}", row[1:2]))
        for row in sorted((b - a)):
            out.append((f"grant only of the program: {row}", row[1:2]))
        titles = {g[:3]: g[3] for g in expected.grants}
        for g in budget["grants"]:
            title = titles.get((g["measure"], g["beneficiary"], g["subject"]))
            if title in ("gold", "silver", "bronze") and title not in str(g.get("title", "")).lower():
                out.append((f"grant {g['measure']} {g['subject']}: oracle {title}, program {g.get('title')}", ()))


def compare_payments(expected, rows, out, warnings):
    theirs = [(p["date"], p["measure"], p["beneficiary"], p["subject"], p["amount"], p["status"],
               bool(p["upper_bound"])) for p in rows]
    a, b = Counter(p.row() for p in expected.payments), Counter(theirs)
    only = sorted([(row, "oracle ") for row in (a - b).elements()] + [(row, "program") for row in (b - a).elements()])
    # The first of each measure tell more than many of one.
    seen = Counter()
    for row, side in only:
        seen[row[1]] += 1
        if seen[row[1]] <= 4:
            out.append((f"only {side}: {' '.join(map(str, row))}", (row[3].split("@")[0], row[2])))
    if len(only) > 4:
        out.append((f"{len(only)} rows of payments stand on one side only: {dict(seen)}", ()))
    if a == b and [r[:4] for r in theirs] != sorted(r[:4] for r in theirs):
        warnings.append("payments are not in the order of date, measure, beneficiary, subject")


# ---- showing ------------------------------------------------------------------------------------

def rows_of(case, wanted):
    """The records with this id, and what a hire or internship refers to."""
    s, out, also = case.scenario, [], set()
    hires = list(s["hires"])
    for c in s.get("cohorts", ()):
        try:
            hires += expand_cohort(c, case.session.get("month_end") or s["readings"].get("month_end", "clamp"))
        except ScenarioError:
            continue  # one that is to be refused
    for name in FIELDS:
        for row in hires if name == "hires" else s.get(name, ()):
            if wanted == trimmed(row["agency"] if name == "tax_records" else row["id"]):
                out.append((name, row))
                if name in ("hires", "internships", "specialists"):
                    also |= {(n, row[k]) for n, k in (("enterprises", "enterprise"), ("agencies", "agency"),
                                                      ("bases", "base"),
                                                       ("specialists", "specialist")) if k in row}
    for name, i in sorted(also):
        out += [(name, row) for row in s.get(name, ()) if trimmed(row["id"]) == trimmed(i)]
    return out


def describe(case, differences, warnings, folder, lines):
    s = case.scenario
    text = [f"seed {case.seed}: {' + '.join(case.programme)} as {case.mode}, district {s['district']}, "
            f"as_of {s.get('as_of')}",
            f"  readings {s['readings']}, beside them {case.session}", f"  values {s['values']}",
            f"  overrides {case.overrides}"]
    if case.bulk:
        text.append(f"  from CSV: {case.bulk}")
    shown = set()
    for message, ids in differences[:SHOWN]:
        text.append(f"  * {message}")
        for i in ids:
            for name, row in rows_of(case, i) if i not in shown else ():
                line = f"      {name}: {json.dumps(row, ensure_ascii=False)}"
                if line not in shown:
                    text.append(line)
                    shown.add(line)
            shown.add(i)
    if len(differences) > SHOWN:
        text.append(f"  ... and {len(differences) - SHOWN} more")
    text += [f"  warning: {w}" for w in warnings]
    if folder:
        text.append(f"  files: {folder}\n  commands:\n    " + "\n    ".join(lines))
    return "\n".join(text)


# ---- seeds --------------------------------------------------------------------------------------

def expectation(case, places):
    try:
        return cost(case.scenario, case.programme, case.mode, case.overrides, places, case.session)
    except ScenarioError as error:
        return error


def alone(case, expected, path, cesuan):
    """(differences, warnings) of one case in a process of its own."""
    status, objects, errors = ask(cesuan, commands(case, path))
    complaint = errors + " ".join(str(o.get("message")) for o in objects if o.get("kind") == "error")
    if isinstance(expected, ScenarioError):
        if status == 0 or not any(name in complaint for name in expected.names):
            return [(f"the oracle refuses ({expected}); program: status {status}, {complaint.strip()[:300]!r}",
                     expected.names[:1])], []
        return [], []
    if status != 0:
        return [(f"program: status {status}, {complaint.strip()[:600]}", ())], []
    return compare(case, expected, objects)


def seeds_done(job):
    """A few seeds, in one process of the program if that works out; reports per seed."""
    seeds, options = job
    places = Places(options.places)
    folder = tempfile.mkdtemp(prefix="differential-")
    cases, reports = [], []
    for seed in seeds:
        case = generate(seed, places, options.documents)
        where = os.path.join(folder, str(seed))
        cases.append((case, expectation(case, places), write(case, where), where))
    agreed = set()
    together = [c for c in cases if not isinstance(c[1], ScenarioError)] if len(cases) > 1 else []
    if together:
        lines = [line for case, _, path, _ in together for line in commands(case, path, alone=False)]
        status, objects, _ = ask(options.cesuan, lines)
        part = {}
        for o in objects:
            if o.get("kind") == "budget":
                part = dict(title=o["scenario"], objects=[])
            part.setdefault("objects", []).append(o)
            if status == 0 and o.get("kind") == "duties" and part.get("title"):
                for case, expected, _, _ in together:
                    if case.scenario["scenario"] == part["title"] and compare(case, expected,
                                                                              part["objects"]) == ([], []):
                        agreed.add(case.seed)
    for case, expected, path, where in cases:
        differences, warnings = ([], []) if case.seed in agreed else alone(case, expected, path, options.cesuan)
        bad = bool(differences or options.strict and warnings)
        if not (bad and options.keep):
            shutil.rmtree(where)
        text = describe(case, differences, warnings, where if bad and options.keep else None, commands(case, path)) \
            if differences or warnings else ""
        paid = 0 if isinstance(expected, ScenarioError) else len(expected.payments)
        reports.append((case.seed, bad, len(warnings), paid, text))
    if not os.listdir(folder):
        os.rmdir(folder)
    return reports


def show(seed, options):
    places = Places(options.places)
    case = generate(seed, places, options.documents)
    expected = expectation(case, places)
    path = write(case, os.path.join(tempfile.gettempdir(), f"differential-seed-{seed}"))
    print("\n".join(commands(case, path)))
    if isinstance(expected, ScenarioError):
        print(f"refused: {expected}")
        return
    for p in expected.payments:
        print(*p.row())
    for name in ("unpriced", "undetermined", "elsewhere", "grants", "duties", "uncompared", "notes", "warnings"):
        print(f"{name}: {getattr(expected, name)}")
    print({name: yuan(amount) for name, amount in expected.sums().items()})


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cesuan")
    parser.add_argument("--show", type=int, metavar="SEED")
    parser.add_argument("--seeds", default="1..200", help="A..B or one seed")
    parser.add_argument("--documents", help=f"of {', '.join(DOCUMENTS)}; default all")
    parser.add_argument("--places", help="places.csv, when it is not in Sources")
    parser.add_argument("--keep", action="store_true")
    parser.add_argument("--batch", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--stop", type=int, default=10)
    parser.add_argument("--strict", action="store_true")
    options = parser.parse_args()
    options.documents = options.documents.split(",") if options.documents else None
    if options.show is not None:
        show(options.show, options)
        return
    if not options.cesuan:
        parser.error("--cesuan is needed")
    options.cesuan = os.path.abspath(options.cesuan)
    first, _, last = options.seeds.partition("..")
    seeds = list(range(int(first), int(last or first) + 1))
    jobs = [(seeds[i:i + options.batch], options) for i in range(0, len(seeds), options.batch)]
    began, ran, bad, warned, paid = time.time(), 0, [], 0, 0
    with ProcessPoolExecutor(options.jobs) as pool:
        for reports in pool.map(seeds_done, jobs):
            for seed, differs, warnings, payments, text in reports:
                ran, warned, paid = ran + 1, warned + bool(warnings), paid + payments
                if text and (differs or warned <= 10):
                    print(text, flush=True)
                if differs:
                    bad.append(seed)
            if len(bad) >= options.stop:
                pool.shutdown(cancel_futures=True)
                break
    print(f"{ran} seeds, {paid} payments, {len(bad)} differ{': ' + ' '.join(map(str, bad)) if bad else ''}; "
          f"{warned} with warnings; {time.time() - began:.1f} s")
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
