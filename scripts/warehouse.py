#!/usr/bin/env python3
"""Measures `on duckdb` and `on spark` over hires that are read where they lie, and prints one table as Markdown.

  scripts/warehouse.py CESUAN DUCKDB [--sizes 1M,10M,100M] [--data DIR] [--memory 8GB] [--here 10M]
                       [--spark FOLDER [--spark-most 10M] [--spark-memory 6g]]

DUCKDB, the program, makes a year of a district by chance: small lists as CSV and hires as Parquet, ten million to a file, in
a folder that the scenario names (`hires_from: hires`). Then CESUAN costs it there (`run changle-2022 on duckdb`). Up to
--here hires it also costs the same itself, from one Parquet file, and both budgets have to be the same; exit status 1 where
they are not. --spark names a folder with bin/spark-sql: up to --spark-most hires Spark costs them as well, to the same budget.
`peak` is the largest process of each. --memory is what DuckDB may take before it goes on in files.
The data of a size is kept in DIR (a temporary folder by default) and not made again.
"""
import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time

PART = 10_000_000
COUNTIES = ("520502", "520521", "520522", "511724", "411725", "421122", "361128", "341221", "620502", "430523")


def size(text):
    return int(float(text.upper().replace("K", "e3").replace("M", "e6")))


def duckdb(program, text):
    subprocess.run([program, "-batch", "-bail", "-no-init", "-c", text], check=True, stdin=subprocess.DEVNULL,
                   stdout=subprocess.DEVNULL)


# Numbers by chance out of a row's own: the same rows are the same hires, whatever the threads.
def below(seed, n):
    return f"CAST(hash(i * 1000003 + {seed}) % {n} AS BIGINT)"


def chance(seed, percent):
    return f"({below(seed, 100)} < {percent})"


def county(seed):
    return f"([{', '.join(repr(c) for c in COUNTIES)}])[{below(seed, len(COUNTIES))} + 1]"


def named(letter, figure, width):
    return f"'{letter}' || lpad(CAST({figure} AS VARCHAR), {width}, '0')"


def make(program, folder, count):
    """The files of a year of so many hires."""
    if os.path.exists(os.path.join(folder, "whole")):
        return
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(os.path.join(folder, "hires"))
    enterprises, agencies, specialists = max(count // 200, 4), max(count // 400, 4), max(count // 1000, 2)
    lists = {
        "enterprises": (enterprises, f"""
            {named('e', 'i', 7)} AS id, CASE WHEN {chance(1, 92)} THEN '350112' ELSE '350102' END AS district,
            CASE WHEN {chance(2, 88)} THEN 'honest_employer' END AS lists"""),
        "agencies": (agencies, f"""
            {named('a', 'i', 7)} AS id, CASE WHEN {chance(3, 45)} THEN {county(4)} ELSE '350112' END AS district,
            {chance(3, 45)} AS selected_by_sending_government, {chance(5, 80)} AS filed"""),
        "bases": (len(COUNTIES), f"{named('b', 'i', 3)} AS id, ([{', '.join(repr(c) for c in COUNTIES)}])[i + 1] AS county, "
                                 "TRUE AS agreement"),
        "specialists": (specialists, f"""
            {named('s', 'i', 6)} AS id, {named('e', below(6, enterprises), 7)} AS enterprise, {county(7)} AS county,
            DATE '2022-01-28' + CAST({below(8, 500)} - {below(9, 60)} AS INTEGER) AS filed_on,
            DATE '2022-01-28' + CAST({below(8, 500)} AS INTEGER) AS appointed_from"""),
    }
    for name, (n, columns) in lists.items():
        duckdb(program, f"COPY (SELECT {columns} FROM range({n}) AS t(i)) TO '{folder}/{name}.csv' (HEADER)")
    for part, start in enumerate(range(0, count, PART)):
        duckdb(program, f"""
          SET preserve_insertion_order = true;
          COPY (
            SELECT {named('h', 'i', 9)} AS id, {county(11)} AS origin, {named('e', below(12, enterprises), 7)} AS enterprise,
              CASE WHEN NOT {chance(13, 3)} THEN {named('a', below(14, agencies), 7)} END AS agency,
              CASE WHEN NOT {chance(15, 20)} THEN {named('b', below(16, len(COUNTIES)), 3)} END AS base,
              CASE WHEN {chance(17, 5)} THEN {named('s', below(18, specialists), 6)} END AS specialist,
              DATE '2022-01-08' + CAST({below(19, 720)} AS INTEGER) AS start,
              CASE WHEN NOT {chance(20, 65)}
                THEN DATE '2022-01-08' + CAST({below(19, 720)} + {below(21, 420)} AS INTEGER) END AS "end",
              NOT {chance(22, 8)} AS organised
            FROM range({start}, {min(start + PART, count)}) AS t(i)
          ) TO '{folder}/hires/{part:03}.parquet' (FORMAT parquet, COMPRESSION zstd)""")
    head = f"scenario: A year by chance, {count} hires\ndistrict: 350112\ndocuments: [changle-2022]\n"
    rest = "".join(f"{name}_from: {name}.csv\n" for name in lists)
    for name, hires in (("there.yaml", "hires"), ("here.yaml", "hires/000.parquet")):
        with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
            file.write(head + rest + f"hires_from: {hires}\n")
    open(os.path.join(folder, "whole"), "w", encoding="utf-8").close()


def cost(argv, env):
    """Seconds, the largest process, and the budget."""
    start = time.perf_counter()
    with tempfile.TemporaryFile("w+") as told:
        child = subprocess.Popen(argv, stdout=told, stderr=subprocess.PIPE, text=True, env=env, stdin=subprocess.DEVNULL)
        errors = child.stderr.read()
        _, status, _ = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        told.seek(0)
        lines = told.read().splitlines()
    if child.returncode:
        sys.exit(f"{' '.join(argv)}: {errors.strip() or lines}")
    budget = [o for o in map(json.loads, lines) if o.get("kind") == "budget"][-1]
    return time.perf_counter() - start, budget


def peak(argv, env):
    """The same with the memory of the largest process among it and what it started (GiB)."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    seconds, budget = cost(argv, env)
    after = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return seconds, budget, after / 2 ** 20, after > before


def plain(budget):
    return {k: v for k, v in budget.items() if k not in ("computed_by", "notes", "assumed", "scenario", "undetermined",
                                                 "result", "fingerprint")} | {
        "undetermined": {u["measure"]: u["subjects"] for u in budget["undetermined"]}}


def in_process(function, *arguments):
    """A measurement in a process of its own, so that the peak is its own."""
    from concurrent.futures import ProcessPoolExecutor
    with ProcessPoolExecutor(1) as pool:
        return pool.submit(function, *arguments).result()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("cesuan")
    parser.add_argument("duckdb")
    parser.add_argument("--sizes", default="1M,10M")
    parser.add_argument("--data")
    parser.add_argument("--memory", default="8GB")
    parser.add_argument("--here", default="10M")
    parser.add_argument("--spark")
    parser.add_argument("--spark-most", default="10M")
    parser.add_argument("--spark-memory", default="6g")
    options = parser.parse_args()
    env = os.environ | {"NO_COLOR": "1", "CESUAN_DUCKDB": os.path.abspath(options.duckdb),
                        "CESUAN_DUCKDB_MEMORY": options.memory}
    if options.spark:
        env |= {"CESUAN_SPARK_HOME": os.path.abspath(options.spark), "CESUAN_SPARK_MEMORY": options.spark_memory}
    folder = options.data or tempfile.mkdtemp(prefix="warehouse-")
    env["TMPDIR"] = folder
    print("| hires | Parquet | on DuckDB | peak | on Spark | peak | here | peak | total |\n|--:|--:|--:|--:|--:|--:|--:|--:|--:|",
          flush=True)
    try:
        for text in options.sizes.split(","):
            count, place = size(text), os.path.join(folder, text)
            make(os.path.abspath(options.duckdb), place, count)
            bytes_ = sum(os.path.getsize(os.path.join(place, "hires", n)) for n in os.listdir(os.path.join(place, "hires")))
            base = [os.path.abspath(options.cesuan), "--format", "json", "-c"]
            there, budget, most, _ = in_process(peak, base + [f"load {place}/there.yaml\nrun on duckdb"], env)
            far = ["", ""]
            if options.spark and count <= size(options.spark_most):
                there_too, other, more, _ = in_process(peak, base + [f"load {place}/there.yaml\nrun on spark"], env)
                if plain(other) != plain(budget):
                    sys.exit(f"{count} hires: DuckDB {plain(budget)}, Spark {plain(other)}")
                far = [f"{there_too:.1f} s", f"{more:.1f} GiB"]
            own = ["", ""]
            if count <= min(size(options.here), PART):
                here, mine, least, _ = in_process(peak, base + [f"load {place}/here.yaml\nrun"], env)
                if plain(mine) != plain(budget):
                    sys.exit(f"{count} hires: here {plain(mine)}, there {plain(budget)}")
                own = [f"{here:.1f} s", f"{least:.1f} GiB"]
            print(f"| {count:,} | {bytes_ / 2 ** 30:.2f} GiB | {there:.1f} s | {most:.1f} GiB | {far[0]} | {far[1]} | {own[0]} | {own[1]} | "
                  f"{budget['total']} |", flush=True)
    finally:
        if not options.data:
            shutil.rmtree(folder)


if __name__ == "__main__":
    main()
