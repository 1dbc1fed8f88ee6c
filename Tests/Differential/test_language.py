#!/usr/bin/env python3
"""The interpreter of the rule language against figures worked out by hand, before it judges anything.

Each case is a document of language.py's values with the rows that its ledger must have. The figures are those of the
language's books: half a month, quarters of interest, tiers, a cap that is used up, three thirds of a total.
"""

import datetime
import sys
import unittest
from fractions import Fraction

sys.dont_write_bytecode = True

import language
from language_document import LISTS
from language_money import reckon
from language_values import calendar_months, completion, fen, plus_months, stable, whole_months, years

D = datetime.date
HOURS, BONUS, START = ("fact", ("hours",)), ("fact", ("bonus",)), ("fact", ("start",))
FIRM = [{"id": "f0", "district": "350112", "quota": Fraction(1)}]


def job(id, start, bonus=100, **facts):
    return {
        "id": id,
        "firm": "f0",
        "start": start,
        "hours": Fraction(1),
        "bonus": Fraction(bonus),
        "grade": "g1",
    } | facts


def rows(clauses, jobs, frame=None, settings=None, limits=(), tables=(), lists=()):
    m = {"name": "m", "frame": frame or {"list": "jobs", "each": "job"}, "clauses": clauses, "params": []}
    document = {
        "name": "d",
        "lists": LISTS | dict(lists),
        "measures": [m],
        "tables": list(tables),
        "limits": list(limits),
    }
    language.document(document)  # what cannot be written is no document
    ledger = reckon(document, {"records": {"firms": FIRM, "jobs": jobs}, "as_of": None, "settings": settings or {}})
    return sorted((r[3], r[4], r[5]) for r in ledger.rows), ledger


def pay(amount, **more):
    return "pay", {"who": ("fact", ("firm",)), "amount": amount} | more


class Days(unittest.TestCase):
    def test_months(self):
        self.assertEqual(plus_months(D(2024, 1, 31), 1), D(2024, 2, 29))
        self.assertEqual(plus_months(D(2024, 1, 31), 1, "next_day"), D(2024, 3, 1))
        self.assertEqual(whole_months(D(2024, 1, 31), D(2024, 2, 29)), 1)
        self.assertEqual(whole_months(D(2024, 1, 31), D(2024, 2, 28)), 0)

    def test_parts(self):
        self.assertEqual(calendar_months(D(2024, 1, 16), D(2024, 2, 29)), 1 + Fraction(16, 31))
        self.assertEqual(years(D(2022, 1, 20), D(2022, 4, 20), "360"), Fraction(90, 360))
        self.assertEqual(years(D(2024, 1, 31), D(2024, 3, 31), "30"), Fraction(60, 360))
        self.assertEqual(years(D(2023, 12, 31), D(2024, 1, 2), "calendar"), Fraction(1, 365) + Fraction(1, 366))

    def test_clock(self):
        for clock, lasts, day in (
            ("inclusive", True, D(2026, 9, 1)),
            ("anniversary", False, D(2026, 9, 1)),
            ("insured_months", True, D(2026, 8, 31)),
        ):
            settings = {"clock": clock, "month_end": "clamp"}
            self.assertEqual(stable(D(2026, 3, 1), D(2026, 8, 31), 6, settings), lasts)
            self.assertEqual(completion(D(2026, 3, 1), 6, settings), day)

    def test_half_a_fen(self):
        self.assertEqual([fen(Fraction(x, 1000)) for x in (5, 4, -5)], [1, 0, -1])


class Ledgers(unittest.TestCase):
    def test_used_up(self):
        jobs = [job("a", D(2024, 1, 1), 500), job("b", D(2024, 1, 2), 600), job("c", D(2024, 1, 3), 400)]
        cap = ("cap", {"amount": ("money", 1000), "keys": []})
        for end, paid in (("part", {"a": 500, "b": 500}), ("stop", {"a": 500}), ("skip", {"a": 500, "c": 400})):
            found, _ = rows([("every record",), pay(BONUS), cap], jobs, settings={"cap_end": end})
            self.assertEqual({s: a // 100 for s, a, status in found if status == "due"}, paid)
            self.assertEqual(sum(a for _, a, _ in found), 150000)

    def test_in_proportion(self):
        jobs = [job(x, D(2024, 1, 1), 50000) for x in "abc"]
        cap = ("cap", {"amount": ("money", 100000), "keys": [("name", "year")], "proportion": True})
        found, _ = rows([("every record",), pay(BONUS), cap], jobs)
        self.assertEqual([a for _, a, status in found if status == "due"], [3333334, 3333333, 3333333])

    def test_any_three_years(self):
        jobs = [job(f"j{y}", D(y, 6, 1), b) for y, b in ((2020, 150), (2021, 100), (2022, 30), (2023, 180))]
        cap = ("cap", {"amount": ("money", 200), "keys": [("fact", ("firm",))], "any": ("num", 3)})
        found, _ = rows([("every record",), pay(BONUS), cap], jobs)
        self.assertEqual([a // 100 for _, a, status in found if status == "due"], [150, 50, 150])

    def test_tiers(self):
        bands = [(("up to", ("num", 1)), 500), (("up to", ("num", 2)), 800), (("above",), 1000)]
        table = {
            "name": "t",
            "unit": "yuan per person",
            "args": [("n", "number")],
            "rows": [{"cells": [cell], "value": ("money", v, "person")} for cell, v in bands],
        }
        count = ("count", "mine", {"list": "jobs", "of": "firm", "every record": True})
        steps = (
            "pay",
            {"who": ("name", ("firm",)), "amount": ("through", "t", ("count", "mine")), "on": ("date", D(2024, 1, 1))},
        )
        found, _ = rows(
            [count, steps], [job(x, D(2024, 1, 1)) for x in "abc"], {"list": "firms", "each": "firm"}, tables=[table]
        )
        self.assertEqual(found, [("f0", 230000, "due")])

    def test_parts_and_recovery(self):
        parts = [{"amount": ("share", Fraction(1, 2))}, {"amount": "rest", "on": ("+", START, ("months", 12))}]
        back = ("recover", {"amount": ("of", ("share", Fraction(1, 2)), ("name", ("paid",))), "on": ("fact", ("end",))})
        found, _ = rows(
            [("every record",), pay(("money", Fraction("1001.01")), parts=parts), back],
            [job("a", D(2024, 1, 1), end=D(2024, 10, 31))],
        )
        # 500.505 is 500.51; the rest is 500.50, paid after the day on which half of what was paid by then comes back.
        self.assertEqual(found, [("a", -25026, "recovered"), ("a", 50050, "due"), ("a", 50051, "due")])

    def chained(self, amounts, order="abc"):
        measures = [
            {"name": n, "frame": {"list": "jobs", "each": "job"}, "params": [], "clauses": [("every record",)]
             + ([("yields", {"b": "a", "c": "b"}[n])] if n != "a" else []) + [pay(("money", amounts[n]))]}
            for n in order
        ]
        document = {"name": "d", "lists": LISTS, "measures": measures}
        language.document(document)
        ledger = reckon(document, {"records": {"firms": FIRM, "jobs": [job("h", D(2024, 1, 1))]}, "as_of": None})
        return "".join(sorted(r[1] for r in ledger.rows if r[5] == "due"))

    def test_chain(self):
        # c gives way to b or b to c, b to a or a to b: what gives way displaces nothing.
        for a, b, c, paid in ((1, 2, 3, "ac"), (3, 2, 1, "ac"), (1, 3, 2, "b"), (3, 1, 2, "ac"), (1, 1, 1, "ac")):
            for order in ("abc", "cba", "bca"):
                self.assertEqual(self.chained({"a": a, "b": b, "c": c}, order), paid)

    def test_stays(self):
        stays = {"each": "stay", "joins": {"list": "jobs", "keys": ["person"]}, "gap": ("days", 0)}
        jobs = [
            job("a", D(2024, 1, 1), end=D(2024, 3, 31), worker="w"),
            job("b", D(2024, 4, 1), end=D(2024, 6, 30), worker="w"),
        ]
        clauses = [("every record",), ("where", ("stable", ("months", 6))), pay(("money", 1))]
        for start, n in ((D(2024, 4, 1), 1), (D(2024, 4, 2), 0)):
            jobs[1]["start"] = start
            found, _ = rows(clauses, jobs, {"list": "stays", "each": "stay"}, lists={"stays": stays})
            self.assertEqual(len(found), n)

    def test_once_in_months(self):
        jobs = [job(f"j{n}", d, worker="w") for n, d in enumerate((D(2022, 3, 1), D(2024, 2, 29), D(2024, 3, 1)))]
        found, _ = rows([("every record",), ("once", [("fact", ("person",))], ("months", 24)), pay(("money", 1))], jobs)
        self.assertEqual([s for s, _, _ in found], ["j0", "j2"])

    def test_not_known(self):
        jobs = [job("a", D(2024, 1, 1), mark=True), job("b", D(2024, 1, 2)), job("c", D(2024, 1, 3))]
        condition = ("or", ("fact", ("mark",)), ("cmp", "=", ("fact", ("start",)), ("date", D(2024, 1, 3))))
        found, ledger = rows([("every record",), ("where", condition), pay(("money", 1))], jobs)
        self.assertEqual([s for s, _, _ in found], ["a", "c"])
        self.assertEqual(list(ledger.unknown["m"]), ["b"])


if __name__ == "__main__":
    unittest.main()
