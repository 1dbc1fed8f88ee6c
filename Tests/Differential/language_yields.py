"""What gives way within a document: `yields to OTHER`.

Written from the books (Limits). Of two measures that meet a beneficiary keeps the higher, for each record (of one year or
period, where both have such frames; of one year, where they have years and periods or periods of other lengths) that both pay for, or in all where they pay for records of different lists; on a tie the one that is yielded to. Which is the higher
goes by what each would pay if nothing gave way; the lower gives way where anything of the higher is paid in the end.
"""

from collections import defaultdict


def kinds(m):
    """The lists of what a measure pays for."""
    sets = {c[1]: c[2]["list"] for c in m["clauses"] if c[0] == "count"}

    def list_of(name):
        return list_of(sets[name]) if name in sets else name

    own = "text" if m["frame"].get("of") else m["frame"]["list"]
    return {list_of(c[1]["set"]) if c[1].get("set") else own for c in m["clauses"] if c[0] == "pay"}


def record(p):
    if p.member is not None:
        return p.member.id
    return p.frame.record.id if p.frame.record is not None else p.frame.text


def sort_of_marks(m):
    """Whether frames are years or periods of some length, by which their payments are told apart."""
    found = {i[0]: i for i in m["frame"].get("each_", ())}
    return ("year",) if "year" in found else ("period", *found["period"][1:3]) if "period" in found else None


def mark(p, sort):
    if sort is None or p.member is not None:
        return None
    names = p.frame.names
    if sort == "either":
        return names["year"] if "year" in names else names["period_start"].year
    return names.get("year" if sort[0] == "year" else "period_start")


def settle(document, by_measure, standing):
    measures = {m["name"]: m for m in document["measures"]}
    paid = {name: [p for p in by_measure[name] if standing(p)] for name in measures}
    beaters = defaultdict(list)  # of a payment, the lots of payments of which any suffices
    for name, m in measures.items():
        for other in (c[1] for c in m["clauses"] if c[0] == "yields"):
            for loser, winners in meetings(m, measures[other], paid):
                beaters[id(loser)].append(winners)
    known = {}

    def stands(p):
        if id(p) not in known:
            known[id(p)] = not any(any(stands(w) for w in winners) for winners in beaters[id(p)])
        return known[id(p)]

    out = [p for many in paid.values() for p in many if not stands(p)]
    for p in out:
        p.status = "displaced"


def meetings(m, other, paid):
    """(payment that may give way, the payments that are the higher) of two measures."""
    by_record = len(kinds(m) | kinds(other)) == 1
    sort, theirs = sort_of_marks(m), sort_of_marks(other)
    sort = None if not by_record or None in (sort, theirs) else sort if sort == theirs else "either"
    key = lambda p: (p.who, record(p) if by_record else None, mark(p, sort))
    mine, theirs = defaultdict(list), defaultdict(list)
    for many, of in ((paid[m["name"]], mine), (paid[other["name"]], theirs)):
        for p in many:
            of[key(p)].append(p)
    for k in mine.keys() & theirs.keys():
        is_more = sum(p.amount for p in mine[k]) > sum(p.amount for p in theirs[k])
        losers, winners = (theirs[k], mine[k]) if is_more else (mine[k], theirs[k])
        for p in losers:
            yield p, winners
