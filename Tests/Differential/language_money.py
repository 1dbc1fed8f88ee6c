"""The ledger of a document: quotas, caps, limits over several measures, recovery, what is due and what is pending.

Written from the design (Caps, Recovery, Statuses) and the books. The order of the whole: frames, once and only,
quotas, amounts each rounded once, caps in turn, caps in proportion, limits as they stand in the text, what yields to
another measure, recovery.
"""

from collections import Counter, defaultdict
from fractions import Fraction

import language_figures as figures
import language_frames as frames
import language_payments as payments
import language_yields as yields
from language_figures import Choice, value
from language_values import NOTHING, Span, Unknown, fen, floor, plus_months, together


class Ledger:
    def __init__(self):
        self.rows, self.unknown, self.left_out, self.units = [], defaultdict(dict), defaultdict(set), Counter()
        self.cut = []

    def undetermined(self, m, subject, unknown, of_set=False):
        subject = subject.split("@")[0]
        self.unknown[m["name"]].setdefault(subject, unknown)
        if of_set:
            self.left_out[m["name"]].add(subject)

    def unpriced(self, m, subject, unknown, count):
        self.units[m["name"]] += count


class Notes:
    """What is told of a frame's payments once it is settled that it is not left out."""

    def __init__(self):
        self.told = []

    def undetermined(self, *told):
        self.told.append(("undetermined", told))

    def unpriced(self, *told):
        self.told.append(("unpriced", told))

    def tell(self, ledger):
        for how, told in self.told:
            getattr(ledger, how)(*told)


def reckon(document, scenario):
    """The ledger of every measure of the document over the scenario's records."""
    world, ledger, by_measure = frames.World(document, scenario), Ledger(), {}
    ledger.settings = scenario.get("settings", {})
    for m in document["measures"]:
        m["param_values"] = dict(m.get("params", ()))
        m["every record"] = any(c[0] == "every record" for c in m["clauses"])
    for m in document["measures"]:
        passed = frames.passed(world, m, ledger)
        for place, f in enumerate(passed):
            f.place = place
        notes = {id(f): Notes() for f in passed}
        found = {id(f): payments.payments(m, f, notes[id(f)]) for f in passed}
        open_ = lambda f, why: leave_open([p for p in found[id(f)] if standing(p)], why, ledger)
        alive = frames.kept(m, passed, lambda f: any(standing(p) for p in found[id(f)]), open_)
        for f in alive:
            notes[id(f)].tell(ledger)
        m["world"] = world
        frames.first_of_persons(m, alive, found)
        highest(m, alive, found, ledger)
        quotas(m, alive, found, ledger)
        by_measure[m["name"]] = [p for f in alive for p in found[id(f)]]
    for m in document["measures"]:
        below(m, by_measure[m["name"]], ledger)
        stages(m["name"], [c[1] for c in m["clauses"] if c[0] == "cap"], by_measure[m["name"]], [m], ledger)
    for l in document.get("limits", ()):
        over = [m for m in document["measures"] if m["name"] in l["over"]]
        stages(l["name"], l["caps"], [p for m in over for p in by_measure[m["name"]]], over, ledger)
    sources(document, by_measure, ledger)
    yields.settle(document, by_measure, standing)
    as_of = scenario.get("as_of")
    for m in document["measures"]:
        many = by_measure[m["name"]]
        entries = recoveries(world, m, many, ledger)
        for p in many:
            rows_of(p, as_of, ledger)
        for date, who, subject, amount in entries:
            ledger.rows.append((date, m["name"], who, subject, -amount, "recovered"))
    return ledger


def rows_of(p, as_of, ledger):
    name = p.measure["name"]
    status = ("due" if as_of is None or p.date <= as_of else "pending") if p.status == "paid" else p.status
    if p.amount:
        ledger.rows.append((p.date, name, p.who, p.subject, p.amount, status))
    ledger.rows += [(p.date, name, p.who, p.subject, amount, "over_cap") for amount in p.over]


def below(m, many, ledger):
    for p in many:
        if p.amount < 0 and p.status == "paid":
            p.status = "below_nought"


def standing(p):
    return p.status == "paid" and p.amount > 0


def leave_open(many, why, ledger):
    """Payments of which it cannot be told with whom they share a place, or which place that is."""
    for p in many:
        p.status, p.amount = "undetermined", 0
        ledger.undetermined(p.measure, p.subject, why)


# ---- quotas ----------------------------------------------------------------------------------------


def order_keys(m, f):
    return tuple(figures.sortable(value(k, f)) for c in m["clauses"] if c[0] == "ordered" for k in c[1])


def known_order(m, f):
    return tuple((isinstance(k, Unknown), 0 if isinstance(k, Unknown) else k) for k in order_keys(m, f))


def quotas(m, alive, found, ledger):
    """First filed, first served: a frame that has something to be paid takes a place in every quota, or none. Whose
    group is not known is open, and so is every group of which it is not known how many places it has or of which two
    numbers are said, and whose place in the queue is not known in a group that has not places enough.
    """
    clauses = [c for c in m["clauses"] if c[0] == "quota"]
    if not clauses:
        return
    filed = []
    for f in (f for f in alive if any(standing(p) for p in found[id(f)])):
        unknown = [u for c in clauses if (u := frames.unplaced(c[2], f))]
        if unknown:
            leave_open([p for p in found[id(f)] if standing(p)], together(*unknown), ledger)
        else:
            filed.append(f)
    orders = [k for c in m["clauses"] if c[0] == "ordered" for k in c[1]]
    for c in clauses:
        for many in members(c[2], filed).values():
            said = [value(c[1], f) for f in many]
            if any(isinstance(n, Unknown) for n in said) or len(set(said)) > 1:
                why = together(*(n for n in said if isinstance(n, Unknown))) if any(
                    isinstance(n, Unknown) for n in said
                ) else Unknown(["two quotas"])
                for f in many:
                    leave_open([p for p in found[id(f)] if standing(p)], why, ledger)
    filed = [f for f in filed if any(standing(p) for p in found[id(f)])]
    crowd = [f for c in clauses for many in members(c[2], filed).values() if len(many) > value(c[1], many[0]) for f in many]
    for f in filed:
        if any(f is g for g in crowd) and frames.unknown_of(orders, f):
            leave_open([p for p in found[id(f)] if standing(p)], frames.unknown_of(orders, f), ledger)
    for f in beyond(m, clauses, [f for f in filed if any(standing(p) for p in found[id(f)])]):
        for p in found[id(f)]:
            p.status = "over_quota" if p.amount > 0 else p.status


def members(keys, filed):
    """The groups of frames with the same keys; who has none of one belongs to none."""
    groups = defaultdict(list)
    for f in filed:
        if not frames.is_free(keys, f):
            groups[frames.key_of(keys, f)].append(f)
    return groups


def beyond(m, clauses, filed):
    """The frames for which there is no place."""
    filed = sorted(filed, key=lambda f: (known_order(m, f),) + frames.by_order(f)[1:])
    places = [
        [(n, frames.key_of(c[2], f)) for n, c in enumerate(clauses) if not frames.is_free(c[2], f)] for f in filed
    ]
    room = {key: value(clauses[key[0]][1], f) for f, keys in zip(filed, places) for key in keys}
    if filed and filed[0].settings["allocation"] == "maximum":
        placed = most(places, room, 0)
    else:
        placed = first_come(places, room)
    return [f for k, f in enumerate(filed) if k not in placed]


def first_come(places, room):
    taken, placed = Counter(), set()
    for k, keys in enumerate(places):
        if all(taken[key] < room[key] for key in keys):
            taken.update(keys)
            placed.add(k)
    return placed


def most(places, room, k):
    """The largest set of frames for which there is room; of several the one that comes first in filing order."""
    if k == len(places):
        return frozenset()
    with_it = frozenset()
    if all(room[key] > 0 for key in places[k]):
        with_it = most(places, room | {key: room[key] - 1 for key in places[k]}, k + 1) | {k}
    without = most(places, room, k + 1)
    return with_it if len(with_it) >= len(without) else without


def highest(m, alive, found, ledger):
    """Of the frames with the same keys the one with the highest total stands; the others are displaced."""
    for c in m["clauses"]:
        if c[0] != "only highest":
            continue
        groups = defaultdict(list)
        for f in alive:
            if any(standing(p) for p in found[id(f)]):
                if frames.unplaced(c[1], f):
                    leave_open([p for p in found[id(f)] if standing(p)], frames.unplaced(c[1], f), ledger)
                elif not frames.is_free(c[1], f):
                    groups[frames.key_of(c[1], f)].append(f)
        for many in groups.values():
            many.sort(key=lambda f: (-sum(p.amount for p in found[id(f)] if standing(p)),) + frames.by_order(f))
            for f in many[1:]:
                for p in found[id(f)]:
                    p.status = "displaced" if p.amount > 0 else p.status


# ---- caps ------------------------------------------------------------------------------------------


def stages(name, caps, many, over, ledger):
    turn = [c for c in caps if not c.get("proportion")]
    share = [c for c in caps if c.get("proportion")]
    many = [p for p in many if standing(p)]
    for p in many:
        unknown = [k for c in caps if not is_free(c, p) for k in group(c, p) if isinstance(k, Unknown)]
        if unknown:
            leave_open([p], together(*unknown), ledger)
    many = [p for p in many if standing(p)]
    groups = {id(p): [(n, group(c, p)) for n, c in enumerate(caps) if not is_free(c, p)] for p in many}
    amounts = agreed(caps, many, groups, ledger)
    many = [p for p in many if standing(p)]
    if len(over) == 1:
        queued(over[0], many, groups, amounts, ledger)
    many = [p for p in many if standing(p)]
    order = lambda p: (
        known_order(p.measure, p.frame) if len(over) == 1 and p.member is None else (),
        p.date,
        [m["name"] for m in over].index(p.measure["name"]),
        p.subject,
        p.frame.place if p.member is None else 0,  # of one record frame by frame, then as the text has them
        p.number,
    )
    many.sort(key=order)
    turn, share = ([c for c in kind if not c.get("of")] for kind in (turn, share))
    if turn:
        in_turn(caps, turn, many, groups, amounts)
    for n, c in enumerate(caps):
        if c in share:
            in_proportion(n, [p for p in many if p.amount > 0], groups, amounts)


# ---- sources of money ------------------------------------------------------------------------------


class Borne:
    """What a source bears of a payment, as caps look at it."""

    def __init__(self, p, amount):
        self.p, self.amount, self.over = p, amount, []

    def __getattr__(self, name):
        return getattr(self.p, name)


def sources(document, by_measure, ledger):
    """Caps of what a source bears of each payment; what exceeds another source bears, or it is not paid."""
    capped = [(l, n) for l in document.get("limits", ()) for n, c in enumerate(l["caps"]) if c.get("of")]
    shares = document.get("fund", ())
    drawn = {m for l, _ in capped for m in l["over"]}
    many = [p for m in document["measures"] if m["name"] in drawn for p in by_measure[m["name"]] if standing(p)]
    for p in many:
        p.borne, p.unpaid = Counter(split(p.amount, shares)), 0
    for l, n in capped:
        c = l["caps"][n]
        mine = sorted((p for p in many if p.measure["name"] in l["over"]), key=lambda p: in_order(p, document))
        parts = [Borne(p, p.borne[c["of"]]) for p in mine]
        groups = {id(p): [] if is_free(c, p) else [(n, group(c, p))] for p in parts}
        amounts = agreed(l["caps"], parts, groups, ledger)
        if c.get("proportion"):
            in_proportion(n, [p for p in parts if p.amount > 0], groups, amounts)
        else:
            in_turn(l["caps"], [c], parts, groups, amounts)
        for p, part in zip(mine, parts):
            excess = p.borne[c["of"]] - part.amount
            p.borne[c["of"]] = part.amount
            if c.get("then"):
                p.borne[c["then"]] += excess
            else:
                p.unpaid += excess
    for p in many:
        cut(p, p.amount - p.unpaid)


def in_order(p, document):
    measures = [m["name"] for m in document["measures"]]
    place = p.frame.place if p.member is None else 0
    return p.date, measures.index(p.measure["name"]), p.subject, place, p.number


def split(amount, shares):
    """Each share of an amount rounded down, and the fen that are left one each to the largest remainders."""
    exact = [Fraction(amount) * Fraction(share) / 100 for _, share in shares]
    got = [floor(x) for x in exact]
    first = sorted(range(len(got)), key=lambda k: (-(exact[k] - got[k]), k))
    for k in first[: amount - sum(got)]:
        got[k] += 1
    return {name: part for (name, _), part in zip(shares, got)}


def queued(m, many, groups, amounts, ledger):
    """Where there is not enough for all, who comes when has to be known."""
    orders = [k for c in m["clauses"] if c[0] == "ordered" for k in c[1]]
    totals = Counter()
    for p in many:
        for g in groups[id(p)]:
            totals[g] += p.amount
    scarce = {id(p.frame) for p in many if any(totals[g] > amounts[g] for g in groups[id(p)])}
    for p in many:
        if id(p.frame) in scarce and frames.unknown_of(orders, p.frame):
            leave_open([p], frames.unknown_of(orders, p.frame), ledger)


def is_free(c, p):
    """Whether a payment's frame has none of a key, so that the cap does not limit it."""
    return any(value(k, p.scope()) is NOTHING for k in c["keys"] if k not in OWN_KEYS)


OWN_KEYS = (("name", "beneficiary"), ("name", "subject"), ("name", "year"))


def group(c, p):
    return tuple(key_part(k, p) for k in c["keys"])


def key_part(k, p):
    if k == ("name", "beneficiary"):
        return p.who
    if k == ("name", "subject"):
        return p.subject
    if k == ("name", "year"):
        return year_of(p.frame, p.date)
    v = value(k, p.scope())
    return v.name if isinstance(v, Choice) else figures.sortable(v)


def year_of(frame, date):
    """The frame's year, that in which its period begins, or else that of the payment's day."""
    if frame.names.get("placing"):
        return int(frame.names["year"])
    return frame.names.get("period_start", date).year


def agreed(caps, many, groups, ledger):
    """The amount of each group of each cap, in fen; a group with two amounts, or one not known, is undetermined."""
    found, bad = defaultdict(set), set()
    for p in many:
        for n, key in groups[id(p)]:
            v = value(caps[n]["amount"], p.scope())
            if isinstance(v, Unknown) or v is NOTHING:
                bad.add((n, key))
            else:
                found[n, key].add(v)
    bad |= {key for key, amounts in found.items() if len(amounts) > 1}
    for p in many:
        if any(key in bad for key in groups[id(p)]):
            p.status, p.amount = "undetermined", 0
            ledger.undetermined(p.measure, p.subject, Unknown(["two caps"]))
    return {key: floor(next(iter(a)) * 100) for key, a in found.items() if key not in bad}


def in_turn(caps, turn, many, groups, amounts):
    paid, closed = defaultdict(list), defaultdict(list)
    for p in many:
        mine = [(n, key) for n, key in groups[id(p)] if caps[n] in turn]
        rooms = {g: amounts[g] - sum(a for d, a in paid[g] if counts(caps[g[0]], d, p)) for g in mine}
        shut = [g for g in mine if any(counts(caps[g[0]], d, p) for d in closed[g])]
        how = p.frame.settings["cap_end"]
        room = 0 if shut else min(rooms.values(), default=p.amount)
        if room >= p.amount:
            got = p.amount
        elif how == "part":
            got = max(0, room)
        else:
            got = 0
            if how == "stop":
                for g in mine:
                    if rooms[g] < p.amount:
                        closed[g].append(p.date)
        cut(p, got)
        for g in mine:
            paid[g].append((p.date, got))


def counts(c, day, p):
    """Whether what was paid on a day counts against a later payment under the cap."""
    if not c.get("any"):
        return True
    span = value(c["any"], p.frame)
    if isinstance(span, Span):
        return day > plus_months(p.date, -span.count, p.frame.settings["month_end"])
    return p.date.year - day.year < span


def cut(p, got):
    if got < p.amount:
        p.over.append(p.amount - got)
        p.amount = got


def in_proportion(n, many, groups, amounts):
    by_group = defaultdict(list)
    for p in many:
        for g in groups[id(p)]:
            if g[0] == n:
                by_group[g].append(p)
    for g, those in by_group.items():
        total, limit = sum(p.amount for p in those), amounts[g]
        if total <= limit:
            continue
        exact = [Fraction(p.amount * limit, total) for p in those]
        got = [floor(x) for x in exact]
        first = sorted(range(len(those)), key=lambda k: (-(exact[k] - got[k]), k))
        for k in first[: limit - sum(got)]:
            got[k] += 1
        for p, amount in zip(those, got):
            cut(p, amount)


# ---- recovery --------------------------------------------------------------------------------------


def mentions(e, names):
    """Whether an expression, or a set in it, says one of these names."""
    if isinstance(e, dict):
        return e.get("list") in names or mentions(list(e.values()), names)
    if isinstance(e, (tuple, list)):
        if len(e) == 2 and e[0] == "name":
            return (e[1] if isinstance(e[1], str) else e[1][0]) in names
        said = e[0] in OVER_A_SET and any(x in names for x in e[1:] if isinstance(x, str)) if e else False
        return said or any(mentions(x, names) for x in e)
    return False


OVER_A_SET = (
    "count",
    "sum",
    "average",
    "largest",
    "smallest",
    "earliest",
    "latest",
    "different",
    "number in",
    "nth day",
)


def moving(m, clause):
    """Names that differ from frame to frame of one record, and figures that hang on them."""
    names = {"year", "period", "period_start", "period_end"} | {
        i[1] for i in m["frame"].get("each_", ()) if i[0] in ("number", "in")
    }
    for c in m["clauses"]:
        if c[0] == "count" or c[0] == "let" and mentions(c[2], names):
            names.add(c[1])
    return names


def recoveries(world, m, many, ledger):
    out, taken = [], Counter()
    for number, r in enumerate(c[1] for c in m["clauses"] if c[0] == "recover"):
        each = any(mentions(r.get(k), moving(m, r)) for k in ("amount", "on", "when", "from"))
        owners = defaultdict(list)
        for p in many:
            if standing(p):
                owner = (
                    (p.subject, p.who, "member")
                    if p.member is not None
                    else (id(p.frame) if each else p.frame.record.id, p.who, p.subject if each else p.frame.record.id)
                )
                owners[owner].append(p)
        for (_, who, _), those in owners.items():
            one(world, m, r, those[0], who, those, out, taken, ledger, each)
    return out


def one(world, m, r, p, who, those, out, taken, ledger, each):
    scope = p.scope()
    subject = p.subject if each or p.member is not None else p.frame.record.id
    if r.get("from") and payments.beneficiary(r["from"], scope) != who:
        return
    when = value(r["when"], scope) if r.get("when") else True
    if when is False:
        return
    date = value(r["on"], scope)
    if date is NOTHING:
        return
    if isinstance(when, Unknown) or isinstance(date, Unknown):
        # What was not paid by then is not at stake.
        if isinstance(date, Unknown) or any(q.date <= date for q in those):
            ledger.undetermined(m, subject, when if isinstance(when, Unknown) else date)
        return
    left = sum(q.amount for q in those if q.date <= date) - taken[subject, who]
    amount = (
        Fraction(left, 100) if r["amount"] == "all" else value(r["amount"], scope.within({"paid": Fraction(left, 100)}))
    )
    if isinstance(amount, Unknown):
        if left > 0:
            ledger.undetermined(m, subject, amount)
    elif amount is not NOTHING:
        back = min(max(fen(amount), 0), max(left, 0))
        if back:
            taken[subject, who] += back
            out.append((date, who, subject, back))
