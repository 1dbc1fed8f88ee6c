"""Random figures and conditions of the rule language, each of a kind that fits where it stands.

`Draw` holds the dice and what has a name at a place; language_measures.py builds clauses of what it gives. Dates
and amounts are drawn where rules break: month ends, the 29th of February, nought, thirds, one day either side.
"""

from fractions import Fraction

from language_place import CHOICES, FACTS, MONEY, NASTY, SINGULAR, Place


class Draw:
    """`wide` draws also what the program was seen to answer otherwise than its books, and what they leave open."""

    def __init__(self, dice, wide=False):
        self.dice, self.wide = dice, wide
        self.tables, self.defines, self.values, self.params = [], [], [], []

    def one(self, many):
        return self.dice.choice(list(many))

    def chance(self, share):
        return self.dice.random() < share

    def fact(self, place, kind):
        """A fact of the record looked at, or by the frame's name of the frame's; None where none is of the kind."""
        out = [("fact", (f,)) for f in FACTS.get(place.looked, {}).get(kind, ())]
        if place.looked in ("jobs", "stays") and (place.joined or place.frame != "firms"):
            out += [("fact", ("firm", f)) for f in FACTS["firms"].get(kind, ())]
        if place.looked != place.frame and place.frame in FACTS:
            out += [("name", (SINGULAR[place.frame], f)) for f in FACTS[place.frame].get(kind, ())]
        elif self.chance(0.2) and place.frame in FACTS:
            out += [("name", (SINGULAR[place.frame], f)) for f in FACTS[place.frame].get(kind, ())]
        return self.one(out) if out else None

    def let(self, place, kind):
        many = [name for name, k in place.lets if k == kind]
        return ("name", self.one(many)) if many else None

    # ---- figures ------------------------------------------------------------------------------------

    def money(self, place, depth=2):
        ways = [self.money_plain] * (3 if depth else 1)
        if depth:
            ways += [
                self.money_joined,
                self.money_scaled,
                self.money_rate,
                self.money_chosen,
                self.money_over,
                self.money_table,
                self.money_rounded,
            ]
        return self.one(ways)(place, depth - 1)

    def money_plain(self, place, depth):
        found = [e for e in (self.fact(place, "money"), self.let(place, "money")) if e]
        found += [("name", n) for n, k in self.params if k == "money"] + [("money", self.one(MONEY))]
        found += [("call", n, [self.date(place, 0, sure=self.chance(0.5))]) for n, k in self.params if k == "dated"]
        return self.one(found)

    def money_joined(self, place, depth):
        return self.one("+--"), self.money(place, depth), self.money(place, depth)

    def money_scaled(self, place, depth):
        how = self.one(["*", "n*", "of", "/", "/"])
        if how == "of":
            return "of", self.share(place, depth), self.money(place, depth)
        if how == "n*":
            return "*", self.number(place, depth), self.money(place, depth)
        divisor = ("num", self.one([2, 3, 7, 12])) if self.chance(0.7) else self.number(place, 0)
        # A nought that is written out is refused; that of a fact leaves the figure open.
        if how == "/" and divisor == ("num", 0):
            divisor = ("num", 1)
        return how, self.money(place, depth), divisor

    def money_rate(self, place, depth):
        v = self.one(MONEY)
        way = self.one(["month", "day", "calendar", "person", "value", "years"])
        if way == "month":
            return "*", ("money", v, "month"), self.months(place, depth)
        if way == "day":
            return "*", ("money", v, "day"), self.days(place, depth)
        if way == "calendar":
            return "*", ("money", v, "month"), ("calendar months", self.date(place, 0), self.date(place, 0))
        if way == "value" and self.values:
            return (
                ("*", ("name", "fee"), self.number(place, 0))
                if self.chance(0.6)
                else ("call", "floor", [self.date(place, 0)])
            )
        if way == "years":
            return (
                "*",
                self.money(place, depth),
                ("years at", self.date(place, 0), self.date(place, 0), self.one(["360", "365", "30", "calendar"])),
            )
        return "*", ("money", v, "person"), self.number(place, depth)

    def money_chosen(self, place, depth):
        if self.chance(0.3):
            return "if", self.condition(place, depth), self.money(place, depth), self.money(place, depth)
        return self.one(["max", "min"]), [self.money(place, depth) for _ in range(self.one([2, 2, 3]))]

    def money_over(self, place, depth):
        if not place.sets:
            return self.money_plain(place, depth)
        name = self.one(place.sets)
        kind = place.sets[name]
        # What is added up over records beside the frame's is asked of each by itself.
        inner = place.at(kind, name != "beside")
        x = self.fact(Place(None, kind), "money") or ("money", self.one(MONEY))
        if depth and self.chance(0.4):
            x = self.money(inner, 1)
        how = self.one(["sum", "sum", "average", "largest", "smallest"])
        return how, x, name

    def money_table(self, place, depth):
        many, steps = self.fitting(place, "money"), self.fitting(place, "through")
        if steps and self.chance(0.5):
            t = self.one(steps)
            return (
                ("through", t["name"], self.whole(place, depth))
                if self.chance(0.6)
                else ("*", self.called(t, place, depth), self.number(place, 0))
            )
        if not many:
            return self.money_plain(place, depth)
        return self.called(self.one(many), place, depth)

    def called(self, t, place, depth):
        return "call", t["name"], [self.of_kind(kind, place, depth) for _, kind in t["args"]]

    def of_kind(self, kind, place, depth):
        if kind == "number":
            return self.whole(place, depth)
        if kind == "money":
            return self.money(place, depth)
        if kind == "date":
            return self.date(place, depth)
        if kind == "months":
            return self.months(place, depth)
        if kind == "bool":
            return self.fact(place, "bool")
        return ("fact", self.path(place, kind))

    def path(self, place, kind):
        """The way from the record looked at to a choice such as firms.size; None where there is none."""
        own, field = kind.split(".")
        if place.looked == own or (place.looked, own) == ("stays", "jobs"):
            return (field,)
        return (
            ("firm", field)
            if own == "firms" and place.looked in ("jobs", "stays") and (place.joined or place.frame != "firms")
            else None
        )

    def fitting(self, place, gives):
        return [
            t
            for t in self.tables
            if t["gives"] == gives
            and all("." not in kind or self.path(place, kind) for _, kind in t["args"])
            and all(kind != "bool" or self.fact(place, "bool") for _, kind in t["args"])
        ]

    def money_rounded(self, place, depth):
        if self.chance(0.4):
            return (
                "grown",
                self.money(place, 0),
                ("share", self.one([Fraction(3, 100), Fraction(1, 8), 0])),
                ("num", self.one([0, 1, 2, 5])),
            )
        return "round", self.money(place, depth), self.one(["", "down", "up"]), ("money", self.one([1, 10, 100]))

    def number(self, place, depth=1):
        found = [e for e in (self.fact(place, "number"), self.let(place, "number")) if e] + [
            ("name", n) for n in place.numbers
        ]
        found += [("name", n) for n, k in self.params if k == "number"] + [
            ("num", self.one([0, 1, 2, 3, 5, Fraction(3, 2)]))
        ]
        if place.looked == place.frame == "jobs" and any(f["gives"] == "number" for f in self.defines):
            found += [("call", "earlier_ones", [("name", ("job",))])] * 2
        if place.sets:
            name = self.one(place.sets)
            found += [("count", name)] * 2 + [("different", ("fact", ("grade",)), name)] * (place.sets[name] == "jobs")
        if depth and self.chance(0.3) and place.looked == place.frame and place.frame in ("jobs", "firms"):
            found.append(("count", self.inline(place)))
        if depth:
            a, b = self.number(place, 0), self.number(place, 0)
            found += [
                ("+", a, b),
                ("-", a, b),
                ("*", a, b),
                ("/", a, ("num", self.one([2, 3, 7]))),
                ("whole", ("/", a, ("num", 2))),
                ("years between", self.date(place, 0), self.date(place, 0)),
                ("/", self.months(place, 0), ("months", self.one([1, 6, 12]))),
                ("part of year", self.one(["month", "quarter"]), self.date(place, 0)),
                ("round", a, self.one(["", "down", "up"]), ("num", self.one([Fraction(1, 2), 2]))),
            ]
            if place.sets:
                found.append(("different", self.thirds(place.sets[name]), name))
                found.append((self.one(["largest", "smallest"]), self.parted(place, name), name))
                found.append(("sum", self.number(place.at(place.sets[name], name != "beside"), 0), name))
        return self.one(found)

    def thirds(self, kind):
        """An amount of a record that is no whole fen, so small a part of it that rounding would make many one."""
        return "/", self.fact(Place(None, kind), "money"), ("num", self.one([3, 400, 7000]))

    def parted(self, place, name):
        """A part of a number of a member's."""
        inner = place.at(place.sets[name], name != "beside")
        return "/", self.number(inner, 0), ("num", self.one([2, 3, 7]))

    def inline(self, place):
        """A set in brackets: of the firm, or beside the record that asks."""
        s = {"list": "jobs", "every record": True}
        if place.frame == "firms":
            s |= {"of": "firm"} | ({"all": True} if self.chance(0.5) else {})
        else:
            s |= {"with": [("same", self.one([["person"], ["firm"]]))], "position": self.one([None, "before", "up to"])}
        if self.chance(0.5):
            s["where"] = [self.condition(place.at("jobs", place.frame == "firms"), 0)]
        return s

    def whole(self, place, depth=1):
        """A number of which the checker knows that it is whole."""
        own = self.fact(place, "number")
        found = [("num", self.one([0, 1, 2, 3, 5])), ("whole", self.number(place, depth))]
        found += [own] * 2 if own and own[1][-1] != "hours" else []
        if place.sets:
            found += [("count", self.one(place.sets))] * 3
        if depth > 0:
            found.append((self.one("+-*"), self.whole(place, 0), self.whole(place, 0)))
        return self.one(found)

    def share(self, place, depth=1):
        found = [e for e in (self.fact(place, "share"),) if e] + [
            ("share", self.one([0, Fraction(1, 2), Fraction(333, 1000), 1, Fraction(5, 4)]))
        ]
        found += [("name", n) for n, k in self.params if k == "share"]
        many = self.fitting(place, "share")
        if depth > 0 and many:
            found.append(self.called(self.one(many), place, 0))
        if depth > 0 and self.chance(0.2):
            to = ("share", self.one([Fraction(1, 100), Fraction(1, 10)]))
            found.append(("round", self.share(place, 0), self.one(["", "down", "up"]), to))
        return self.one(found)

    def months(self, place, depth=1):
        found = [("months", self.one([0, 1, 2, 3, 6, 12]))] + [e for e in (self.let(place, "months"),) if e]
        if depth > 0:
            found += [("months between", self.date(place, 0), self.date(place, 0))] * 3
            found += [(self.one(["min", "max"]), [self.months(place, 0), self.months(place, depth - 1)])]
            of_days = ("calendar months", self.date(place, 0), self.date(place, 0))
            found.append(("round", of_days, self.one(["", "down", "up"]), ("months", self.one([1, 1, 3]))))
        return self.one(found)

    def days(self, place, depth=1):
        found = [("days", self.one([0, 1, 30])), ("days between", self.date(place, 0), self.date(place, 0))]
        if place.looked in ("jobs", "stays"):
            found.append(("days present", self.date(place, 0), self.date(place, 0)))
        if depth > 0:
            found.append(("round", self.days(place, 0), self.one(["", "down", "up"]), ("days", self.one([7, 30]))))
        return self.one(found)

    def date(self, place, depth=1, sure=False):
        found = (
            [("date", self.one(NASTY))]
            + [e for e in (self.fact(place, "date"),) if e] * 3
            + [("name", n) for n in place.dates]
        )
        if not sure:
            found += [e for e in (self.fact(place, "date?"),) if e]
        of_frame = [name for name in place.sets if name != "beside"]
        if not sure and of_frame:
            name = self.one(of_frame)
            found += [("nth day", ("num", self.one([1, 2, 3])), name)] * 2
            found.append((self.one(["earliest", "latest"]), ("fact", (self.one(["start", "end"]),)), name))
        if depth > 0:
            inner = self.date(place, depth - 1, sure)
            found += [
                ("+", inner, ("months", self.one([1, 3, 6, 12]))),
                ("-", inner, ("months", 1)),
                ("+", inner, ("days", self.one([1, 30]))),
                ("-", inner, ("days", 1)),
                ("day of", self.one(["first", "last"]), self.one(["month", "quarter", "year"]), inner),
                ("day in", self.one([1, 31]), self.one([1, 12]), ("year of", inner)),
                (self.one(["later", "earlier"]), [inner, self.date(place, 0, sure)]),
            ]
            if "year" in place.numbers:
                found += [
                    ("day in", 31, 12, ("name", "year")),
                    (
                        "numbered day of",
                        self.one(["first", "last"]),
                        self.one(["month", "quarter"]),
                        self.one([1, 2, 4]),
                        ("name", "year"),
                    ),
                ] * 2
            if place.looked in ("jobs", "stays"):
                found.append(("completion", ("months", self.one([1, 3, 6]))))
        drawn = self.one(found)
        if drawn[0] == "numbered day of" and drawn[3] == 4:
            # The number may be a figure.
            return ("counted day of", *drawn[1:3], ("part of year", drawn[2], inner), drawn[4])
        return drawn

    def choice(self, place):
        return self.fact(place, "choice")

    # ---- conditions ---------------------------------------------------------------------------------

    def condition(self, place, depth=2):
        if depth > 0 and self.chance(0.35):
            op = self.one(["and", "or", "not"])
            return (
                ("not", self.condition(place, depth - 1))
                if op == "not"
                else (op, self.condition(place, depth - 1), self.condition(place, depth - 1))
            )
        return self.one(
            [
                self.compared_money,
                self.compared_number,
                self.compared_date,
                self.of_choice,
                self.of_record,
                self.of_record,
            ]
        )(place, max(0, depth - 1))

    def word(self):
        return self.one(["<", "<=", ">", ">=", "=", "is not"])

    def compared_money(self, place, depth):
        return (
            "cmp",
            self.word(),
            self.money(place, depth),
            ("money", self.one(MONEY)) if self.chance(0.5) else self.money(place, 0),
        )

    def compared_number(self, place, depth):
        if self.chance(0.25):
            return "cmp", self.word(), self.months(place, 1), ("months", self.one([0, 1, 3, 6]))
        return "cmp", self.word(), self.number(place, depth), self.number(place, 0)

    def compared_date(self, place, depth):
        if self.chance(0.3):
            a, b = sorted(self.dice.sample(NASTY, 2))
            return "between", self.date(place, depth), ("date", a), ("date", b)
        return "cmp", self.word(), self.date(place, depth), self.date(place, 0)

    def of_choice(self, place, depth):
        e = self.choice(place)
        if e is None:
            return self.compared_number(place, depth)
        many = CHOICES[e[1][-1]]
        if self.chance(0.4):
            return "any of", e, [("choice", c) for c in self.dice.sample(many, 2)]
        return "cmp", self.one(["=", "is", "is not", "<", ">=", "<="]), e, ("choice", self.one(many))

    def of_record(self, place, depth):
        found = []
        flag, place_, maybe = self.fact(place, "bool"), self.fact(place, "place"), self.fact(place, "date?")
        found += [flag] * 2 if flag else []
        found += [("within", place_, self.dice.sample(["3501", "350112", "53"], self.one([1, 2])))] if place_ else []
        found += [("given", maybe, self.chance(0.6))] if maybe else []
        if place.looked in ("jobs", "stays"):
            found += [("stable", ("months", self.one([0, 1, 3, 6])))] * 2 + [("present", self.date(place, 0))] * 2
        many = [f for f in self.defines if f["gives"] == "bool" and all(kind == "job" for _, kind in f["args"])]
        if many and place.looked == "jobs" and place.frame == "jobs":
            found.append(("call", self.one(many)["name"], [("name", ("job",))]))
        return self.one(found) if found else self.compared_date(place, depth)
