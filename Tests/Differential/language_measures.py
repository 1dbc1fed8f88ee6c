"""Random clauses of a measure: conditions, figures, sets, payments and what limits them."""

from fractions import Fraction

from language_draw import Draw
from language_place import MONEY, Place


class Clauses(Draw):
    """Adds clauses to a measure as `Draw` draws figures; what has a name after them is noted in the place."""

    def wheres(self, m, place, most=2):
        for _ in range(self.dice.randint(0, most)):
            m["clauses"].append(("where", self.condition(place)))

    def lets(self, m, place, names="ab"):
        for letter in names[: self.dice.randint(0, len(names))]:
            kind = self.one(["money", "number", "months"])
            m["clauses"].append(
                (
                    "let",
                    f"let_{letter}",
                    {"money": self.money, "number": self.number, "months": self.months}[kind](place, 2),
                )
            )
            place.lets.append((f"let_{letter}", kind))

    def persons(self, m):
        """Whether every record stands for itself; else a person's first counts."""
        if self.chance(0.75):
            m["clauses"].append(("every record",))
            return True
        return False

    def plain_pay(self, m, who):
        """What is paid of a person's records is there for each, or comes out below nought: which of them stands does not
        hang on facts that nobody stated.
        """
        amount = self.one(
            [
                ("fact", ("bonus",)),
                ("money", self.one(MONEY)),
                ("+", ("fact", ("bonus",)), ("/", ("money", 100), ("num", 3))),
            ]
        )
        m["clauses"].append(
            (
                "pay",
                {
                    "who": who,
                    "amount": (
                        ("-", amount, ("money", 100))
                        if self.chance(0.3)
                        else ("max", [amount, ("money", Fraction(1, 100))])
                    ),
                }
                | ({"on": ("+", ("fact", ("start",)), ("months", 1))} if self.chance(0.5) else {}),
            )
        )

    def pays(self, m, place, who, on=None, sets=(), parts=True):
        for _ in range(self.one([1, 1, 1, 2])):
            p = {"who": self.one(who), "amount": self.money(place, 2)}
            if sets and self.chance(0.7):
                name = self.one(sets)
                inner = place.at("jobs")
                p = {
                    "who": self.one(who + [("name", ("member", "firm")), ("name", ("member", "worker"))]),
                    "amount": self.money(inner, 2),
                    "set": name,
                }
                if self.chance(0.3):
                    p["amount"] = ("*", self.money(inner, 1), ("number in", name))
                if self.chance(0.4):
                    p["on"] = self.date(inner, 1, sure=True)
                if self.chance(0.3):
                    p["when"] = self.condition(inner, 1)
            else:
                if on or self.chance(0.5):
                    p["on"] = self.one(on) if on else self.date(place, 1, sure=self.chance(0.8))
                if self.chance(0.25):
                    p["when"] = self.condition(place, 1)
                if parts and self.chance(0.2):
                    self.parts(p, place)
            m["clauses"].append(("pay", p))

    def parts(self, p, place):
        day = p.pop("on", None)
        if self.chance(0.4):
            p["equal"] = (
                self.one([2, 3, 4, 7]),
                self.one([("months", 1), ("months", 3), ("days", 10)]),
                self.date(place, 0, sure=True),
            )
            p.pop("when", None)
            if self.chance(0.5):
                inner = Place(
                    place.frame, place.looked, place.lets, place.sets, [*place.numbers, "part_number"],
                    [*place.dates, "part_day"], place.joined)
                p["when"] = self.condition(inner, 1)
            return
        p["parts"] = []
        for share in self.one(
            [[Fraction(1, 2)], [Fraction(2, 5), Fraction(3, 10)], [Fraction(1, 3), Fraction(1, 3)]]
        ):
            p["parts"].append(
                {"amount": ("share", share), "on": self.date(place, 1, sure=True)}
                | ({"when": self.condition(place, 1)} if self.chance(0.5) else {})
            )
        if self.chance(0.8):
            p["parts"].append(
                {"amount": "rest", "on": self.date(place, 1, sure=True)}
                | ({"when": self.condition(place, 1)} if self.chance(0.4) else {})
            )
        if self.chance(0.2) and day:
            p.pop("when", None)

    def limits(self, m, place, keys, member=False):
        for _ in range(self.one([0, 0, 0, 1, 1, 2])):
            c = {
                "amount": ("money", self.one([0, 1, 100, 500, 1000, 2500, 3333, 10000])),
                "keys": self.one([[], *[[k] for k in keys], keys[:2]]),
            }
            if place.frame in ("jobs", "loans") and self.chance(0.3):
                # What the firm's own fact allows: one figure in each group, or the group is undetermined.
                c |= {
                    "amount": ("fact", ("firm", "pot")),
                    "keys": [("fact", ("firm",))] + self.one([[], [("name", "year")]]),
                }
            way = self.one(["", "", "turn", "proportion", "years", "months"])
            if way in ("turn", "proportion"):
                c[way] = True
            elif way:
                c["any"] = ("num", self.one([1, 2, 3])) if way == "years" else ("months", self.one([1, 6, 12, 24]))
            if way == "years":
                c["any"] = ("num", self.one([2, 3]))
            m["clauses"].append(("cap", c))

    def ordered(self, m, keys):
        rolling = any(c[0] == "cap" and (c[1].get("any") or c[1].get("proportion")) for c in m["clauses"])
        if not rolling and self.chance(0.4) and any(c[0] in ("cap", "quota") for c in m["clauses"]):
            m["clauses"].append(("ordered", [self.one(keys)]))

    def quotas(self, m, keys):
        for k in self.dice.sample(keys, min(len(keys), self.one([0, 0, 0, 1, 1, 2]))):
            m["clauses"].append(("quota", ("num", self.one([1, 2, 3])), k))

    def highest(self, m, keys):
        """The highest stands and the others are displaced; of equal ones the first by begin, then id."""
        if self.chance(0.12):
            m["clauses"].append(("only highest", self.one(keys)))

    def recovers(self, m, place, sets=(), at=None):
        for _ in range(self.one([0, 0, 1, 1, 2]) if self.chance(0.5) else 0):
            inner = place.at("jobs") if sets else place
            amount = self.one(
                [
                    "all",
                    ("of", ("share", Fraction(1, 2)), ("name", ("paid",))),
                    ("/", ("*", ("name", ("paid",)), ("num", 2)), ("num", 3)),
                    ("-", ("name", ("paid",)), ("money", 100)),
                    self.money(inner, 1),
                ]
            )
            r = {"amount": amount, "on": at or self.date(inner, 1)}
            if self.chance(0.7):
                r["when"] = self.condition(inner, 1)
            if sets:
                r["set"] = sets[0]
            m["clauses"].append(("recover", r))
