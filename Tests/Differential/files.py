"""The files of a generated case: the scenario's YAML, and the CSV of the lists that come from one.

    path = write(case, folder)         # the scenario file to load
"""
import csv
import io
import json
import os

from facts import FIELDS
from reckon import trimmed

BLANK = "\u3000"

def quoted(text):
    return json.dumps(str(text), ensure_ascii=False)


def scalar(kind, value, plain):
    if kind in ("set", "years", "dates"):
        inner = {"set": "text", "years": "int", "dates": "date"}[kind]
        return "[" + ", ".join(scalar(inner, v, plain) for v in value) + "]"
    if kind == "bool":
        return "true" if value else "false"
    if kind in ("date", "month", "graduation", "int", "money", "place", "county") and trimmed(value) == str(value):
        return str(value)
    return str(value) if plain and str(value).isascii() and str(value).isalnum() else quoted(value)


def key(name, case):
    """A field's name, now and then with blanks around it."""
    return quoted(BLANK + name + " ") if name in case.blank_keys else name


def yaml_text(case):
    s, out = case.scenario, []
    out.append(f"scenario: {quoted(s['scenario'])}")
    out.append(f"district: {s['district']}")
    if "as_of" in s:
        out.append(f"as_of: {s['as_of']}")
    for name in ("values", "readings"):
        if s.get(name):
            out.append(f"{name}:")
            out += [f"  {k}: {v}" for k, v in s[name].items()]
    for name, fields in FIELDS.items():
        if name not in s:
            continue
        if name in case.bulk:
            out.append(f"{name}_from: {name}.csv")
        elif s[name]:
            out.append(f"{name}:")
            for row in s[name]:
                cells = [f"{key(k, case)}: {scalar(fields[k][0], v, case.plain_ids)}" for k, v in row.items()]
                out.append("  - " + ("\n    ".join(cells) if case.block else "{" + ", ".join(cells) + "}"))
    if s.get("cohorts"):
        out.append("cohorts:")
        for c in s["cohorts"]:
            row = ", ".join(f"{k}: {scalar(FIELDS['hires'][k][0], v, case.plain_ids)}" for k, v in c["hire"].items())
            when = c["start"] if isinstance(c["start"], str) else "{from: %s, to: %s}" % (c["start"]["from"],
                                                                                          c["start"]["to"])
            out += [f"  - id: {c['id']}", f"    count: {c['count']}", f"    hire: {{{row}}}", f"    start: {when}"]
            if "retention" in c:
                out.append("    retention: {" + ", ".join(f"{n}: {x}" for n, x in c["retention"].items()) + "}")
    return "\n".join(out) + "\n"


def csv_cell(kind, value, style):
    if value is None:
        return ""
    if kind == "bool":
        return {"word": ("false", "true"), "digit": ("0", "1"), "chinese": ("否", "是")}[style["booleans"]][bool(value)]
    if kind in ("date", "graduation") and len(str(value)) == 10 and trimmed(value) == str(value):
        y, m, day = str(value).split("-")
        return {"iso": value, "slash": f"{y}/{int(m)}/{int(day)}",
                "chinese": f"{y}年{int(m)}月{int(day)}日"}[style["dates"]]
    if kind in ("set", "years", "dates"):
        inner = "date" if kind == "dates" else "text"
        return style["separator"].join(str(csv_cell(inner, v, style)) for v in value)
    if value in ("male", "female") and style["booleans"] == "chinese":
        return {"male": "男", "female": "女"}[value]
    return str(value)


def csv_bytes(name, rows, style, blank_keys=()):
    fields = FIELDS[name]
    columns = [f for f in fields if any(f in row for row in rows)]
    heads = {"names": lambda n, f: f, "labels": lambda n, f: fields[f][2], "mixed": lambda n,
             f: f if n % 2 else fields[f][2]}[style["header"]]
    text = io.StringIO(newline="")
    w = csv.writer(text, lineterminator=style["newline"])
    w.writerow([(BLANK if f in blank_keys else "") + heads(n, f) for n, f in enumerate(columns)])
    for row in rows:
        w.writerow([csv_cell(fields[f][0], row.get(f), style) for f in columns])
    return text.getvalue().encode(style["encoding"])


def write(case, folder):
    os.makedirs(folder, exist_ok=True)
    for name, style in case.bulk.items():
        with open(os.path.join(folder, f"{name}.csv"), "wb") as f:
            f.write(csv_bytes(name, case.scenario[name], style, case.blank_keys))
    path = os.path.join(folder, "scenario.yaml")
    with open(path, "w", encoding="utf-8") as f:
        f.write(yaml_text(case))
    return path
