"""What figures of the rule language are: exact numbers, days, months, and what is not there or not known.

Written from the rule language's books and its design. Numbers, amounts in yuan and shares are fractions; nothing is
rounded here but by `rounded`, `fen` and the text's own `round`. Knows no clause and no document.
"""

import calendar
import datetime
from fractions import Fraction

LAST_DAY = datetime.date(9999, 12, 31)


class Nothing:
    """A fact that states that there is none. There is one of it."""

    def __repr__(self):
        return "nothing"


NOTHING = Nothing()


class Unknown:
    """A figure that hangs on facts nobody stated, or on values laid down elsewhere that are missing."""

    def __init__(self, facts, values=()):
        self.facts, self.values = frozenset(facts), frozenset(values)

    def __repr__(self):
        return f"unknown {sorted(self.facts | self.values)}"


class Between(Unknown):
    """How many members there are, where it is known of some that they belong: at least and at most so many."""

    def __init__(self, unknown, least, most):
        super().__init__(unknown.facts, unknown.values)
        self.least, self.most = Fraction(least), Fraction(most)


def together(*unknown):
    return Unknown(frozenset().union(*(u.facts for u in unknown)), frozenset().union(*(u.values for u in unknown)))


class Span:
    """Months or days, which are not the same."""

    def __init__(self, count, unit):
        self.count, self.unit = Fraction(count), unit

    def __eq__(self, other):
        return isinstance(other, Span) and (self.count, self.unit) == (other.count, other.unit)

    def __lt__(self, other):
        return self.count < other.count

    def __hash__(self):
        return hash((self.count, self.unit))

    def __repr__(self):
        return f"{self.count} {self.unit}"


def fen(amount):
    """Fen of an exact amount in yuan, half of one away from nought."""
    return rounded(amount * 100)


def rounded(x):
    whole = abs(x) + Fraction(1, 2)
    return (whole.numerator // whole.denominator) * (1 if x >= 0 else -1)


def floor(x):
    return x.numerator // x.denominator


# ---- days -----------------------------------------------------------------------------------------


def month_days(year, month):
    return calendar.monthrange(year, month)[1]


def plus_months(day, months, month_end="clamp"):
    """In one step from the day; a day that the month lacks goes by the reading `month_end`."""
    index = day.year * 12 + day.month - 1 + int(months)
    year, month = divmod(index, 12)
    month += 1
    if year > 9999:
        return LAST_DAY
    if day.day <= month_days(year, month):
        return datetime.date(year, month, day.day)
    last = datetime.date(year, month, month_days(year, month))
    return last if month_end == "clamp" else plus_days(last, 1)


def plus_days(day, days):
    try:
        return day + datetime.timedelta(days=int(days))
    except OverflowError:
        return LAST_DAY


def whole_months(a, b, month_end="clamp"):
    n = 0
    while plus_months(a, n + 1, month_end) <= b:
        n += 1
    return n


def whole_years(a, b, month_end="clamp"):
    return whole_months(a, b, month_end) // 12


def calendar_months(a, b):
    """Both included; a part of a month as its days over the month's days."""
    total, at = Fraction(0), a
    while at <= b:
        last = datetime.date(at.year, at.month, month_days(at.year, at.month))
        total += Fraction((min(last, b) - at).days + 1, last.day)
        at = plus_days(last, 1)
    return total


def years(a, b, basis):
    """From a, counted, to b, not counted, by the basis that the text names; none: 0."""
    if b <= a:
        return Fraction(0)
    if basis in ("360", "365"):
        return Fraction((b - a).days, int(basis))
    if basis == "30":
        d1, d2 = min(a.day, 30), min(b.day, 30)
        return Fraction((b.year - a.year) * 360 + (b.month - a.month) * 30 + d2 - d1, 360)
    total, at = Fraction(0), a
    while at < b:
        end = min(b, datetime.date(at.year + 1, 1, 1))
        total += Fraction((end - at).days, 366 if calendar.isleap(at.year) else 365)
        at = end
    return total


def day_of(which, unit, day):
    """The first or last day of the month, quarter or year in which a day lies."""
    first = {"month": day.month, "quarter": (day.month - 1) // 3 * 3 + 1, "year": 1}[unit]
    last = {"month": day.month, "quarter": first + 2, "year": 12}[unit]
    if which == "first":
        return datetime.date(day.year, first, 1)
    return datetime.date(day.year, last, month_days(day.year, last))


# ---- the reading `clock` --------------------------------------------------------------------------


def completion(start, n, settings):
    """The day on which n months are complete."""
    if settings["clock"] == "insured_months":
        if n == 0:
            return start
        at = plus_months(start.replace(day=1), n - 1)
        return day_of("last", "month", at)
    return plus_months(start, n, settings["month_end"])


def stable(start, end, n, settings):
    if n == 0 or end is NOTHING:
        return True
    if settings["clock"] == "insured_months":
        return end >= plus_months(start.replace(day=1), n - 1)
    complete = plus_months(start, n, settings["month_end"])
    return end >= (plus_days(complete, -1) if settings["clock"] == "inclusive" else complete)


# ---- three values ----------------------------------------------------------------------------------


def negation(a):
    return a if isinstance(a, Unknown) else not a


def conjunction(values):
    """True, false, or the unknown ones together; values may be lazy."""
    unknown = []
    for value in values:
        if value is False:
            return False
        if isinstance(value, Unknown):
            unknown.append(value)
    return together(*unknown) if unknown else True


def disjunction(values):
    return negation(conjunction(negation(v) for v in values))
