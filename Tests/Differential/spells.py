"""Hires that follow on one another: a person's spells, the stays at one enterprise within them, the first in home."""
from types import SimpleNamespace

from reckon import both, follows_on
from work import group


def chain(hires, by_month):
    """Hires joined as far as each follows on what came before, with the facts of the first and the latest end."""
    out = []
    for h in sorted(hires, key=lambda h: (h.start, h.id)):
        if out and follows_on(out[-1].end, h.start, by_month):
            spell = out[-1]
            spell.end = None if spell.end is None or h.end is None else max(spell.end, h.end)
            spell.hires.append(h)
        else:
            out.append(SimpleNamespace(**vars(h) | {"hires": [h]}))
    return out


def spells(hires, continuity):
    """The spells of hires at enterprises that meet the condition."""
    apart = continuity == "same_enterprise"
    persons = group(hires, lambda h: (h.person, h.enterprise if apart else ""))
    return [spell for ones in persons.values() for spell in chain(ones, continuity == "joined")]


def stays(spell, continuity):
    """Within a spell what was spent at one enterprise without a break, by start."""
    enterprises = group(spell.hires, lambda h: h.enterprise)
    found = [stay for ones in enterprises.values() for stay in chain(ones, continuity == "joined")]
    return sorted(found, key=lambda stay: (stay.start, stay.id))


def first_here(w):
    """Whether a spell is its person's first insured one in home, other than by what else begins that day."""
    if w.reading("first_insured") == "spell":
        return lambda spell: True
    earliest = {}
    for h in w.facts.hires:
        if w.at_home(h):
            earliest[h.person] = min(h.start, earliest.get(h.person, h.start))
    return lambda spell: not spell.insured_before and spell.start == earliest[spell.person]


def counted(w, candidates, terms):
    """The spells that count. `terms(spell)` makes the other conditions from a function `sending`.

    Of a person's spells that begin on one day and otherwise qualify the smallest id counts, and no other: that one is
    neither undetermined nor governed elsewhere."""
    first, first_ever = first_here(w), w.reading("first_insured") == "first_ever"
    taken, with_yuanzhou, out = set(), set(), []
    for spell in sorted(candidates, key=lambda x: x.id):
        day = (spell.person, spell.start)

        def conditions(sending):
            others = taken if sending == w.sending else with_yuanzhou
            return first(spell), not (first_ever and day in others), *terms(spell)(sending)

        passes = w.passes_here(spell.id, conditions)
        if both(*conditions(w.region)).value:
            with_yuanzhou.add(day)
        if passes:
            taken.add(day)
            out.append(spell)
    return out
