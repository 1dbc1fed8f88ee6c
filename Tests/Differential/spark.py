#!/usr/bin/env python3
"""Compares the program with its own scripts as Spark carries them out: random scenarios and programmes through one Spark
of this machine, and `run`, `compare` and `payments` with and without `on spark`; exit status 1 on any difference.

  python3 spark.py --cesuan PATH [--seeds 1..24] [--laws 16,51,…] [--commands 1..3] [--places FILE] [--master local[2]]

The interpreter has pyspark beside it. Scenarios are those of sql.py, random documents those of sql_documents.py, which
DuckDB carries out as well, some of them chosen for what they hold: caps and quotas in turn, once in so many months, what is
taken back, figures over other records. The ledger has to be equal to the fen, for 20 scenarios at least. --commands are seeds whose commands are asked `on spark`,
where Spark starts anew for each.
"""
import argparse
import os
import re
import shutil
import sys
import tempfile
import time
from collections import Counter

sys.dont_write_bytecode = True  # a test leaves nothing beside its sources

import documents
from answers import apart, rows, told
from facts import Places, ScenarioError
from files import write
from generate import generate
from language_scenario import drawn
from run import ask, expectation, the
from scripts import LEDGER, cell_of_document, commands, differences, filled, refused, seated, smaller, waiting
from seeds import span
from work import DOCUMENTS

COLUMN = re.compile(r'"?(\w+)"? (STRING|BOOLEAN|BIGINT|DATE|DECIMAL\(\d+,\d+\))')


def started(master, folder):
    """A Spark of this machine that keeps everything in a folder; small jobs, of which there are many, are not compiled."""
    os.environ["PYSPARK_PYTHON"] = sys.executable
    os.environ["SPARK_LOCAL_DIRS"] = os.path.join(folder, "spill")
    from pyspark.sql import SparkSession
    settings = {
        "spark.sql.warehouse.dir": os.path.join(folder, "warehouse"), "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false", "spark.log.level": "OFF", "spark.sql.shuffle.partitions": "1",
        "spark.sql.codegen.wholeStage": "false", "spark.sql.codegen.factoryMode": "NO_CODEGEN",
        "spark.sql.adaptive.enabled": "false", "spark.driver.extraJavaOptions": f"-Djava.io.tmpdir={folder}"}
    builder = SparkSession.builder.master(master).appName("scripts")
    for name, value in settings.items():
        builder = builder.config(name, value)
    return builder.getOrCreate()


def ledger(spark, script, lists):
    """What Spark makes of a script over lists of facts: (name, fields, rows)."""
    with open(script, encoding="utf-8") as file:
        tables, rest = file.read().split("\n\n", 1)
    spark.sql("USE default")
    spark.sql("DROP DATABASE IF EXISTS cesuan CASCADE")
    made = {}
    for statement in statements(tables):
        spark.sql(statement)
        found = re.match(r'CREATE TABLE IF NOT EXISTS "?(\w+)"? \((.*)\) USING', statement)
        if found:
            made[found[1]] = dict(COLUMN.findall(found[2]))
    for name, fields, values in lists:
        if name in made:
            texts = [[None if v is None else str(v).lower() if isinstance(v, bool) else str(v) for v in row] for row in values]
            frame = spark.createDataFrame(texts, ", ".join(f"`{f}` STRING" for f in fields))
            lacking = [f"CAST(NULL AS {kind}) AS `{f}`" for f, kind in made[name].items() if f not in fields]
            frame.selectExpr(*[f"CAST(`{f}` AS {made[name][f]}) AS `{f}`" for f in fields], *lacking)\
                .createOrReplaceTempView(name)
    for statement in statements(rest):
        spark.sql(statement)
    left_open = waiting(tables)
    for name in left_open:
        spark.sql("USE default")
        seats = seated([tuple(row) for row in spark.sql(f"SELECT * FROM cesuan.asked_{name}").collect()])
        if seats:
            spark.createDataFrame(seats, "frame STRING, taken BOOLEAN").write.insertInto(f"places_{name}")
    for statement in statements(rest) if left_open else []:
        spark.sql(statement)
    out = [tuple(row) for row in spark.sql(f"SELECT {LEDGER} FROM cesuan.ledger").collect()]
    spark.sql("USE default")
    for name in made:
        spark.catalog.dropTempView(name)
        spark.sql(f"DROP TABLE IF EXISTS `{name}`")
    return out


def statements(text):
    """A script's statements: each ends with its line."""
    plain = "\n".join(line for line in text.split("\n") if not line.startswith("--"))
    return [part.strip() for part in plain.split(";\n") if part.strip(" \n;")]


# ---- scripts ------------------------------------------------------------------------------------

def scenario_tried(seed, options, spark, folder):
    places = Places(options.places)
    case = generate(seed, places, DOCUMENTS)
    if isinstance(expectation(case, places), ScenarioError):
        return "refused", 0, []
    script = os.path.join(folder, "script.sql")
    status, objects, errors = ask(options.cesuan, commands(case, write(case, folder), script, "spark"))
    if refused(objects):
        return "not said", 0, refused(objects)
    budget, payments = the(objects, "budget"), the(objects, "payments")
    if status != 0 or budget is None or payments is None:
        wrong = [o for o in objects if o.get("kind") == "error"]
        return "differs", 0, [f"program: status {status}, {wrong or errors[:600]}"]
    return compared(spark, script, filled(case, places), budget, payments)


def document_tried(seed, options, spark, folder):
    document, scenario = drawn(seed)
    script, reasons = os.path.join(folder, "script.sql"), []
    while True:
        documents.write(folder, document, scenario)
        status, objects, said = documents.program(
            options.cesuan, folder, f"emit sql random for spark into {script}\nrun random\npayments")
        if not refused(objects):
            break
        reasons += refused(objects)
        document = smaller(document, reasons[-1])
        if document is None:
            return "not said", 0, reasons
    budget, payments = the(objects, "budget"), the(objects, "payments")
    if status != 0 or budget is None or payments is None:
        wrong = [o for o in objects if o.get("kind") == "error"]
        if reasons or any(o.get("code") in documents.REFUSED for o in wrong):
            return "refused", 0, reasons
        return "differs", 0, [f"program: status {status}, {wrong} {said[:400]}"]
    lists = [(name, list(dict.fromkeys(f for row in values for f in row)), values)
             for name, values in scenario["records"].items()]
    lists = [(name, fields, [[cell_of_document(row.get(f)) for f in fields] for row in values])
             for name, fields, values in lists if values]
    return compared(spark, script, lists, budget, payments)


def compared(spark, script, lists, budget, payments):
    try:
        found = differences(ledger(spark, script, lists), budget, payments)
    except Exception as error:  # whatever Spark raises is told
        found = [f"Spark: {str(error)[:1500]}"]
    return ("differs" if found else "same"), len(payments["payments"]), found


# ---- commands -----------------------------------------------------------------------------------

def command_tried(seed, options, folder):
    places = Places(options.places)
    case = generate(seed, places, DOCUMENTS)
    if isinstance(expectation(case, places), ScenarioError):
        return "refused", 0, []
    path = write(case, folder)
    pairs = [f"{k} = {v}" for k, v in (case.overrides | case.session).items()]
    prefix = f"with {', '.join(pairs)} " if pairs else ""
    what = f"{' + '.join(case.programme)} as {case.mode}"
    here = [f"{prefix}run {what} by beneficiary", f"payments into {folder}/here.csv"]
    there = [f"{prefix}run {what} by beneficiary on spark", f"{prefix}payments on spark into {folder}/there.csv"]
    status, objects, errors = ask(options.cesuan, [f"load {path}"] + here)
    status2, objects2, errors2 = ask(options.cesuan, [f"load {path}"] + there)
    if any(o.get("code") == "not-in-sql" for o in objects2):
        return "not said", 0, refused(objects2)
    if status != 0 or status2 != 0:
        return "differs", 0, [f"here {status} {errors[:400]}, there {status2} {errors2[:800]} {objects2[-1:]}"]
    found = []
    for a, b in zip(told(objects, "budget"), told(objects2, "budget"), strict=True):
        found += apart(a, b)
    mine, theirs = rows(f"{folder}/here.csv"), rows(f"{folder}/there.csv")
    if Counter(mine) != Counter(theirs) or [row[:4] for row in mine] != [row[:4] for row in theirs]:
        found.append(f"payments: here {len(mine)}, there {len(theirs)}; {list((Counter(mine) - Counter(theirs)))[:3]} "
                     f"against {list((Counter(theirs) - Counter(mine)))[:3]}")
    return ("differs" if found else "same"), len(mine), found


def tried(title, seeds, one, needed):
    """Tries seeds one after another; whether none differs, and as many as are needed are the same."""
    began, states, paid = time.time(), Counter(), 0
    for seed in seeds:
        started_at = time.time()
        folder = tempfile.mkdtemp(prefix="differential-spark-")
        try:
            state, count, told = one(seed, folder)
        finally:
            shutil.rmtree(folder)
        states[state] += 1
        paid += count
        print(f"{title}, seed {seed}: {state}, {count} payments, {time.time() - started_at:.0f} s", *told, sep="\n  ", flush=True)
    print(f"{title}: {states['same']} seeds the same, {states['differs']} differ, {states['not said']} that no script says, "
          f"{states['refused']} refused; {paid} payments; {time.time() - began:.1f} s", flush=True)
    return not states["differs"] and states["same"] >= min(needed, len(seeds))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--cesuan", required=True)
    parser.add_argument("--seeds", default="1..24")
    parser.add_argument("--laws", default="1,2,3,16,30,51,59,96,109,152")
    parser.add_argument("--commands", default="1..3")
    parser.add_argument("--places")
    parser.add_argument("--master", default="local[2]")
    options = parser.parse_args()
    options.cesuan = os.path.abspath(options.cesuan)
    folder = tempfile.mkdtemp(prefix="spark-")
    well = True
    try:
        spark = started(options.master, folder)
        well &= tried("Spark", span(options.seeds), lambda s, f: scenario_tried(s, options, spark, f), 20)
        well &= tried("Spark, documents", span(options.laws), lambda s, f: document_tried(s, options, spark, f), 1)
        spark.stop()
        os.environ["CESUAN_SPARK_HOME"] = os.path.dirname(os.path.dirname(sys.executable))
        os.environ["CESUAN_SPARK_MASTER"] = options.master
        os.environ["TMPDIR"] = os.path.join(folder, "left")
        os.mkdir(os.environ["TMPDIR"])
        well &= tried("On Spark", span(options.commands), lambda s, f: command_tried(s, options, f), 1)
        left = os.listdir(os.environ["TMPDIR"])
        if [name for name in left if not name.startswith("differential-")]:
            print(f"Left behind: {left}")
            well = False
    finally:
        shutil.rmtree(folder)
    sys.exit(not well)


if __name__ == "__main__":
    main()
