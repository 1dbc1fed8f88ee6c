"""Who is who: the person of a hire, internship or adjustment, and the odd things about names and numbers that are told.

A person is the number where one is given (in upper case), else the name; a number and a name are never one person.
"""
import re
from collections import defaultdict

FIELDS = {"hires": ("worker", "worker_id"), "internships": ("student", "student_id"),
          "adjustments": ("worker", "worker_id")}
SCIENTIFIC = re.compile(r"[0-9]([.][0-9]+)?[eE][+]?[0-9]+")  # 3.50182E+17
CUT = re.compile(r"[0-9]{15}000")


def identify(list_name, r, row):
    """Gives the record its `person`, to be compared, and `person_name`, to be shown; `row` is what was written."""
    if list_name not in FIELDS:
        return
    name, number = FIELDS[list_name]
    value = getattr(r, number)
    r.number = None if value is None else value.upper()
    r.given_name = row.get(name) and str(row[name])
    r.person = ("name", getattr(r, name)) if value is None else ("number", r.number)
    r.person_name = r.person[1]


def look_through(lists, warnings, error):
    """Counts what deserves a warning, by (what, list), and refuses numbers that a spreadsheet has cut."""
    for list_name in FIELDS:
        names, numbers, unnumbered, sexes, births = (defaultdict(set) for _ in range(5))
        for r in lists[list_name]:
            if r.number is not None:
                if SCIENTIFIC.fullmatch(r.number):
                    raise error(f"{list_name}: {r.id}: Excel has cut the number {r.number}", "Excel")
                if r.given_name is not None:
                    names[r.number].add(r.given_name)
            if r.given_name is None:
                continue
            (numbers if r.number is not None else unnumbered)[r.given_name].add(r.number)
            for seen, fact in ((sexes, getattr(r, "sex", None)), (births, getattr(r, "born", None))):
                if fact is not None:
                    seen[r.given_name].add(fact)
        for number, several in names.items():
            if CUT.fullmatch(number) and len(several) > 1:
                raise error(f"{list_name}: Excel has cut the number {number} of {sorted(several)}", "Excel")
        found = {
            "a number with several names": sum(len(n) > 1 for n in names.values()),
            "a name with several numbers": sum(len(n) > 1 for n in numbers.values()),
            "a name with and without a number": len(numbers.keys() & unnumbered.keys()),
            "a name with several sexes": sum(len(n) > 1 for n in sexes.values()),
            "a name with several births": sum(len(n) > 1 for n in births.values()),
        }
        for what, count in found.items():
            if count:
                warnings[what, list_name] += count
