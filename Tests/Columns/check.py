#!/usr/bin/env python3
"""Looks at databases and Parquet files from outside: `check.py PROGRAM`. What `into FILE.db` and `into FILE.parquet` write
is read by SQLite, DuckDB, pandas and polars, and holds the payments that the program's CSV has, to the fen; and a register
that DuckDB, pandas and polars write, each as it does by default and in other ways, comes to the same budget as the CSV
files that it was made of. The script of `emit sql` is filled from the lists as the program writes them. Exit status 1 where something differs.
"""
import csv
import datetime
import decimal
import json
import os
import re
import sqlite3
import subprocess
import sys
import tempfile

import duckdb
import pandas
import polars
import pyarrow.parquet

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
SCENARIOS = os.path.join(ROOT, "scenarios")
SCENARIO = os.path.join(SCENARIOS, "changle-2022-year.yaml")
LISTS = ("enterprises", "agencies", "bases", "specialists", "hires", "internships")
NAMES = ("measure", "beneficiary", "subject", "date", "amount", "status", "upper_bound")


def ask(program, commands, folder):
    run = subprocess.run([program, "--lang", "en", "--format", "json", "-c", commands], cwd=folder, capture_output=True,
                         text=True, encoding="utf-8")
    if run.returncode:
        sys.exit(f"{commands}\n{run.stdout}{run.stderr}")
    return [json.loads(line) for line in run.stdout.splitlines()]


def same(what, wanted, found):
    if wanted != found:
        at = next((i for i, pair in enumerate(zip(wanted, found)) if pair[0] != pair[1]), min(len(wanted), len(found)))
        sys.exit(f"{what}: {len(wanted)} wanted, {len(found)} found; number {at} differs:\n"
                 f"{wanted[at:at + 1]}\n{found[at:at + 1]}")
    print(f"{what}: {len(found)} the same")


def fen(value):
    return None if value is None else int((decimal.Decimal(str(value)) * 100).to_integral_exact())


def payment(row):
    measure, beneficiary, subject, date, amount, status, upper = row
    upper = {"true": True, "false": False}.get(upper, upper)
    return measure, beneficiary, subject, str(date)[:10], fen(amount), status, bool(upper)


def written(program, folder):
    """The same payments in every form."""
    load = f"load {os.path.abspath(SCENARIO)}; run changle-2022; "
    ask(program, load + "payments into p.csv; payments into p.db; payments into p.parquet; run into r.db", folder)
    with open(os.path.join(folder, "p.csv"), encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    wanted = [payment(row[name] for name in NAMES) for row in rows]
    columns = ", ".join(NAMES)
    base = sqlite3.connect(os.path.join(folder, "p.db"))
    same("SQLite", wanted, [payment(row) for row in base.execute(f"select {columns} from payments order by rowid")])
    total = sum(row[4] for row in wanted)
    same("fen of SQLite", [total], [base.execute("select sum(amount_fen) from payments").fetchone()[0]])
    units = dict(base.execute("select column_name, unit from columns where table_name = 'payments' and unit is not null"))
    same("units of SQLite", [("amount", "yuan"), ("amount_fen", "fen")], sorted(units.items())[:2])
    budget = sqlite3.connect(os.path.join(folder, "r.db"))
    kind = budget.execute("select value from about where name = 'kind'").fetchone()
    same("kind of the budget", ["budget"], [kind[0]])
    path = os.path.join(folder, "p.parquet")
    found = duckdb.sql(f"select {columns} from '{path}'")
    same("types of DuckDB", ["VARCHAR", "VARCHAR", "VARCHAR", "DATE", "DECIMAL(18,2)", "VARCHAR", "BOOLEAN"],
         [str(kind) for kind in found.types])
    same("DuckDB", wanted, [payment(row) for row in found.fetchall()])
    frame = pandas.read_parquet(path)
    same("pandas", wanted, [payment(row) for row in frame[list(NAMES)].itertuples(index=False)])
    same("polars", wanted, [payment(row) for row in polars.read_parquet(path).select(NAMES).rows()])
    about = pyarrow.parquet.read_metadata(path)
    same("row groups", [len(wanted)], [sum(about.row_group(i).num_rows for i in range(about.num_row_groups))])


def typed(text):
    day = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", text)
    if day:
        return datetime.date(*map(int, day.groups()))
    return text or None


def register(name):
    """A list's columns, days as days, numbers as numbers where all of them are."""
    with open(os.path.join(SCENARIOS, "changle-2022-year", name + ".csv"), "rb") as file:
        data = file.read()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            head, *body = list(csv.reader(data.decode(encoding).splitlines()))
            break
        except UnicodeDecodeError:
            continue
    columns = {}
    for number, title in enumerate(head):
        texts = [row[number] for row in body]
        days = [typed(text) for text in texts]
        if any(texts) and all(day is None or isinstance(day, datetime.date) for day in days):
            columns[title] = days
        elif any(texts) and all(re.fullmatch(r"|[1-9]\d{0,8}", text) for text in texts) and "code" not in title:
            columns[title] = [int(text) if text else None for text in texts]
        else:
            columns[title] = [text or None for text in texts]
    return columns


def read(program, folder):
    """Registers of every writer come to the total of the CSV files."""
    with open(SCENARIO, encoding="utf-8") as file:
        text = file.read()
    wanted = ask(program, f"load {os.path.abspath(SCENARIO)}; run changle-2022", folder)[-1]
    pointed = re.sub(r"changle-2022-year/(\w+)\.csv", r"\1.parquet", text)
    with open(os.path.join(folder, "s.yaml"), "w", encoding="utf-8") as file:
        file.write(pointed)

    def by_duckdb(options):
        def write(columns, path):
            frame = polars.DataFrame(columns, strict=False)
            duckdb.sql(f"copy (select * from frame) to '{path}' (format parquet{options})")
        return write

    writers = {
        "DuckDB": by_duckdb(""),
        "DuckDB, gzip": by_duckdb(", compression gzip"),
        "DuckDB, second version": by_duckdb(", parquet_version v2"),
        "pandas": lambda columns, path: pandas.DataFrame(columns).astype(object).to_parquet(path),
        "pandas, gzip": lambda columns, path: pandas.DataFrame(columns).astype(object).to_parquet(path, compression="gzip"),
        "polars": lambda columns, path: polars.DataFrame(columns, strict=False).write_parquet(path),
        "polars, snappy": lambda columns, path: polars.DataFrame(columns, strict=False).write_parquet(
            path, compression="snappy"),
        "polars, uncompressed": lambda columns, path: polars.DataFrame(columns, strict=False).write_parquet(
            path, compression="uncompressed"),
    }
    for name, write in writers.items():
        for each in LISTS:
            if os.path.exists(os.path.join(SCENARIOS, "changle-2022-year", each + ".csv")):
                write(register(each), os.path.join(folder, each + ".parquet"))
        found = ask(program, "load s.yaml; run changle-2022", folder)[-1]
        for budget in (wanted, found):
            budget.pop("fingerprint", None)
            budget.pop("scenario", None)
        same(f"budget by {name}", [wanted["total"], json.dumps(wanted["measures"])],
             [found["total"], json.dumps(found["measures"])])


def scripted(program, folder):
    """The programme as a script, filled from the lists as the program writes them, comes to the same payments."""
    lists = "; ".join(f"list {name} into {name}.parquet" for name in LISTS)
    ask(program, f"load {os.path.abspath(SCENARIO)}; {lists}; emit sql changle-2022 into s.sql; run changle-2022; "
        "payments into p.csv", folder)
    with open(os.path.join(folder, "p.csv"), encoding="utf-8-sig") as file:
        wanted = sorted(payment(row[name] for name in NAMES) for row in csv.DictReader(file))
    with open(os.path.join(folder, "s.sql"), encoding="utf-8") as file:
        script = file.read()
    base = duckdb.connect()
    base.execute(f"SET file_search_path = '{folder}'")
    base.execute(re.sub("^-- (INSERT INTO .*;)$", r"\1", script, flags=re.MULTILINE))
    found = base.execute("SELECT measure, beneficiary, subject, date, fen / 100, status, upper_bound FROM ledger "
                         "WHERE entry = 'payment'").fetchall()
    same("payments by a script", wanted, sorted(payment(row) for row in found))


def main():
    program = os.path.abspath(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        scripted(program, folder)
    with tempfile.TemporaryDirectory() as folder:
        written(program, folder)
    with tempfile.TemporaryDirectory() as folder:
        read(program, folder)
    print("Databases and columns are as they should be.")


main()
