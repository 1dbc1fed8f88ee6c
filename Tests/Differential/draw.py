"""The dice of the generator: days, places and sums that lie where the rules turn."""
import random
from datetime import date, timedelta

from reckon import DAY, plus_months

SPAN = {  # where dates are worth drawing from
    "changle-2022": (date(2022, 1, 28), date(2023, 12, 31)), "changle-2020": (date(2020, 1, 1), date(2020, 12, 31)),
    "quanzhou-tiz-2023": (date(2023, 2, 9), date(2025, 12, 31)), "fuzhou-2021": (date(2021, 5, 26), date(2024, 12, 31)),
    "jindong-2021": (date(2021, 5, 1), date(2024, 11, 7)),
}
EDGES = [date(*d) for d in (
    (2022, 1, 28), (2023, 12, 31), (2020, 7, 2), (2020, 12, 31), (2020, 1, 1), (2023, 2, 9), (2025, 12, 31),
    (2021, 5, 26),
    (2021, 5, 1), (2021, 11, 7), (2021, 11, 8), (2024, 11, 6), (2024, 11, 7), (2024, 11, 8), (2020, 2, 29),
    (2024, 2, 29),
    (2021, 12, 31), (2022, 12, 31), (2024, 12, 31), (2023, 2, 13), (2023, 3, 10))]
HOMES = {"changle-2022": ["350112"], "changle-2020": ["350112"], "quanzhou-tiz-2023": ["350500-tiz"],
         "fuzhou-2021": ["350100", "350112", "350102", "350128"], "jindong-2021": ["330703"]}
NEAR_HOMES = ["350112", "350111", "350100", "350102", "350128", "350000", "350500", "350505", "350500-tiz", "350521",
              "330703",
              "330702", "330700", "330110"]
COUNTERPARTS = ["513323", "621221", "621224"]
ORIGINS = ["640402", "640400", "640401", "640422", "640302", "520502", "530102", "500101", "500000", "620102", "610102",
           "450102",
           "140105", "360102", "410102", "420102", "420000", "429004", "430102", "513323", "513322", "513300", "621221",
           "621222",
           "621224", "621200", "350112", "330110", "110101", "440103", "460105", "210102", "654002", "540102", "620200",
           "441900", "520521", "640425", "522301", "533321"]
NO_END = ["9999-12-31", "2999-12-31", "2099-12-31", "9999-01-01"]


class Draw:
    def __init__(self, seed, places, documents):
        self.r = random.Random(seed)
        self.places = places
        self.origins = [p for p in ORIGINS if p in places.names]
        self.near = [p for p in NEAR_HOMES if p in places.names]
        self.documents = documents
        self.focus = [self.date_in(self.r.choice(documents)) for _ in range(self.r.randint(2, 5))]
        self.county_codes = [p for p in self.origins if places.level(p) == "county"]
        self.counties = [self.r.choice(self.county_codes) for _ in range(2)] + [self.r.choice(COUNTERPARTS)]

    def maybe(self, p):
        return self.r.random() < p

    def pick(self, *options):
        return self.r.choice(options)

    def date_in(self, document):
        first, last = SPAN[document]
        x = self.r.random()
        if x < 0.15:
            day = self.r.choice([first, last]) + timedelta(self.r.randint(-2, 2))
        elif x < 0.2:
            day = self.r.choice(EDGES) + timedelta(self.r.randint(-1, 1))
        elif x < 0.28:
            day = self.r.choice([e for e in EDGES if first <= e <= last]) + timedelta(self.r.randint(-1, 1))
        else:
            day = first + timedelta(self.r.randint(-40, (last - first).days + 40))
        x = self.r.random()
        if x < 0.25:
            # Month ends, where adding months has to bend.
            day = plus_months(day.replace(day=1), 1, "clamp") - DAY * self.r.randint(1, 3)
        elif x < 0.3:
            day = day.replace(month=self.r.choice([8, 11, 12]), day=self.r.choice([29, 30]))
        elif x < 0.35:
            day = day.replace(day=1)
        elif x < 0.38:
            day = date(self.r.choice([2020, 2024]), 2, 29)
        return day

    def day(self):
        if self.maybe(0.5):
            return self.r.choice(self.focus)
        return self.date_in(self.r.choice(self.documents))

    def year_end(self):
        return date(self.r.randint(2020, 2025), 12, 31) + timedelta(self.r.choice([-1, 0, 0, 0]))

    def end_of(self, start, open_share=0.45):
        """None, or an end around the day on which some number of months is complete."""
        x = self.r.random()
        if x < open_share:
            return None
        n = self.r.choice([1, 2, 3, 3, 3, 6, 6, 6, 12, 24])
        if x < open_share + 0.35:
            end = plus_months(start, n, self.pick("clamp", "next_day")) + DAY * self.r.randint(-3, 1)
        elif x < open_share + 0.45:
            end = plus_months(start.replace(day=1), n - 1, "clamp") + DAY * self.r.randint(-1, 1)
        else:
            end = start + DAY * self.r.randint(0, 420)
        return max(end, start)

    def end_text(self, end):
        """As written: now and then a date that means none, or one far away."""
        if end is None:
            return self.r.choice(NO_END) if self.maybe(0.05) else None
        return plus_months(end, 12 * self.r.randint(9, 80),
                           "clamp").isoformat() if self.maybe(0.01) else end.isoformat()

    def county(self):
        return self.r.choice(self.counties) if self.maybe(0.75) else self.r.choice(self.county_codes)

    def origin(self):
        return self.r.choice(self.counties) if self.maybe(0.75) else self.r.choice(self.origins)

    def place(self, code):
        """A code, now and then its name where that is unique."""
        name = self.places.names[code]
        return name if self.maybe(0.08) and self.places.unique.get(name) == code else code

    def money(self, low, high):
        if self.maybe(0.04):
            return f"0.{self.r.randint(1, 30):02d}"  # where rounding tells
        return self.pick(str(self.r.randint(low, high)), f"{self.r.randint(low, high)}.{self.r.randint(0, 99):02d}",
                         f"{self.r.randint(low, high)}.{self.r.randint(1, 9)}")
