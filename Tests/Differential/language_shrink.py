"""The smallest document and scenario that still show something: parts are left out while they do."""

import copy


def smallest(document, scenario, still):
    """Greedy: every smaller one is tried, and gone on with where it still shows something, until none does."""
    size, tries = None, 0
    while size != len(repr((document, scenario))) and tries < 1500:
        size, at = len(repr((document, scenario))), 0
        while tries < 1500:
            # What was left out before this place stays left out: the list is gone on with and not begun again.
            following = list(smaller(document, scenario))[at:]
            for n, (d, s) in enumerate(following):
                tries += 1
                if len(repr((d, s))) < len(repr((document, scenario))) and still(d, s):
                    document, scenario, at = d, s, at + n
                    break
            else:
                break
    return document, scenario


def smaller(document, scenario):
    for name in ("limits", "window", "defaults", "measures"):
        yield from ((d, scenario) for d in without(document, name))
    for name, rows in scenario["records"].items():
        for n in range(len(rows)):
            s = copy.deepcopy(scenario)
            del s["records"][name][n]
            yield document, s
    for n, m in enumerate(document["measures"]):
        for k in range(len(m["clauses"])):
            yield replaced(document, n, k, None), scenario
    for n, m in enumerate(document["measures"]):
        for k, clause in enumerate(m["clauses"]):
            for c in simpler(clause):
                yield replaced(document, n, k, c), scenario
    if scenario["as_of"]:
        yield document, scenario | {"as_of": None}
    for name in scenario["settings"]:
        yield document, scenario | {"settings": {k: v for k, v in scenario["settings"].items() if k != name}}
    for name, rows in scenario["records"].items():
        for n, row in enumerate(rows):
            for fact in row:
                if fact != "id":
                    s = copy.deepcopy(scenario)
                    del s["records"][name][n][fact]
                    yield document, s
    for name in ("tables", "values", "defines"):
        yield from ((d, scenario) for d in without(document, name))
    for n, m in enumerate(document["measures"]):
        for k in range(len(m.get("params", ()))):
            d = copy.deepcopy(document)
            del d["measures"][n]["params"][k]
            yield d, scenario
    if "stays" in document["lists"]:
        yield document | {"lists": {k: v for k, v in document["lists"].items() if k != "stays"}}, scenario


def without(document, name):
    """The document less one entry of a list, or less what is no list."""
    part = document.get(name)
    if isinstance(part, tuple):
        yield {k: v for k, v in document.items() if k != name}
    elif part and not (name == "measures" and len(part) == 1):
        for n in range(len(part)):
            yield document | {name: part[:n] + part[n + 1 :]}


def replaced(document, n, k, clause):
    d = copy.deepcopy(document)
    d["measures"][n]["clauses"][k : k + 1] = [clause] if clause is not None else []
    return d


def simpler(e):
    """Every expression or clause with one part left out, or one figure in the place of what it is part of."""
    if isinstance(e, dict):
        for key, part in e.items():
            if key not in ("who", "amount", "list", "keys") or isinstance(part, (dict, list)):
                if key != "parts" or len(part) == 1:
                    yield {k: v for k, v in e.items() if k != key}
            for p in simpler(part):
                yield e | {key: p}
    elif isinstance(e, list):
        for n, part in enumerate(e):
            if len(e) > 1:
                yield e[:n] + e[n + 1 :]
            for p in simpler(part):
                yield e[:n] + [p] + e[n + 1 :]
    elif isinstance(e, tuple):
        yield from (x for x in e if isinstance(x, tuple) and x and isinstance(x[0], str))
        yield from (x for part in e if isinstance(part, list) for x in part if isinstance(x, tuple))
        for n, part in enumerate(e):
            for p in simpler(part):
                yield e[:n] + (p,) + e[n + 1 :]
