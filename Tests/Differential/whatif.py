#!/usr/bin/env python3
"""What-ifs against brute force: `whatif.py --cesuan PROGRAM --seeds 1..20`.

Over random scenarios, for parameters of every document drawn at random: what `find` says is compared with running the
programme at every value of a range, and what `cliffs` says hangs on a threshold with running it on either side. The
program is only asked for plain runs here, so that its search is held to its own sums, which `run.py` holds to the oracle.
"""
import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
from decimal import Decimal

from facts import Places
from files import write
from generate import generate

sys.dont_write_bytecode = True  # a test leaves nothing beside its sources

DOCUMENTS = ("changle-2022", "changle-2020", "quanzhou-tiz-2023", "fuzhou-2021", "jindong-2021")


def ask(program, commands):
    """The objects that a list of commands prints; errors end the run."""
    p = subprocess.run([program, "--format", "json", "--keep-going"], input="\n".join(commands) + "\n", capture_output=True, text=True)
    return [json.loads(line) for line in p.stdout.splitlines()]


def amount(o):
    return Decimal(o["total"]) if o.get("kind") == "budget" else None


def runs(program, load, commands):
    """The total of each run; None where a measure refuses a fact. A run may tell several errors, so that each is marked off."""
    marked = [line for c in commands for line in (c, "language en")]
    totals, last = [], None
    for o in ask(program, [load] + marked):
        if o.get("kind") == "language":
            totals.append(last)
            last = None
        elif o.get("kind") == "budget":
            last = amount(o)
    return totals


def value_of(v):
    return Decimal(str(v))


def holds(comparison, x, y):
    return x is not None and (x == y if comparison == "=" else x <= y if comparison == "<=" else x >= y)


def check_find(program, load, document, name, values, unit, rng, mode):
    """Runs at every value, then a search between the ends."""
    with_all = [f"with {name} = {v}{unit} run {document}{mode}" for v in values]
    totals = runs(program, load, with_all)
    if all(t is None for t in totals):
        return []
    known = sorted({t for t in totals if t is not None})
    targets = [rng.choice(known), known[-1] + Decimal("0.01"), (known[0] + known[-1]) / 2]
    # Shares come back as decimals of one.
    scale = Decimal("0.01") if unit == "%" else 1
    wrong = []
    for target in targets:
        target = target.quantize(Decimal("0.01"))
        if target < 0:
            continue
        comparison = rng.choice(["=", "=", "<=", ">="])
        command = f"find {name} from {values[0]}{unit} to {values[-1]}{unit} so that total {comparison} {target} in {document}{mode}"
        answer = [o for o in ask(program, [load, command]) if o.get("kind") in ("solution", "error")][-1]
        if answer["kind"] != "solution":
            wrong.append(f"{command}: {answer.get('message')}")
            continue
        if not answer["exact"]:
            wrong.append(f"{command}: not exact")
        for v, t in zip(values, totals):
            inside = any(
                value_of(s["from"]) <= v * scale <= value_of(s["to"]) if isinstance(s, dict) else value_of(s) == v * scale
                for s in answer["solutions"])
            if inside != holds(comparison, t, target):
                wrong.append(f"{command}: at {v} the total is {t}, but the answer is {answer['solutions'][:6]}")
                break
        if not answer["solutions"]:
            for side, better in (("below", max), ("above", min)):
                near = answer[side]
                there = [t for t in known if (t < target if side == "below" else t > target)]
                if there and (near is None or (Decimal(near["total"]) < better(there) if side == "below" else Decimal(near["total"]) > better(there))):
                    wrong.append(f"{command}: nearest {side} is {better(there)}, not {near}")
    return wrong


def check_cliffs(program, load, document, mode):
    """Every step of every threshold by two plain runs."""
    report = [o for o in ask(program, [load, f"cliffs {document}{mode}"]) if o.get("kind") in ("cliffs", "error")][-1]
    if report["kind"] != "cliffs":
        return []
    wrong = []
    commands, expected = [], []
    for t in report["thresholds"]:
        if t["name"] is None or t["kind"] != "figure":
            continue
        for s in t["steps"]:
            if s["jump"] is None or not isinstance(s["value"], int):
                continue
            v = s["value"]
            inside, outside = {">=": (v, v + 1), ">": (v - 1, v), "<=": (v, v - 1), "<": (v + 1, v)}[t["comparison"]]
            commands += [f"with {t['name']} = {inside} run {document}{mode}", f"with {t['name']} = {outside} run {document}{mode}"]
            expected.append((t["name"], v, Decimal(s["jump"])))
    for q in report["quotas"]:
        for change, key in ((1, "one_more"), (-1, "one_fewer")):
            if q["places"] + change >= 0:
                commands += [f"with {q['name']} = {q['places'] + change} run {document}{mode}", f"with {q['name']} = {q['places']} run {document}{mode}"]
                expected.append((q["name"] + " " + key, q["places"], Decimal(q[key])))
    if not commands:
        return []
    totals = runs(program, load, commands)
    for (name, v, jump), a, b in zip(expected, totals[::2], totals[1::2]):
        if a is None or b is None or a - b != jump:
            wrong.append(f"cliffs {document}{mode}: {name} at {v}: {jump}, but the runs differ by {None if a is None or b is None else a - b}")
    return wrong


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cesuan", required=True)
    parser.add_argument("--seeds", default="1..20")
    parser.add_argument("--places", default=os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../Sources/CDistricts/places.csv"))
    parser.add_argument("--each", type=int, default=4, help="how many parameters of each scenario")
    args = parser.parse_args()
    first, last = (int(x) for x in args.seeds.split(".."))
    program = os.path.abspath(args.cesuan)
    listed = parameters_by_document(program)
    places = Places(args.places)
    wrong, asked = [], 0
    with tempfile.TemporaryDirectory() as folder:
        for seed in range(first, last + 1):
            rng = random.Random(seed)
            document = rng.choice(DOCUMENTS)
            case = generate(seed, places, [document])
            load = f'load "{write(case, os.path.join(folder, str(seed)))}"'
            mode = rng.choice(["", " as adopted"])
            for name, p in rng.sample(sorted(listed[document].items()), min(args.each, len(listed[document]))):
                made = points(p, rng)
                if made is None:
                    continue
                values, unit = made
                wrong += [f"seed {seed}: {w}" for w in check_find(program, load, document, name, values, unit, rng, mode)]
                asked += 1
            wrong += [f"seed {seed}: {w}" for w in check_cliffs(program, load, document, mode)]
    for w in wrong[:20]:
        print(w)
    print(f"what-ifs: {asked} parameters searched over {last - first + 1} scenarios, {len(wrong)} differences")
    if not asked:
        sys.exit("no parameter was found in the documents' text")
    sys.exit(1 if wrong else 0)


def parameters_by_document(program):
    """Each document's parameters: name to its value as text."""
    out = {}
    for document in DOCUMENTS:
        reply = ask(program, [f"draft probe from {document}", "show probe"])
        text = [o for o in reply if o.get("kind") == "draft" and "text" in o][-1]["text"]
        out[document] = {}
        measure = None
        for line in text.splitlines():
            words = line.split()
            if len(words) >= 2 and words[0] in ("measure", "duty", "note", "document"):
                measure = words[1] if words[0] != "document" else None
                form = words[0]
            # `param threshold zh 起奖人数 = 100 persons`
            if len(words) >= 4 and words[0] == "param" and "=" in words and form in ("measure", "document"):
                name = f"{document}.{measure}.{words[1]}" if measure else f"{document}.{words[1]}"
                at = words.index("=") + 1
                out[document][name] = " ".join(words[at:at + 2]).rstrip(",")
    return out


def points(text, rng):
    """Some neighbouring values around a parameter's own, and their unit; None for what is not a figure."""
    word = text.split()[0].rstrip(",")
    if word[:1].isdigit() and word.count("-") == 2:
        return None
    if word.endswith("%"):
        middle = int(Decimal(word[:-1]))
        return [Decimal(v) for v in range(max(0, middle - 12), middle + 13)], "%"
    if not word[:1].isdigit():
        return None
    middle = int(Decimal(word.replace(",", "")))
    low = max(0, middle - rng.randrange(2, 15))
    return [Decimal(v) for v in range(low, low + 30)], ""


if __name__ == "__main__":
    main()
