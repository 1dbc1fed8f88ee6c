#!/usr/bin/env python3
"""Compares the program with its own scripts as DuckDB carries them out, on random scenarios; exit status 1 on any
difference.

  python3 sql.py --cesuan PATH [--seeds 1..60] [--documents changle-2022,...] [--places FILE] [--keep] [--jobs N]

For each seed the program writes its programme by `emit sql`, DuckDB fills the tables from the facts as the oracle reads
them, and the ledger that comes of the script is held against `run` and `payments` to the fen: payments with their
standing, unpriced units, and how many are undetermined or governed elsewhere. --keep leaves the script of a differing
seed in the temporary folder and prints where.
"""
import argparse
import os
import shutil
import sys
import tempfile
sys.dont_write_bytecode = True  # a test leaves nothing beside its sources

import duckdb

from facts import Places, ScenarioError
from files import write
from generate import generate
import seeds
from run import ask, expectation, the
from scripts import commands, differences, filled, ledger, refused
from work import DOCUMENTS


def fill(base, tables, case, places):
    """The tables of facts that the script has made."""
    for name, fields, rows in filled(case, places):
        if f"TABLE IF NOT EXISTS {name} " in tables:
            columns = ", ".join(f'"{field}"' for field in fields)
            marks = ", ".join("?" * len(fields))
            base.executemany(f"INSERT INTO {name} ({columns}) VALUES ({marks})", rows)


def carried(script, case, places):
    """What DuckDB makes of the script: the tables come first, then the facts, then everything else."""
    with open(script, encoding="utf-8") as file:
        text = file.read()
    base = duckdb.connect(config={"threads": 1})
    tables, rest = text.split("\n\n", 1)
    base.execute(tables)
    fill(base, tables, case, places)
    found = ledger(base, tables, rest)
    base.close()
    return found


# ---- seeds --------------------------------------------------------------------------------------

def seed_done(job):
    seed, options = job
    places = Places(options.places)
    case = generate(seed, places, options.documents)
    if isinstance(expectation(case, places), ScenarioError):
        return seed, "refused", 0, []
    folder = tempfile.mkdtemp(prefix="differential-sql-")
    script = os.path.join(folder, "script.sql")
    status, objects, errors = ask(options.cesuan, commands(case, write(case, folder), script))
    keeps = options.keep
    try:
        if refused(objects):
            keeps = False
            return seed, "not said", 0, refused(objects)
        budget, payments = the(objects, "budget"), the(objects, "payments")
        if status != 0 or budget is None or payments is None:
            complaint = errors + " ".join(str(o.get("message")) for o in objects if o.get("kind") == "error")
            return seed, "differs", 0, [f"program: status {status}, {complaint.strip()[:600]}"]
        try:
            rows = carried(script, case, places)
        except duckdb.Error as error:
            return seed, "differs", 0, [f"DuckDB: {str(error)[:1200]}"]
        found = differences(rows, budget, payments)
        keeps = keeps and bool(found)
        return seed, "differs" if found else "same", len(payments["payments"]), found + ([folder] if keeps else [])
    finally:
        if not keeps:
            shutil.rmtree(folder)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--cesuan", required=True)
    parser.add_argument("--seeds", default="1..60")
    parser.add_argument("--documents", type=lambda text: text.split(","), default=DOCUMENTS)
    parser.add_argument("--places")
    parser.add_argument("--keep", action="store_true")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    options = parser.parse_args()
    options.cesuan = os.path.abspath(options.cesuan)
    sys.exit(not seeds.tried("DuckDB", options, seed_done))


if __name__ == "__main__":
    main()
