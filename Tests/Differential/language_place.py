"""What random rules are drawn over: facts by kind, days and amounts where rules break, and what has a name where."""

import datetime
from fractions import Fraction

D = datetime.date
NASTY = [
    D(2023, 11, 30),
    D(2023, 12, 31),
    D(2024, 1, 1),
    D(2024, 1, 15),
    D(2024, 1, 30),
    D(2024, 1, 31),
    D(2024, 2, 28),
    D(2024, 2, 29),
    D(2024, 3, 1),
    D(2024, 3, 31),
    D(2024, 4, 30),
    D(2024, 6, 30),
    D(2024, 7, 1),
    D(2024, 8, 31),
    D(2024, 12, 30),
    D(2024, 12, 31),
    D(2025, 1, 1),
    D(2025, 1, 31),
    D(2025, 2, 28),
    D(2025, 3, 1),
    D(2025, 6, 15),
    D(2025, 12, 31),
]
MONEY = [Fraction(x, 100) for x in (1, 50, 100, 333, 9999, 10000, 33333, 100000, 100001, 250050, 1000000)]
FACTS = {
    "firms": {
        "money": ["pot"],
        "number": ["quota"],
        "date?": ["founded"],
        "choice": ["size"],
        "bool": ["open"],
        "place": ["district"],
    },
    "jobs": {
        "money": ["wage", "bonus"],
        "number": ["hours", "term"],
        "share": ["part"],
        "date": ["start"],
        "date?": ["end", "left"],
        "choice": ["grade"],
        "bool": ["flag", "mark"],
    },
    "loans": {"money": ["principal"], "share": ["rate"], "date": ["drawn"], "date?": ["due"], "number": ["grace"]},
}
FACTS["stays"] = FACTS["jobs"]
CHOICES = {"size": ["micro", "small", "large"], "grade": ["g1", "g2", "g3"]}
SINGULAR = {"firms": "firm", "jobs": "job", "loans": "loan", "stays": "stay"}


class Place:
    """What has a name where an expression stands."""

    def __init__(self, frame, looked=None, lets=(), sets=(), numbers=(), dates=(), joined=True):
        self.frame, self.looked, self.joined = frame, looked or frame, joined
        self.lets, self.sets, self.numbers, self.dates = list(lets), dict(sets), list(numbers), list(dates)

    def at(self, looked, joined=True):
        """The same place with a member looked at; `joined` where a field of the member is the frame's record."""
        inner = Place(self.frame, looked, self.lets, (), self.numbers, self.dates, joined)
        return inner if joined else Place(None, looked)
