#!/usr/bin/env python3
"""Measures what questions cost that run a programme many times, as multiples of one cost of it in the same process, and
prints one table as Markdown.

  scripts/multiples.py BENCH CESUAN [--data DIR] [--only ROW,ROW] [--floor PROGRAM --floor-data DIR] [--check]

The year is the one that scripts/bench.py makes, of a million hires, under changle-2022; what is said of ten million is
measured where their year is there already, or is asked for by name. A row is the least of three, beside the least cost before
and after it. --floor names a program that costs the same measures and does nothing else (`PROGRAM FOLDER THREADS bench` prints
`load`, `cost_1t` and `cost_nt` in seconds, `PROGRAM FOLDER THREADS` costs from files to totals), --floor-data a folder with years
that it can read, in `1M` and `10M`; without them these two rows are left out, and said to be. With --check the exit status is 1
where a row passes its limit.
"""
import argparse
import json
import os
import sys
import tempfile

import bench

# What each row may come to: a multiple of one cost, or seconds.
MULTIPLES = {"readings": (60, "`readings`, every choice and combination"),
             "find_threshold": (40, "`find` of a threshold"),
             "take_up": (1, "one draw of `simulate`, take-up"),
             "drawn_rate": (0.05, "one draw of `simulate`, a rate"),
             "cliffs": (5, "`cliffs`"),
             "sensitivity": (10, "`sensitivity`")}
SECONDS = {"why_not": (0.3, "`why not`, with the smallest change that helps"),
           "sql_sum": (0.2, "`sql`: the sum of a year's payments"),
           "sql_group": (1, "`sql`: payments by agency, joined with their hires")}
LARGE = {"all": (1.2, "all documents as adopted, 10M hires"),
         "siblings": (4, "other records, caps, an envelope, 10M hires")}
SIBLINGS_PEAK = 2.5
FLOOR = {"floor_cost": (2, "cost, 1M hires, by the floor's"),
         "floor_files": (2, "from files to totals, 10M hires, by the floor's")}
ROWS = [*MULTIPLES, *SECONDS, *LARGE, *FLOOR]


def year(args, text, kind="make"):
    """The folder with a year, made where it is not there."""
    folder = os.path.join(args.data, text + ("-siblings" if kind == "make-siblings" else ""))
    if not os.path.exists(os.path.join(folder, "expected.json")):
        os.makedirs(folder, exist_ok=True)
        made = bench.out(args.bench, kind, str(bench.size(text)), folder)
        with open(os.path.join(folder, "expected.json"), "w", encoding="utf-8") as file:
            file.write(made)
    return folder


def questions(args, wanted, add):
    folder = year(args, "1M")
    for name in wanted:
        got = json.loads(bench.out(args.bench, "multiples", folder, name))[name]
        if name in MULTIPLES:
            limit, what = MULTIPLES[name]
            add(what, f"{got['seconds'] * 1000:,.1f} ms", got["seconds"] / got["cost"], limit, "costs")
        else:
            limit, what = SECONDS[name]
            add(what, f"{got['seconds'] * 1000:,.0f} ms", got["seconds"], limit, "s")


def large(args, wanted, add):
    for name in wanted:
        limit, what = LARGE[name]
        if name == "all":
            got = json.loads(bench.out(args.bench, "measure", year(args, "10M"), "all"))
            add(what, f"{got['cost'][1] * 1000:,.0f} ms", got["cost"][1], limit, "s")
        else:
            got = json.loads(bench.out(args.bench, "measure-siblings", year(args, "10M", "make-siblings")))
            seconds, peak = got["cost"][1], got["peak"] / 1024
            add(what, f"{seconds * 1000:,.0f} ms", seconds, limit, "s")
            add(what + ": memory", f"{peak:.2f} GiB", peak, SIBLINGS_PEAK, "GiB")


def floor(args, wanted, add):
    for name in wanted:
        limit, what = FLOOR[name]
        folder = os.path.join(args.floor_data, "1M" if name == "floor_cost" else "10M")
        if name == "floor_cost":
            told = [json.loads(bench.out(args.floor, folder, "2", "bench")) for _ in range(3)]
            least = min(min(t["cost_1t"], t["cost_nt"]) for t in told)
            own = json.loads(bench.out(args.bench, "multiples", folder, "cost"))["cost"]["seconds"]
        else:
            argv = [args.cesuan, "-c", f"load {folder}/scenario.yaml; run changle-2022", "--format", "json"]
            (_, own, _), _ = bench.process(argv)
            least = min(bench.process([args.floor, folder, threads])[0][1] for threads in ("1", "2"))
        add(what, f"{own * 1000:,.0f} ms", own / least, limit, "times")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bench")
    parser.add_argument("cesuan")
    parser.add_argument("--data", default=os.path.join(tempfile.gettempdir(), "cesuan-bench"))
    parser.add_argument("--only")
    parser.add_argument("--floor")
    parser.add_argument("--floor-data")
    parser.add_argument("--check", action="store_true")
    args = parser.parse_args()
    wanted = args.only.split(",") if args.only else ROWS
    unknown = [name for name in wanted if name not in ROWS]
    if unknown:
        parser.error(f"no row is called {unknown[0]}; there are {', '.join(ROWS)}")
    if bool(args.floor) != bool(args.floor_data):
        parser.error("--floor and --floor-data belong together")
    rows, passed, left = [], [], []

    def add(what, took, got, limit, unit):
        rows.append(f"| {what} | {took} | {got:,.2f} {unit} | {limit} |")
        if got > limit:
            passed.append(f"{what}: {got:,.2f} {unit}, more than {limit}")

    questions(args, [name for name in wanted if name in MULTIPLES or name in SECONDS], add)
    there = [name for name in wanted if name in LARGE]
    if not args.only:
        made = {"all": "10M", "siblings": "10M-siblings"}
        left += [name for name in there if not os.path.exists(os.path.join(args.data, made[name], "expected.json"))]
    large(args, [name for name in there if name not in left], add)
    measured = [name for name in wanted if name in FLOOR]
    if args.floor:
        floor(args, measured, add)
    else:
        left += measured
    print("| | | | at most |\n|---|---:|---:|---:|")
    print("\n".join(rows))
    if left:
        print(f"\nNot measured: {', '.join(left)}. See the head of scripts/multiples.py.")
    if passed and args.check:
        sys.exit("\n".join(["Slower than it may be:", *passed]))


if __name__ == "__main__":
    main()
