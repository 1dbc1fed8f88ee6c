"""Random measures, each of a shape: for each record, for each and year, period, number or partner, for a person, for a
stay.
"""

import random

from language_place import NASTY, Place
from language_measures import Clauses

START = ("fact", ("start",))


class Shapes(Clauses):
    """One method a shape, which gives a measure its frame and its clauses."""

    def of_job(self, m):
        m["frame"], place = {"list": "jobs", "each": "job"}, Place("jobs")
        every = self.persons(m)
        self.wheres(m, place)
        self.lets(m, place)
        if self.chance(0.5):
            self.sideways(m, place, every)
        self.wheres(m, place, 1)
        if every and self.chance(0.25):
            m["clauses"].append(
                (
                    "once",
                    self.one(
                        [
                            [("fact", ("person",)), ("fact", ("firm",))],
                            [("fact", ("worker",)), ("fact", ("firm",))],
                            [("fact", ("worker",)), ("year of", ("fact", ("start",)))],
                            [("fact", ("worker",)), ("fact", ("term",))],
                            [("fact", ("firm", "size"))],
                            [self.thirds("jobs")],
                        ]
                    ),
                    ("months", self.one([1, 6, 12, 24])) if self.chance(0.5) else None,
                )
            )
            if m["clauses"][-1][2]:
                m["clauses"][-1] = ("once", [("fact", ("person",))], m["clauses"][-1][2])
        if self.chance(0.06) and not any(c[0] == "once" for c in m["clauses"]):
            m["clauses"].append(("once", [], None))
        if every and self.chance(0.15):
            m["clauses"].append(
                (
                    "only first",
                    ("num", self.one([1, 2])),
                    [("fact", ("firm",))],
                    self.one([("fact", (f,)) for f in ("start", "hours", "start", "hours", "term")] + [self.thirds("jobs")]),
                )
            )
        who = [("fact", ("firm",)), ("fact", ("worker",)), ("fact", ("person",))]
        if every:
            self.pays(m, place, who)
        else:
            self.plain_pay(m, self.one(who))
        firm, worker, term = ("fact", ("firm",)), ("fact", ("worker",)), ("fact", ("term",))
        self.highest(m, [[firm], [worker], [firm, worker], [worker, term]])
        self.quotas(m, [[], [firm], [("fact", ("grade",))], [("fact", ("firm", "size"))], [term]])
        self.limits(m, place, [("name", "beneficiary"), ("name", "year"), firm, worker, term, self.thirds("jobs")])
        self.ordered(m, [("fact", ("start",)), ("fact", ("hours",)), term, self.thirds("jobs")])
        if every:
            self.recovers(m, place)
        self.loosely_grouped(m)

    def loosely_grouped(self, m):
        """Keys of which a record may have none, and numbers of places that records say themselves."""
        # Dice of its own: what was drawn before it was there is drawn still.
        dice = random.Random(repr(self.dice.getstate()[1][:4]))
        first = random.Random("first " + repr(self.dice.getstate()[1][:4]))
        for i, c in enumerate(m["clauses"]):
            if c[0] == "only first" and first.random() < 0.4:
                c = m["clauses"][i] = (c[0], ("fact", first.choice([("firm", "quota"), ("term",)])), *c[2:])
            day = ("fact", (dice.choice(["left", "left", "end"]),))
            if c[0] == "quota" and dice.random() < 0.6:
                places = ("fact", dice.choice([("firm", "quota"), ("firm", "quota"), ("term",)]))
                m["clauses"][i] = ("quota", places, dice.choice([c[2], [("fact", ("firm",))]]))
            c = m["clauses"][i]
            if dice.random() >= 0.4:
                continue
            if c[0] == "quota":
                m["clauses"][i] = (*c[:2], dice.choice([[day], [*c[2], day]]))
            elif c[0] == "cap" and c[1]["keys"]:
                c[1]["keys"] = c[1]["keys"] + [day]
            elif c[0] == "once" and c[1] and not c[2]:
                m["clauses"][i] = ("once", [day], None)
            elif c[0] == "only first":
                m["clauses"][i] = (*c[:2], [day], *c[3:])
            elif c[0] == "only highest":
                m["clauses"][i] = ("only highest", [day])

    def sideways(self, m, place, every):
        kind = self.one(["same", "same", "match", "all", "candidates"])
        s = {"list": "jobs"}
        if kind == "same":
            s |= {
                "with": [("same", self.one([["person"], ["firm"], ["person", "firm"], ["grade"]]))],
                "position": self.one([None, "before", "up to"]),
                "other": self.chance(0.3),
            }
            if s["position"]:
                s["other"] = False
        elif kind == "match":
            own, part = ("name", ("job", "wage")), ("num", self.one([400, 7000]))
            s |= {
                "with": [
                    self.one(
                        [
                            ("match", ("fact", ("start",)), ("name", ("job", "start"))),
                            ("match", ("/", ("fact", ("wage",)), part), ("/", own, part)),
                        ]
                    )
                ]
            }
        elif kind == "all":
            s["all"] = True
        else:
            if not every:
                return
            s |= {
                "list": "candidates",
                "with": [("same", self.one([["person"], ["firm"]]))],
                "position": self.one(["before", "up to"]),
            }
        if self.chance(0.4) and kind != "candidates":
            s["where"] = [
                (
                    self.condition(Place("jobs", "jobs", place.lets), 1)
                    if self.chance(0.5)
                    else ("cmp", self.one([">=", "<", "="]), ("fact", ("grade",)), ("name", ("job", "grade")))
                )
            ]
        m["clauses"].append(("count", "beside", s))
        if kind == "candidates":
            numbers = [n for n, k in place.lets if k == "months"]
            figure = ("sum", ("fact", (self.one(numbers),)), "beside") if numbers else ("count", "beside")
            kind_ = "months" if numbers else "number"
            m["clauses"].append(("let", "used", figure))
            place.lets.append(("used", kind_))
        else:
            place.sets["beside"] = "jobs"
            if self.chance(0.3):
                m["clauses"].append(
                    ("require", ("cmp", self.word(), ("count", "beside"), ("num", self.one([0, 1, 2]))))
                )

    def joined_set(self, m, place, name, of, years=False):
        s = {"list": "jobs", "of": of}
        inner = place.at("jobs")
        if self.chance(0.5):
            s["where"] = [self.condition(inner, 2)]
        if self.chance(0.4):
            s["on"] = self.one(
                [
                    ("completion", ("months", 3)),
                    ("+", ("fact", ("start",)), ("months", 1)),
                    ("later", [("fact", ("start",)), ("date", self.one(NASTY))]),
                ]
            )
        if self.chance(0.12):
            s["begins"] = self.one(
                [("+", ("fact", ("start",)), ("months", 1)), ("day of", "first", "year", ("fact", ("start",)))]
            )
        elif years and self.chance(0.12):
            s["in year"] = ("year of", ("+", ("fact", ("start",)), ("months", 6)))
        elif years != "falling" and self.chance(0.2):
            s["all"] = True
        elif years != "falling" and self.chance(0.15):
            s["in any year" if years else "at any time"] = True
        if self.chance(0.6):
            s["every record"] = True
        elif self.chance(0.3):
            s["once per person"] = True
        m["clauses"].append(("count", name, s))
        place.sets[name] = "jobs"

    def of_firm(self, m):
        m["frame"], place = {"list": "firms", "each": "firm"}, Place("firms")
        self.counting(m, place, "firm")

    def counting(self, m, place, of, years=False):
        if place.frame == "firms":
            self.wheres(m, place, 1)
        self.joined_set(m, place, "mine", of, years)
        payable = ["mine"]
        if self.chance(0.3):
            s = (
                {
                    "list": "mine",
                    "first": (
                        self.whole(Place(place.frame, place.frame), 0)
                        if self.chance(0.5)
                        else ("num", self.one([0, 1, 2]))
                    ),
                }
                if self.chance(0.5)
                else {"list": "mine", "where": [self.condition(place.at("jobs"), 1)]}
            )
            m["clauses"].append(("count", "some", s))
            place.sets["some"] = "jobs"
            payable.append("some")
        if self.chance(0.25) and place.frame == "firms":
            m["clauses"].append(
                (
                    "let",
                    "mean",
                    (
                        "range",
                        self.one(["sum", "average", "largest", "smallest"]),
                        (
                            "count",
                            {
                                "list": "jobs",
                                "all": True,
                                "of": "firm",
                                "every record": True,
                                "where": [
                                    (
                                        "present",
                                        (
                                            "-",
                                            ("+", ("date", NASTY[2]), ("*", ("name", "k"), ("months", 1), "span")),
                                            ("days", 1),
                                        ),
                                    )
                                ],
                            },
                        ),
                        "k",
                        1,
                        self.one([3, 12]),
                    ),
                )
            )
            place.lets.append(("mean", "number"))
        self.lets(m, place)
        if years or place.frame is None or self.chance(0.5):
            m["clauses"].append(("require", ("cmp", ">=", ("count", "mine"), ("num", self.one([1, 1, 2])))))
        days = [("day in", 31, 12, ("name", "year"))] if years else [("date", self.one(NASTY))]
        who = [("name", (of,))]
        self.pays(m, place, who, days, payable)
        self.limits(m, place, [("name", "beneficiary"), ("name", "year")])
        pays = [c[1] for c in m["clauses"] if c[0] == "pay"]
        if not any(p.get("set") for p in pays):
            self.quotas(m, [[]])
            if place.frame == "firms":
                self.recovers(m, Place("firms"), at=("date", self.one(NASTY)))
        elif len(pays) == 1 and place.frame == "firms":
            self.recovers(m, Place("firms"), [pays[0]["set"]])

    def of_firm_years(self, m):
        years = self.one([("year",), ("year",), ("year", 2024, 2025), ("year", 2023, 2024)])
        if self.opening and self.apart().random() < 0.7:
            years = ("complete year",)
        m["frame"], place = {"list": "firms", "each": "firm", "each_": [years]}, Place("firms", numbers=["year"])
        self.counting(m, place, "firm", "falling" if len(years) == 1 else "given")

    def apart(self):
        """Dice of their own: what was drawn before something was there is drawn still."""
        return random.Random(repr(self.dice.getstate()[1][:4]))

    def of_person(self, m):
        of = self.one(["person", "worker"])
        m["frame"], place = {"list": "jobs", "of": of, "each": of}, Place(None)
        years = "falling" if self.chance(0.4) else False
        if years:
            m["frame"]["each_"], place.numbers = [("year",)], ["year"]
        else:
            dice = self.apart()
            each = dice.choice([None, None, None, ("year", 2024, 2025), ("number", "n", ("num", 1), ("num", 2))])
            if each:
                m["frame"]["each_"], place.numbers = [each], ["year" if each[0] == "year" else each[1]]
                years = "given" if each[0] == "year" else False
        self.counting(m, place, of, years)

    def of_loan(self, m):
        last = self.one(
            [
                ("fact", ("due",)),
                ("date", self.one(NASTY[8:])),
                ("earlier", [("fact", ("due",)), ("date", NASTY[-1])]),
                ("-", ("earlier", [("fact", ("due",)), ("+", ("fact", ("drawn",)), ("months", 12))]), ("days", 1)),
            ]
        )
        period = ("period", self.one([1, 2, 3, 6, 12]), self.chance(0.3), ("fact", ("drawn",)), last)
        m["frame"] = {"list": "loans", "each": "loan", "each_": [period]}
        place = Place("loans", numbers=["period"], dates=["period_start", "period_end"])
        self.wheres(m, place, 1)
        self.lets(m, place)
        self.pays(m, place, [("fact", ("borrower",)), ("fact", ("firm",))], parts=False)
        self.limits(m, place, [("name", "beneficiary"), ("name", "year"), ("fact", ("firm",))])
        self.recovers(m, place if self.chance(0.4) else Place("loans"))

    def of_numbers(self, m):
        f = {"list": self.one(["jobs", "loans"])}
        f["each"], f["each_"] = f["list"][:-1], [
            (
                "number",
                "n",
                ("num", self.one([0, 1])),
                (
                    ("num", self.one([2, 3]))
                    if self.chance(0.8)
                    else ("fact", (("term",) if f["list"] == "jobs" else ("grace",)))
                ),
            )
        ]
        m["frame"], place = f, Place(f["list"], numbers=["n"])
        if f["list"] == "jobs" and self.chance(0.4):
            begin = ("+", START, ("*", ("name", "n"), ("months", 1), "span"))
            amount = ("*", ("max", [("fact", ("bonus",)), ("money", 1)]), ("+", ("name", "n"), ("num", 1)))
            m["clauses"].append(("pay", {"who": ("fact", ("firm",)), "amount": amount, "on": begin}))
            return
        if f["list"] == "jobs":
            m["clauses"].append(("every record",))
        self.wheres(m, place)
        self.lets(m, place)
        who = [("fact", ("firm",))] + ([("fact", ("worker",))] if f["list"] == "jobs" else [("fact", ("borrower",))])
        begin = "start" if f["list"] == "jobs" else "drawn"
        self.pays(
            m,
            place,
            who,
            [("+", ("fact", (begin,)), ("*", ("name", "n"), ("months", self.one([1, 12])), "span"))],
            parts=False,
        )
        self.limits(m, place, [("name", "beneficiary"), ("name", "year"), ("fact", ("firm",))])
        self.recovers(m, Place(f["list"]))

    def of_partners(self, m):
        m["frame"], place = {"list": "firms", "each": "firm", "each_": [("in", "p", "partners")]}, Place("firms")
        self.wheres(m, place, 1)
        self.pays(m, place, [("name", ("p",))], [("date", self.one(NASTY))], parts=False)
        self.limits(m, place, [("name", "beneficiary"), ("name", "year")])

    def of_stay(self, m):
        m["frame"], place = {"list": "stays", "each": "stay"}, Place("stays")
        # Dice of its own: what was drawn before it was there is drawn still.
        dice = random.Random(repr(self.dice.getstate()[1][:4]))
        if dice.random() < 0.6:
            m["clauses"].append(("every record",))
        self.wheres(m, place)
        if self.chance(0.6):
            s = {"list": "jobs", "of": "stay"}
            if dice.random() < 0.4:
                s[dice.choice(["every record", "once per person"])] = True
            if self.chance(0.5):
                s["where"] = [("present", self.date(Place("stays"), 1, sure=True))]
            m["clauses"].append(("count", "pieces", s))
            place.sets["pieces"] = "jobs"
        self.pays(m, place, [("fact", ("firm",)), ("fact", ("worker",))])
        self.limits(m, place, [("name", "beneficiary"), ("name", "year")])
