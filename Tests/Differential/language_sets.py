"""Sets of records in the rule language, figures over them, and tables.

Written from the books and the design (Sets, Tables). A set of a frame leaves out a member of which it cannot be
told whether it belongs; a set that looks sideways is not known then. Knows nothing of payments.
"""

import datetime
from fractions import Fraction

import language_figures as figures
from language_values import NOTHING, Between, Span, Unknown, conjunction, floor, together


class Members:
    """Members in their order, each with the day on which it counts; what is not known of the set; who was left out."""

    def __init__(self, members=(), unknown=None, left_out=None, sideways=False, open=0):
        self.members = sorted(members, key=lambda m: (m[1] or datetime.date.min, *order_of(m[0])[1:]))
        self.open = open  # of how many it cannot be told whether they belong
        self.unknown, self.left_out, self.sideways = unknown, left_out or {}, sideways


def place(thing):
    """What tells the frames of one record apart, among candidates."""
    number = thing.names.get("period", thing.names.get("year", 0)) if isinstance(thing, figures.Scope) else 0
    return number if isinstance(number, Fraction) else 0


def members(which, scope):
    return scope.sets[which] if isinstance(which, str) else built(which, scope)


def is_sideways(s):
    return bool(s.get("with") or s["list"] == "candidates" or s.get("all") and not s.get("of"))


def built(s, scope):
    if "first" in s:
        return first_of(s, scope)
    if s["list"] in scope.sets:
        base = scope.sets[s["list"]]
        pool, sideways = [(m, d) for m, d in base.members], base.sideways
        found = Members(sideways=sideways, unknown=base.unknown, left_out=base.left_out)
        return narrowed(s, scope, pool, found)
    sideways = is_sideways(s)
    pool, doubts = [], {}
    for r, known in belonging(s, scope):
        pool.append((r, None))
        if isinstance(known, Unknown):
            doubts[id(r)] = known
    found = narrowed(s, scope, pool, Members(sideways=sideways), doubts)
    if not sideways and once_per_person(s, scope):
        begin = lambda m: figures.value(s["begins"], scope.at(m)) if "begins" in s else m.begin()
        found = Members(first_of_persons(found.members, begin), found.unknown, found.left_out)
    return found


def first_of(s, scope):
    base, n = scope.sets[s["list"]], figures.value(s["first"], scope)
    if isinstance(n, Unknown) or base.unknown:
        return Members((), n if isinstance(n, Unknown) else base.unknown, base.left_out, base.sideways)
    kept = Members(base.members[: max(0, floor(n))] if n is not NOTHING else (), None, base.left_out, base.sideways)
    return kept


def once_per_person(s, scope):
    kind = s["list"]
    if "person" not in scope.world.lists[kind] or s.get("every record"):
        return False
    if s.get("of") and are_parts(s, scope) and not s.get("once per person"):
        return False
    return (
        bool(s.get("once per person"))
        or scope.settings["count"] == "persons"
        and not (scope.measure or {}).get("every record")
    )


def first_of_persons(many, begin):
    """Of each person the one that begins first, where `begins` says when, then the one with the smaller id."""
    best = {}
    for m, day in many:
        key = m.fact("person")
        if key not in best or (begin(m), m.id) < (begin(best[key][0]), best[key][0].id):
            best[key] = (m, day)
    return list(best.values())


def whose(s, scope):
    """The place where the set is asked for; in a definition that of the record named by `as`."""
    named = [m[2] for m in s.get("with", ()) if m[0] == "same" and len(m) > 2]
    if not named:
        return scope
    other = scope.within({})
    other.record = scope.names[named[0]]
    return other


def belonging(s, scope):
    """Every record or candidate that the source takes in, with True, or Unknown where that cannot be told."""
    scope = whose(s, scope)
    world = scope.world
    if s["list"] == "candidates":
        pool = [(c, c.passed) for c in world.candidates if c.passed is not False]
    else:
        pool = [(r, True) for r in world.records[s["list"]]]
    it = scope.record
    for r, known in pool:
        own = r.record if isinstance(r, figures.Scope) else r
        if s.get("other") and own is it:
            continue
        if s.get("of") and not refers(s, scope, r):
            continue
        if s.get("with") and not all(matches(m, scope, r) for m in s["with"]):
            continue
        if s.get("position") and not comes(s["position"], scope, r):
            continue
        if not is_sideways(s) and not placed(s, scope, r):
            continue
        yield r, known


def are_parts(s, scope):
    """Whether a set is all parts of the joined record that asks."""
    return scope.record is not None and bool(scope.record.parts) and s["list"] == scope.record.parts[0].kind


def refers(s, scope, r):
    if are_parts(s, scope):
        return r in scope.record.parts
    if scope.record is None:
        return r.fact(s.get("by") or s["of"]) == scope.text
    fields = (
        [f for f, kind, _ in scope.world.lists[r.kind]["fields"] if kind == f"reference to {scope.record.kind}"]
        if "fields" in scope.world.lists[r.kind]
        else ["firm"]
    )
    return r.fact(s.get("by") or fields[0]) is scope.record


def matches(m, scope, r):
    if m[0] == "same":
        pairs = [(figures.fact_of(r, k), figures.fact_of(scope.record, k)) for k in m[1]]
    else:
        pairs = [(figures.value(m[1], scope.at(r)), figures.value(m[2], scope))]
    return all(
        not isinstance(a, Unknown)
        and not isinstance(b, Unknown)
        and a is not NOTHING
        and b is not NOTHING
        and figures.sortable(a) == figures.sortable(b)
        for a, b in pairs
    )


def order_of(thing):
    """By the begin, then by id; a frame of a period by its own begin."""
    if isinstance(thing, figures.Scope):
        if thing.record is None:
            return None, thing.text, place(thing)
        own = thing.names.get("period_start")
        return own if isinstance(own, datetime.date) else thing.record.begin(), thing.record.id, place(thing)
    return thing.begin(), thing.id, 0


def comes(position, scope, r):
    it = order_of(scope) if isinstance(r, figures.Scope) else order_of(scope.record)
    return order_of(r) < it or position == "up to" and order_of(r) == it


def placed(s, scope, r):
    """In the window, and in the frame's year."""
    if not (s.get("all") or s.get("at any time")) and not in_window(window_day(s, scope, r), scope):
        return False
    is_of_every_year = s.get("all") or s.get("in any year") or asks_only_by_words(s, r)
    if "year" in scope.names and scope.names.get("placing") and not is_of_every_year:
        return year_of_member(s, scope, r) == scope.names["year"]
    return True


def asks_only_by_words(s, r):
    """What has no day of its own is placed in years by what its conditions ask of the year."""
    placed_by = "begins" in s or "in year" in s or "on" in s and not mentions_year(s["on"])
    has_begin = "begins" in r.world.lists[r.kind] if hasattr(r, "kind") else True
    return not placed_by and not has_begin and any(mentions_year(c) for c in s.get("where", ()))


def mentions_year(rule):
    if rule == ("name", "year"):
        return True
    return isinstance(rule, (tuple, list)) and any(mentions_year(part) for part in rule)


def window_day(s, scope, r):
    if scope.settings["window_on"] == "accrual" and "on" in s:
        return figures.value(s["on"], scope.at(r))
    return figures.value(s["begins"], scope.at(r)) if "begins" in s else r.begin()


def in_window(day, scope):
    window = scope.world.window_of(scope.measure)
    return day is None or window is None or (not window[0] or day >= window[0]) and (not window[1] or day <= window[1])


def year_of_member(s, scope, r):
    if "in year" in s:
        return figures.value(s["in year"], scope.at(r))
    if scope.settings["year_of"] == "completion" and "on" in s:
        return figures.value(s["on"], scope.at(r)).year
    day = figures.value(s["begins"], scope.at(r)) if "begins" in s else r.begin()
    # What has no begin falls into the year of the day on which it counts.
    return (figures.value(s["on"], scope.at(r)) if day is None and "on" in s else day).year


def narrowed(s, scope, pool, found, doubts=None):
    kept, unknown, left_out = [], [found.unknown] if found.unknown else [], dict(found.left_out)
    opened = 0
    for r, day in pool:
        asked = [figures.value(c, scope.at(r)) for c in s.get("where", ())]
        holds = conjunction(asked + [doubts[id(r)]] if doubts and id(r) in doubts else asked)
        if isinstance(holds, Unknown):
            if found.sideways:
                unknown.append(holds)
                opened += 1
            else:
                left_out[r.id] = holds
        elif holds:
            on = figures.value(s["on"], scope.at(r)) if "on" in s else day
            if on is None and "begins" in s:
                on = figures.value(s["begins"], scope.at(r))
            kept.append((r, on if on is not None else order_of(r)[0]))
    out = Members(kept, together(*unknown) if unknown else None, left_out, found.sideways)
    out.open = found.open + opened
    return out


# ---- figures over sets ---------------------------------------------------------------------------


def gathered(kind, values, unknown):
    """A sum of none is nought; of the others there is none."""
    values = [v for v in values if v is not NOTHING]
    missing = [v for v in values if isinstance(v, Unknown)] + ([unknown] if unknown else [])
    if missing:
        return together(*missing)
    if kind == "sum":
        unit = next((v.unit for v in values if isinstance(v, Span)), None)
        total = sum((figures.plain(v) for v in values), Fraction(0))
        return Span(total, unit) if unit else total
    if not values:
        return NOTHING
    if kind == "average":
        total = gathered("sum", values, None)
        return Span(total.count / len(values), total.unit) if isinstance(total, Span) else total / len(values)
    better = max if kind in ("largest", "latest") else min
    return better(values, key=rank)


def rank(v):
    return v.ranks.index(v.name) if isinstance(v, figures.Choice) else figures.sortable(v)


def figure(kind, x, found, scope):
    return gathered(kind, [figures.value(x, scope.at(m)) for m, _ in found.members], found.unknown)


def counted(found):
    if found.unknown and found.open:
        return Between(found.unknown, len(found.members), len(found.members) + found.open)
    return found.unknown or Fraction(len(found.members))


def different(x, found, scope):
    values = [figures.value(x, scope.at(m)) for m, _ in found.members]
    missing = [v for v in values if isinstance(v, Unknown)] + ([found.unknown] if found.unknown else [])
    return together(*missing) if missing else Fraction(len({figures.sortable(v) for v in values if v is not NOTHING}))


def place_in(found, member):
    if found.unknown:
        return found.unknown
    return next((Fraction(n) for n, (m, _) in enumerate(found.members, 1) if m is member), NOTHING)


def nth_day(n, found):
    if isinstance(n, Unknown) or found.unknown:
        return n if isinstance(n, Unknown) else found.unknown
    k = floor(n)
    return found.members[k - 1][1] if 1 <= k <= len(found.members) else NOTHING


# ---- tables --------------------------------------------------------------------------------------


def looked_up(table, args, scope):
    """The first row that fits; one of which that is not known leaves the result unknown where the rows after differ."""
    possible, unknown = [], []
    for row in table["rows"]:
        fits = row_fits(table, row, args, scope)
        if fits is False:
            continue
        possible.append(figures.value(row["value"], scope))
        if fits is True:
            break
        unknown.append(fits)
    else:
        possible.append(Unknown([f"no row of {table['name']}"]))
    if unknown and not all(not isinstance(p, Unknown) and p == possible[0] for p in possible):
        return together(*unknown)
    return possible[0]


def row_fits(table, row, args, scope):
    cells = row["cells"]
    if cells == "otherwise":
        return True
    names = [n for n, _ in table["args"]]
    if cells[0] == "when":
        inner = figures.Scope(scope.world, None, names=dict(zip(names, args)))
        inner.settings = scope.settings
        return figures.value(cells[1], inner)
    return conjunction(cell_fits(table, row, n, args[n]) for n in range(len(args)))


def cell_fits(table, row, n, x):
    kind, *more = row["cells"][n]
    if kind == "any":
        return True
    if isinstance(x, Unknown):
        return x
    if x is NOTHING:
        return False
    if kind == "above":
        return True
    if kind == "from":
        after = [
            r["cells"][n][1]
            for r in table["rows"]
            if r["cells"][:n] + r["cells"][n + 1 :] == row["cells"][:n] + row["cells"][n + 1 :]
            and r["cells"][n][0] == "from"
            and r["cells"][n][1] > more[0]
        ]
        return x >= more[0] and (not after or x < min(after))
    if kind in ("up to", "below"):
        bound, x = figures.plain(figures.value(more[0], None)), figures.plain(x)
        return x <= bound if kind == "up to" else x < bound
    if isinstance(x, bool):
        return ("true" if x else "false") in more[0]
    if table["args"][n][1] == "place":
        # A row of a city or a province holds what lies there.
        return any(x.startswith(significant(code)) for code in more[0])
    return (x.name if isinstance(x, figures.Choice) else x) in more[0]


def significant(code):
    while code.endswith("00"):
        code = code[:-2]
    return code


def through(table, n):
    """Each step at its own rate: of each step what of n lies in it, times its figure."""
    if isinstance(n, Unknown) or n is NOTHING:
        return n
    total, below, n = Fraction(0), Fraction(0), figures.plain(n)
    for row in table["rows"]:
        bound = figures.plain(figures.value(row["cells"][0][1], None)) if row["cells"][0][0] == "up to" else None
        top = n if bound is None else min(n, bound)
        if top > below:
            total += (top - below) * figures.value(row["value"], None)
        below = bound if bound is not None else below
    return total
