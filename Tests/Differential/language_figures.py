"""What an expression of the rule language comes to in a frame: naive, exact, one record at a time.

Written from the books and the design. `value` gives a fraction, a span of months or days, a date, a text, a record,
a truth, NOTHING, or Unknown. Knows frames and sets only by their scope; how frames arise is language_frames.py's.
"""

import datetime
from fractions import Fraction

import language_sets as sets
from language_records import Choice, Record
from language_values import (
    NOTHING,
    Between,
    Span,
    Unknown,
    calendar_months,
    completion,
    conjunction,
    day_of,
    disjunction,
    floor,
    negation,
    plus_days,
    plus_months,
    rounded,
    stable,
    together,
    whole_months,
    whole_years,
    years,
)


class Scope:
    """Where an expression stands: a frame with its figures and sets, and perhaps the member looked at."""

    def __init__(self, world, measure, record=None, text=None, names=None):
        self.world, self.measure, self.record, self.text = world, measure, record, text
        self.names, self.sets, self.member = dict(names or {}), {}, None
        self.settings = world.settings_of(measure)

    def at(self, member):
        """The same frame, with a member looked at."""
        other = Scope.__new__(Scope)
        other.__dict__.update(self.__dict__)
        other.member = member
        return other

    def within(self, names):
        other = Scope.__new__(Scope)
        other.__dict__.update(self.__dict__)
        other.names = self.names | names
        return other

    def looked_at(self):
        return self.record if self.member is None else self.member

    def fact(self, path):
        return follow(fact_of(self.looked_at(), path[0]), path[1:])

    def named(self, path):
        name = path[0]
        if name == "member":
            return follow(self.member, path[1:])
        if name in self.names:
            return follow(self.names[name], path[1:])
        if self.measure and name in self.measure.get("param_values", {}):
            return value(self.measure["param_values"][name], self)
        if name in self.world.values:
            return self.world.values[name]
        assert (
            self.record is not None and self.world.lists[self.record.kind]["each"] == name
        ), f"nothing is called {name}"
        return follow(self.record, path[1:])


def fact_of(thing, name):
    """A fact of a record, or of a frame that is a candidate, whose own figures are facts too."""
    if isinstance(thing, Scope):
        return thing.names[name] if name in thing.names else fact_of(thing.record, name)
    return thing if isinstance(thing, Unknown) or thing is NOTHING else thing.fact(name)


def follow(thing, path):
    for name in path:
        thing = fact_of(thing, name)
    return thing


# ---- figures ---------------------------------------------------------------------------------------


def value(e, scope):
    op, args = e[0], e[1:]
    if op in CONSTANT:
        return CONSTANT[op](*args)
    if op in SPECIAL:
        return SPECIAL[op](scope, *args)
    parts = [value(a, scope) for a in args if isinstance(a, tuple)]
    rest = [a for a in args if not isinstance(a, tuple)]
    unknown = [p for p in parts if isinstance(p, Unknown)]
    if unknown:
        return together(*unknown)
    if any(p is NOTHING for p in parts):
        return NOTHING
    return STRICT[op](scope, rest, *parts)


CONSTANT = {
    "num": Fraction,
    "share": Fraction,
    "money": lambda v, *per: Fraction(v),
    "text": str,
    "months": lambda n: Span(n, "months"),
    "days": lambda n: Span(n, "days"),
    "date": lambda d: d,
    "choice": Choice,
    "place": str,
}


def plus(scope, rest, a, b, sign=1):
    if isinstance(a, datetime.date):
        return (
            plus_months(a, b.count * sign, scope.settings["month_end"])
            if b.unit == "months"
            else plus_days(a, b.count * sign)
        )
    spans = [x for x in (a, b) if isinstance(x, Span)]
    # A sum over nobody is a plain nought here, whatever its unit.
    return Span(plain(a) + sign * plain(b), spans[0].unit) if spans else a + sign * b


def plain(x):
    return x.count if isinstance(x, Span) else Fraction(x)


def times(scope, rest, a, b):
    product = plain(a) * plain(b)
    spans = [x for x in (a, b) if isinstance(x, Span)]
    # A number times months is months; an amount per month times months is an amount, and both are plain here.
    if len(spans) == 1 and "span" in rest:
        return Span(product, spans[0].unit)
    return product


def divided(scope, rest, a, b):
    if plain(b) == 0:
        return Unknown(["division by zero"])
    return plain(a) / plain(b)


def text_rounding(scope, rest, x, to):
    how, steps = rest[0], plain(x) / plain(to)
    whole = rounded(steps) if not how else floor(steps) if how == "down" else -floor(-steps)
    return Span(whole * to.count, to.unit) if isinstance(to, Span) else whole * plain(to)


def grown(scope, rest, base, by, n):
    if n.denominator != 1 or not 0 <= n <= 100:
        return Unknown(["growth"])
    return base * (1 + by) ** int(n)


STRICT = {
    "+": plus,
    "-": lambda s, r, a, b: plus(s, r, a, b, -1),
    "*": times,
    "/": divided,
    "of": times,
    "whole": lambda s, r, x: Fraction(floor(plain(x))),
    "round": text_rounding,
    "grown": grown,
    "months between": lambda s, r, a, b: Span(whole_months(a, b, s.settings["month_end"]), "months"),
    "years between": lambda s, r, a, b: Fraction(whole_years(a, b, s.settings["month_end"])),
    "days between": lambda s, r, a, b: Span(max(0, (b - a).days), "days"),
    "calendar months": lambda s, r, a, b: Span(calendar_months(a, b), "months"),
    "years at": lambda s, r, a, b: years(a, b, r[0]),
    "part of year": lambda s, r, d: Fraction(d.month if r[0] == "month" else (d.month + 2) // 3),
    "year of": lambda s, r, d: Fraction(d.year),
    "day in": lambda s, r, y: datetime.date(int(y), r[1], r[0]),
    "day of": lambda s, r, d: day_of(r[0], r[1], d),
    "numbered day of": lambda s, r, y: day_of(
        r[0], r[1], datetime.date(int(y), r[2] * (1 if r[1] == "month" else 3), 1)
    ),
    "counted day of": lambda s, r, n, y: day_of(
        r[0], r[1], plus_months(datetime.date(int(y), 1, 1), (floor(n) - 1) * (1 if r[1] == "month" else 3))
    ),
    "completion": lambda s, r, n, a=None: completion(a or s.looked_at().begin(), n.count, s.settings),
}


def chosen(scope, many, better):
    """The larger, smaller, later or earlier; what is not there is left out."""
    values = [v for v in (value(e, scope) for e in many) if v is not NOTHING]
    unknown = [v for v in values if isinstance(v, Unknown)]
    if unknown:
        return together(*unknown)
    return better(values, key=sortable) if values else NOTHING


def branch(scope, condition, a, b):
    holds = value(condition, scope)
    if isinstance(holds, Unknown):
        return holds
    return value(a if holds else b, scope)


def terms(scope, kind, x, name, a, b):
    values = [value(x, scope.within({name: Fraction(k)})) for k in range(a, b + 1)]
    return sets.gathered(kind, values, None)


def days_present(scope, a, b):
    first, last = value(a, scope), value(b, scope)
    unknown = [v for v in (first, last) if isinstance(v, Unknown)]
    if unknown:
        return together(*unknown)
    if first is NOTHING or last is NOTHING:
        return NOTHING
    record = scope.looked_at()
    first = max(first, record.begin())
    last = last if record.end() is NOTHING else min(last, record.end())
    return Span(max(0, (last - first).days + 1), "days")


# ---- conditions ------------------------------------------------------------------------------------


def comparison(scope, word, a, b):
    """What is not there is neither equal nor unequal, before nor after."""
    a, b = value(a, scope), value(b, scope)
    if a is NOTHING or b is NOTHING:
        return False
    unknown = [v for v in (a, b) if isinstance(v, Unknown)]
    if len(unknown) == 1 and isinstance(unknown[0], Between):
        return decided(word, a, b)
    if unknown:
        return together(*unknown)
    return ordered(word, a, b)


def decided(word, a, b):
    """A count of which only bounds are known, where these decide what is asked of it."""
    count = a if isinstance(a, Between) else b
    answers = {
        ordered(word, n if count is a else a, n if count is b else b)
        for n in map(Fraction, range(int(count.least), int(count.most) + 1))
    }
    return answers.pop() if len(answers) == 1 else Unknown(count.facts, count.values)


def ordered(word, a, b):
    if word in ("=", "is", "is not"):
        return (sortable(a) == sortable(b)) == (word != "is not")
    if isinstance(a, Choice):
        ranks = a.ranks or b.ranks
        a, b = ranks.index(a.name), ranks.index(b.name)
    a, b = sortable(a), sortable(b)
    return {"<": a < b, "<=": a <= b, ">": a > b, ">=": a >= b}[word]


def sortable(x):
    """Months, days and numbers compare by their figure, records by who they are, everything else as it is."""
    return x.count if isinstance(x, Span) else x.id if isinstance(x, Record) else x


def between(scope, x, a, b):
    return conjunction([comparison(scope, ">=", x, a), comparison(scope, "<=", x, b)])


def given(scope, x, yes):
    v = value(x, scope)
    if isinstance(v, Unknown):
        return v
    return (v is not NOTHING) == yes


def any_of(scope, x, many):
    return disjunction([comparison(scope, "=", x, m) for m in many])


def lies_within(scope, x, many):
    v = value(x, scope)
    if isinstance(v, Unknown):
        return v
    return v is not NOTHING and any(v.startswith(place) for place in many)


def includes(scope, s, x):
    v = value(x, scope)
    return v if isinstance(v, Unknown) else v in value(s, scope)


def present(scope, day):
    d = value(day, scope)
    if isinstance(d, Unknown) or d is NOTHING:
        return d if isinstance(d, Unknown) else False
    record = scope.looked_at()
    return record.begin() <= d and (record.end() is NOTHING or record.end() >= d)


def lasting(scope, n, a=None, b=None):
    months = value(n, scope)
    if isinstance(months, Unknown):
        return months
    record = scope.looked_at()
    first, last = (value(a, scope), value(b, scope)) if a else (record.begin(), record.end())
    unknown = [v for v in (first, last) if isinstance(v, Unknown)]
    return together(*unknown) if unknown else first is not NOTHING and stable(first, last, months.count, scope.settings)


# ---- tables and definitions --------------------------------------------------------------------------


def called(scope, name, many):
    args = [value(a, scope) for a in many]
    world = scope.world
    if name in world.defines:
        d = world.defines[name]
        inner = Scope(world, None, names=dict(zip((n for n, _ in d["args"]), args)))
        inner.settings = scope.settings
        return value(d["body"], inner)
    if name in world.dated_values:
        return dated(args[0], world.dated_values[name], name)
    if name in (scope.measure or {}).get("param_values", {}):
        return dated(args[0], scope.measure["param_values"][name], name)
    return sets.looked_up(world.tables[name], args, scope)


def dated(day, figures, name):
    """The figure of the latest day that is not after the day asked about; a figure without a day holds before all."""
    if isinstance(day, Unknown):
        return day
    if day is NOTHING:
        return Unknown(["which day"])
    found = [(since or datetime.date.min, v) for since, v in figures if since is None or since <= day]
    if not found:
        return Unknown([], [name])
    v = max(found, key=lambda f: f[0])[1]
    return value(v, None) if isinstance(v, tuple) else v


SPECIAL = {
    "fact": lambda s, path: s.fact([path] if isinstance(path, str) else path),
    "name": lambda s, path: s.named([path] if isinstance(path, str) else path),
    "and": lambda s, a, b: conjunction(value(x, s) for x in (a, b)),
    "or": lambda s, a, b: disjunction(value(x, s) for x in (a, b)),
    "not": lambda s, a: negation(value(a, s)),
    "if": branch,
    "cmp": comparison,
    "between": between,
    "given": given,
    "any of": any_of,
    "within": lies_within,
    "includes": includes,
    "present": present,
    "stable": lasting,
    "reading": lambda s, name, choice: s.settings[name] == choice,
    "max": lambda s, many: chosen(s, many, max),
    "later": lambda s, many: chosen(s, many, max),
    "min": lambda s, many: chosen(s, many, min),
    "earlier": lambda s, many: chosen(s, many, min),
    "days present": days_present,
    "range": terms,
    "call": called,
    "through": lambda s, name, x: sets.through(s.world.tables[name], value(x, s)),
    "count": lambda s, which: sets.counted(sets.members(which, s)),
    "different": lambda s, x, which: sets.different(x, sets.members(which, s), s),
    "number in": lambda s, name: sets.place_in(s.sets[name], s.member),
    "nth day": lambda s, n, name: sets.nth_day(value(n, s), s.sets[name]),
} | {
    kind: (lambda kind: lambda s, x, which: sets.figure(kind, x, sets.members(which, s), s))(kind)
    for kind in ("sum", "average", "largest", "smallest", "earliest", "latest")
}
