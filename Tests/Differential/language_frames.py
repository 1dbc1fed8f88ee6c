"""Frames of a measure, clause by clause, and the payments that they come to before limits of money.

Written from the books and the design (Frames, Counted sets, Persons, Periods, Payments, Limits). Every frame of a
measure goes through a clause before any goes through the next, so that candidates are those that passed the clauses
above.
"""

import datetime
from fractions import Fraction

import language_figures as figures
import language_sets as sets
from language_figures import Choice, Record, Scope, value
from language_values import NOTHING, Unknown, conjunction, day_of, plus_days, plus_months, together

DEFAULTS = {
    "clock": "inclusive",
    "month_end": "clamp",
    "year_of": "start",
    "window_on": "start",
    "count": "persons",
    "cap_end": "part",
    "allocation": "filing_order",
}


class World:
    """A document over the records of a scenario, under settings."""

    def __init__(self, document, scenario):
        self.document, self.scenario = document, scenario
        self.lists = {name: dict(l) for name, l in document["lists"].items()}
        for name, l in self.lists.items():
            if "joins" in l:
                l |= {
                    k: v
                    for k, v in self.lists[l["joins"]["list"]].items()
                    if k in ("person", "begins", "ends", "fields")
                }
        self.fields = {
            name: {f: (kind, absent or "") for f, kind, absent in l["fields"]} for name, l in self.lists.items()
        }
        self.tables = {t["name"]: t for t in document.get("tables", ())}
        self.defines = {f["name"]: f for f in document.get("defines", ())}
        given, values = scenario.get("values", {}), document.get("values", ())
        self.values = {v["name"]: given.get(v["name"], Unknown([], [v["name"]])) for v in values if not v.get("dated")}
        self.dated_values = {v["name"]: given.get(v["name"], []) for v in values if v.get("dated")}
        self.candidates, self.records, self.by_id = [], {}, {}
        for name, l in self.lists.items():
            if "joins" not in l:
                self.records[name] = [Record(self, name, facts) for facts in scenario["records"].get(name, ())]
                self.by_id[name] = {r.id: r for r in self.records[name]}
        for name, l in self.lists.items():
            if "joins" in l:
                self.records[name] = list(joined(self, name, l))

    def record(self, kind, id):
        return self.by_id[kind][id]

    def choice(self, kind, name):
        return Choice(name, [c.strip() for c in kind[kind.index("(") + 1 : kind.index(")")].split(",")])

    def settings_of(self, measure):
        own = dict(c[1:] for c in measure["clauses"] if c[0] == "default") if measure else {}
        return DEFAULTS | dict(self.document.get("defaults", ())) | own | self.scenario.get("settings", {})

    def window_of(self, measure):
        for c in (measure or {}).get("clauses", ()):
            if c[0] == "window":
                return c[1]
        return self.document.get("window")


def joined(world, name, l):
    """The records of each person as they follow on."""
    j, persons = l["joins"], {}
    for r in sorted(world.records[j["list"]], key=lambda r: (r.begin(), r.id)):
        inner = Scope(world, None, r)
        if not j.get("where") or value(j["where"], inner) is True:
            persons.setdefault(tuple(figures.sortable(r.fact(k)) for k in j["keys"]), []).append(r)
    for records in persons.values():
        parts, end = [], None
        for r in records:
            if parts and end is not NOTHING and r.begin() > reach(l["gap"], end):
                yield stay(world, name, parts, end)
                parts = []
            end = r.end() if not parts else NOTHING if NOTHING in (end, r.end()) else max(end, r.end())
            parts = parts + [r]
        yield stay(world, name, parts, end)


def reach(gap, end):
    """The last day on which the next record may begin."""
    if gap is None:
        return day_of("last", "month", plus_months(end.replace(day=1), 1))
    n = gap[1]
    return plus_days(plus_months(end, n), 1) if gap[0] == "months" else plus_days(end, n + 1)


def stay(world, name, parts, end):
    facts = {k: v for k, v in parts[0].facts.items() if k != world.lists[name]["ends"]}
    return Record(world, name, facts | ({} if end is NOTHING else {world.lists[name]["ends"]: end}), parts)


# ---- frames ----------------------------------------------------------------------------------------


def bases(world, m):
    f = m["frame"]
    if f["list"] is None:
        return [Scope(world, m, text="350112")]
    if f.get("of"):
        texts = {r.fact(f["of"]) for r in within(world, m, f["list"])}
        return [Scope(world, m, text=t, names={f["of"]: t}) for t in sorted(t for t in texts if isinstance(t, str))]
    return [Scope(world, m, r) for r in world.records[f["list"]]]


def within(world, m, name):
    """The records of a list that may make a frame: where no set says who falls to one, those that begin in the window."""
    records, window = world.records[name], world.window_of(m)
    counts = any(c[0] in ("count", "set") for c in m["clauses"])
    if counts or not window or not world.lists[name].get("begins") or world.settings_of(m)["window_on"] != "start":
        return records
    return [r for r in records if (begin := r.begin()) is None or window[0] <= begin <= window[1]]


def frames(world, m, ledger):
    out = []
    for base in bases(world, m):
        base.subject = base.record.id if base.record else base.text
        found = [base]
        for i in m["frame"].get("each_", ()):
            found = [g for f in found for g in iterated(world, m, f, i, ledger)]
        out += found
    return out


def more(frame, names, at=None):
    g = frame.within(names)
    g.sets = dict(frame.sets)
    g.subject = f"{frame.subject}@{at}" if at is not None else frame.subject
    return g


def iterated(world, m, frame, i, ledger):
    kind = i[0]
    if kind == "year" and len(i) > 1:
        return [more(frame, {"year": Fraction(y), "placing": True}, y) for y in range(i[1], i[2] + 1)]
    if kind == "year":
        return [more(frame, {"year": Fraction(y), "placing": True}, y) for y in years_of(world, m, frame)]
    if kind == "complete year":
        return [more(frame, {"year": Fraction(y), "placing": True}, y) for y in complete_years(world, m)]
    if kind == "number":
        a, b = value(i[2], frame), value(i[3], frame)
        unknown = [v for v in (a, b) if isinstance(v, Unknown)]
        if unknown:
            # One frame, of which it is not known whether it is there.
            doubtful = more(frame, {i[1]: together(*unknown)})
            doubtful.passed = together(*unknown)
            return [doubtful]
        return [more(frame, {i[1]: Fraction(k)}) for k in range(int(a), int(b) + 1)]
    if kind == "in":
        return [more(frame, {i[1]: p}) for p in frame.record.fact(i[2])]
    return periods(m, frame, i, ledger)


def complete_years(world, m):
    """Every year from the window's first to the last that is over on the day of costing, and no further than the
    window: those in which nothing falls, too."""
    first, last = world.window_of(m)
    over = plus_days(world.scenario["as_of"], 1).year - 1
    return range(first.year, min(over, last.year if last else over) + 1)


def years_of(world, m, frame):
    """The years in which counted records fall."""
    years = set()
    for c in m["clauses"]:
        if (
            c[0] == "count"
            and not sets.is_sideways(c[2])
            and not c[2].get("all")
            and c[2]["list"] in world.records
            and "first" not in c[2]
        ):
            for r in world.records[c[2]["list"]]:
                if (not c[2].get("of") or sets.refers(c[2], frame, r)) and (
                    c[2].get("at any time") or sets.in_window(sets.window_day(c[2], frame, r), frame)
                ):
                    years.add(int(sets.year_of_member(c[2], frame, r)))
    return sorted(years)


def periods(m, frame, i, ledger):
    length, whole, first, last = i[1], i[2], value(i[3], frame), value(i[4], frame)
    unknown = [v for v in (first, last) if isinstance(v, Unknown)]
    if unknown or last is NOTHING:
        why = together(*unknown) if unknown else Unknown(["until when"])
        doubtful = more(frame, {"period": why, "period_start": why, "period_end": why})
        doubtful.passed = why
        return [doubtful]
    out, month_end = [], frame.settings["month_end"]
    for k in range(1, 1201):
        if whole:
            start = first if k == 1 else plus_months(first.replace(day=1), length * (k - 1))
            end = plus_days(plus_months(first.replace(day=1), length * k), -1)
        else:
            start, end = plus_months(first, length * (k - 1), month_end), plus_days(
                plus_months(first, length * k, month_end), -1
            )
        if start > last:
            break
        out.append(more(frame, {"period": Fraction(k), "period_start": start, "period_end": min(end, last)}, start))
    return out


# ---- clauses ---------------------------------------------------------------------------------------


def in_force(world, m, frame):
    if frame.settings["window_on"] == "accrual":
        return True
    begins = next((c[1] for c in m["clauses"] if c[0] == "begins"), None)
    day = value(begins, frame) if begins else frame.record.begin() if frame.record else None
    return sets.in_window(day, frame)


def passed(world, m, ledger):
    """The frames that passed every clause, and those of which it is not known."""
    alive = [f for f in frames(world, m, ledger) if in_force(world, m, f)]
    for f in alive:
        f.passed = getattr(f, "passed", True)
    for c in m["clauses"]:
        world.candidates = [snapshot(f) for f in alive]
        for f in alive:
            step(c, f)
            f.refused = f.passed is False and c[0] == "where" or getattr(f, "refused", False)
        alive = [f for f in alive if not f.refused]
    world.candidates = []
    for f in alive:
        # Who was left out of a set is listed although what is required of the set is missed.
        for s in f.sets.values():
            for subject, unknown in s.left_out.items():
                ledger.undetermined(m, subject, unknown, of_set=True)
        if isinstance(f.passed, Unknown):
            ledger.undetermined(m, f.subject, f.passed)
    return [f for f in alive if f.passed is True]


def snapshot(frame):
    """A frame as a candidate, as it is before the clause."""
    return frame.within({})


def step(c, f):
    if c[0] in ("where", "require"):
        f.passed = conjunction([f.passed, value(c[1], f)])
    elif c[0] == "let":
        f.names[c[1]] = value(c[2], f)
    elif c[0] == "count":
        f.sets[c[1]] = sets.built(c[2], f)


def kept(m, alive, pays, leave_open):
    """`once per`, `only the first`; what is left leaves no trace. Of whom a key is not known it cannot be told whether
    he is left out: what he is paid is left open, and he is none of those that others are counted among.
    """
    aside = []
    for c in m["clauses"]:
        if c[0] == "once":
            keys = c[1] or person_key(alive)
            alive, aside = known_ones(keys, alive, aside, leave_open) if keys else (alive, aside)
            alive = once((c[0], keys, c[2]), alive, pays) if keys else alive
    for c in m["clauses"]:
        if c[0] == "only first":
            alive, aside = known_ones(c[2], alive, aside, leave_open, c[3])
            alive, aside = settled_groups(c, alive, aside, leave_open)
            alive = only_first(c, alive)
    return alive + aside


def person_key(frames):
    """`once per person` is by the person, where a frame's record is one's; else it is the members that are."""
    record = frames[0].record if frames else None
    return [("fact", ("person",))] if record and "person" in frames[0].world.lists[record.kind] else []


def known_ones(keys, alive, aside, leave_open, order=None):
    """`order`: what decides who comes first within a group, which has to be known of whoever belongs to one."""
    out = []
    for f in alive:
        unknown = unplaced(keys, f) or order and not is_free(keys, f) and unknown_of([order], f) or None
        if unknown:
            leave_open(f, unknown)
        (aside if unknown else out).append(f)
    return out, aside


def is_free(keys, f):
    """Whether a frame has none of a key, and so belongs to no group: what is absent matches nothing."""
    return any(value(k, f) is NOTHING for k in keys)


def unplaced(keys, f):
    """What is not known of the group of a frame; None where it is known, or there is none."""
    return None if is_free(keys, f) else unknown_of(keys, f)


def unknown_of(keys, f):
    """What is not known of some keys of a frame; None where all are."""
    unknown = [v for k in keys if isinstance(v := value(k, f), Unknown)]
    return together(*unknown) if unknown else None


def first_of_persons(m, alive, found):
    """Of one person's records that are paid for, for one beneficiary and, with years, in one year, the one that begins
    first counts, with all its frames. `once per person` and the reading `count` ask for it. What is undetermined is
    told record by record.
    """
    # What comes out below nought is nobody's first, and goes the way of the others after it.
    paid_for = [f for f in alive if any(p.amount > 0 for p in found[id(f)])]
    # Keys that tell persons apart settle it for themselves.
    keys = [c[1] for c in m["clauses"] if c[0] == "once"] + [c[2] for c in m["clauses"] if c[0] == "only first"]
    settled = any(k in (("fact", ("person",)), ("fact", ("worker",))) for many in keys for k in many)
    by_reading = paid_for and (
        any(c[0] == "once" and not c[1] for c in m["clauses"])
        or paid_for[0].settings["count"] == "persons" and not settled
    )
    if (
        not by_reading
        or paid_for[0].record is None
        or "person" not in m["world"].lists[paid_for[0].record.kind]
        or m["every record"]
    ):
        return
    best = {}
    for f in paid_for:
        f.group = found[id(f)][0].who, f.record.fact("person"), f.names.get("year")
        own = (f.record.begin(), f.record.id)
        best[f.group] = min(best.get(f.group, own), own)
    for f in alive:
        if found[id(f)]:
            group = found[id(f)][0].who, f.record.fact("person"), f.names.get("year")
            if group in best and best[group] < (f.record.begin(), f.record.id):
                found[id(f)] = []


def key_of(many, f):
    return tuple(figures.sortable(v) if not isinstance(v := value(k, f), Choice) else v.name for k in many)


def by_order(f):
    begin, id, number = sets.order_of(f)
    return (
        begin or datetime.date.min,
        id,
        number,
        repr(sorted((k, str(v)) for k, v in f.names.items() if k in ("year", "n"))),
    )


def once(c, alive, pays):
    """The first of each key that is paid; in any months it keeps those out that lie less than so long after it."""
    out, last = [], {}
    for f in sorted(alive, key=by_order):
        if is_free(c[1], f):
            out.append(f)
            continue
        key = key_of(c[1], f)
        day = sets.order_of(f)[0]
        if key in last and (not c[2] or figures.plus(f, [], last[key], value(c[2], f)) > day):
            continue
        if pays(f):
            last[key] = day
        out.append(f)
    return out


def settled_groups(c, alive, aside, leave_open):
    """Of groups of which it is not known how many are the first, or of which two numbers are said, none is told."""
    groups = {}
    for f in alive:
        if not is_free(c[2], f):
            groups.setdefault(key_of(c[2], f), []).append(f)
    open_ones = []
    for many in groups.values():
        said = [value(c[1], f) for f in many]
        unknown = [n for n in said if isinstance(n, Unknown)]
        if unknown or len(set(said)) > 1:
            for f in many:
                leave_open(f, unknown[0] if unknown else Unknown(["two quotas"]))
                open_ones.append(f)
    return [f for f in alive if not any(f is g for g in open_ones)], aside + open_ones


def only_first(c, alive):
    groups = {}
    for f in alive:
        if not is_free(c[2], f):
            groups.setdefault(key_of(c[2], f), []).append(f)
    out = [f for f in alive if is_free(c[2], f)]
    for many in groups.values():
        many.sort(key=lambda f: (figures.sortable(value(c[3], f)),) + by_order(f)[1:])
        out += many[: int(value(c[1], many[0]))]
    return out
