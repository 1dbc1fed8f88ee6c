"""Records of a scenario and the choices of their fields, as the rules look at them."""

from fractions import Fraction

from language_values import NOTHING, Unknown


class Record:
    """A record of a list; a joined one has `parts`."""

    def __init__(self, world, kind, facts, parts=()):
        self.world, self.kind, self.facts, self.parts = world, kind, facts, parts
        self.id = facts["id"]

    def fact(self, name):
        if name == "person":
            return self.fact(self.world.lists[self.kind]["person"])
        kind, absent = self.world.fields[self.kind][name]
        if name in self.facts:
            raw = self.facts[name]
            if kind.startswith("reference"):
                return self.world.record(kind.split()[-1], raw)
            if kind.startswith("set of reference"):
                return [self.world.record(kind.split()[-1], r) for r in raw]
            if kind.startswith("one of"):
                return self.world.choice(kind, raw)
            return raw
        if absent == "absent means none":
            return NOTHING
        if absent.startswith("default "):
            return {"id": self.id, "false": False, "100%": Fraction(1)}[absent.split()[1]]
        assert absent != "required", f"{self.kind} {self.id} does not state {name}"
        return [] if kind.startswith("set of") else Unknown([name])

    def begin(self):
        l = self.world.lists[self.kind]
        return self.fact(l["begins"]) if "begins" in l else None

    def end(self):
        l = self.world.lists[self.kind]
        return self.fact(l["ends"]) if "ends" in l else NOTHING

    def __repr__(self):
        return self.id


class Choice:
    """A choice of a field; `ranks` are the field's choices in order, which a choice written in a rule does not know."""

    def __init__(self, name, ranks=None):
        self.name, self.ranks = name, ranks

    def __eq__(self, other):
        return isinstance(other, Choice) and self.name == other.name

    def __hash__(self):
        return hash(self.name)

    def __repr__(self):
        return self.name
