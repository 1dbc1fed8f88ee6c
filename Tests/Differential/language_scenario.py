"""Random scenarios for random documents of the rule language, and both together for a seed.

What the books leave open is not drawn, and said where it is left out.
"""

import datetime
import random
from fractions import Fraction

from language_place import CHOICES, MONEY, NASTY
from language_document import Writer


def scenario(dice, document):
    one = dice.choice
    day = lambda: (
        one(NASTY)
        if dice.random() < 0.8
        else datetime.date(2023, 11, 1) + datetime.timedelta(days=dice.randint(0, 700))
    )
    missing = one([0, 0.1, 0.25])
    firms = [
        {"id": f"f{k}", "district": one(["350112", "350104", "350100"]), "quota": Fraction(one([0, 1, 2, 3]))}
        for k in range(dice.randint(1, 3))
    ]
    for f in firms:
        maybe(
            dice,
            f,
            missing,
            size=one(CHOICES["size"]),
            pot=one(MONEY + [0]),
            founded=day(),
            open=dice.random() < 0.5,
            partners=sorted(dice.sample([g["id"] for g in firms], dice.randint(0, len(firms)))),
        )
    jobs = []
    for k in range(one([0, 1, 2, 3, 4, 5, 6, 8])):
        j = {
            "id": f"j{k}",
            "firm": one(firms)["id"],
            "start": day(),
            "hours": Fraction(one([0, 1, 2, Fraction(3, 2), 40])),
            "bonus": one(MONEY + [0]),
            "grade": one(CHOICES["grade"]),
        }
        maybe(
            dice,
            j,
            missing,
            worker=f"w{dice.randint(1, 3)}",
            wage=one(MONEY + [0]),
            term=Fraction(one([0, 1, 2, 3, 12])),
            mark=dice.random() < 0.5,
            part=one([Fraction(1, 2), Fraction(1), Fraction(333, 1000)]),
            flag=dice.random() < 0.5,
        )
        if dice.random() < 0.6:
            j["end"] = max(day(), j["start"])
        if dice.random() < 0.4:
            j["left"] = day()
        jobs.append(j)
    loans = []
    for k in range(one([0, 1, 2, 3])):
        l = {
            "id": f"l{k}",
            "borrower": f"w{dice.randint(1, 3)}",
            "firm": one(firms)["id"],
            "principal": one(MONEY),
            "drawn": day(),
            "rate": one([Fraction(42, 1000), Fraction(0), Fraction(1, 8)]),
        }
        maybe(dice, l, missing, grace=Fraction(one([0, 1, 2])))
        if dice.random() < 0.6:
            l["due"] = day()
        loans.append(l)
    s = {
        "records": {"firms": firms, "jobs": jobs, "loans": loans},
        "as_of": one([None, None, *NASTY[8:16]]),
        "settings": {},
        "values": {},
    }
    if s["as_of"] is None and "complete year" in repr(document["measures"]):
        s["as_of"] = NASTY[15]
    for name, choices in (
        ("count", ["hires"]),
        ("month_end", ["next_day", "clamp"]),
        ("clock", ["anniversary", "insured_months", "inclusive"]),
        ("cap_end", ["part", "stop", "skip"]),
        ("year_of", ["completion"]),
        ("window_on", ["accrual"]),
    ):
        if dice.random() < 0.12:
            s["settings"][name] = one(choices)
    if document.get("values"):
        if dice.random() < 0.7:
            s["values"]["fee"] = one(MONEY)
        s["values"]["floor"] = [(d, one(MONEY)) for d in sorted(dice.sample(NASTY, one([1, 2, 3])))]
    return s


def maybe(dice, record, missing, **facts):
    record.update({k: v for k, v in facts.items() if dice.random() >= missing})


def drawn(seed, wide=False):
    """The document and the scenario of a seed."""
    dice = random.Random(f"document {seed}")
    d = Writer(dice, wide).document()
    s = scenario(dice, d)
    used_alone(d, s)
    return d, s


def used_alone(d, s):
    """Only the fields that a rule asks for are declared, and stated."""
    rules = [d["measures"], d.get("limits"), [l.get("joins") for l in d["lists"].values()]]
    words = set(repr(rules).replace("'", " ").split())
    for part in ("tables", "values", "defines"):
        d[part] = [x for x in d[part] if x["name"] in words]
    words |= set(repr([d["defines"], [t["args"] for t in d["tables"]]]).replace("'", " ").replace(".", " ").split())
    s["values"] = {k: v for k, v in s["values"].items() if k in words}
    needed = (
        words
        | {"id", "firm", "start", "end", "drawn", "district"}
        | ({"worker"} if words & {"person", "worker"} else set())
    )
    ranked = set(compared_by_rank(d["measures"]))
    for name, l in d["lists"].items():
        if "fields" in l:
            kept = [f for f in l["fields"] if f[0] in needed]
            d["lists"][name] = l | {
                "fields": [f if f[0] in ranked else (f[0], f[1].replace(" ascending", ""), f[2]) for f in kept]
            }
            if "worker" not in needed:
                d["lists"][name].pop("person", None)
            fields = {f[0] for f in d["lists"][name]["fields"]}
            s["records"][name] = [{k: v for k, v in row.items() if k in fields} for row in s["records"][name]]


def compared_by_rank(e):
    """The choices whose order a rule asks about."""
    if (
        isinstance(e, tuple)
        and e
        and e[0] == "cmp"
        and e[1] in ("<", "<=", ">", ">=")
        and e[2][0] in ("fact", "name")
        and not isinstance(e[2][1], str)
    ):
        yield e[2][1][-1]
    for x in e.values() if isinstance(e, dict) else e if isinstance(e, (tuple, list)) else ():
        yield from compared_by_rank(x)
