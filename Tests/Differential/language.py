"""Documents of the rule language as Python values, and how they are written in its English surface.

An expression is a tuple of a word and its parts; a clause likewise; a document is a dictionary. The interpreter
beside this file (language_figures.py, language_frames.py, language_money.py) gives them their meaning. Knows
nothing of what they mean.
"""

from fractions import Fraction

MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
ANY, OR, AND, NOT, COMPARED, SUM, PRODUCT, OPERAND = range(8)


# ---- figures ---------------------------------------------------------------------------------------


def number(x):
    x = Fraction(x)
    if x.denominator == 1:
        return str(x.numerator)
    digits = f"{float(x):.8f}".rstrip("0").rstrip(".")
    assert Fraction(digits) == x, f"{x} has no short decimals"
    return digits


def literal(kind, value, *more):
    if kind == "num":
        return number(value)
    if kind == "share":
        if (Fraction(value) * 10**8).denominator > 1:
            return f"{Fraction(value).numerator}/{Fraction(value).denominator}"
        return f"{number(Fraction(value) * 100)}%"
    if kind == "money":
        return f"{number(value)} yuan" + "".join(f" per {word}" for word in more)
    if kind in ("months", "days"):
        return f"{number(value)} {kind if value != 1 else kind[:-1]}"
    if kind == "text":
        return f'"{value}"'
    return str(value)


LITERALS = ("num", "share", "money", "months", "days", "date", "choice", "place", "text")
BINARY = {"+": SUM, "-": SUM, "*": PRODUCT, "/": PRODUCT, "of": PRODUCT}
OVER = ("sum", "average", "largest", "smallest", "earliest", "latest")
MANY = {"max": "larger of", "min": "smaller of", "later": "later of", "earlier": "earlier of"}


def text(e, need=ANY):
    """The expression, in brackets where it stands in something tighter."""
    written, level = spelled(e)
    return written if level >= need else f"({written})"


def spelled(e):
    op, args = e[0], e[1:]
    if op in LITERALS:
        return literal(op, *args), OPERAND
    if op in ("fact", "name"):
        return ".".join(args[0]) if isinstance(args[0], (list, tuple)) else args[0], OPERAND
    if op in BINARY:
        level = BINARY[op]
        return f"{text(args[0], level)} {op} {text(args[1], level + 1)}", level
    if op in OVER:
        return f"{op} of {text(args[0], SUM)} over {over(args[1])}", OPERAND
    if op in MANY:
        return f"{MANY[op]} ({', '.join(text(a) for a in args[0])})", OPERAND
    if op in CONDITIONS:
        return CONDITIONS[op](*args)
    return FIGURES[op](*args)


def over(s):
    return s if isinstance(s, str) else f"({source(s)}{options(s, inline=True)})"


def compared(word, a, b):
    return f"{text(a, SUM)} {word} {text(b, SUM)}", COMPARED


CONDITIONS = {
    "cmp": lambda word, a, b: compared(word, a, b),
    "between": lambda x, a, b: (f"{text(x, PRODUCT)} from {text(a, SUM)} to {text(b, SUM)}", COMPARED),
    "given": lambda x, yes: (f"{text(x, SUM)} is {'' if yes else 'not '}given", COMPARED),
    "any of": lambda x, many: (f"{text(x, SUM)} is any of ({', '.join(text(m) for m in many)})", COMPARED),
    "within": lambda x, many: (
        f"{text(x, SUM)} within " + (many[0] if len(many) == 1 else f"any of ({', '.join(many)})"),
        COMPARED,
    ),
    "includes": lambda s, x: (f"{text(s, SUM)} includes {text(x, SUM)}", COMPARED),
    "present": lambda d: (f"present on {text(d, SUM)}", COMPARED),
    "stable": lambda n, a=None, b=None: (
        f"stable for {text(n, PRODUCT)}" + (f" from {text(a, SUM)} to {text(b, SUM)}" if a else ""),
        COMPARED,
    ),
    "and": lambda a, b: (f"{text(a, AND)} and {text(b, NOT)}", AND),
    "or": lambda a, b: (f"{text(a, OR)} or {text(b, AND)}", OR),
    "not": lambda a: (f"not {text(a, NOT)}", NOT),
    "if": lambda c, a, b: (f"if {text(c, OR)} then {text(a, OR)} otherwise {text(b)}", ANY),
    "reading": lambda name, choice: (f"{name} is {choice}", COMPARED),
}

FIGURES = {
    "count": lambda s: (f"count of {over(s)}", OPERAND),
    "different": lambda x, s: (f"count of different {text(x, SUM)} over {over(s)}", OPERAND),
    "number in": lambda s: (f"number in {s}", OPERAND),
    "range": lambda kind, x, name, a, b: (f"{kind} of {text(x, SUM)} for each {name} from {a} to {b}", SUM),
    "nth day": lambda n, s: (f"date of number {text(n, SUM)} in {s}", OPERAND),
    "whole": lambda x: (f"whole ({text(x)})", OPERAND),
    "round": lambda x, how, to: (f"round {text(x, OPERAND)} {how + ' ' if how else ''}to {text(to, OPERAND)}", OPERAND),
    "months between": lambda a, b: (f"whole months from {text(a, SUM)} to {text(b, SUM)}", SUM),
    "years between": lambda a, b: (f"whole years from {text(a, SUM)} to {text(b, SUM)}", SUM),
    "days between": lambda a, b: (f"days from {text(a, SUM)} to {text(b, SUM)}", SUM),
    "days present": lambda a, b: (f"days present from {text(a, SUM)} to {text(b, SUM)}", SUM),
    "calendar months": lambda a, b: (f"calendar months from {text(a, SUM)} to {text(b, SUM)}", SUM),
    "years at": lambda a, b, basis: (
        f"years from {text(a, SUM)} to {text(b, SUM)} at "
        + {"360": "360 days", "365": "365 days", "30": "30 day months", "calendar": "calendar days"}[basis],
        SUM,
    ),
    "part of year": lambda unit, d: (f"{unit} of {text(d, OPERAND)}", OPERAND),
    "year of": lambda d: (f"year of {text(d, OPERAND)}", OPERAND),
    "day in": lambda day, month, y: (f"{day} {MONTHS[month - 1]} of {text(y, OPERAND)}", OPERAND),
    "day of": lambda which, unit, d: (f"{which} day of {unit} of {text(d, OPERAND)}", OPERAND),
    "counted day of": lambda which, unit, n, y: (
        f"{which} day of {unit} {text(n, OPERAND)} of {text(y, OPERAND)}",
        OPERAND,
    ),
    "numbered day of": lambda which, unit, n, y: (f"{which} day of {unit} {n} of {text(y, OPERAND)}", OPERAND),
    "grown": lambda x, by, n: (f"{text(x, OPERAND)} grown by {text(by, OPERAND)} for {text(n, OPERAND)} years", SUM),
    "completion": lambda n, a=None: (f"completion of {text(n, OPERAND)}" + (f" from {text(a, SUM)}" if a else ""), SUM),
    "call": lambda name, many: (f"{name}({', '.join(text(a) for a in many)})", OPERAND),
    "through": lambda name, x: (f"{name} through {text(x, OPERAND)}", OPERAND),
}


# ---- sets ------------------------------------------------------------------------------------------


def source(s):
    """A set: {"list", "all", "other", "by", "of", "with", "position", "first", …}."""
    if "first" in s:
        return f"first {text(s['first'], OPERAND)} of {s['list']}"
    words = [w for w in ("all", "other") if s.get(w)] + [s["list"]]
    if s.get("by"):
        words += ["by", s["by"]]
    if s.get("of"):
        words += ["of", s["of"]]
    if s.get("with"):
        words += [
            "with",
            ", ".join(
                (
                    f"same {', '.join(m[1])}{' as ' + m[2] if len(m) > 2 else ''}"
                    if m[0] == "same"
                    else f"{text(m[1], SUM)} = {text(m[2], SUM)}"
                )
                for m in s["with"]
            ),
        ]
    if s.get("position"):
        words.append({"before": "before it", "up to": "up to it"}[s["position"]])
    return " ".join(words)


def options(s, inline=False):
    gap = " " if inline else "\n      "
    out = [f"where {text(c)}" for c in s.get("where", ())]
    out += [f"{word} {text(s[word])}" for word in ("on", "begins", "in year") if word in s]
    out += [word for word in ("at any time", "in any year", "every record", "once per person") if s.get(word)]
    return "".join(gap + o for o in out)


# ---- clauses ---------------------------------------------------------------------------------------


def keys(many):
    return ", ".join(text(k) for k in many)


def pay(p):
    out = f"pay {text(p['who'])} {text(p['amount'], SUM)}"
    if p.get("set"):
        out += f" for each {p['set']}"
    if p.get("on"):
        out += f" on {text(p['on'])}"
    if p.get("when"):
        out += f" when {text(p['when'])}"
    if p.get("equal"):
        n, every, start = p["equal"]
        out += f" in {n} equal parts every {text(every)} from {text(start)}"
    for part in p.get("parts", ()):
        out += f"\n    part {'rest' if part['amount'] == 'rest' else text(part['amount'], SUM)}"
        out += f" on {text(part['on'])}" if part.get("on") else ""
        out += f" when {text(part['when'])}" if part.get("when") else ""
    return out


def recover(r):
    out = f"recover {'all' if r['amount'] == 'all' else text(r['amount'], SUM)}"
    out += f" from {text(r['from'])}" if r.get("from") else ""
    out += f" on {text(r['on'])}"
    out += f" when {text(r['when'])}" if r.get("when") else ""
    return out + (f" for each {r['set']}" if r.get("set") else "")


def cap(c):
    out = f"cap {text(c['amount'], SUM)} " + (f"of {c['of']} " if c.get("of") else "") + (
        f"for each {keys(c['keys'])}" if c["keys"] else "in all")
    out += f" in any {text(c['any'])}{' years' if c['any'][0] == 'num' else ''}" if c.get("any") else ""
    out += " in proportion" if c.get("proportion") else " in turn" if c.get("turn") else ""
    return out + (f" then {c['then']}" if c.get("then") else "")


def iteration(i):
    kind = i[0]
    if kind == "year":
        return "each year" + (f" from {i[1]} to {i[2]}" if len(i) > 1 else "")
    if kind == "complete year":
        return "each complete year"
    if kind == "number":
        return f"each {i[1]} from {text(i[2])} to {text(i[3])}"
    if kind == "in":
        return f"each {i[1]} in {i[2]}"
    length = f"{i[1]} {'calendar ' if i[2] else ''}{'months' if i[1] != 1 else 'month'}"
    return f"each period of {length} from {text(i[3])} to {text(i[4])}"


def clause(c):
    kind = c[0]
    if kind == "where" or kind == "require":
        return f"{kind} {text(c[1])}"
    if kind == "let":
        return f"let {c[1]} = {text(c[2])}"
    if kind == "count":
        return f"count {c[1]} = {source(c[2])}{options(c[2])}"
    if kind == "once":
        return "once per " + (keys(c[1]) if c[1] else "person") + (f" in any {text(c[2])}" if c[2] else "")
    if kind == "only first":
        return f"only the first {text(c[1])} for each {keys(c[2])} by {text(c[3])}"
    if kind == "only highest":
        return f"only the highest for each {keys(c[1])}"
    if kind == "quota":
        return f"quota {text(c[1])} " + (f"for each {keys(c[2])}" if c[2] else "in all")
    if kind == "ordered":
        return f"ordered by {keys(c[1])}"
    if kind == "default":
        return f"default {c[1]} is {c[2]}"
    if kind == "yields":
        return f"yields to {c[1]}"
    if kind == "every record":
        return "every record"
    if kind == "begins":
        return f"begins {text(c[1])}"
    if kind == "window":
        return window(c[1])
    return {"pay": pay, "cap": cap, "recover": recover}[kind](c[1])


def window(w):
    if not w:
        return "no window"
    return "window" + (f" from {w[0]}" if w[0] else "") + (f" to {w[1]}" if w[1] else "")


# ---- a document ------------------------------------------------------------------------------------


def measure(m):
    f = m["frame"]
    each = (
        "for the district"
        if f["list"] is None
        else f"for each {f['of'] + ' of ' + f['list'] if f.get('of') else f['each']}"
    )
    lines = [f"measure {m['name']}", f'  title "{m["name"]}"', '  article "1"', f"  kind {m['name']}_kind"]
    lines += [f"  param {name} = {dated(value)}" for name, value in m.get("params", ())]
    lines.append("  " + ", ".join([each] + [iteration(i) for i in f.get("each_", ())]))
    return lines + ["  " + clause(c) for c in m["clauses"]]


def dated(value):
    """A parameter's figure, or figures of which all but the first hold from a day."""
    if isinstance(value, tuple):
        return text(value)
    return ", ".join(text(v) + (f" from {day}" if day else "") for day, v in value)


def cell(c):
    kind = c[0]
    if kind in ("up to", "below"):
        return f"{kind} {text(c[1])}"
    if kind == "from":
        return f"from {c[1]}"
    return kind if kind in ("above", "any") else " or ".join(str(v) for v in c[1])


def table(t):
    lines = [f"table {t['name']}({', '.join(f'{n}: {kind}' for n, kind in t['args'])}) {t['unit']}"]
    for row in t["rows"]:
        cells = row["cells"]
        if cells and cells[0] == "when":
            head = f"when {text(cells[1])}"
        else:
            head = "otherwise" if cells == "otherwise" else ", ".join(cell(c) for c in cells)
        lines.append(f"  {head}: {text(row['value'])}" + (f" as {row['as']}" if row.get("as") else ""))
    return lines


def listed(name, l):
    lines = [f"list {name}, each a {l['each']}"]
    if "joins" in l:
        j = l["joins"]
        lines.append(
            f"  joins {j['list']} with same {', '.join(j['keys'])}"
            + (f" where {text(j['where'])}" if j.get("where") else "")
        )
        lines.append("  gap " + ("no calendar month" if l["gap"] is None else f"at most {text(l['gap'])}"))
        return lines
    lines += [f"  {word} {l[word]}" for word in ("person", "begins", "ends") if word in l]
    return lines + [f"  field {f} {kind}{' ' + absent if absent else ''}" for f, kind, absent in l["fields"]]


def document(d):
    """The whole document, as Markdown with one fence."""
    blocks = [
        [f"document {d['name']}", "  jurisdiction 350112"] + ([f"  {window(d['window'])}"] if d.get("window") else [])
    ]
    if d.get("fund"):
        blocks[0].append("  fund " + ", ".join(f"{name} {share}%" for name, share in d["fund"]))
    blocks[0] += [f"  default {name} is {choice}" for name, choice in d.get("defaults", ())]
    blocks += [listed(name, l) for name, l in d["lists"].items()]
    for v in d.get("values", ()):
        blocks.append(
            [f"value {v['name']} {v['unit']}{' by date' if v.get('dated') else ''} \"{v['name']}\" from \"elsewhere\""]
        )
    blocks += [
        [f"define {f['name']}({', '.join(f'{n}: {kind}' for n, kind in f['args'])}) {text(f['body'])}"]
        for f in d.get("defines", ())
    ]
    blocks += [table(t) for t in d.get("tables", ())]
    blocks += [measure(m) for m in d["measures"]]
    for l in d.get("limits", ()):
        blocks.append(
            [f"limit {l['name']}", f'  title "{l["name"]}"', '  article "9"', f"  over {', '.join(l['over'])}"]
            + ["  " + cap(c) for c in l["caps"]]
        )
    body = "\n\n".join("\n".join(b) for b in blocks)
    return f"# {d['name']}\n\n```policy\n{body}\n```\n"
