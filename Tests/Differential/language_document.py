"""Random documents of the rule language: lists of their own, tables, values, definitions, measures and a limit over
them.

A document has one to four measures of the shapes of language_shapes.py. What the books leave open is not drawn.
"""

from fractions import Fraction

from language_place import CHOICES, MONEY, NASTY
from language_shapes import Shapes

LISTS = {
    "firms": {
        "each": "firm",
        "fields": [
            ("id", "text", "required"),
            ("size", "one of (micro, small, large) ascending", None),
            ("district", "place", "required"),
            ("quota", "number", "required"),
            ("pot", "money", None),
            ("founded", "date", "absent means none"),
            ("open", "bool", "default false"),
            ("partners", "set of reference to firms", "absent means empty"),
        ],
    },
    "jobs": {
        "each": "job",
        "person": "worker",
        "begins": "start",
        "ends": "end",
        "fields": [
            ("id", "text", "required"),
            ("worker", "text", "default id"),
            ("firm", "reference to firms", "required"),
            ("start", "date", "required"),
            ("end", "date", "absent means none"),
            ("left", "date", "absent means none"),
            ("wage", "money", None),
            ("bonus", "money", "required"),
            ("hours", "decimal", "required"),
            ("part", "share", "default 100%"),
            ("term", "number", None),
            ("grade", "one of (g1, g2, g3) ascending", "required"),
            ("mark", "bool", None),
            ("flag", "bool", "default false"),
        ],
    },
    "loans": {
        "each": "loan",
        "begins": "drawn",
        "fields": [
            ("id", "text", "required"),
            ("borrower", "text", "required"),
            ("firm", "reference to firms", "required"),
            ("principal", "money", "required"),
            ("drawn", "date", "required"),
            ("due", "date", "absent means none"),
            ("rate", "share", "required"),
            ("grace", "number", None),
        ],
    },
}


class Writer(Shapes):
    """Draws a whole document."""

    def document(self):
        dice = self.dice
        d = {"name": "random", "lists": dict(LISTS), "measures": [], "defaults": []}
        if self.chance(0.35):
            d["lists"]["stays"] = {
                "each": "stay",
                "joins": {
                    "list": "jobs",
                    "keys": ["person"] if self.chance(0.6) else ["person", "firm"],
                    "where": self.one(
                        [None, ("fact", ("flag",)), ("within", ("fact", ("firm", "district")), ["350112"])]
                    ),
                },
                "gap": self.one([None, ("days", 0), ("days", 30), ("months", 1)]),
            }
        if self.chance(0.3):
            d["window"] = self.one([(NASTY[2], NASTY[15]), (NASTY[6], None), (None, NASTY[17]), (NASTY[8], NASTY[16])])
        d["tables"] = self.tables = [t for t in (self.table(n) for n in range(dice.randint(0, 3)))]
        d["values"] = self.values = (
            [{"name": "fee", "unit": "yuan per person"}, {"name": "floor", "unit": "yuan", "dated": True}]
            if self.chance(0.4)
            else []
        )
        d["defines"] = self.defines = ([self.define()] if self.chance(0.3) else []) + (
            [self.earlier()] if self.chance(0.3) else []
        )
        self.opening = (d.get("window") or [None])[0]
        for n in range(dice.choice([1, 1, 2, 2, 3, 4])):
            d["measures"].append(self.measure(f"m{n + 1}", d))
        if len(d["measures"]) > 1 and self.chance(0.35):
            d["limits"] = [self.limit(d["measures"])]
            self.sources(d, self.apart())
        for name, choices in (
            ("cap_end", ["part", "stop", "skip"]),
            ("clock", ["anniversary", "insured_months"]),
            ("month_end", ["next_day"]),
            ("allocation", ["maximum"]),
        ):
            if self.chance(0.08):
                d["defaults"].append((name, self.one(choices)))
        # Who is paid what has no price is not told, so that nobody can say whom it meets.
        if len(d["measures"]) > 1 and not d["values"] and "stays" not in d["lists"] and self.chance(0.4):
            self.yields(d["measures"])
        return d

    def yields(self, measures):
        """Measures that yield to others, in pairs, chains and stars, wherever they stand in the text."""
        order = self.dice.sample(measures, len(measures))
        for n, m in enumerate(order[1:], 1):
            if self.chance(0.75):
                m["clauses"].append(("yields", self.one(order[:n])["name"]))

    def earlier(self):
        """A figure over records of the same person or firm as the one asked about."""
        s = {
            "list": "jobs",
            "with": [("same", self.one([["person"], ["firm"]]), "h")],
            "position": self.one(["before", "up to"]),
        }
        if self.chance(0.5):
            s["where"] = [
                self.one(
                    [
                        ("fact", ("flag",)),
                        ("cmp", ">", ("fact", ("hours",)), ("num", 1)),
                        ("given", ("fact", ("end",)), True),
                    ]
                )
            ]
        return {
            "name": "earlier_ones",
            "args": [("h", "job")],
            "gives": "number",
            "body": ("count", s),
        }

    def define(self):
        of = lambda *path: ("name", ("j", *path))
        return {
            "name": "fits",
            "args": [("j", "job")],
            "gives": "bool",
            "body": self.one(
                [
                    ("and", of("flag"), ("cmp", ">=", of("hours"), ("num", 2))),
                    ("cmp", ">", of("bonus"), ("of", of("part"), ("money", 100))),
                    ("or", of("mark"), ("cmp", "is", of("firm", "size"), ("choice", "micro"))),
                ]
            ),
        }

    def table(self, n):
        kind, gives = self.one(["number", "number", "money", "date", "jobs.grade", "firms.size", "two", "bool"]), self.one(
            ["money", "money", "share"]
        )
        worth = lambda: (
            ("money", self.one(MONEY))
            if gives == "money"
            else ("share", self.one([0, Fraction(1, 10), Fraction(333, 1000), 1]))
        )
        t = {
            "name": f"tab{n}",
            "unit": "yuan" if gives == "money" else "share",
            "gives": gives,
            "args": [("x", kind)],
            "rows": [],
        }
        if kind in ("number", "money"):
            bounds = sorted(
                self.dice.sample(
                    [1, 2, 3, 5, 10, 100, 1000] if kind == "number" else [100, 1000, 3333, 5000], self.one([1, 2, 3])
                )
            )
            word = "up to" if self.chance(0.7) else "below"
            t["rows"] = [
                {"cells": [(word, ("num" if kind == "number" else "money", b))], "value": worth()} for b in bounds
            ]
            if self.chance(0.85):
                t["rows"].append({"cells": [("above",)], "value": worth()})
                t["through"] = kind == "number" and word == "up to" and gives == "money"
            if t.get("through"):
                t["unit"] = "yuan per person"
                t["gives"] = "through"
        elif kind == "date":
            t["rows"] = [
                {"cells": [("from", day)], "value": worth()}
                for day in sorted(self.dice.sample(NASTY, self.one([1, 2, 3])))
            ]
        elif kind == "two":
            t["args"] = [("g", "jobs.grade"), ("day", "date")]
            a, b = sorted(self.dice.sample(NASTY[:12], 2))
            t["rows"] = [
                {"cells": [("one", ["g1"]), ("from", a)], "value": worth()},
                {"cells": [("one", ["g1"]), ("from", b)], "value": worth()},
                {"cells": [("any",), ("from", NASTY[1])], "value": worth()},
            ]
        elif kind == "bool":
            t["rows"] = [{"cells": [("one", [word])], "value": worth()} for word in ("true", "false")]
        else:
            many = CHOICES[kind.split(".")[1]]
            t["rows"] = [
                {"cells": [("one", [many[0]])], "value": worth()},
                {"cells": [("one", many[1:])], "value": worth()},
            ]
        return t

    def measure(self, name, d):
        shapes = [
            self.of_job,
            self.of_job,
            self.of_firm,
            self.of_firm_years,
            self.of_loan,
            self.of_person,
            self.of_numbers,
            self.of_partners,
        ]
        if "stays" in d["lists"]:
            shapes += [self.of_stay, self.of_stay]
        self.params = []
        m = {"name": name, "clauses": [], "params": []}
        for k in range(self.one([0, 0, 1, 2])):
            kind = self.one(["money", "number", "share"])
            v = {
                "money": ("money", self.one(MONEY)),
                "number": ("num", self.one([1, 2, 3])),
                "share": ("share", self.one([Fraction(1, 2), Fraction(667, 1000)])),
            }[kind]
            if kind == "money" and self.chance(0.4):
                v = [
                    (None, v),
                    *((day, ("money", self.one(MONEY))) for day in sorted(self.dice.sample(NASTY, self.one([1, 2])))),
                ]
                kind = "dated"
            m["params"].append((f"par{k}", v))
            self.params.append((f"par{k}", kind))
        self.one(shapes)(m)
        if self.chance(0.1):
            m["clauses"].insert(
                0, ("window", self.one([None, (NASTY[2], NASTY[14]), (NASTY[8], None), (None, NASTY[15])]))
            )
        if m["frame"]["list"] == "jobs" and not m["frame"].get("of") and self.chance(0.08):
            m["clauses"].insert(
                0,
                (
                    "begins",
                    self.one(
                        [
                            ("+", ("fact", ("start",)), ("months", 6)),
                            ("day of", "last", "quarter", ("fact", ("start",))),
                        ]
                    ),
                ),
            )
        if self.chance(0.15):
            m["clauses"].insert(0, ("default", self.one(["clock", "month_end"]), None))
            what = m["clauses"][0][1]
            m["clauses"][0] = (
                "default",
                what,
                self.one(
                    {"clock": ["inclusive", "anniversary", "insured_months"], "month_end": ["clamp", "next_day"]}[what]
                ),
            )
        used = repr(m["clauses"]) + repr(m["frame"])
        m["params"] = [p for p in m["params"] if repr(p[0]) in used]
        return m

    def sources(self, d, dice):
        """What sources of money bear, and at most."""
        if dice.random() < 0.5:
            return
        d["fund"] = dice.choice(
            [
                [("city", "60"), ("district", "40")],
                [("city", "33.333333"), ("province", "33.333333"), ("district", "33.333334")],
                [("city", "100")],
            ]
        )
        caps = d["limits"][0]["caps"]
        for c, source in zip(caps, dice.choice([["city"], ["city", "district"], ["district", "city"]])):
            # A cap of a source that nothing draws on is refused.
            if source in [name for name, _ in d["fund"]]:
                c["of"] = source
        if caps[0].get("of") == "city" and dice.random() < 0.5:
            caps[0]["then"] = dice.choice(["district", "province"])

    def limit(self, measures):
        over = [m["name"] for m in self.dice.sample(measures, self.dice.randint(2, min(3, len(measures))))]
        year = [("name", "year")]
        caps = [
            {
                "amount": ("money", self.one([100, 1000, 2500, 5000])),
                "keys": self.one([[], [("name", "beneficiary")], [("name", "beneficiary")] + year, year]),
            }
        ]
        of_firm = all(
            m["frame"]["list"] in ("jobs", "loans") and not m["frame"].get("of") for m in measures if m["name"] in over
        )
        if of_firm and self.chance(0.5):
            # What the frames of all its measures have: their firm, and what that has.
            firm = ("fact", ("firm",))
            caps[0] = {
                "amount": self.one([("fact", ("firm", "pot")), ("money", 2500)]),
                "keys": self.one([[firm], [firm] + year]),
            }
        if self.chance(0.3):
            caps[0]["proportion"] = True
        elif self.chance(0.4):
            caps.append({"amount": ("money", self.one([500, 3000])), "keys": self.one([[("name", "beneficiary")], []])})
            if caps[1]["keys"] == caps[0]["keys"]:
                caps.pop()
        return {"name": "together", "over": over, "caps": caps}
