#!/usr/bin/env python3
"""Measures the engine and prints one table, as Markdown.

  scripts/bench.py BENCH CESUAN [--sizes 100k,1M,10M] [--data DIR] [--peers]

BENCH makes a year of a district by chance and costs it in one process: under changle-2022 as enacted, and under all
bundled documents as adopted. Every total is compared with that of hand-written loops over the same columns before any time
is printed; exit status 1 when one differs. Times are medians in milliseconds, with the least and the greatest; `by hand` is what
those loops take, in one thread and for three measures only. A third programme, `siblings`, looks at other records of a person and
has caps and an envelope; it has loops of its own. `process` is CESUAN from start to budget, `kept` the same with
`cache = on` once the columns have been kept, `peak` the memory of the measuring process.

With --peers the programs in scripts/peers cost the same files with DuckDB, Polars, pandas and OpenFisca, and are held to the
same totals. What they need is installed once, into an environment of its own below .build.
"""
import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time

COLUMNS = {"load": "load", "cost": "cost", "rate": "changed rate", "threshold": "changed threshold", "sweep_20": "20 points",
           "sweep_200": "200 points"}
MEASURES = ("base_operating", "agency_reward", "specialist_allowance")
ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
PROGRAMS = os.path.join(ROOT, "scripts", "peers")
# The largest year that each is given: pandas and OpenFisca hold a column of all hires for every notion.
PEERS = {"duckdb": None, "polars": None, "pandas": 1_000_000, "openfisca": 1_000_000}


def size(text):
    return int(float(text.upper().replace("K", "e3").replace("M", "e6")))


def out(*argv, env=None):
    done = subprocess.run(argv, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=env)
    if done.returncode:
        sys.exit(f"{' '.join(argv)}: {done.stderr.strip() or done.stdout.strip()}")
    return done.stdout


def milliseconds(times):
    def short(t):
        return f"{t * 1000:.1f}" if t < 0.1 else f"{t * 1000:,.0f}"
    if times is None:
        return ""
    median, low, high = times
    return short(median) if high < low * 1.1 or high < 0.001 else f"{short(median)} ({short(low)}–{short(high)})"


def process(argv, runs=3, env=None):
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        text = out(*argv, env=env)
        times.append(time.perf_counter() - start)
    return [statistics.median(times), min(times), max(times)], text


def instructions(argv):
    """Millions of instructions of a whole process outside the kernel; nothing where the machine does not count them."""
    try:
        done = subprocess.run(["perf", "stat", "-x,", "-e", "instructions:u", *argv], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    except OSError:
        return ""
    counts = [line.split(",")[0] for line in done.stderr.splitlines() if "instructions:u" in line]
    return f"{int(counts[0]) / 1e6:,.0f}" if counts and counts[0].isdigit() else ""


def check(what, got, expected):
    if got != expected:
        sys.exit(f"{what}: {got} instead of {expected}")


# MARK: Peers

def interpreter():
    """The Python that has the peers: of an environment of theirs, made where that is needed."""
    folder = os.path.join(ROOT, ".build", "peers")
    make = os.path.join(ROOT, "scripts", "python-environment")
    if subprocess.run([make, folder, os.path.join(PROGRAMS, "requirements.txt"), "3.11"], stdout=sys.stderr).returncode:
        sys.exit("The peers are missing, so nothing was measured. Without PEERS the program is measured alone.")
    return os.path.join(folder, "bin", "python")


def peer(python, name, text, folder, expected):
    """One peer's times over one year, after its totals were compared."""
    argv = [python, "-E", "-s", "-B", os.path.join(PROGRAMS, f"by_{name}.py"), folder]
    got = json.loads(out(*argv, "--measure"))
    got["process"], printed = process(argv)
    cold = json.loads(printed)
    now = sum(expected[measure] for measure in MEASURES)
    step = (expected["rate_350"] - now) // 50
    for measure in MEASURES:
        for totals in (got["totals"], cold["totals"]):
            check(f"{text} {got['engine']} {measure}", totals[measure], expected[measure])
    check(f"{text} {got['engine']} rate_3m = 350", got["rate_350"], expected["rate_350"])
    # Every worker placed costs the rate once, so two expected totals tell those of all points.
    check(f"{text} {got['engine']} 20 points", got["points"], [now + step * (rate - 300) for rate in range(200, 220)])
    return got | {"peak": cold["peak"], "argv": argv}


def ratios(measured):
    """For each peer a line: how many times the program's own figures of the same size."""
    said = {}
    for text, (own, peers) in measured.items():
        for got in peers:
            cost, whole = (got[c][0] / own[c][0] for c in ("cost", "process"))
            said.setdefault(got["engine"], []).append(f"at {text} {cost:.1f} times the cost and {whole:.1f} times the process")
    return [f"- {engine}: {'; '.join(sizes)}." for engine, sizes in said.items()]


PEERS_NOTE = """
Peers: medians of three, load too, where cesuan's is the first; in two threads. They reckon three measures to totals and keep no
payments. A changed rate is costed anew; for 20 points each counts once and prices twenty times. Their peak is that of the process.
pandas and OpenFisca are run up to 1M hires.

As multiples of cesuan under changle-2022:
"""


def siblings(bench, text, data, add, rows):
    """Rows of the programme with other records of a person, caps and an envelope."""
    folder = os.path.join(data, text + "-siblings")
    os.makedirs(folder, exist_ok=True)
    known = os.path.join(folder, "expected.json")
    if not os.path.exists(known):
        made = out(bench, "make-siblings", str(size(text)), folder)
        with open(known, "w", encoding="utf-8") as f:
            f.write(made)
    with open(known, encoding="utf-8") as f:
        expected = json.load(f)
    got = json.loads(out(bench, "measure-siblings", folder))
    for name, key in (("total", "paid"), ("over", "over"), ("rate_110", "rate_110"), ("rate_110_over", "rate_110_over")):
        check(f"{text} siblings, {name}", got[name] / 100, expected[key])
    add(f"{text} hires, siblings, caps, envelope", got)
    rows.append({"": f"{text} hires, these by hand", "cost": f"{expected['by_hand'] * 1000:.1f}"})


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bench")
    parser.add_argument("cesuan")
    parser.add_argument("--sizes", default="100k,1M,10M")
    parser.add_argument("--data", default=os.path.join(tempfile.gettempdir(), "cesuan-bench"))
    parser.add_argument("--peers", action="store_true")
    args = parser.parse_args()
    python = interpreter() if args.peers else None
    counting = instructions(["true"]) != ""
    rows, measured = [], {}

    def add(what, got, argv=None):
        """A row of the table, with instructions where a whole process was measured."""
        row = {"": what, "peak": got.get("peak", "")}
        row.update({heading: milliseconds(got.get(heading)) for heading in ("process", "kept")})
        row.update({heading: milliseconds(got.get(key)) for key, heading in COLUMNS.items()})
        rows.append(row | {"instructions": instructions(argv) if argv and counting else ""})

    for text in args.sizes.split(","):
        folder = os.path.join(args.data, text)
        os.makedirs(folder, exist_ok=True)
        known = os.path.join(folder, "expected.json")
        if not os.path.exists(known):
            made = out(args.bench, "make", str(size(text)), folder)
            with open(known, "w", encoding="utf-8") as f:
                f.write(made)
        with open(known, encoding="utf-8") as f:
            expected = json.load(f)
        for programme in ("changle-2022", "all, as adopted"):
            got = json.loads(out(args.bench, "measure", folder, *(["all"] if programme != "changle-2022" else [])))
            argv = None
            if programme == "changle-2022":
                for measure in MEASURES:
                    check(f"{text} {measure}", got["measures"].get("changle-2022." + measure, 0) / 100, expected[measure])
                check(f"{text} rate_3m = 350", got["rate_350"] / 100, expected["rate_350"])
                argv = [args.cesuan, "-c", f"load {folder}/scenario.yaml; run changle-2022", "--format", "json"]
                got["process"], budget = process(argv)
                if f'"total":"{got["total"] // 100}.{got["total"] % 100:02d}"' not in budget.replace('": "', '":"'):
                    sys.exit(f"{text}: the program prints another total than {got['total'] / 100}")
                caching = os.environ | {"CESUAN_CACHE": "on", "XDG_CACHE_HOME": os.path.join(args.data, "cache")}
                out(*argv, env=caching)
                got["kept"], again = process(argv, env=caching)
                if again != budget:
                    sys.exit(f"{text}: from kept columns the program prints another budget")
                measured[text] = got, []
            add(f"{text} hires, {programme}", got, argv)
        rows.append({"": f"{text} hires, by hand", "cost": f"{expected['by_hand'] * 1000:.1f}"})
        siblings(args.bench, text, args.data, add, rows)
        for name, limit in PEERS.items() if args.peers else ():
            if limit is None or size(text) <= limit:
                got = peer(python, name, text, folder, expected)
                measured[text][1].append(got)
                add(f"{text} hires, {got['engine']}", got, got["argv"])
    headings = ["", *COLUMNS.values(), "process", "kept", "peak"] + ["instructions"] * counting
    print(f"Totals are as expected. Milliseconds: median (least–greatest); peak in MiB{'; instructions in millions' if counting else ''}.\n")
    print("| " + " | ".join(headings).lstrip() + " |")
    print("|---|" + "---:|" * (len(headings) - 1))
    for row in rows:
        print("| " + " | ".join(str(row.get(h, "")) for h in headings) + " |")
    if not counting:
        print("\nWithout a column for instructions: perf counts none on this machine.")
    if args.peers:
        print("\n".join([PEERS_NOTE] + ratios(measured)))


if __name__ == "__main__":
    main()
