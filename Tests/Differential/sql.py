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
from collections import Counter
from decimal import Decimal

sys.dont_write_bytecode = True  # a test leaves nothing beside its sources

import duckdb

from facts import FIELDS, Graduation, Places, ScenarioError, read
from files import write
from generate import generate
import seeds
from run import ask, expectation, the
from work import DOCUMENTS

SHOWN = 8


def commands(case, path, script):
    pairs = [f"{k} = {v}" for k, v in (case.overrides | case.session).items()]
    prefix = f"with {', '.join(pairs)} " if pairs else ""
    what = f"{' + '.join(case.programme)} as {case.mode}"
    return [f"load {path}", f"{prefix}emit sql {what} into {script}", f"{prefix}run {what}", "payments"]


# ---- the facts as tables ------------------------------------------------------------------------

def cell(kind, value):
    """A value as DuckDB's Python takes it."""
    if isinstance(value, Graduation):
        return value.day.isoformat() if value.day else str(value.year)
    if kind == "money" and value is not None:
        return Decimal(value) / 100
    return "; ".join(map(str, sorted(value))) if isinstance(value, frozenset) else value


def fill(base, tables, case, places):
    """The tables of facts that the script has made."""
    month_end = case.session.get("month_end") or case.scenario["readings"].get("month_end", "clamp")
    facts = read(case.scenario, places, month_end)
    for name, fields in FIELDS.items():
        rows = [[cell(kind, getattr(r, field)) for field, (kind, _, _) in fields.items()] for r in getattr(facts, name)]
        if rows and (f"TABLE IF NOT EXISTS {name} " in tables):
            columns = ", ".join(f'"{field}"' for field in fields)
            marks = ", ".join("?" * len(fields))
            base.executemany(f"INSERT INTO {name} ({columns}) VALUES ({marks})", rows)


def ledger(script, case, places):
    """What DuckDB makes of the script: the tables come first, then the facts, then everything else."""
    with open(script, encoding="utf-8") as file:
        text = file.read()
    base = duckdb.connect(config={"threads": 1})
    tables, rest = text.split("\n\n", 1)
    base.execute(tables)
    fill(base, tables, case, places)
    base.execute(rest)
    found = base.execute("SELECT entry, measure, beneficiary, subject, date, fen, status, upper_bound, units, "
                         "is_months, missing FROM ledger").fetchall()
    base.close()
    return found


# ---- comparing ----------------------------------------------------------------------------------

def differences(rows, budget, payments):
    out = []
    ours = Counter((str(date), measure, beneficiary, subject, f"{fen / 100:.2f}" if abs(fen) < 10 ** 15 else fen,
                    status, upper) for entry, measure, beneficiary, subject, date, fen, status, upper, *_ in rows
                   if entry == "payment")
    theirs = Counter((p["date"], p["measure"], p["beneficiary"], p["subject"], p["amount"], p["status"],
                      bool(p["upper_bound"])) for p in payments["payments"])
    for side, only in (("script ", ours - theirs), ("program", theirs - ours)):
        found = sorted(map(str, only.elements()))
        out += [f"only {side}: {row}" for row in found[:SHOWN]]
        if len(found) > SHOWN:
            out.append(f"only {side}: {len(found)} rows in all")
    units = {}
    for u in budget.get("unpriced", ()):
        key = u["measure"], u["unit"], " ".join(sorted(name.split(".")[-1] for name in u["missing"]))
        units[key] = units.get(key, 0) + u["units"]
    own = {}
    for entry, measure, *_, count, months, missing in rows:
        if entry == "unpriced":
            unit = "month" if months else "payment"
            key = measure, unit, " ".join(sorted(name.split(".")[-1] for name in missing.split()))
            own[key] = own.get(key, 0) + count
    if units != own:
        out.append(f"unpriced: script {own}, program {units}")
    for entry in ("undetermined", "elsewhere"):
        wanted = Counter()
        for u in budget.get(entry, ()):  # a line for each lot of missing facts
            wanted[u["measure"]] += u["subjects"]
        found = dict(Counter(row[1] for row in rows if row[0] == entry))
        if wanted != found:
            for measure in sorted(wanted.keys() | found.keys()):
                if wanted.get(measure) != found.get(measure):
                    out.append(f"{entry} {measure}: script {found.get(measure, 0)}, program {wanted.get(measure, 0)}")
    return out


# ---- seeds --------------------------------------------------------------------------------------

def refused(objects):
    """The names of what the program says no script can do."""
    return [str(o.get("message")) for o in objects if o.get("code") == "not-in-sql"]


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
            rows = ledger(script, case, places)
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
