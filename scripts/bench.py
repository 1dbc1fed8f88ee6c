#!/usr/bin/env python3
"""Measures the engine and prints one table, as Markdown.

  scripts/bench.py BENCH CESUAN [--sizes 100k,1M,10M] [--data DIR]

BENCH makes a year of a district by chance and costs it in one process: under changle-2022 as enacted, and under all
bundled documents as adopted. Every total is compared with that of hand-written loops over the same columns before any time
is printed; exit status 1 when one differs. Times are medians in milliseconds, with the least and the greatest; `by hand` is what
those loops take, in one thread and for three measures only. `process` is CESUAN from start to budget, `peak` the memory of
the measuring process.
"""
import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time

COLUMNS = ("load", "cost", "rate", "threshold", "sweep_20", "sweep_200")


def size(text):
    return int(float(text.upper().replace("K", "e3").replace("M", "e6")))


def out(*argv):
    done = subprocess.run(argv, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
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


def process(argv, runs=3):
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        text = out(*argv)
        times.append(time.perf_counter() - start)
    return [statistics.median(times), min(times), max(times)], text


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bench")
    parser.add_argument("cesuan")
    parser.add_argument("--sizes", default="100k,1M,10M")
    parser.add_argument("--data", default=os.path.join(tempfile.gettempdir(), "cesuan-bench"))
    args = parser.parse_args()
    rows = []
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
        hand = f"{expected['by_hand'] * 1000:.1f}"
        for programme in ("changle-2022", "all, as adopted"):
            got = json.loads(out(args.bench, "measure", folder, *(["all"] if programme != "changle-2022" else [])))
            whole = ""
            if programme == "changle-2022":
                for measure in ("base_operating", "agency_reward", "specialist_allowance"):
                    fen = got["measures"].get("changle-2022." + measure, 0)
                    if fen != expected[measure] * 100:
                        sys.exit(f"{text} {measure}: {fen / 100} instead of {expected[measure]}")
                if got["rate_350"] != expected["rate_350"] * 100:
                    sys.exit(f"{text} rate_3m = 350: {got['rate_350'] / 100} instead of {expected['rate_350']}")
                times, budget = process([args.cesuan, "-c", f"load {folder}/scenario.yaml; run changle-2022", "--format", "json"])
                if f'"total":"{got["total"] // 100}.{got["total"] % 100:02d}"' not in budget.replace('": "', '":"'):
                    sys.exit(f"{text}: the program prints another total than {got['total'] / 100}")
                whole = milliseconds(times)
            rows.append([f"{text} hires, {programme}"] + [milliseconds(got[c]) for c in COLUMNS] + [whole, got["peak"]])
        rows.append([f"{text} hires, by hand", "", hand, "", "", "", "", "", ""])
    print("Totals are as expected. Milliseconds: median (least–greatest); peak in MiB.\n")
    print("| | load | cost | changed rate | changed threshold | 20 points | 200 points | process | peak |")
    print("|---|---:|---:|---:|---:|---:|---:|---:|---:|")
    for row in rows:
        print("| " + " | ".join(str(c) for c in row) + " |")


if __name__ == "__main__":
    main()
