"""What the documents' modules share: the settings of the contract, what a run finds, what a measure's rule may ask."""
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from types import SimpleNamespace

import reckon
from reckon import both, known, round_fen, within

# ---- documents, parameters, readings ------------------------------------------------------------

DOCUMENTS = {  # home, level (province 0, city 1, district 2), issued, window
    "changle-2022": ("350112", 2, date(2022, 1, 28), (date(2022, 1, 28), date(2023, 12, 31))),
    "changle-2020": ("350112", 2, date(2020, 7, 2), (date(2020, 1, 1), date(2020, 12, 31))),
    "quanzhou-tiz-2023": ("350500-tiz", 2, date(2023, 2, 9), (date(2023, 2, 9), date(2025, 12, 31))),
    "fuzhou-2021": ("350100", 1, date(2021, 5, 26), (date(2021, 5, 26), None)),
    "jindong-2021": ("330703", 2, date(2021, 10, 8), None),  # its window depends on readings
}

CLAUSE = {"changle-2022", "jindong-2021"}  # whose text says: take the higher

PARAMETERS = {  # money in yuan
    "changle-2022.base_operating.months": ("int", 6),
    "changle-2022.base_operating.threshold": ("int", 100),
    "changle-2022.base_operating.amount": ("money", 50000),
    "changle-2022.agency_reward.threshold": ("int", 100),
    "changle-2022.agency_reward.rate_3m": ("money", 300),
    "changle-2022.agency_reward.rate_6m": ("money", 300),
    "changle-2022.agency_reward.months_first": ("int", 3),
    "changle-2022.agency_reward.months_second": ("int", 6),
    "changle-2022.student_internship.months": ("int", 3),
    "changle-2022.student_internship.rate": ("money", 300),
    "changle-2022.enterprise_internship.amount": ("money", 1500),
    "changle-2022.enterprise_retention.months": ("int", 6),
    "changle-2022.enterprise_retention.amount": ("money", 1500),
    "changle-2022.specialist_allowance.months": ("int", 6),
    "changle-2022.specialist_allowance.recruits": ("int", 10),
    "changle-2022.specialist_allowance.rate": ("money", 500),
    "changle-2022.specialist_allowance.months_paid": ("int", 12),
    "changle-2022.specialist_allowance.per_enterprise": ("int", 2),
    "changle-2022.specialist_allowance.per_county": ("int", 2),
    "changle-2020.insurance_refund.share": ("share", "100%"),
    "changle-2020.temporary_posts.posts": ("int", 500),
    "changle-2020.temporary_posts.months": ("int", 6),
    "changle-2020.temporary_posts.rate": ("money", None),
    "changle-2020.graduate_absorption.amount": ("money", 1000),
    "changle-2020.unemployment_allowance.share": ("share", "80%"),
    "changle-2020.unemployment_allowance.months": ("int", 6),
    "changle-2020.unemployed_absorption.wages": ("int", 1),
    "changle-2020.startup_loan.min_staff": ("int", 20),
    "changle-2020.startup_loan.share": ("share", "15%"),
    "changle-2020.startup_loan.share_large": ("share", "8%"),
    "quanzhou-tiz-2023.adjustment_platform.rate": ("money", 500),
    "quanzhou-tiz-2023.agency_recruitment.months": ("int", 0),
    "quanzhou-tiz-2023.agency_recruitment.rate": ("money", 1000),
    "quanzhou-tiz-2023.individual_recruitment.months": ("int", 0),
    "quanzhou-tiz-2023.individual_recruitment.rate": ("money", 500),
    "quanzhou-tiz-2023.ambassadors.gold": ("int", 30),
    "quanzhou-tiz-2023.ambassadors.silver": ("int", 20),
    "quanzhou-tiz-2023.ambassadors.bronze": ("int", 10),
    "fuzhou-2021.returnee_teams.low": ("money", 50000),
    "fuzhou-2021.returnee_teams.high": ("money", 500000),
    "fuzhou-2021.hr_parks.city": ("money", 500000),
    "fuzhou-2021.hr_parks.province": ("money", 1000000),
    "fuzhou-2021.new_hr_firms.years": ("int", 3),
    "fuzhou-2021.new_hr_firms.share": ("share", "50%"),
    "fuzhou-2021.hr_firm_growth.share": ("share", "50%"),
    "fuzhou-2021.hr_firm_growth.years": ("int", 3),
    "jindong-2021.startup_rent.years": ("int", 3),
    "jindong-2021.fair_organiser.cap": ("money", 30000),
    "jindong-2021.fair_participants.cap": ("money", 3000),
    "jindong-2021.worker_employment.months": ("int", 6),
    "jindong-2021.worker_employment.amount": ("money", 3000),
    "jindong-2021.love_posts.wage": ("money", 4000),
    "jindong-2021.fifty_workers.threshold": ("int", 50),
    "jindong-2021.fifty_workers.amount": ("money", 50000),
    "jindong-2021.agency_service.months": ("int", 3),
    "jindong-2021.agency_service.rate": ("money", 1000),
}

GLOBAL_READINGS = {  # the first is the default
    "month_end": ("clamp", "next_day"),
    "clock": ("inclusive", "anniversary", "insured_months"),
    "year_of": ("start", "completion"),
    "window_on": ("start", "accrual"),
    "count": ("persons", "hires"),
    "allocation": ("filing_order", "maximum"),
    "higher_between": ("clause", "all"),
    "higher_by": ("total", "payment"),
}
# A measure's own default of a global reading.
MEASURE_DEFAULTS = {("jindong-2021.agency_service", "clock"): "insured_months"}
DOCUMENT_READINGS = {
    "changle-2022.sending_regions": ("open", "named"),
    "changle-2022.yuanzhou": ("separate", "included"),
    "changle-2022.first_insured": ("first_ever", "spell"),
    "changle-2022.continuity": ("joined", "joined_days", "same_enterprise"),
    "changle-2022.threshold_means": ("all", "full_hundreds"),
    "changle-2022.whose_workers": ("own_county", "any_sending"),
    "changle-2022.months_paid": ("three", "actual"),
    "changle-2022.hometown": ("county", "province", "any"),
    "changle-2022.service_year": ("calendar", "term"),
    "changle-2020.refunds": ("higher", "both"),
    "changle-2020.graduates": ("any", "class_of_2020"),
    "changle-2020.expired": ("before_too", "in_2020"),
    "changle-2020.staff_floor": ("asked", "principle"),
    "quanzhou-tiz-2023.counted_over": ("window", "year"),
    "quanzhou-tiz-2023.by_the_tenth": ("included", "before"),
    "fuzhou-2021.both_levels": ("both", "higher"),
    "fuzhou-2021.three_years": ("to_the_month", "calendar"),
    "fuzhou-2021.growth_years": ("consecutive", "paying", "calendar"),
    "jindong-2021.retroactive": ("yes", "no"),
    "jindong-2021.thirtieth_day": ("after", "counted"),
    "jindong-2021.continuity": ("joined", "joined_days", "same_enterprise"),
    "jindong-2021.counted": ("cumulative", "at_once"),
    "jindong-2021.employers": ("any", "with_love_posts"),
}
OWNER = {  # the one measure that has the reading; the others are their document's
    "threshold_means": "agency_reward", "whose_workers": "agency_reward", "months_paid": "student_internship",
    "hometown": "specialist_allowance", "service_year": "specialist_allowance", "graduates": "graduate_absorption",
    "expired": "unemployment_allowance", "staff_floor": "startup_loan", "counted_over": "ambassadors",
    "by_the_tenth": "monthly_reports", "both_levels": "hr_parks", "three_years": "new_hr_firms",
    "growth_years": "hr_firm_growth",
    "counted": "fifty_workers", "employers": "fifty_workers",
}

VALUES = {  # by reference: type, unit
    "minimum_wage": ("money", "payment"), "public_post_month": ("money", "month"),
    "hubei_service_fee": ("money", "payment"),
    "difficulty_refund": ("money", "payment"),
    "ui_benefit_month": ("money", "month"), "layoff_limit": ("share", None),
    "social_insurance_month": ("money", "month"),
    "startup_once": ("money", "payment"), "startup_rent_year": ("money", "payment"),
    "station_year": ("money", "payment"),
    "centre_year": ("money", "payment"),
}
VALUE_OWNERS = {  # the measures that ask for the value
    "minimum_wage": ["changle-2020.unemployed_absorption"], "hubei_service_fee": ["changle-2020.hubei_transfer"],
    "public_post_month": ["changle-2020.temporary_posts", "jindong-2021.love_posts"],
    "difficulty_refund": ["changle-2020.difficulty_refund"], "layoff_limit": ["changle-2020.insurance_refund"],
    "ui_benefit_month": ["changle-2020.benefit_extension", "changle-2020.unemployment_allowance"],
    "social_insurance_month": ["jindong-2021.insurance_subsidy"], "startup_once": ["jindong-2021.startup_subsidy"],
    "startup_rent_year": ["jindong-2021.startup_rent"], "station_year": ["jindong-2021.stations"],
    "centre_year": ["jindong-2021.guidance_centres"],
}


# ---- settings: one under each of its names --------------------------------------------------------

def widest(owners):
    """The narrowest scope that holds all owners, as a prefix: `document.measure.`, `document.` or none."""
    if len(owners) == 1:
        return owners[0] + "."
    documents = {o.split(".")[0] for o in owners}
    return documents.pop() + "." if len(documents) == 1 else ""


@lru_cache(maxsize=None)
def canonical(name):
    """The full name of a setting. What one measure or document alone has is the same under each of its names."""
    *scope, short = name.split(".")
    if short in GLOBAL_READINGS:
        return name
    if short in VALUES:
        prefix = widest(VALUE_OWNERS[short])
    else:
        documents = [d for d in DOCUMENTS if f"{d}.{short}" in DOCUMENT_READINGS]
        owners = [f"{d}.{OWNER[short]}" if short in OWNER else d for d in documents]
        prefix = widest(owners)
    return prefix + short if prefix.startswith("".join(s + "." for s in scope)) else name


def canonically(settings):
    """Settings by their full names; of two names for one setting in the same place the longer goes first."""
    return {canonical(name): settings[name] for name in sorted(settings, key=lambda n: n.count("."))}


def settled(short, measure, *sources):
    """What the user set: for the measure, else for its document, else for all; of one name the earlier source's."""
    for name in (f"{measure}.{short}", f"{measure.split('.')[0]}.{short}", short):
        for source in sources:
            if canonical(name) in source:
                return source[canonical(name)]
    return None

BY_ZERO = "division by zero"
KEY_LISTS = {"leading_2021", "honest_employer", "harmonious_labour"}


# ---- results ------------------------------------------------------------------------------------

@dataclass
class Payment:
    measure: str
    beneficiary: str
    subject: str
    date: date
    amount: int
    upper_bound: bool = False
    status: str = ""

    @property
    def document(self):
        return self.measure.split(".")[0]

    def row(self):
        return (self.date.isoformat(), self.measure, self.beneficiary, self.subject, reckon.yuan(self.amount),
                self.status, self.upper_bound)


@dataclass
class Result:
    payments: list = field(default_factory=list)
    unpriced: dict = field(default_factory=dict)       # measure: [units, unit, {missing names}]
    undetermined: dict = field(default_factory=dict)   # measure: {subject: {facts}}
    elsewhere: dict = field(default_factory=dict)      # measure: {subject}
    grants: list = field(default_factory=list)         # (measure, beneficiary, subject, title)
    duties: dict = field(default_factory=dict)         # document.duty: met | not met | unknown | not applicable
    open: list = field(default_factory=list)           # (measure, beneficiary, subject) of each unpriced payment
    uncompared: set = field(default_factory=set)       # those of them that meet what they might have displaced
    notes: dict = field(default_factory=dict)          # (what, list): count, of the facts as read
    warnings: dict = field(default_factory=dict)

    def sums(self, payments=None):
        out = dict.fromkeys(("due", "pending", "displaced", "over_quota"), 0)
        for p in self.payments if payments is None else payments:
            out[p.status] += p.amount
        out["total"] = out["due"] + out["pending"]
        return out

    def by_measure(self):
        of = defaultdict(list)
        for p in self.payments:
            of[p.measure].append(p)
        out = {}
        for measure, payments in sorted(of.items()):
            paid = [p for p in payments if p.status in ("due", "pending")]
            out[measure] = self.sums(payments) | {
                "payments": len(paid), "beneficiaries": len({p.beneficiary for p in paid}),
                "upper_bound": any(p.upper_bound for p in paid)}
        return out


# ---- one measure at work ------------------------------------------------------------------------

MEASURES, DUTIES = [], []


def measure(name, kind=None, window="document"):
    def keep(rule):
        MEASURES.append(SimpleNamespace(name=name, kind=kind, window=window, rule=rule))
        return rule
    return keep


def duty(name):
    def keep(rule):
        DUTIES.append(SimpleNamespace(name=name, rule=rule))
        return rule
    return keep


KINDS = {}


class Work:
    """What a measure's rule may ask of the run, and where it leaves what it finds."""

    def __init__(self, run, name, window="document"):
        self.run, self.name, self.result = run, name, run.result
        self.document = name.split(".")[0]
        self.facts = run.facts
        self.enacted = run.mode == "enacted"
        home, _, _, document_window = DOCUMENTS[self.document]
        self.home = home if self.enacted else run.facts.district
        if window == "document":
            window = self.jindong_window() if self.document == "jindong-2021" else document_window
        self.window = window

    # -- settings

    def reading(self, name):
        value = settled(name, self.name, self.run.session, self.run.readings)
        if value is None:
            value = MEASURE_DEFAULTS.get((self.name, name)) or (
                GLOBAL_READINGS.get(name) or DOCUMENT_READINGS[f"{self.document}.{name}"])[0]
        return {True: "yes", False: "no"}[value] if isinstance(value, bool) else value

    def parameter(self, name, owner=None):
        full = f"{self.document}.{owner}.{name}" if owner else f"{self.name}.{name}"
        kind, default = PARAMETERS[full]
        raw = self.run.overrides.get(full, default)
        return None if raw is None else convert(kind, raw)

    def value(self, name):
        raw = settled(name, self.name, self.run.session, self.run.values)
        return None if raw is None else convert(VALUES[name][0], raw)

    def jindong_window(self):
        after = self.reading("thirtieth_day") == "after"
        first = date(2021, 5, 1) if self.reading("retroactive") == "yes" else date(2021, 11, 8 if after else 7)
        return first, date(2024, 11, 7 if after else 6)

    # -- time

    def plus(self, day, months):
        return reckon.plus_months(day, months, self.reading("month_end"))

    def months(self, a, b):
        return reckon.whole_months(a, b, self.reading("month_end"))

    def stable(self, spell, months):
        return reckon.stable(spell.start, spell.end, months, self.reading("month_end"), self.reading("clock"))

    def completes(self, start, months):
        return reckon.completes(start, months, self.reading("month_end"), self.reading("clock"))

    def begins_inside(self, start):
        """In the window by its beginning, whatever `window_on` says."""
        if not self.enacted or self.window is None:
            return True
        first, last = self.window
        return first <= start and (last is None or start <= last)

    def in_window(self, start, accrual):
        return self.begins_inside(start if self.reading("window_on") == "start" else accrual)

    def year(self, start, completion):
        return (start if self.reading("year_of") == "start" else completion).year

    # -- places

    def in_home(self, place):
        return within(place, self.home)

    def at_home(self, hire):
        return self.in_home(self.facts.enterprise[hire.enterprise].district)

    # -- subjects

    def passes(self, subject, *terms):
        """Whether all hold; a subject for which that is unknown is noted with the facts it lacks."""
        verdict = both(*terms)
        if verdict.value is None:
            self.undetermined(subject, verdict.facts)
        return verdict.value is True

    def undetermined(self, subject, facts):
        self.result.undetermined.setdefault(self.name, {}).setdefault(subject, set()).update(facts)

    def passes_here(self, subject, terms):
        """As `passes`, for conditions that ask `sending`; what only the other document's Yuanzhou keeps out is noted.

        `terms` makes the conditions from a function `sending`."""
        verdict = both(*terms(self.sending))
        if verdict.value is None:
            self.undetermined(subject, verdict.facts)
        elif verdict.value is False and both(*terms(self.region)).value is True:
            self.result.elsewhere.setdefault(self.name, set()).add(subject)
        return verdict.value is True

    def region(self, place, fact="origin"):
        """In a sending region, Yuanzhou included."""
        prefixes = reckon.NAMED if self.reading("sending_regions") == "named" else reckon.CENTRAL + reckon.WESTERN
        return known(place, fact, lambda p: p[:2] in prefixes)

    def sending(self, place, fact="origin"):
        apart = self.reading("yuanzhou") == "separate"
        return both(self.region(place, fact), known(place, fact, lambda p: not (apart and within(p, "640402"))))

    def persons(self, records):
        """Of one person's hires, internships or adjustments the one that starts first, unless each is counted."""
        records = sorted(records, key=lambda r: (r.start, r.id))
        if self.reading("count") == "hires":
            return records
        first = {}
        for r in records:
            first.setdefault(r.person, r)
        return list(first.values())

    # -- outcomes

    def pay(self, beneficiary, subject, day, amount, upper_bound=False, status=""):
        """`amount` is exact, in fen; here it is rounded, once."""
        amount = round_fen(amount)
        if amount > 0:
            self.result.payments.append(Payment(self.name, beneficiary, subject, day, amount, upper_bound, status))

    def unpriced(self, value, beneficiary, subject, units):
        entry = self.result.unpriced.setdefault(self.name, [0, VALUES[value][1], set()])
        entry[0] += units
        entry[2].add(value)
        self.result.open.append((self.name, beneficiary, subject))

    def pay_value(self, value, beneficiary, subject, day, units=1, upper_bound=False):
        """A by-reference value times units; without the value the units are noted as unpriced."""
        worth = self.value(value)
        if worth is None:
            if units:
                self.unpriced(value, beneficiary, subject, units if VALUES[value][1] == "month" else 1)
        else:
            self.pay(beneficiary, subject, day, worth * units, upper_bound)

    def grant(self, beneficiary, subject, title):
        self.result.grants.append((self.name, beneficiary, subject, title))


def convert(kind, raw):
    if kind == "money":
        return reckon.fen(str(raw).replace("yuan", "").replace("元", "").strip())
    if kind == "share":
        return reckon.share(raw)
    return int(str(raw).split()[0])


def group(items, key):
    out = defaultdict(list)
    for x in items:
        out[key(x)].append(x)
    return dict(sorted(out.items()))
