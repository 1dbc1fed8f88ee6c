"""Which constructs of the rule language a document holds, and which a run of many has to have drawn."""

ITERATIONS = {"year": "each year", "complete year": "each complete year", "period": "each period", "number": "each n from", "in": "each … in"}
SOURCES = (
    "all",
    "other",
    "of",
    "first",
    "on",
    "in any year",
    "at any time",
    "every record",
    "once per person",
    "where",
    "begins",
    "in year",
)
LITERALS = {"num", "share", "money", "months", "days", "date", "choice", "place", "text", "fact", "name"}


def constructs(document):
    """The names of what the document is made of, each once."""
    found = set()
    walk(document["measures"], found)
    walk(document.get("defines", ()), found)
    found |= {"dated param" for m in document["measures"] for _, v in m["params"] if isinstance(v, list)}
    for m in document["measures"]:
        of_measure(m, found)
    for name, l in document["lists"].items():
        if "joins" in l:
            found |= {"joins", "gap no calendar month" if l["gap"] is None else "gap at most"}
    for t in document.get("tables", ()):
        for row in t["rows"]:
            found |= {f"cell {c[0]}" for c in row["cells"]}
    for c in (c for l in document.get("limits", ()) for c in l["caps"] if c.get("of")):
        found |= {"cap of source"} | {"cap of source then" for _ in (1,) if c.get("then")}
    for name, l in (("limit over measures", "limits"), ("value", "values"), ("window", "window")):
        found |= {name} if document.get(l) else set()
    return found & EXPECTED


def walk(e, found):
    if isinstance(e, tuple) and e and isinstance(e[0], str):
        if e[0] == "years at":
            found.add(f"years at {e[3]}")
        elif e[0] not in LITERALS:
            found.add(e[0])
    if isinstance(e, dict) and e.get("list") and e.get("with"):
        found |= {"inline set" for _ in (1,) if e.get("every record")}
        found |= {"set as" for k in e["with"] if len(k) > 2 and k[0] == "same"}
    for x in e if isinstance(e, (tuple, list)) else e.values() if isinstance(e, dict) else ():
        walk(x, found)


def of_measure(m, found):
    f = m["frame"]
    found.add(f"for each {f['each']}")
    for i in f.get("each_", ()):
        found.add(
            ITERATIONS[i[0]]
            + (" calendar" if i[0] == "period" and i[2] else " from to" if i[0] == "year" and len(i) > 1 else "")
        )
    for c in m["clauses"]:
        if c[0] == "count":
            found |= {f"set {word}" for word in SOURCES if c[2].get(word)}
            found |= {f"set with {k[0]}" for k in c[2].get("with", ())} | {
                f"set {c[2]['position']} it" for _ in (1,) if c[2].get("position")
            }
            found |= {"candidates"} if c[2]["list"] == "candidates" else set()
        if c[0] == "cap":
            found.add(
                "cap " + ("in proportion" if c[1].get("proportion") else "in any" if c[1].get("any") else "in turn")
            )
        if c[0] == "once" and c[2]:
            found.add("once in any")
        if c[0] == "once" and not c[1]:
            found.add("once per person")
        if c[0] == "pay":
            found |= {f"pay {word}" for word in ("set", "on", "when", "parts", "equal") if c[1].get(word)}
            found |= {"part rest" for p in c[1].get("parts", ()) if p["amount"] == "rest"}


EXPECTED = {
    "joins",
    "gap no calendar month",
    "gap at most",
    "limit over measures",
    "value",
    "window",
    "candidates",
    "each year",
    "each year from to",
    "each complete year",
    "cap of source",
    "cap of source then",
    "each period",
    "each period calendar",
    "each n from",
    "each … in",
    "for each job",
    "for each firm",
    "for each loan",
    "for each stay",
    "for each person",
    "cap in turn",
    "cap in proportion",
    "cap in any",
    "once",
    "once in any",
    "once per person",
    "only first",
    "only highest",
    "quota",
    "ordered",
    "recover",
    "yields",
    "pay set",
    "pay on",
    "pay when",
    "pay parts",
    "pay equal",
    "part rest",
    "set all",
    "set other",
    "set of",
    "set first",
    "set on",
    "set at any time",
    "set in any year",
    "set every record",
    "set once per person",
    "set with same",
    "set with match",
    "set before it",
    "set up to it",
    "sum",
    "average",
    "largest",
    "smallest",
    "count",
    "different",
    "number in",
    "range",
    "nth day",
    "earliest",
    "latest",
    "begins",
    "set begins",
    "set in year",
    "set as",
    "inline set",
    "dated param",
    "only highest",
    "present",
    "stable",
    "completion",
    "through",
    "call",
    "grown",
    "round",
    "whole",
    "if",
    "max",
    "min",
    "later",
    "earlier",
    "given",
    "any of",
    "within",
    "between",
    "months between",
    "years between",
    "part of year",
    "days between",
    "days present",
    "calendar months",
    "years at 360",
    "years at 365",
    "years at 30",
    "years at calendar",
    "day of",
    "day in",
    "numbered day of",
    "counted day of",
    "default",
    "cell up to",
    "cell below",
    "cell above",
    "cell from",
    "cell one",
    "cell any",
}
