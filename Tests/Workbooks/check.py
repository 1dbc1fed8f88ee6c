#!/usr/bin/env python3
"""Looks at workbooks from outside: `check.py PROGRAM`. What `into FILE.xlsx` writes is opened by openpyxl, and by
LibreOffice where it is installed, and holds the figures that the program's JSON has; and a register that openpyxl writes
comes to the same budget as the CSV files that it was made of. Exit status 1 where something differs.
"""
import csv
import datetime
import decimal
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

import docx
import openpyxl

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
SCENARIO = "changle-2022-year"
LISTS = ("enterprises", "agencies", "bases", "specialists", "hires", "internships")


def ask(program, commands, folder, form="json"):
    run = subprocess.run(
        [program, "--lang", "en", "--format", form, "-c", commands],
        cwd=folder, capture_output=True, text=True, encoding="utf-8")
    if run.returncode:
        sys.exit(f"{commands}\n{run.stdout}{run.stderr}")
    return [json.loads(line) for line in run.stdout.splitlines()]


def rows(name):
    with open(os.path.join(ROOT, "scenarios", SCENARIO, name + ".csv"), "rb") as f:
        data = f.read()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return list(csv.reader(io.StringIO(data.decode(encoding))))
        except UnicodeDecodeError:
            continue
    sys.exit(f"{name}.csv is in no known encoding")


def typed(text):
    """A cell as an office has it: days and amounts as numbers, ids as text."""
    day = re.fullmatch(r"(\d{4})[-/年](\d{1,2})[-/月](\d{1,2})日?", text)
    if day:
        return datetime.date(*map(int, day.groups()))
    if re.fullmatch(r"[1-9]\d{0,6}(\.\d+)?", text):
        return float(text) if "." in text else int(text)
    return text or None


def write_register(folder):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name in LISTS:
        sheet = book.create_sheet(name)
        head, *body = rows(name)
        sheet.append(head)
        for row in body:
            sheet.append([typed(cell) for cell in row])
    book.save(os.path.join(folder, "year.xlsx"))
    with open(os.path.join(ROOT, "scenarios", SCENARIO + ".yaml"), encoding="utf-8") as f:
        text = re.sub(SCENARIO + r"/(\w+)\.csv", r"year.xlsx#\1", f.read())
    with open(os.path.join(folder, "year.yaml"), "w", encoding="utf-8") as f:
        f.write(text)


def column(sheet, title):
    """The cells below a head, wherever it stands: a book's sheets say above it what they are."""
    rows = list(sheet.iter_rows(values_only=True))
    head = next(i for i, row in enumerate(rows) if title in row)
    at = rows[head].index(title)
    return [row[at] for row in rows[head + 1:]]


def summary(sheet, first, figure):
    """Names and figures of a summary, up to and with the line of sums."""
    names, figures = column(sheet, first), column(sheet, figure)
    end = names.index("Total")
    return dict(zip(names[:end + 1], figures))


def fen(value):
    return round(decimal.Decimal(str(value)) * 100)


def protected(path):
    """Whether the cells to be edited, and no others, are open."""
    book = openpyxl.load_workbook(path)
    return all(sheet.protection.sheet for sheet in book) and all(
        cell.protection.locked == (cell.column != 4 or cell.row < 4)
        for sheet in book.worksheets[1:] for row in sheet.iter_rows() for cell in row
        if not isinstance(cell, openpyxl.cell.cell.MergedCell))


def figures(program, folder, expect):
    """Figures there, edited by openpyxl, and back."""
    ask(program, "save changle-2022 into figures.xlsx; lang zh; save jindong-2021 into 数值.xlsx", folder)
    for name in ("figures.xlsx", "数值.xlsx"):
        expect(f"protected sheets of {name}", protected(os.path.join(folder, name)), True)
    book = openpyxl.load_workbook(os.path.join(folder, "figures.xlsx"))

    def edit(sheet, name, value):
        row = next(row for row in book[sheet].iter_rows(min_row=4) if row[0].value == name)
        row[3].value = value
        return f"{sheet}!{row[3].coordinate}"

    cells = [edit("Parameters", "changle-2022.agency_reward.months_first", 4),
             edit("Parameters", "changle-2022.agency_reward.rate_3m", 400),
             edit("Readings", "changle-2022.sending_regions", "named")]
    book.save(os.path.join(folder, "edited.xlsx"))
    back = ask(program, "draft mine from edited.xlsx", folder)[-1]
    expect("edited figures", [(c["cell"], c["before"], c["after"]) for c in back["changes"]], [
        (cells[0], "3 months", "4 months"), (cells[1], "300 yuan", "400 yuan"), (cells[2], "open", "named")])
    typed = "rate_3m = 400, agency_reward.months_first = 4, sending_regions = named"
    same = ask(program, f"draft mine from edited.xlsx; draft typed from changle-2022: {typed}; "
               f"load '{os.path.join(ROOT, 'scenarios', SCENARIO + '.yaml')}'; diff mine, typed", folder)[-1]
    expect("the same as typed", same["changes"], [])
    edit("Parameters", "changle-2022.agency_reward.rate_3m", "=A1")
    wrong = edit("Parameters", "changle-2022.agency_reward.months_first", "4 yuan")
    book.save(os.path.join(folder, "wrong.xlsx"))
    run = subprocess.run([program, "--lang", "en", "--format", "json", "-c", "draft mine from wrong.xlsx"], cwd=folder,
                         capture_output=True, text=True, encoding="utf-8")
    told = [json.loads(line) for line in run.stdout.splitlines()]
    expect("what is refused", [(t["code"], t["cell"]) for t in told], [("wrong-unit", wrong), ("not-a-value", cells[1])])


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    program = os.path.abspath(sys.argv[1])
    wrong = []

    def expect(what, found, wanted):
        if found != wanted:
            wrong.append(f"{what}: {found} instead of {wanted}")

    with tempfile.TemporaryDirectory() as folder:
        write_register(folder)
        own = os.path.join(ROOT, "scenarios", SCENARIO + ".yaml")
        text, book = (ask(program, f'load "{path}"; run', folder)[-1] for path in (own, "year.yaml"))
        expect("budget of the workbook", book["total"], text["total"])
        expect("measures of the workbook", book["measures"], text["measures"])

        made = ["budget.xlsx", "payments.xlsx", "compared.xlsx", "sensitivity.xlsx", "中文.xlsx"]
        ask(program, f'load year.yaml; run into {made[0]}; payments into {made[1]}; '
            f'compare changle-2022, jindong-2021 by kind into {made[2]}; sensitivity into {made[3]}; '
            f'lang zh; run into {made[4]}', folder)
        payments = ask(program, "load year.yaml; run; payments", folder)[-1]["payments"]
        sheet = openpyxl.load_workbook(os.path.join(folder, made[1]), data_only=True).worksheets[0]
        amounts = column(sheet, "Yuan")
        expect("payments", [fen(a) for a in amounts[:-1]], [fen(p["amount"]) for p in payments])
        expect("days of payments", [d.date().isoformat() for d in column(sheet, "Date")[:-1]], [p["date"] for p in payments])
        book = openpyxl.load_workbook(os.path.join(folder, made[0]), data_only=True)
        total = summary(book.worksheets[0], "Measure", "Total, yuan")
        expect("sum of the budget", fen(total["Total"]), fen(text["total"]))
        formulas = openpyxl.load_workbook(os.path.join(folder, made[0]))
        sums = summary(formulas.worksheets[0], "Measure", "Total, yuan")
        expect("its formula", str(sums.pop("Total"))[:5], "=SUM(")
        expect("measures without a formula", [name for name, sum in sums.items() if "SUMIFS(" not in str(sum)], [])
        expect("charts of the summary", len(formulas.worksheets[0]._charts), 1)
        for measure in text["measures"]:
            sheet = book[measure["measure"].split(".")[1]]
            paid = [fen(amount) for amount, counts in zip(column(sheet, "Yuan"), column(sheet, "Counts as"))
                    if counts in ("due", "pending")]
            expect(f"payments of {sheet.title}", (len(paid), sum(paid)), (measure["payments"], fen(measure["total"])))

        ask(program, "load year.yaml; run into report.docx", folder)
        report = docx.Document(os.path.join(folder, "report.docx"))
        expect("headings of the report", [p.text for p in report.paragraphs if p.style.name == "Heading 1"], [
            "What is not paid, and why", "Settings and readings in force", "Articles and assumptions", "Remarks"])
        cells = [[cell.text for cell in row.cells] for row in report.tables[0].rows]
        at = cells[0].index("Total, yuan")
        expect("sum of the report", cells[-1][at].replace(",", ""), text["total"])
        expect("charts of the report", len(report.element.xpath("//w:drawing")), 1)

        figures(program, folder, expect)
        made += ["figures.xlsx", "数值.xlsx"]

        if shutil.which("soffice"):
            profile = "-env:UserInstallation=file://" + os.path.join(folder, "profile")
            for name in made:
                # Written by LibreOffice again: its own arithmetic has to come to the figures that we saved.
                subprocess.run(["soffice", profile, "--headless", "--convert-to", "xlsx", "--outdir", os.path.join(folder, "again"),
                                os.path.join(folder, name)], check=True, capture_output=True)
                ours = openpyxl.load_workbook(os.path.join(folder, name), data_only=True)
                theirs = openpyxl.load_workbook(os.path.join(folder, "again", name), data_only=True)
                expect(f"sheets of {name}", theirs.sheetnames, ours.sheetnames)
                for a, b in zip(ours.worksheets, theirs.worksheets):
                    expect(f"{name} {a.title}", list(b.iter_rows(values_only=True)), list(a.iter_rows(values_only=True)))
            for name in ("figures.xlsx", "数值.xlsx"):
                again = os.path.join("again", name)
                expect(f"figures in {name} as LibreOffice keeps them",
                       ask(program, f"draft kept from {again}", folder)[-1]["changes"], [])
                expect(f"protected sheets of {name} as LibreOffice keeps them", protected(os.path.join(folder, again)), True)
        else:
            print("LibreOffice is not installed: workbooks were opened by openpyxl alone.")
    for line in wrong:
        print(line[:2000])
    print(f"Workbooks: {len(wrong)} differences.")
    sys.exit(1 if wrong else 0)


main()
