#!/usr/bin/env python3
"""Random documents of the rule language as scripts: what DuckDB makes of `emit sql` against what the program runs.

  python3 sql_documents.py --cesuan PATH [--seeds 1..200] [--jobs N] [--keep]

The documents and scenarios are those of documents.py. Scripts refuse by name what they cannot say; that is counted by
its name and taken out of the document, until what is left can be said. Exit status 1 where a ledger differs, or where no
document could be said at all.
"""
import argparse
import os
import re
import shutil
import sys
import tempfile
from collections import Counter

sys.dont_write_bytecode = True

import duckdb

import documents
import seeds
from language_scenario import drawn
from run import the
from scripts import cell_of_document, differences, ledger, refused, smaller


def scripted(script, scenario):
    with open(script, encoding="utf-8") as file:
        tables, rest = file.read().split("\n\n", 1)
    base = duckdb.connect(config={"threads": 1})
    base.execute(tables)
    for name, rows in scenario["records"].items():
        if f"TABLE IF NOT EXISTS {name} " not in tables:
            continue
        for row in rows:
            columns = ", ".join(f'"{field}"' for field in row)
            base.execute(f"INSERT INTO {name} ({columns}) VALUES ({', '.join('?' * len(row))})",
                         [cell_of_document(value) for value in row.values()])
    found = ledger(base, tables, rest)
    base.close()
    return found


def carried(cesuan, folder, name="random"):
    """What `run … on duckdb` sums up otherwise than `run` does: due and pending by month, what is taken back in them."""
    status, objects, said = documents.program(cesuan, folder, f"run {name} by month\nrun {name} by month on duckdb")
    budgets = [o for o in objects if o.get("kind") == "budget"]
    if status != 0 or len(budgets) != 2:
        return [f"on duckdb: status {status}, {said[:400]}"]
    here, there = budgets
    return [f"on duckdb, {k}: here {here.get(k)}, there {there.get(k)}"
            for k in ("total", "due", "pending", "displaced", "over_quota", "over_cap", "recovered", "groups")
            if here.get(k) != there.get(k)]


def fixed_documents(cesuan):
    """Documents whose figures use each other many times, or whose places are given out here: what DuckDB makes of them
    otherwise than the program."""
    fixtures = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "Fixtures", "scripts")
    found = []
    for name in sorted(os.listdir(fixtures)):
        told = carried(cesuan, os.path.join(fixtures, name), name)
        with tempfile.TemporaryDirectory(prefix="sql-documents-") as folder:
            here, there = (os.path.join(folder, side) for side in ("here.csv", "there.csv"))
            status, objects, said = documents.program(
                cesuan, os.path.join(fixtures, name),
                f'run {name}\npayments into "{here}"\npayments on duckdb into "{there}"\nrun {name} on duckdb')
            budgets = [o for o in objects if o.get("kind") == "budget"]
            if status != 0 or len(budgets) != 2:
                told.append(f"status {status}, {said[:400]}")
            else:
                with open(here, encoding="utf-8") as mine, open(there, encoding="utf-8") as theirs:
                    if Counter(mine) != Counter(theirs):
                        told.append("other payments")
                a, b = ({u["measure"]: u["subjects"] for u in o.get("undetermined", ())} for o in budgets)
                told += [f"undetermined: here {a}, there {b}"] if a != b else []
        found += [f"{name}: {line}" for line in told]
    return found


def seed_done(job):
    seed, options = job
    document, scenario = drawn(seed)
    folder = tempfile.mkdtemp(prefix="sql-documents-")
    script = os.path.join(folder, "script.sql")
    keeps, reasons = options.keep, []
    try:
        while True:
            documents.write(folder, document, scenario)
            status, objects, said = documents.program(
                options.cesuan, folder, f"emit sql random into {script}\nrun random\npayments")
            if not refused(objects):
                break
            reasons += refused(objects)
            document = smaller(document, reasons[-1])
            if document is None:
                keeps = False
                return seed, "not said", 0, [], reasons
        budget, payments = the(objects, "budget"), the(objects, "payments")
        if status != 0 or budget is None or payments is None:
            wrong = [o for o in objects if o.get("kind") == "error"]
            if reasons or any(o.get("code") in documents.REFUSED for o in wrong):
                keeps = False
                return seed, "refused", 0, [], reasons
            return seed, "differs", 0, [f"program: status {status}, {wrong} {said[:400]}"], reasons
        try:
            found = differences(scripted(script, scenario), budget, payments)
        except duckdb.Error as error:
            found = [f"DuckDB: {str(error)[:1500]}"]
        found = found or carried(options.cesuan, folder)
        keeps = keeps and bool(found)
        told = found + ([folder] if keeps else [])
        return seed, "differs" if found else "same", len(payments["payments"]), told, reasons
    finally:
        if not keeps:
            shutil.rmtree(folder)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--cesuan", required=True)
    parser.add_argument("--seeds", default="1..200")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--keep", action="store_true")
    options = parser.parse_args()
    options.cesuan = os.path.abspath(options.cesuan)
    os.environ.setdefault("CESUAN_DUCKDB", os.path.join(os.path.dirname(sys.executable), "duckdb"))
    reasons = Counter()

    def count(unsaid):
        reasons.update({re.sub(r" \(random\.\w+\).*", "", reason) for reason in unsaid})

    is_well = seeds.tried("DuckDB, documents", options, seed_done, shown=("differs",), each=count,
                          broken=fixed_documents(options.cesuan))
    if reasons:
        print("not said: " + ", ".join(f"{name} {n}" for name, n in reasons.most_common()))
    sys.exit(not is_well)


if __name__ == "__main__":
    main()
