"""What the comparisons with engines for scripts have in common: the facts as rows, and ledgers side by side."""
import re
from collections import Counter
from decimal import Decimal, localcontext
from fractions import Fraction
from functools import cache

from facts import FIELDS, Graduation, read

SHOWN = 8
LEDGER = "entry, measure, beneficiary, subject, date, fen, status, upper_bound, units, is_months, missing"


def ledger(base, tables, rest):
    """What DuckDB makes of a script whose tables of facts are filled, with the places that it leaves open given out
    here."""
    base.execute(rest)
    left_open = waiting(tables)
    for name in left_open:
        for seat in seated(base.execute(f"SELECT * FROM asked_{name}").fetchall()):
            base.execute(f"INSERT INTO places_{name} VALUES (?, ?)", seat)
    if left_open:
        base.execute(rest)
    return base.execute(f"SELECT {LEDGER} FROM ledger").fetchall()


def commands(case, path, script, engine="duckdb"):
    pairs = [f"{k} = {v}" for k, v in (case.overrides | case.session).items()]
    prefix = f"with {', '.join(pairs)} " if pairs else ""
    programme = " + ".join(case.programme)
    what = f"{programme} as {case.mode}"
    return [f"load {path}", f"{prefix}emit sql {programme} for {engine} as {case.mode} into {script}", f"{prefix}run {what}", "payments"]


# ---- the facts as tables ------------------------------------------------------------------------

def cell(kind, value):
    """A value as DuckDB's Python takes it."""
    if isinstance(value, Graduation):
        return value.day.isoformat() if value.day else str(value.year)
    if kind == "money" and value is not None:
        return Decimal(value) / 100
    return "; ".join(map(str, sorted(value))) if isinstance(value, frozenset) else value


def cell_of_document(value):
    """A value of a random document's records as engines take it."""
    if isinstance(value, Fraction):
        with localcontext() as context:
            context.prec = 40
            return Decimal(value.numerator) / Decimal(value.denominator)
    return ", ".join(value) if isinstance(value, list) else value


def filled(case, places):
    """The rows of each list that has some, with the names of their fields."""
    month_end = case.session.get("month_end") or case.scenario["readings"].get("month_end", "clamp")
    facts = read(case.scenario, places, month_end)
    for name, fields in FIELDS.items():
        rows = [[cell(kind, getattr(r, field)) for field, (kind, _, _) in fields.items()] for r in getattr(facts, name)]
        if rows:
            yield name, list(fields), rows


# ---- places that no script gives out ---------------------------------------------------------------

def waiting(tables):
    """The measures whose places a script leaves open, as its tables are called."""
    return re.findall(r"TABLE IF NOT EXISTS places_(\w+) ", tables)


def seated(rows):
    """Who has a place of those who ask: (number, frame, group and places of each quota). As many as can be; of several
    such choices the one that comes first in filing order."""
    rows = sorted(rows)
    asked = [[((q, row[i]), row[i + 1]) for q, i in enumerate(range(2, len(row), 2))] for row in rows]
    room = {key: places for row in asked for key, places in row}
    wanted = Counter(key for row in asked for key, _ in row)
    # Where there are places enough nobody stands in another's way.
    narrow = sorted(key for key in room if wanted[key] > room[key])
    asked = [[narrow.index(key) for key, _ in row if key in narrow] for row in asked]

    @cache
    def most(k, left):
        if k == len(asked):
            return ()
        found = ()
        if all(left[key] > 0 for key in asked[k]):
            found = (k,) + most(k + 1, tuple(n - (i in asked[k]) for i, n in enumerate(left)))
        other = most(k + 1, left) if asked[k] else ()
        return found if len(found) >= len(other) else other

    placed = set(most(0, tuple(room[key] for key in narrow)))
    return [(row[1], k in placed) for k, row in enumerate(rows)]


# ---- comparing ----------------------------------------------------------------------------------

def differences(rows, budget, payments):
    out = []
    ours = Counter((str(date), measure, beneficiary, subject, f"{fen / 100:.2f}" if abs(fen) < 10 ** 15 else fen,
                    status, upper) for entry, measure, beneficiary, subject, date, fen, status, upper, *_ in rows
                   if entry == "payment")
    theirs = Counter((p["date"], p["measure"], p["beneficiary"], p["subject"], p["amount"], p["status"],
                      bool(p["upper_bound"])) for p in payments["payments"])
    for side, only in (("script ", ours - theirs), ("program", theirs - ours)):
        found = sorted(map(str, only.elements()))
        out += [f"only {side}: {row}" for row in found[:SHOWN]]
        if len(found) > SHOWN:
            out.append(f"only {side}: {len(found)} rows in all")
    units = {}
    for u in budget.get("unpriced", ()):
        key = u["measure"], u["unit"], " ".join(sorted(name.split(".")[-1] for name in u["missing"]))
        units[key] = units.get(key, 0) + u["units"]
    own = {}
    for entry, measure, *_, count, months, missing in rows:
        if entry == "unpriced":
            unit = "month" if months else "payment"
            key = measure, unit, " ".join(sorted(name.split(".")[-1].replace("@", " before ") for name in missing.split()))
            own[key] = own.get(key, 0) + count
    if units != own:
        out.append(f"unpriced: script {own}, program {units}")
    for entry in ("undetermined", "elsewhere"):
        wanted = Counter()
        for u in budget.get(entry, ()):  # a line for each lot of missing facts
            wanted[u["measure"]] += u["subjects"]
        found = dict(Counter(row[1] for row in rows if row[0] == entry))
        if wanted != found:
            for measure in sorted(wanted.keys() | found.keys()):
                if wanted.get(measure) != found.get(measure):
                    out.append(f"{entry} {measure}: script {found.get(measure, 0)}, program {wanted.get(measure, 0)}")
    return out


def refused(objects):
    """The names of what the program says no script can do."""
    return [str(o.get("message")) for o in objects if o.get("code") == "not-in-sql"]


# What is taken out at once, being in most documents: clauses, and limits over several measures.
UNSAID = {"cap", "recover"}


def smaller(document, reason):
    """The document without what a script cannot say."""
    out = {**document, "measures": [dict(m) for m in document["measures"]]}
    if out.get("limits"):
        out["limits"] = []
        return out
    name = re.search(r"random\.(\w+)", reason)[1]
    for m in out["measures"]:
        if m["name"] == name:
            left = [c for c in m["clauses"] if c[0] not in UNSAID]
            if len(left) < len(m["clauses"]):
                m["clauses"] = left
                return out
    out["measures"] = [m for m in out["measures"] if m["name"] != name]
    for m in out["measures"]:
        m["clauses"] = [c for c in m["clauses"] if c != ("yields", name)]
    return out if out["measures"] else None
