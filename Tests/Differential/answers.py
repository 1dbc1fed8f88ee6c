"""Answers with and without another engine, side by side: the part that comparisons of commands share."""
import csv
import json


def plain(budget):
    """A budget without what is not told there: notes, facts that nobody stated, which facts are missing."""
    out = {k: v for k, v in budget.items() if k not in ("computed_by", "notes", "result", "fingerprint")}
    merged = {}
    for u in out.get("undetermined", []):
        merged[u["measure"]] = merged.get(u["measure"], 0) + u["subjects"]
    out["undetermined"] = merged
    out["grants"] = sorted((json.dumps(g, sort_keys=True) for g in out.get("grants", [])))
    out["columns"] = [plain(column) for column in out.get("columns", [])]
    return out


def told(objects, kind):
    return [plain(o) for o in objects if o.get("kind") == kind]


def refusals(objects):
    return [str(o.get("message")) for o in objects if o.get("kind") == "error"]


def apart(a, b):
    """What differs between two answers, by key."""
    return [f"{k}: here {str(a.get(k))[:300]}, there {str(b.get(k))[:300]}" for k in sorted(a.keys() | b.keys())
            if a.get(k) != b.get(k)]


def rows(path):
    """The payments of a file, with what they have in order first and every other column behind it."""
    with open(path, encoding="utf-8-sig", newline="") as file:
        return [(r["date"], r["measure"], r["beneficiary"], r["subject"], *r.items()) for r in csv.DictReader(file)]


def opening(path):
    """What a file begins with: the mark of UTF-8, the headings and how a line ends."""
    with open(path, "rb") as file:
        return file.readline()
