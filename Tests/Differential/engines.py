#!/usr/bin/env python3
"""Compares what the program reckons itself with what it has DuckDB compute: `run`, `compare` and `payments` with and
without `on duckdb`, on random scenarios; exit status 1 on any difference.

  python3 engines.py --cesuan PATH [--seeds 1..12] [--documents changle-2022,...] [--places FILE] [--duckdb PROGRAM]

The budget has to be the same record but for where it was computed. For each seed the hires are also written as Parquet
into a folder, by DuckDB from what `list hires into` gives, which the scenario then names in their place: the program
does not read it, and the budget has to be the same again. And what cannot be asked is refused by its name.
"""
import argparse
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter

sys.dont_write_bytecode = True  # a test leaves nothing beside its sources

import duckdb as engine

import seeds
from answers import apart, opening, refusals, rows, told
from facts import Places, ScenarioError
from files import write
from generate import generate
from run import ask, expectation
from work import DOCUMENTS

DIMENSIONS = ("measure", "kind", "year", "month", "beneficiary")


def program(named):
    """The DuckDB to be asked: the one that is named, that of the environment of the tests, or any on the path."""
    beside = os.path.join(os.path.dirname(sys.executable), "duckdb")
    found = named or os.environ.get("CESUAN_DUCKDB") or (beside if os.path.exists(beside) else shutil.which("duckdb"))
    if not found:
        sys.exit("No DuckDB is found: name one by --duckdb or CESUAN_DUCKDB.")
    return found


# ---- a folder that is not read ------------------------------------------------------------------

def moved(path, folder, duckdb, cesuan):
    """The scenario with its hires in a folder of two Parquet files; nil where it has none."""
    with open(path, encoding="utf-8") as file:
        text = file.read()
    hires = os.path.join(folder, "all.parquet")
    status, _, _ = ask(cesuan, [f"load {path}", f"list hires into {hires}"])
    if status != 0 or not os.path.exists(hires):
        return None
    place = os.path.join(folder, "there")
    os.mkdir(place)
    halves = "".join(f"COPY (SELECT * FROM '{hires}' WHERE hash(id) % 2 = {n}) TO '{place}/{n}.parquet';" for n in (0, 1))
    subprocess.run([duckdb, "-batch", "-no-init", "-c", halves], check=True, capture_output=True, stdin=subprocess.DEVNULL)
    # The key's block ends where the next key begins.
    rest = re.sub(r"(?m)^(hires|cohorts)(_from)?:.*\n(?:[ ].*\n)*", "", text)
    other = os.path.join(folder, "there.yaml")
    with open(other, "w", encoding="utf-8") as file:
        file.write(rest + "hires_from: there\n")
    return other


def columns_apart(mine, theirs):
    """What differs between two files of columns: what is said of them, their columns, their rows."""
    out, files = [], []
    for path in (mine, theirs):
        base = engine.connect(config={"threads": 1})
        said = {bytes(k): bytes(v) for k, v in
                base.execute(f"SELECT key, value FROM parquet_kv_metadata('{path}')").fetchall()}
        said.pop(b"cesuan.computed_by", None)
        kinds = [row[:2] for row in base.execute(f"DESCRIBE SELECT * FROM '{path}'").fetchall()]
        files.append((said, kinds, Counter(base.execute(f"SELECT * FROM '{path}'").fetchall())))
        base.close()
    for what, a, b in zip(("about", "columns"), *files):
        if a != b:
            out.append(f"Parquet, {what}: here {a}, there {b}")
    only = files[0][2] - files[1][2], files[1][2] - files[0][2]
    if any(only):
        out.append(f"Parquet, rows: here {list(only[0])[:3]}, there {list(only[1])[:3]}")
    return out


# ---- seeds --------------------------------------------------------------------------------------

def seed_done(job):
    seed, options = job
    places = Places(options.places)
    case = generate(seed, places, options.documents)
    if isinstance(expectation(case, places), ScenarioError):
        return seed, "refused", 0, []
    folder = tempfile.mkdtemp(prefix="differential-engines-")
    try:
        path = write(case, folder)
        pairs = [f"{k} = {v}" for k, v in (case.overrides | case.session).items()]
        prefix = f"with {', '.join(pairs)} " if pairs else ""
        what = f"{' + '.join(case.programme)} as {case.mode}"
        dimension = DIMENSIONS[seed % len(DIMENSIONS)]
        here = [f"{prefix}run {what} by {dimension}"]
        there = [f"{prefix}run {what} by {dimension} on duckdb"]
        for ending in ("csv", "parquet"):
            here.append(f"payments into {folder}/here.{ending}")
            there.append(f"{prefix}payments on duckdb into {folder}/there.{ending}")
        if len(case.programme) > 1:
            pair = f"{prefix}compare {case.programme[0]}, {' + '.join(case.programme)}"
            here, there = here + [pair], there + [pair + " on duckdb"]
        status, objects, errors = ask(options.cesuan, [f"load {path}"] + here)
        status2, objects2, errors2 = ask(options.cesuan, [f"load {path}"] + there)
        unsaid = [o for o in objects2 if o.get("code") == "not-in-sql"]
        if unsaid:
            return seed, "not said", 0, refusals(unsaid)
        if status != 0 or status2 != 0:
            if status != 0 and status2 != 0:
                return seed, "refused", 0, []
            return seed, "differs", 0, [f"here {status} {errors[:400]}, there {status2} {errors2[:800]}"]
        found = []
        for kind in ("budget", "comparison"):
            for a, b in zip(told(objects, kind), told(objects2, kind), strict=True):
                found += apart(a, b)
        mine, theirs = rows(f"{folder}/here.csv"), rows(f"{folder}/there.csv")
        if Counter(mine) != Counter(theirs):
            found.append(f"payments: here {len(mine)}, there {len(theirs)}; "
                         f"{list((Counter(mine) - Counter(theirs)).items())[:3]} against "
                         f"{list((Counter(theirs) - Counter(mine)).items())[:3]}")
        if [row[:4] for row in mine] != [row[:4] for row in theirs]:
            found.append("payments stand in another order")
        a, b = (opening(f"{folder}/{side}.csv") for side in ("here", "there"))
        if a != b:
            found.append(f"files of values begin with {a} here, {b} there")
        found += columns_apart(f"{folder}/here.parquet", f"{folder}/there.parquet")
        if not found and not case.scenario.get("cohorts"):
            other = moved(path, folder, options.duckdb, options.cesuan)
            if other:
                status, objects3, errors = ask(options.cesuan, [f"load {other}", there[0]])
                kept = told(objects3, "budget")
                if status != 0 or not kept:
                    found.append(f"folder: status {status}, {refusals(objects3)} {errors[:600]}")
                else:
                    # A list that is written out states what stands where nothing was stated.
                    plain_here, plain_there = ({k: v for k, v in one.items() if k != "assumed"}
                                       for one in (told(objects2, "budget")[0], kept[0]))
                    found += ["folder: " + line for line in apart(plain_here, plain_there)]
                # Whatever needs the records is refused.
                for command in (here[0], "list hires", "count hires", "sql \"select * from hires\""):
                    status, objects4, _ = ask(options.cesuan, [f"load {other}", command])
                    if status == 0 or not any(o.get("code") == "records-elsewhere" for o in objects4):
                        found.append(f"folder: `{command}` is not refused: {refusals(objects4)}")
        return seed, "differs" if found else "same", len(mine), found
    finally:
        shutil.rmtree(folder)


def refused_by_name(options):
    """What cannot be asked of an engine, and an engine that is not there."""
    folder = tempfile.mkdtemp(prefix="differential-engines-")
    path = os.path.join(folder, "s.yaml")
    with open(path, "w", encoding="utf-8") as file:
        file.write("scenario: none\ndistrict: 350112\n")
    found = []
    for command, code in (("run on duckdb per hire", "not-on-engine"), ("run by enterprise.size on duckdb", "not-on-engine"),
                          ("run by year, agency on duckdb", "not-on-engine"), ("payments on duckdb", "not-on-engine"),
                          ("run on hadoop", "unknown-word"), ("list hires on duckdb", "unexpected-word")):
        _, objects, _ = ask(options.cesuan, [f"load {path}", command])
        if code not in [o.get("code") for o in objects]:
            found.append(f"`{command}`: wanted {code}, got {[o.get('code') for o in objects]}")
    before = os.environ.pop("CESUAN_DUCKDB")
    os.environ["CESUAN_DUCKDB"] = "/nowhere/duckdb"
    _, objects, _ = ask(options.cesuan, [f"load {path}", "run on duckdb"])
    if "no-engine" not in [o.get("code") for o in objects]:
        found.append("an engine that is not there is not told")
    os.environ["CESUAN_DUCKDB"] = "/bin/false"
    _, objects, _ = ask(options.cesuan, [f"load {path}", "run on duckdb"])
    if "engine-failed" not in [o.get("code") for o in objects]:
        found.append("a program that is no engine is not told")
    os.environ["CESUAN_DUCKDB"] = before
    shutil.rmtree(folder)
    return found


# What is wrong with a folder's records: what is put in the place of a column, the code of the refusal, and what it names.
SPOILT = (
    ("id", "CASE id WHEN 'h2' THEN 'h1' ELSE id END", "record-elsewhere", "h1"),
    ("id", "nullif(id, 'h2')", "record-elsewhere", "id"),
    ('"end"', "CASE id WHEN 'h3' THEN start - 40 END", "record-elsewhere", "start"),
    ("start", "nullif(start, DATE '2022-04-02')", "record-elsewhere", "start"),
    ("enterprise", "CASE id WHEN 'h4' THEN 'e77' ELSE enterprise END", "record-elsewhere", "e77"),
    ("origin", "CASE id WHEN 'h4' THEN '贵州' ELSE origin END", "record-elsewhere", "贵州"),
    ("sex", "CASE id WHEN 'h4' THEN 'M' END", "record-elsewhere", "M"),
    ("monthly_wage", "5536.954", "record-elsewhere", "5536.954"),
    ("monthly_wage", "'4,200元'", "record-elsewhere", "4,200"),
    ("graduated", "'last year'", "record-elsewhere", "last year"),
    ("organised", "'perhaps'", "record-elsewhere", "perhaps"),
    ("nobody_knows", "1", "unknown-column", "nobody_knows"),
)
HIRES = """SELECT 'h' || n AS id, 'e1' AS enterprise, '520500' AS origin, DATE '2022-04-01' + CAST(n AS INTEGER) - 1 AS start,
  CAST(NULL AS DATE) AS "end", CAST(NULL AS VARCHAR) AS sex, 4000.5 AS monthly_wage, '2021' AS graduated,
  true AS organised FROM generate_series(1, 9) AS of(n)"""


def spoilt(options):
    """What a file would be refused for is refused of a folder, before anything is computed; other headings that are known
    and blanks around ids are read there as here."""
    folder = tempfile.mkdtemp(prefix="differential-spoilt-")
    found = []

    def asked(select, *commands):
        there = os.path.join(folder, "there")
        os.mkdir(there)
        subprocess.run([options.duckdb, "-batch", "-no-init", "-c", f"COPY ({select}) TO '{there}/a.parquet'"], check=True,
                       capture_output=True, stdin=subprocess.DEVNULL)
        path = os.path.join(folder, "s.yaml")
        with open(path, "w", encoding="utf-8") as file:
            file.write("scenario: There\ndistrict: 350112\nenterprises: [{id: e1, district: 350112}]\n"
                       "hires_from: there\n")
        _, objects, errors = ask(options.cesuan, [f"load {path}", *commands])
        shutil.rmtree(there)
        return objects, errors

    run = "run changle-2022 on duckdb"
    whole, errors = asked(HIRES, run)
    if not told(whole, "budget"):
        found.append(f"a sound folder is refused: {refusals(whole)} {errors[:400]}")
    # Nobody states who was insured before.
    elif not any(one["fact"] == "hires.insured_before" and one["records"] == 9
                 for one in told(whole, "budget")[0]["assumed"]):
        found.append(f"what a folder does not state is not told: {told(whole, 'budget')[0]['assumed']}")
    for column, value, code, name in SPOILT:
        select = f"*, {value} AS {column}" if column == "nobody_knows" else f"* REPLACE ({value} AS {column})"
        objects, errors = asked(f"SELECT {select} FROM ({HIRES}) AS a", run)
        said = [o for o in objects if o.get("code") == code]
        if told(objects, "budget") or not said or name not in str(said):
            found.append(f"{column} as {value}: {refusals(objects)} {errors[:300]}")
    renamed = (f'SELECT id AS 编号, enterprise AS 用工单位, origin AS 户籍地, start AS 参保日期, * EXCLUDE (id, enterprise, '
               f"origin, start) FROM ({HIRES}) AS a")
    padded = f"SELECT * REPLACE (' ' || enterprise || ' ' AS enterprise) FROM ({HIRES}) AS a"
    for select in (renamed, padded):
        objects, errors = asked(select, run)
        if not told(objects, "budget"):
            found.append(f"{select[:60]}: {refusals(objects)} {errors[:400]}")
        elif told(whole, "budget"):
            found += [f"{select[:60]}: {line}" for line in apart(told(whole, "budget")[0], told(objects, "budget")[0])]
    shutil.rmtree(folder)
    return found


def ended(cesuan):
    """Ending the program ends the engine that it waits for, and leaves nothing behind."""
    folder = tempfile.mkdtemp(prefix="differential-ended-")
    path, engine, kept = (os.path.join(folder, name) for name in ("s.yaml", "engine", "kept"))
    with open(path, "w", encoding="utf-8") as file:
        file.write("scenario: none\ndistrict: 350112\n")
    with open(engine, "w", encoding="utf-8") as file:
        file.write(f"#!/bin/sh\nif [ \"$1\" = --version ]; then echo v1.5.6; exit 0; fi\necho $$ > '{kept}'\nsleep 120\n")
    os.chmod(engine, 0o755)
    found = []
    # Whoever runs the tests may ignore a signal, which would be passed on.
    for number in (signal.SIGTERM, signal.SIGHUP):
        environment = os.environ | {"CESUAN_DUCKDB": engine, "TMPDIR": folder}
        running = subprocess.Popen([cesuan, path, "-c", "run changle-2022 on duckdb"], env=environment,
                                   stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                   preexec_fn=lambda: signal.signal(number, signal.SIG_DFL))
        until = time.time() + 60
        while time.time() < until and not (os.path.exists(kept) and os.path.getsize(kept)):
            time.sleep(0.05)
        running.send_signal(number)
        try:
            status = running.wait(30)
        except subprocess.TimeoutExpired:
            running.kill()
            status = None
        with open(kept, encoding="utf-8") as file:
            process = int(file.read())
        if status != -number:
            found.append(f"ended by signal {number}: status {status}")
        if os.path.exists(f"/proc/{process}"):
            found.append(f"signal {number}: the engine goes on")
        if any(name.startswith("cesuan-") for name in os.listdir(folder)):
            found.append(f"signal {number}: a folder is left")
        os.unlink(kept)
    shutil.rmtree(folder)
    return found


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--cesuan", required=True)
    parser.add_argument("--seeds", default="1..12")
    parser.add_argument("--documents", type=lambda text: text.split(","), default=DOCUMENTS)
    parser.add_argument("--places")
    parser.add_argument("--duckdb")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    options = parser.parse_args()
    options.cesuan = os.path.abspath(options.cesuan)
    options.duckdb = os.path.abspath(program(options.duckdb))
    os.environ["CESUAN_DUCKDB"] = options.duckdb
    sys.exit(not seeds.tried("On DuckDB", options, seed_done, broken=refused_by_name(options) + spoilt(options) + ended(options.cesuan)))


if __name__ == "__main__":
    main()
