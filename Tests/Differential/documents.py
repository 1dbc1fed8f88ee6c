#!/usr/bin/env python3
"""Random documents of the rule language, costed by the program and by an interpreter written from the language's books.

  python3 documents.py --cesuan PATH [--seeds 1..400] [--jobs N] [--stop N] [--no-chinese] [--wide]
  python3 documents.py --show SEED

Each seed is a document of one to four measures with a scenario. Payments are compared one by one: day, measure,
beneficiary, subject, amount, status; and how many subjects are undetermined. The document is run again after
`translate … to zh`, where the Chinese surface has words for all of it. Of a difference the smallest document and
scenario that show it are printed, with both ledgers. Exit status 1 on any difference, and where a construct was never
drawn in a run of 200 seeds or more. --wide draws also where the program was last seen to differ from its books, or
where they leave something open: what agrees there can be drawn always.
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

sys.dont_write_bytecode = True

import language
from language_coverage import EXPECTED, constructs
from language_scenario import drawn
from language_money import reckon
from language_shrink import smallest

# ---- files -----------------------------------------------------------------------------------------


def scalar(v, kind):
    if isinstance(v, bool):
        return "true" if v else "false"
    if isinstance(v, list):
        return "[" + ", ".join(scalar(x, "") for x in v) + "]"
    if kind == "share":
        return language.literal("share", v)
    return language.number(v) if not isinstance(v, str) and hasattr(v, "numerator") else str(v)


def by_day(figures):
    return "{" + ", ".join(f"{d}: {language.number(x)}" for d, x in figures) + "}"


def yaml(document, scenario):
    lines = ["scenario: t", "district: 350112"]
    lines += [f"as_of: {scenario['as_of']}"] if scenario["as_of"] else []
    for name, entries in (("readings", scenario["settings"]), ("values", scenario["values"])):
        if entries:
            lines += [f"{name}:"] + [
                f"  {k}: {by_day(v) if isinstance(v, list) else scalar(v, '')}" for k, v in entries.items()
            ]
    for name, rows in scenario["records"].items():
        kinds = {f: kind for f, kind, _ in document["lists"][name]["fields"]}
        lines += [f"{name}:" + ("" if rows else " []")]
        lines += ["  - {" + ", ".join(f"{k}: {scalar(v, kinds[k])}" for k, v in row.items()) + "}" for row in rows]
    return "\n".join(lines) + "\n"


def write(folder, document, scenario):
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, "random.md"), "w", encoding="utf-8") as f:
        f.write(language.document(document))
    with open(os.path.join(folder, "t.yaml"), "w", encoding="utf-8") as f:
        f.write(yaml(document, scenario))


# ---- both answers ----------------------------------------------------------------------------------


def program(cesuan, folder, commands):
    """(status, objects, what else was said) of the program over the folder's document and scenario."""
    try:
        done = subprocess.run(
            [cesuan, "--policies", folder, "--format", "json", os.path.join(folder, "t.yaml"), "-c", commands],
            capture_output=True,
            text=True,
            timeout=120,
            stdin=subprocess.DEVNULL,
            env=os.environ | {"NO_COLOR": "1"},
        )
    except subprocess.TimeoutExpired:
        return None, [], "no answer within 120 seconds"
    objects = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    return done.returncode, objects, done.stderr


# What the checker refuses rightly and a draw hits now and then: an amount below nought, or a range turned round,
# whatever the facts.
REFUSED = {"below-nought", "reversed-range"}


def theirs(cesuan, folder):
    """The program's ledger: rows, undetermined and unpriced by measure; or what it said instead."""
    status, objects, said = program(cesuan, folder, "run random\npayments")
    budget = next((o for o in objects if o["kind"] == "budget"), None)
    ledger = next((o for o in objects if o["kind"] == "payments"), None)
    if status != 0 or budget is None or ledger is None:
        with open(os.path.join(folder, "random.md"), encoding="utf-8") as f:
            rules = [""] + f.read().splitlines()
        wrong = [
            f"{o.get('message')} ({o.get('code')}) {rules[o.get('line') or 0].strip()!r}"
            for o in objects
            if o["kind"] == "error"
        ]
        if any(o.get("code") in REFUSED for o in objects):
            return None
        return f"status {status}: {' | '.join(wrong) or said.strip()[:400]}"
    rows = Counter(
        (p["date"], p["measure"].split(".")[1], p["beneficiary"], p["subject"], p["amount"], p["status"])
        for p in ledger["payments"]
        if p["status"] != "over_cap"
    )
    over = Counter()
    for p in ledger["payments"]:
        if p["status"] == "over_cap":
            over[p["date"], p["measure"].split(".")[1], p["beneficiary"], p["subject"]] += round(
                float(p["amount"]) * 100
            )
    unknown, facts, units = Counter(), {}, Counter()
    for u in budget["undetermined"]:  # a line for each lot of missing facts
        name = u["measure"].split(".")[1]
        unknown[name] += u["subjects"]
        facts[name] = facts.get(name, []) + u["facts"]
    for u in budget["unpriced"]:
        units[u["measure"].split(".")[1]] += u["units"]
    return rows, over, dict(unknown), dict(units), facts


def yuan(amount):
    return f"{'-' if amount < 0 else ''}{abs(amount) // 100}.{abs(amount) % 100:02}"


def ours(document, scenario):
    ledger = reckon(document, scenario)
    rows = Counter(
        (str(d), m, w, s, yuan(a), status)
        for d, m, w, s, a, status in ledger.rows
        if status not in ("over_cap", "undetermined")
    )
    over = Counter()
    for d, m, w, s, a, status in ledger.rows:
        if status == "over_cap":
            over[str(d), m, w, s] += a
    return rows, over, {m: dict(u) for m, u in ledger.unknown.items() if u}, dict(ledger.units), ledger


def differences(document, expected, got):
    """What differs between the interpreter's ledger and the program's, in lines; none where they agree."""
    if got is None:
        return []
    if isinstance(got, str):
        return [f"the program: {got}"]
    out = [
        f"only {side}: {' '.join(row)}" + (f" ({n} times)" if n > 1 else "")
        for side, rows in (("interpreter", expected[0] - got[0]), ("program    ", got[0] - expected[0]))
        for row, n in sorted(rows.items())
    ]
    out += [
        f"over cap {' '.join(k)}: interpreter {yuan(expected[1][k])}, program {yuan(got[1][k])}"
        for k in sorted(expected[1].keys() | got[1].keys())
        if expected[1][k] != got[1][k]
    ]
    for m in sorted(expected[2].keys() | got[2].keys()):
        a, b = expected[2].get(m, {}), got[2].get(m, 0)
        # Who is listed where sets are counted, the frame or its members, the books leave open: there only that
        # somebody is.
        counted = any(
            c[0] == "count" for measure in document["measures"] if measure["name"] == m for c in measure["clauses"]
        )
        sure = len(a) - len(expected[4].left_out[m])
        # By `window_on = accrual` who would be paid outside the window is not, whatever else is not known.
        late = "accrual" in repr(document.get("defaults", ())) + repr(expected[4].settings)
        # A set of nobody is paid to nobody, whatever is not known of the frame.
        pays = [c[1] for x in document["measures"] if x["name"] == m for c in x["clauses"] if c[0] == "pay"]
        lump = any(not p.get("set") for p in pays)
        fewer = False if late else sure and not b and lump if counted else b < len(a)
        if fewer or not counted and b > len(a):
            out.append(f"undetermined {m}: interpreter {len(a)} {a}, program {b} {got[4].get(m)}")
    # Of those over a quota no units are counted, nor where the figure would be taken nought times.
    quota = {m["name"] for m in document["measures"] if any(c[0] == "quota" for c in m["clauses"])}
    out += [
        f"unpriced {m}: interpreter {expected[3].get(m, 0)}, program {got[3].get(m, 0)}"
        for m in sorted((expected[3].keys() | got[3].keys()) - quota)
        if expected[3].get(m, 0) < got[3].get(m, 0)
    ]
    return out


def kind_of(lines):
    """What sort of difference: a smaller document has to show the same."""
    if not lines:
        return None
    return "refused" if lines[0].startswith("the program") else lines[0].split()[0]


def tried(cesuan, folder, document, scenario):
    write(folder, document, scenario)
    try:
        expected = ours(document, scenario)
    except Exception as error:
        return [f"interpreter fails: {error!r} at {error.__traceback__.tb_next.tb_frame.f_lineno} {last_line(error)}"]
    return differences(document, expected, theirs(cesuan, folder))


def last_line(error):
    at = error.__traceback__
    while at.tb_next:
        at = at.tb_next
    return f"{os.path.basename(at.tb_frame.f_code.co_filename)}:{at.tb_lineno}"


def in_chinese(cesuan, folder, document, scenario):
    """(whether it was translated, differences) of the document read in Chinese."""
    path = os.path.join(folder, "random.md")
    status, objects, said = program(cesuan, folder, f"translate {path} to zh")
    wrong = [o for o in objects if o["kind"] == "error"]
    if status != 0:
        # Some constructs have no words in Chinese yet; what would read otherwise is a fault.
        known = wrong and all(o.get("code") in REFUSED or "Rules in Chinese cannot say" in o["message"] for o in wrong)
        messages = [o.get("message") for o in wrong] or said[:300]
        return False, [] if known else [f"the program: translate: {messages}"]
    return True, differences(document, ours(document, scenario), theirs(cesuan, folder))


# ---- seeds -----------------------------------------------------------------------------------------


def seed_done(job):
    seed, options = job
    document, scenario = drawn(seed, options.wide)
    folder = tempfile.mkdtemp(prefix="documents-")
    try:
        lines, language_ = tried(options.cesuan, folder, document, scenario), "English"
        translated = False
        if not lines and options.chinese:
            translated, lines = in_chinese(options.cesuan, folder, document, scenario)
            language_ = "Chinese"
        report = None
        if lines and options.shrink:
            report = shrunk(seed, options, folder, document, scenario, lines, language_)
        elif lines:
            report = f"seed {seed}, {language_}:\n" + "\n".join("  * " + line for line in lines[:8])
        paid = sum(ours(document, scenario)[0].values()) if not lines else 0  # what was compared
        return seed, report, constructs(document), translated, paid
    finally:
        shutil.rmtree(folder)


def shrunk(seed, options, folder, document, scenario, lines, surface):
    kind = kind_of(lines)

    def still(d, s):
        try:
            found = (
                tried(options.cesuan, folder, d, s)
                if surface == "English"
                else (write(folder, d, s), in_chinese(options.cesuan, folder, d, s)[1])[1]
            )
        except (AssertionError, KeyError, AttributeError, TypeError, ValueError, IndexError, StopIteration):
            return False  # smaller, and no document any more
        return kind_of(found) == kind and (kind != "refused" or found[0].split("line")[0] == lines[0].split("line")[0])

    document, scenario = smallest(document, scenario, still)
    write(folder, document, scenario)
    if surface == "Chinese":
        in_chinese(options.cesuan, folder, document, scenario)
    with open(os.path.join(folder, "random.md"), encoding="utf-8") as f:
        written = f.read()
    got, found = theirs(options.cesuan, folder), lines
    try:
        expected = ours(document, scenario)
        found = differences(document, expected, got) or lines
    except (AssertionError, KeyError) as e:
        # What differs in Chinese alone may become smaller than what means anything.
        expected = f"no answer: {e}"
    text = [f"seed {seed}, {surface}:"] + ["  * " + line for line in found[:8]]
    return "\n".join(
        text + [written, yaml(document, scenario), "interpreter:", *told(expected), "program:", *told(got)]
    )


def told(answer):
    if isinstance(answer, str):
        return ["  " + answer]
    rows = ["  " + " ".join(row) for row in sorted(answer[0].elements())]
    rows += [f"  {' '.join(k)} {yuan(a)} over_cap" for k, a in sorted(answer[1].items())]
    return rows + [f"  undetermined {answer[2]}" if answer[2] else "  none undetermined"]


def show(seed, wide):
    document, scenario = drawn(seed, wide)
    print(language.document(document), yaml(document, scenario), *told(ours(document, scenario)), sep="\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cesuan")
    parser.add_argument("--seeds", default="1..400", help="A..B or one seed")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--stop", type=int, default=3, help="end after so many differing seeds")
    parser.add_argument("--no-chinese", dest="chinese", action="store_false", help="only the English surface")
    parser.add_argument("--no-shrink", dest="shrink", action="store_false", help="print the differences alone")
    parser.add_argument("--show", type=int)
    parser.add_argument("--wide", action="store_true", help="also what the program was seen to answer otherwise")
    options = parser.parse_args()
    if options.show is not None:
        return show(options.show, options.wide)
    options.cesuan = os.path.abspath(options.cesuan)
    first, _, last = options.seeds.partition("..")
    seeds = range(int(first), int(last or first) + 1)
    began, bad, done, covered, chinese, payments = time.time(), 0, 0, Counter(), 0, 0
    with ProcessPoolExecutor(options.jobs) as pool:
        for seed, report, found, translated, paid in pool.map(seed_done, [(s, options) for s in seeds]):
            done, chinese, payments = done + 1, chinese + translated, payments + paid
            covered.update(found)
            if report:
                bad += 1
                print(report + "\n", flush=True)
                if bad >= options.stop:
                    pool.shutdown(cancel_futures=True)
                    break
    print(
        f"{done} documents, {chinese} of them in Chinese too, {payments} payments, {bad} differ; "
        f"{time.time() - began:.0f} s"
    )
    print("constructs drawn: " + ", ".join(f"{name} {n}" for name, n in sorted(covered.items())))
    never = sorted(EXPECTED - covered.keys())
    if len(seeds) >= 200 and never and not bad:
        sys.exit(f"never drawn: {', '.join(never)}")
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
