"""What every bundled measure pays, worked out record by record from the contract, to be compared with the program.

It is written from the contract alone, to be read rather than to be fast, and shares nothing with the engine.

    from oracle import cost
    result = cost(scenario, ["changle-2022", "fuzhou-2021"], mode="adopted", overrides={...}, places=Places(path))

CHOICES: where the contract leaves a hole, what is taken here.

 1. Undetermined and governed-elsewhere subjects of a measure that counts hires are the hires, judged by all their conditions
    together with those of their beneficiary: an agency that is certainly not eligible, or a base without agreement, leaves
    nothing undetermined; a base whose county is absent leaves each of its otherwise fitting hires undetermined.
 2. startup_loan likewise: an absent size or `employees` leaves the enterprise's otherwise fitting hires undetermined.
 3. The 6-month tranche of agency_reward goes only to hires that were counted for the first; under window_on = accrual
    its own date must then lie in the window too.
 4. `month_end` settles every "plus n months" (appointments, graduation plus 36 months, registration plus 12 x years months,
    completed years of age), not only spells. The reading set for the measure applies; cohorts use the global one.
 5. student_internship under months_paid = actual pays nothing without `end` (an absent end means none, so nothing is
    undetermined), and such an internship is not listed as governed elsewhere either.
 6. Listing as undetermined or elsewhere asks for the conditions only, not whether the amount would be zero, nor whether
    the threshold would be reached.
 7. In 2020, class_of_2020 means graduated in 2020; as adopted, in the calendar year of the hire's start. Likewise soe_graduates.
 8. benefit_extension has no window in either mode ("no year limit").
 9. Of a jobseeker's two benefits the lower is displaced; when the value is missing the allowance is left out entirely
    (no units). An extension that is undetermined or of no months does not stand in the allowance's way.
10. temporary_posts: one quota over all enterprises and years. Hires of no whole months take no place.
11. The beneficiary of the two startup measures, like the subject, is the startup's id.
12. Fair costs: with a cost given the payment is no upper bound, even where the cap cuts it.
13. worker_employment: the subject is the hire; the earliest is the earliest start, then the smallest id.
14. hr_parks: the same name and level counts once under both readings: the earliest selected_on, then id. The others
    appear nowhere. The beneficiary and the subject is the park's id.
15. new_hr_firms: an agency without registered_on is undetermined once (subject: the agency) if it has any tax record.
16. Named dates as windows: as adopted, "year >= 2021" of teams and of growth (reading `paying`) and "registered on or
    after" fall away. Under window_on = start a team or a growth year lies in the window by its year.
17. returnee_teams: an award outside the bounds is an error only for a team that the measure looks at (in its window).
18. insurance_subsidy and its like without `end`: up to as_of even when that lies after the window.
19. fifty_workers: a hire counts on its start under either window_on.
20. Higher by payment: a document's payments in one group go by date, then measure id, then larger amount first.
21. Duties: townships none: met whatever as_of. No as_of: unknown although something fails already. The first report may be
    of any day up to 2023-02-13, and is asked for even before that day. registry: sex or born missing is unknown even where
    the age alone would decide. team_count as enacted looks at years from 2021. Exchanges count in every
    calendar year up to the window's last, on whatever day of it.
22. Whole months worked count from start to the day after `end`, as the measures that say so do.
23. minimum_wage is counted in units of payment, the values named after months in months.
24. For a specialist's undetermined or governed-elsewhere recruits the window of the specialist's year is tested only under
    window_on = start, since without a payment it has no accrual date.
25. An enterprise that has no counted hire in the year is not judged for startup_loan.
"""
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from types import SimpleNamespace

import reckon
from facts import Places, ScenarioError, read
from reckon import DAY, both, either, known, round_fen, truth, unknown, within

# ---- documents, parameters, readings ------------------------------------------------------------

DOCUMENTS = {  # home, level (province 0, city 1, district 2), issued, window
    "changle-2022": ("350112", 2, date(2022, 1, 28), (date(2022, 1, 28), date(2023, 12, 31))),
    "changle-2020": ("350112", 2, date(2020, 7, 2), (date(2020, 1, 1), date(2020, 12, 31))),
    "quanzhou-tiz-2023": ("350500-tiz", 2, date(2023, 2, 9), (date(2023, 2, 9), date(2025, 12, 31))),
    "fuzhou-2021": ("350100", 1, date(2021, 5, 26), (date(2021, 5, 26), None)),
    "jindong-2021": ("330703", 2, date(2021, 10, 8), None),  # its window depends on readings
}

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
    "higher_by": ("total", "payment"),
}
DOCUMENT_READINGS = {
    "changle-2022.sending_regions": ("open", "named"),
    "changle-2022.yuanzhou": ("separate", "included"),
    "changle-2022.threshold_means": ("all", "full_hundreds"),
    "changle-2022.months_paid": ("three", "actual"),
    "changle-2022.hometown": ("county", "province", "any"),
    "changle-2020.graduates": ("any", "class_of_2020"),
    "quanzhou-tiz-2023.counted_over": ("window", "year"),
    "fuzhou-2021.both_levels": ("higher", "both"),
    "fuzhou-2021.three_years": ("calendar", "to_the_month"),
    "fuzhou-2021.growth_years": ("paying", "calendar"),
    "jindong-2021.retroactive": ("yes", "no"),
    "jindong-2021.thirtieth_day": ("counted", "after"),
    "jindong-2021.counted": ("cumulative", "at_once"),
}

VALUES = {  # by reference: type, unit
    "minimum_wage": ("money", "payment"), "public_post_month": ("money", "month"), "hubei_service_fee": ("money", "payment"),
    "ui_benefit_month": ("money", "month"), "layoff_limit": ("share", None), "social_insurance_month": ("money", "month"),
    "startup_once": ("money", "payment"), "startup_rent_year": ("money", "payment"), "station_year": ("money", "payment"),
    "centre_year": ("money", "payment"),
}

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
        return (self.date.isoformat(), self.measure, self.beneficiary, self.subject, reckon.yuan(self.amount), self.status, self.upper_bound)


@dataclass
class Result:
    payments: list = field(default_factory=list)
    unpriced: dict = field(default_factory=dict)       # measure: [units, unit, {missing names}]
    undetermined: dict = field(default_factory=dict)   # measure: {subject: {facts}}
    elsewhere: dict = field(default_factory=dict)      # measure: {subject}
    grants: list = field(default_factory=list)         # (measure, beneficiary, subject, title)
    duties: dict = field(default_factory=dict)         # document.duty: met | not met | unknown

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
        default = GLOBAL_READINGS.get(name) or DOCUMENT_READINGS[f"{self.document}.{name}"]
        readings = self.facts.readings
        for key in (f"{self.name}.{name}", f"{self.document}.{name}", name):
            if key in readings:
                value = readings[key]
                return {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value
        return default[0]

    def parameter(self, name, owner=None):
        full = f"{self.document}.{owner}.{name}" if owner else f"{self.name}.{name}"
        kind, default = PARAMETERS[full]
        raw = self.run.overrides.get(full, default)
        return None if raw is None else convert(kind, raw)

    def value(self, name):
        raw = self.facts.values.get(name)
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

    def in_window(self, start, accrual):
        if not self.enacted or self.window is None:
            return True
        first, last = self.window
        day = start if self.reading("window_on") == "start" else accrual
        return first <= day and (last is None or day <= last)

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
        """As `passes`, for conditions that ask `sending`; what only another document's Yuanzhou rule keeps out is noted.

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

    def persons(self, hires):
        """Of one worker's hires the one that starts first, unless hires are counted."""
        hires = sorted(hires, key=lambda h: (h.start, h.id))
        if self.reading("count") == "hires":
            return hires
        first = {}
        for h in hires:
            first.setdefault(h.worker, h)
        return list(first.values())

    # -- outcomes

    def pay(self, beneficiary, subject, day, amount, upper_bound=False, status=""):
        if amount > 0:
            self.result.payments.append(Payment(self.name, beneficiary, subject, day, amount, upper_bound, status))

    def unpriced(self, value, units):
        entry = self.result.unpriced.setdefault(self.name, [0, VALUES[value][1], set()])
        entry[0] += units
        entry[2].add(value)

    def pay_value(self, value, beneficiary, subject, day, units=1, upper_bound=False):
        """A by-reference value times units; without the value the units are noted as unpriced."""
        worth = self.value(value)
        if worth is None:
            if units:
                self.unpriced(value, units if VALUES[value][1] == "month" else 1)
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


# ---- changle-2022 -------------------------------------------------------------------------------

def key_enterprise(w, enterprise_id):
    e = w.facts.enterprise[enterprise_id]
    return w.in_home(e.district) and w.in_home(e.taxed_in) and bool(e.lists & KEY_LISTS)


@measure("changle-2022.base_operating", "base_operating")
def base_operating(w, s):
    months, threshold = w.parameter("months"), w.parameter("threshold")
    counted = []
    for h in s.hires:
        if h.base is None:
            continue
        b, done = s.base[h.base], w.completes(h.start, months)
        if w.passes_here(h.id, lambda sending: (
                b.agreement, b.kind == "hr_cooperation_base" or sending(b.county, "county"),
                w.at_home(h), w.stable(h, months), w.in_window(h.start, done))):
            counted.append(h)
    for (base, year), hires in group(counted, lambda h: (h.base, w.year(h.start, w.completes(h.start, months)))).items():
        dates = sorted(w.completes(h.start, months) for h in w.persons(hires))
        if len(dates) >= threshold:
            w.pay(base, f"{base}@{year}", dates[threshold - 1], w.parameter("amount"))


@measure("changle-2022.agency_reward", "agency_reward")
def agency_reward(w, s):
    first, second, threshold = w.parameter("months_first"), w.parameter("months_second"), w.parameter("threshold")
    counted = []
    for h in s.hires:
        if h.agency is None:
            continue
        a = s.agency[h.agency]
        if w.passes_here(h.id, lambda sending: (
                either(both(a.selected_by_sending_government, sending(a.district, "district")),
                       both(a.filed, w.in_home(a.district))),
                h.organised, sending(h.origin), key_enterprise(w, h.enterprise), w.stable(h, first),
                w.in_window(h.start, w.completes(h.start, first)))):
            counted.append(h)
    for (agency, year), hires in group(counted, lambda h: (h.agency, w.year(h.start, w.completes(h.start, first)))).items():
        hires = w.persons(hires)
        if len(hires) < threshold:
            continue
        if w.reading("threshold_means") == "full_hundreds":
            hires.sort(key=lambda h: (w.completes(h.start, first), h.id))
            hires = hires[:len(hires) // threshold * threshold]
        for h in hires:
            w.pay(agency, h.id, w.completes(h.start, first), w.parameter("rate_3m"))
            again = w.completes(h.start, second)
            if w.stable(h, second) and w.in_window(h.start, again):
                w.pay(agency, h.id, again, w.parameter("rate_6m"))


def internships(w, s):
    """Internships served, and the day on which they were; the caller adds what more it asks."""
    months = w.parameter("months", "student_internship")
    for i in s.internships:
        done = w.completes(i.start, months)
        yield i, months, done, lambda sending, i=i: (
            key_enterprise(w, i.enterprise), sending(i.school_place, "school_place"), w.stable(i, months))


@measure("changle-2022.student_internship", "internship")
def student_internship(w, s):
    actual = w.reading("months_paid") == "actual"
    for i, months, done, terms in internships(w, s):
        if w.passes_here(i.id, lambda sending: terms(sending) + (
                w.in_window(i.start, done), not actual or i.end is not None)):
            paid = w.months(i.start, i.end + DAY) if actual else months
            w.pay(i.student, i.id, done, w.parameter("rate") * paid)


@measure("changle-2022.enterprise_internship", "internship_enterprise")
def enterprise_internship(w, s):
    for i, months, done, terms in internships(w, s):
        if w.passes_here(i.id, lambda sending: terms(sending) + (w.in_window(i.start, done),)):
            w.pay(i.enterprise, i.id, done, w.parameter("amount"))


@measure("changle-2022.enterprise_retention", "internship_retention")
def enterprise_retention(w, s):
    months = w.parameter("months")
    for i, _, _, terms in internships(w, s):
        if i.end is None or i.employed_from is None or i.employed_from <= i.end:
            continue
        job = SimpleNamespace(start=i.employed_from, end=i.employed_to)
        done = w.completes(job.start, months)
        if w.passes_here(i.id, lambda sending: terms(sending) + (w.stable(job, months), w.in_window(i.start, done))):
            w.pay(i.enterprise, i.id, done, w.parameter("amount"))


@measure("changle-2022.specialist_allowance", "specialist")
def specialist_allowance(w, s):
    months, recruits = w.parameter("months"), w.parameter("recruits")
    amount = w.parameter("rate") * w.parameter("months_paid")
    by_start = w.reading("window_on") == "start"

    def serves(x, year):
        """The specialist is in office in the year: first appointed then, or every year before was passed."""
        first = x.appointed_from.year
        if year < first or any(y not in x.passed_years for y in range(first, year)):
            return False
        return not by_start or w.in_window(w.plus(x.appointed_from, 12 * (year - first)), None)

    def from_home(h, x, sending):
        hometown = w.reading("hometown")
        if hometown == "any":
            return sending(h.origin)
        area = x.county if hometown == "county" else x.county[:2] + "0000"
        return known(h.origin, "origin", lambda p: within(p, area))

    counted = []
    for h in s.hires:
        if h.specialist is None:
            continue
        x, done = s.specialist[h.specialist], w.completes(h.start, months)
        year = w.year(h.start, done)
        if w.passes_here(h.id, lambda sending: (
                key_enterprise(w, x.enterprise), sending(x.county, "county"), x.filed_on is not None, serves(x, year),
                from_home(h, x, sending), key_enterprise(w, h.enterprise), w.stable(h, months), w.in_window(h.start, done))):
            counted.append(h)
    candidates = defaultdict(list)  # year: (specialist, accrual)
    for (who, year), hires in group(counted, lambda h: (h.specialist, w.year(h.start, w.completes(h.start, months)))).items():
        dates = sorted(w.completes(h.start, months) for h in w.persons(hires))
        if len(dates) >= recruits and amount > 0:
            accrual = max(date(year, 12, 31), dates[recruits - 1])
            if by_start or w.in_window(None, accrual):
                candidates[year].append((s.specialist[who], accrual))
    for year, ones in sorted(candidates.items()):
        ones.sort(key=lambda c: (c[0].filed_on, c[0].id))
        taken = allocate([(x.enterprise, x.county) for x, _ in ones], w.parameter("per_enterprise"), w.parameter("per_county"),
                         w.reading("allocation"))
        for n, (x, accrual) in enumerate(ones):
            w.pay(x.id, f"{x.id}@{year}", accrual, amount, status="" if n in taken else "over_quota")


def allocate(pairs, per_left, per_right, allocation):
    """Indices of the candidates taken; each stands for one place on the left and one on the right."""
    taken = set()
    if allocation == "filing_order":
        for n, (a, b) in enumerate(pairs):
            if (sum(pairs[i][0] == a for i in taken) < per_left and sum(pairs[i][1] == b for i in taken) < per_right):
                taken.add(n)
        return taken
    # Of all largest sets the first in filing order: a candidate is taken when some largest set holds it and all taken so far.
    most, refused = largest(pairs, set(), set(), per_left, per_right), set()
    for n in range(len(pairs)):
        if largest(pairs, taken | {n}, refused, per_left, per_right) == most:
            taken.add(n)
        else:
            refused.add(n)
    return taken


def largest(pairs, forced, refused, per_left, per_right):
    """Size of the largest choice that holds every forced candidate and no refused one, or None when there is none."""
    room = {}
    for a, b in pairs:
        room["left", a], room["right", b] = per_left, per_right
    for n in forced:
        room["left", pairs[n][0]] -= 1
        room["right", pairs[n][1]] -= 1
    if any(r < 0 for r in room.values()):
        return None
    free = [n for n in range(len(pairs)) if n not in forced and n not in refused]
    used = set()  # of the free ones

    def augment(a, seen):
        """Another place for enterprise a, if need be by moving others along."""
        for n in free:
            if n in used or pairs[n][0] != a or pairs[n][1] in seen:
                continue
            b = pairs[n][1]
            seen.add(b)
            if sum(pairs[i][1] == b for i in used) < room["right", b]:
                used.add(n)
                return True
            for other in [i for i in used if pairs[i][1] == b]:
                used.discard(other)
                used.add(n)
                if augment(pairs[other][0], seen):
                    return True
                used.discard(n)
                used.add(other)
        return False

    for a in {pairs[n][0] for n in free}:
        while sum(pairs[i][0] == a for i in used) < room["left", a] and augment(a, set()):
            pass
    return len(forced) + len(used)


# ---- changle-2020 -------------------------------------------------------------------------------

def sme(e):
    return known(e.size, "size", lambda size: size in ("micro", "small", "medium"))


@measure("changle-2020.insurance_refund", "insurance_refund")
def insurance_refund(w, s):
    limit = w.value("layoff_limit")
    for e in s.enterprises:
        if e.layoffs is None:
            few = unknown("layoffs")
        elif e.layoffs == 0:
            few = truth(True)
        elif e.employees is None or limit is None:
            few = unknown(*(["employees"] if e.employees is None else []), *(["layoff_limit"] if limit is None else []))
        else:
            few = truth(Fraction(e.layoffs, e.employees + e.layoffs) <= limit)
        day = date(2020, 12, 31)
        if w.passes(e.id, w.in_home(e.district), sme(e), e.covid_affected, few, w.in_window(day, day),
                    known(e.ui_premiums_last_year, "ui_premiums_last_year", lambda _: True)):
            w.pay(e.id, e.id, day, round_fen(w.parameter("share") * e.ui_premiums_last_year))


@measure("changle-2020.temporary_posts", "public_post", window=(date(2020, 7, 2), date(2020, 12, 31)))
def temporary_posts(w, s):
    limit = w.parameter("months")
    candidates = []
    for h in sorted(s.hires, key=lambda h: (h.start, h.id)):
        months = limit if h.end is None else min(limit, w.months(h.start, h.end + DAY))
        accrual = w.plus(h.start, months)
        e = s.enterprise[h.enterprise]
        if w.passes(h.id, h.public_post, w.in_home(e.district), e.covid_affected, w.in_window(h.start, accrual)) and months:
            candidates.append((h, months, accrual))
    rate = w.parameter("rate")
    if rate is None:
        rate = w.value("public_post_month")
    if rate == 0:
        return
    for n, (h, months, accrual) in enumerate(candidates):
        room = n < w.parameter("posts")
        if rate is not None:
            w.pay(h.enterprise, h.id, accrual, rate * months, status="" if room else "over_quota")
        elif room:
            w.unpriced("public_post_month", months)


@measure("changle-2020.graduate_absorption", "absorption")
def graduate_absorption(w, s):
    same_class = w.reading("graduates") == "class_of_2020"
    counted = []
    for h in s.hires:
        e = s.enterprise[h.enterprise]
        if w.passes(h.id, h.graduated is not None and h.graduated.not_after(h.start), w.in_home(e.district), sme(e),
                    w.in_window(h.start, h.start), not same_class or h.graduated is not None and h.graduated.year == h.start.year):
            counted.append(h)
    for enterprise, hires in group(counted, lambda h: h.enterprise).items():
        for h in w.persons(hires):
            w.pay(enterprise, h.id, h.start, w.parameter("amount"))


@measure("changle-2020.hubei_transfer", "agency_reward")
def hubei_transfer(w, s):
    counted = []
    for h in s.hires:
        if h.agency is None:
            continue
        e = s.enterprise[h.enterprise]
        if w.passes(h.id, h.organised, known(h.origin, "origin", lambda p: within(p, "420000")), w.in_home(e.district),
                    e.above_scale or bool(e.lists & {"leading_2021", "honest_employer"}), w.in_window(h.start, h.start)):
            counted.append(h)
    for agency, hires in group(counted, lambda h: h.agency).items():
        for h in w.persons(hires):
            w.pay_value("hubei_service_fee", agency, h.id, h.start)


def extension(w, j):
    """Whole months and accrual of the extended benefit, or None; `w` notes what is undetermined."""
    if j.benefit_ended_on is None:
        return None
    if not w.passes(j.id, known(j.retirement_on, "retirement_on", lambda r: r < w.plus(j.benefit_ended_on, 12))):
        return None
    until = min(d for d in (j.retirement_on, j.reemployed_on) if d is not None)
    months = w.months(j.benefit_ended_on, until)
    return (months, until) if months else None


def allowance(w, j):
    """Months and accrual of the allowance, or None."""
    since = j.benefit_ended_on or (j.unemployed_from if j.insured_ineligible else None)
    if since is None:
        return None
    limit = w.parameter("months", "unemployment_allowance")
    months = limit if j.reemployed_on is None else min(limit, w.months(since, j.reemployed_on))
    until = w.plus(since, months)
    return (months, until) if months and w.in_window(since, until) else None


@measure("changle-2020.benefit_extension", "unemployment_benefit", window=None)
def benefit_extension(w, s):
    other = Work(w.run, "changle-2020.unemployment_allowance")
    worth = w.value("ui_benefit_month")
    for j in s.jobseekers:
        a, b = extension(w, j), allowance(other, j)
        if worth is None:
            # Nothing can be compared, and the extension stands.
            if a:
                w.unpriced("ui_benefit_month", a[0])
            elif b:
                other.unpriced("ui_benefit_month", b[0])
            continue
        extended = worth * a[0] if a else 0
        allowed = round_fen(other.parameter("share") * worth * b[0]) if b else 0
        lower = "" if not (extended and allowed) else "allowance" if extended >= allowed else "extension"
        if a:
            w.pay(j.id, j.id, a[1], extended, status="displaced" if lower == "extension" else "")
        if b:
            other.pay(j.id, j.id, b[1], allowed, upper_bound=True, status="displaced" if lower == "allowance" else "")


@measure("changle-2020.unemployment_allowance", "unemployment_benefit")
def unemployment_allowance(w, s):
    """Paid by benefit_extension above, since each looks at the other."""


@measure("changle-2020.unemployed_absorption", "absorption")
def unemployed_absorption(w, s):
    counted = []
    for h in s.hires:
        since = h.registered_unemployed_from
        if w.passes(h.id, w.at_home(h), since is not None and w.plus(since, 6) <= h.start, w.in_window(h.start, h.start)):
            counted.append(h)
    for enterprise, hires in group(counted, lambda h: h.enterprise).items():
        for h in w.persons(hires):
            w.pay_value("minimum_wage", enterprise, h.id, h.start, w.parameter("wages"), upper_bound=True)


@measure("changle-2020.startup_loan")
def startup_loan(w, s):
    counted = []
    for h in s.hires:
        e = s.enterprise[h.enterprise]
        if w.passes(h.id, w.in_home(e.district), known(e.size, "size", lambda size: size in ("micro", "small")),
                    known(e.employees, "employees", lambda n: n >= w.parameter("min_staff")),
                    known(h.contract_months, "contract_months", lambda n: n >= 12), w.in_window(h.start, h.start)):
            counted.append(h)
    for (enterprise, year), hires in group(counted, lambda h: (h.enterprise, h.start.year)).items():
        staff = s.enterprise[enterprise].employees
        part = w.parameter("share_large" if staff > 100 else "share")
        if len(w.persons(hires)) >= part * staff:
            w.grant(enterprise, f"{enterprise}@{year}", "eligible")


@duty("changle-2020.soe_graduates")
def soe_graduates(w, s):
    hires = [h for h in s.hires if s.enterprise[h.enterprise].state_owned and w.at_home(h) and w.in_window(h.start, h.start)]
    for (_, year), ones in group(hires, lambda h: (h.enterprise, h.start.year)).items():
        graduates = sum(h.graduated is not None and h.graduated.year == year for h in ones)
        if 2 * graduates < len(ones):
            return "not met"
    return "met"


@duty("changle-2020.internship_posts")
def internship_posts(w, s):
    ones = group([i for i in s.internships if w.at_home(i)], lambda i: i.start.year)
    years = [2020] if w.enacted else ones
    return "met" if all(len(ones.get(y, ())) >= 50 for y in years) else "not met"


# ---- quanzhou-tiz-2023 --------------------------------------------------------------------------

@measure("quanzhou-tiz-2023.adjustment_platform", "adjustment")
def adjustment_platform(w, s):
    for a in s.adjustments:
        if w.passes(a.id, a.from_enterprise != a.to_enterprise, w.in_home(s.enterprise[a.to_enterprise].district),
                    w.in_window(a.start, a.start)):
            w.pay(a.platform, a.id, a.start, w.parameter("rate"))


def recruitment(w, s, recruiter):
    """`recruiter` names a hire's beneficiary, or None where the measure does not concern it."""
    months = w.parameter("months")
    counted = [h for h in s.hires if recruiter(h) is not None and w.passes(
        h.id, w.at_home(h), w.stable(h, months), w.in_window(h.start, w.completes(h.start, months)))]
    for who, hires in group(counted, recruiter).items():
        for h in w.persons(hires):
            w.pay(who, h.id, w.completes(h.start, months), w.parameter("rate"))


@measure("quanzhou-tiz-2023.agency_recruitment", "agency_reward")
def agency_recruitment(w, s):
    recruitment(w, s, lambda h: h.agency if h.agency is not None and w.in_home(s.agency[h.agency].district) else None)


@measure("quanzhou-tiz-2023.individual_recruitment", "individual_reward")
def individual_recruitment(w, s):
    recruitment(w, s, lambda h: h.referrer if h.agency is None else None)


@measure("quanzhou-tiz-2023.ambassadors")
def ambassadors(w, s):
    yearly = w.reading("counted_over") == "year"
    counted = [h for h in s.hires if h.referrer is not None and w.at_home(h) and w.in_window(h.start, h.start)]
    for (who, year), hires in group(counted, lambda h: (h.referrer, h.start.year if yearly else None)).items():
        n = len(w.persons(hires))
        for title in ("gold", "silver", "bronze"):
            if n >= w.parameter(title):
                w.grant(who, f"{who}@{year}" if yearly else who, title)
                break


@duty("quanzhou-tiz-2023.registry")
def registry(w, s):
    worst = "met"
    for h in s.hires:
        if not (w.at_home(h) and w.in_window(h.start, h.start)):
            continue
        if h.sex is None or h.born is None:
            worst = "unknown"
        elif not 16 <= w.months(h.born, h.start) // 12 <= (60 if h.sex == "male" else 55):
            return "not met"
    return worst


@duty("quanzhou-tiz-2023.odd_job_markets")
def odd_job_markets(w, s):
    in_time = all(t.odd_job_market_on is not None and t.odd_job_market_on <= date(2023, 4, 30) for t in s.townships)
    return "met" if in_time else "not met"


@duty("quanzhou-tiz-2023.information_base")
def information_base(w, s):
    """Not among the contract's clauses, but a date of the original: the first register by the end of February 2023."""
    in_time = all(any(r <= date(2023, 2, 28) for r in t.reports) for t in s.townships)
    return "met" if in_time else "not met"


@duty("quanzhou-tiz-2023.monthly_reports")
def monthly_reports(w, s):
    if not s.townships:
        return "met"
    if s.as_of is None:
        return "unknown"
    until = min(s.as_of, w.window[1]) if w.enacted else s.as_of
    months, n = [], 0
    while reckon.plus_months(date(2023, 3, 10), n, "clamp") <= until:
        months.append(reckon.plus_months(date(2023, 3, 1), n, "clamp"))
        n += 1
    for t in s.townships:
        if not any(r <= date(2023, 2, 13) for r in t.reports):
            return "not met"
        if not all(any(m <= r <= m.replace(day=10) for r in t.reports) for m in months):
            return "not met"
    return "met"


# ---- fuzhou-2021 --------------------------------------------------------------------------------

FROM_2021 = (date(2021, 1, 1), None)


@measure("fuzhou-2021.returnee_teams", "team_award", window=FROM_2021)
def returnee_teams(w, s):
    low, high = w.parameter("low"), w.parameter("high")
    for t in s.teams:
        day = date(t.year, 12, 31)
        if not w.in_window(date(t.year, 1, 1), day):
            continue
        if t.award is None:
            w.pay(t.id, t.id, day, high, upper_bound=True)
        elif low <= t.award <= high:
            w.pay(t.id, t.id, day, t.award)
        else:
            raise ScenarioError(f"team {t.id}: award {reckon.yuan(t.award)} outside {reckon.yuan(low)}..{reckon.yuan(high)}")


@duty("fuzhou-2021.team_count")
def team_count(w, s):
    years = group([t for t in s.teams if not w.enacted or t.year >= 2021], lambda t: t.year)
    return "met" if all(len(teams) >= 10 for teams in years.values()) else "not met"


@measure("fuzhou-2021.hr_parks", "park_award")
def hr_parks(w, s):
    first = {}  # name: {level: park}
    for p in sorted(s.parks, key=lambda p: (p.selected_on, p.id)):
        if w.in_home(p.district) and w.in_window(p.selected_on, p.selected_on):
            first.setdefault(p.name, {}).setdefault(p.level, p)
    amount = {"city": w.parameter("city"), "province": w.parameter("province")}
    for name, levels in sorted(first.items()):
        lower = None
        if w.reading("both_levels") == "higher" and len(levels) == 2 and min(amount.values()) > 0:
            lower = "province" if amount["city"] > amount["province"] else "city"
        for level, p in levels.items():
            w.pay(p.id, p.id, p.selected_on, amount[level], status="displaced" if level == lower else "")


def taxes(s):
    """agency: {year: fen}; several records of a year add up"""
    out = defaultdict(lambda: defaultdict(int))
    for r in s.tax_records:
        out[r.agency][r.year] += r.vat_local + r.cit_local
    return out


@measure("fuzhou-2021.new_hr_firms", "hr_firm_tax")
def new_hr_firms(w, s):
    tax, years = taxes(s), w.parameter("years")
    for a in s.agencies:
        if a.id not in tax or not w.passes(a.id, w.in_home(a.district), a.from_outside_city,
                                           known(a.registered_on, "registered_on", lambda _: True)):
            continue
        first = a.registered_on.year
        months = {first + n: 12 for n in range(years)}
        if w.reading("three_years") == "to_the_month":
            months[first + years] = w.months(date(first + years, 1, 1), w.plus(a.registered_on, 12 * years))
        for year, n in months.items():
            day = date(year, 12, 31)
            if w.in_window(a.registered_on, day):
                w.pay(a.id, f"{a.id}@{year}", day, round_fen(w.parameter("share") * tax[a.id].get(year, 0) * n / 12))


@measure("fuzhou-2021.hr_firm_growth", "hr_firm_tax", window=FROM_2021)
def hr_firm_growth(w, s):
    tax, years = taxes(s), w.parameter("years")
    calendar = w.reading("growth_years") == "calendar"
    for a in s.agencies:
        if not (w.in_home(a.district) and a.above_scale and not a.from_outside_city):
            continue
        growth = []
        for year in sorted(tax[a.id]):
            more = tax[a.id][year] - tax[a.id][year - 1] if year - 1 in tax[a.id] else 0
            inside = 2021 <= year <= 2020 + years if calendar else w.in_window(date(year, 1, 1), date(year, 12, 31))
            if inside and more > 0:
                growth.append((year, more))
        for year, more in growth if calendar else growth[:years]:
            w.pay(a.id, f"{a.id}@{year}", date(year, 12, 31), round_fen(w.parameter("share") * more))


# ---- jindong-2021 -------------------------------------------------------------------------------

def counterpart(place, fact="origin"):
    return known(place, fact, lambda p: any(within(p, c) for c in ("513323", "621221", "621224")))


def relief(h):
    return both(h.relief_person, counterpart(h.origin))


def months_served(w, h):
    if h.end is not None:
        return w.months(h.start, h.end + DAY)
    return w.months(h.start, open_until(w)) if w.enacted else 12


def open_until(w):
    """Up to when something without an end is costed, as enacted."""
    return w.facts.as_of or w.window[1]


@measure("jindong-2021.insurance_subsidy", "insurance_subsidy")
def insurance_subsidy(w, s):
    for h in s.hires:
        months = months_served(w, h)
        accrual = w.plus(h.start, months)
        if w.passes(h.id, relief(h), w.at_home(h), w.in_window(h.start, accrual)):
            w.pay_value("social_insurance_month", h.enterprise, h.id, accrual, months)


@measure("jindong-2021.startup_subsidy", "startup")
def startup_subsidy(w, s):
    for x in s.startups:
        if w.passes(x.id, w.in_home(x.district), counterpart(x.founder_origin), w.in_window(x.start, x.start)):
            w.pay_value("startup_once", x.id, x.id, x.start)


@measure("jindong-2021.startup_rent", "startup_rent")
def startup_rent(w, s):
    for x in s.startups:
        graduate = x.founder_graduated is not None and x.founder_graduated.within_months_before(x.start, 36, w.reading("month_end"))
        if not w.passes(x.id, w.in_home(x.district), counterpart(x.founder_origin), graduate):
            continue
        for n in range(1, w.parameter("years") + 1):
            day = w.plus(x.start, 12 * n)
            if (x.end is None or x.end >= day - DAY) and w.in_window(x.start, day):
                w.pay_value("startup_rent_year", x.id, x.id, day)


@measure("jindong-2021.fair_organiser", "fair")
def fair_organiser(w, s):
    cap = w.parameter("cap")
    for f in s.fairs:
        if w.passes(f.id, counterpart(f.held_in), f.organiser is not None, w.in_window(f.date, f.date)):
            w.pay(f.organiser, f.id, f.date, cap if f.cost is None else min(f.cost, cap), upper_bound=f.cost is None)


@measure("jindong-2021.fair_participants", "fair_participation")
def fair_participants(w, s):
    for f in s.fairs:
        for e in sorted(f.participants):
            if w.passes(f.id, counterpart(f.held_in), w.in_home(s.enterprise[e].district), w.in_window(f.date, f.date)):
                w.pay(e, f.id, f.date, w.parameter("cap"), upper_bound=True)


@measure("jindong-2021.worker_employment", "worker_reward")
def worker_employment(w, s):
    months, first = w.parameter("months"), {}
    for h in sorted(s.hires, key=lambda h: (h.start, h.id)):
        done = w.completes(h.start, months)
        if w.passes(h.id, relief(h), w.at_home(h), w.stable(h, months), w.in_window(h.start, done)):
            first.setdefault(h.worker, (h, done))
    for worker, (h, done) in first.items():
        w.pay(worker, h.id, done, w.parameter("amount"))


@measure("jindong-2021.love_posts", "public_post")
def love_posts(w, s):
    for h in s.hires:
        months = months_served(w, h)
        accrual = w.plus(h.start, months)
        if w.passes(h.id, relief(h), h.love_post, w.at_home(h), w.in_window(h.start, accrual),
                    known(h.monthly_wage, "monthly_wage", lambda wage: wage >= w.parameter("wage"))):
            w.pay_value("public_post_month", h.enterprise, h.id, accrual, months)


@measure("jindong-2021.fifty_workers", "headcount_award")
def fifty_workers(w, s):
    threshold = w.parameter("threshold")
    counted = [h for h in sorted(s.hires, key=lambda h: (h.start, h.id))
               if w.passes(h.id, relief(h), w.at_home(h), w.in_window(h.start, h.start))]
    for enterprise, hires in group(counted, lambda h: h.enterprise).items():
        for h in hires:
            # Only a start can bring the number up to the threshold.
            if w.reading("counted") == "at_once":
                there = {x.worker for x in hires if x.start <= h.start and (x.end is None or x.end >= h.start)}
            else:
                there = {x.worker for x in hires if x.start <= h.start}
            if len(there) >= threshold:
                w.pay(enterprise, enterprise, h.start, w.parameter("amount"))
                break


@measure("jindong-2021.agency_service", "agency_reward")
def agency_service(w, s):
    months, counted = w.parameter("months"), []
    for h in s.hires:
        if h.agency is not None and w.passes(
                h.id, s.agency[h.agency].filed, h.organised, counterpart(h.origin), w.at_home(h), w.stable(h, months),
                w.in_window(h.start, w.completes(h.start, months))):
            counted.append(h)
    for agency, hires in group(counted, lambda h: h.agency).items():
        for h in w.persons(hires):
            w.pay(agency, h.id, w.completes(h.start, months), w.parameter("rate"))


def station_years(w, x, value):
    """One payment for each 31 December on which it is open."""
    until = x.end or (open_until(w) if w.enacted else None)
    year = x.start.year
    while until is None or date(year, 12, 31) <= until:
        day = date(year, 12, 31)
        if w.in_window(x.start, day):
            w.pay_value(value, x.id, f"{x.id}@{year}", day)
        if until is None:
            break
        year += 1


@measure("jindong-2021.stations", "base_operating")
def stations(w, s):
    for x in s.stations:
        if x.kind == "cooperation_station" and counterpart(x.county).value and w.in_home(x.located_in):
            station_years(w, x, "station_year")


@measure("jindong-2021.guidance_centres", "base_operating")
def guidance_centres(w, s):
    for x in s.stations:
        if x.kind == "guidance_centre" and counterpart(x.county).value and counterpart(x.located_in).value:
            station_years(w, x, "centre_year")


@duty("jindong-2021.market_exchange")
def market_exchange(w, s):
    if s.as_of is None:
        return "unknown"
    last = min(s.as_of.year, w.window[1].year) if w.enacted else s.as_of.year
    years = [x.date.year for x in s.exchanges]
    return "met" if all(years.count(y) >= 2 for y in range(2022, last + 1)) else "not met"


# ---- take the higher ----------------------------------------------------------------------------

def take_the_higher(payments, higher_by):
    """Marks as displaced what another document pays better for the same beneficiary, subject and kind."""
    groups = defaultdict(lambda: defaultdict(list))
    for p in payments:
        if not p.status:
            groups[p.beneficiary, p.subject, KINDS[p.measure]][p.document].append(p)

    def rank(document):
        """Smaller stands on a tie: the higher level, then the earlier issued."""
        _, level, issued, _ = DOCUMENTS[document]
        return level, issued

    for documents in groups.values():
        if len(documents) < 2:
            continue
        if higher_by == "total":
            stands = min(documents, key=lambda d: (-sum(p.amount for p in documents[d]), rank(d)))
            for d, ones in documents.items():
                for p in ones:
                    p.status = "" if d == stands else "displaced"
            continue
        for ones in documents.values():
            ones.sort(key=lambda p: (p.date, p.measure, -p.amount))
        for k in range(max(len(ones) for ones in documents.values())):
            rivals = [ones[k] for ones in documents.values() if k < len(ones)]
            stands = min(rivals, key=lambda p: (-p.amount, rank(p.document)))
            for p in rivals:
                p.status = "" if p is stands else "displaced"


# ---- the run ------------------------------------------------------------------------------------

for _m in MEASURES:
    KINDS[_m.name] = _m.kind


def cost(scenario, programme, mode="enacted", overrides=None, places=None):
    """The complete result. `overrides`: parameter id to its value as written. Raises ScenarioError."""
    return reckoned(read(scenario, places or Places()), programme, mode, overrides)


def reckoned(facts, programme, mode="enacted", overrides=None):
    """As `cost`, for facts that have been read."""
    result = Result()
    run = SimpleNamespace(facts=facts, mode=mode, overrides=overrides or {}, result=result)
    for m in MEASURES:
        if m.name.split(".")[0] in programme:
            m.rule(Work(run, m.name, m.window), facts)
    for d in DUTIES:
        if d.name.split(".")[0] in programme:
            result.duties[d.name] = d.rule(Work(run, d.name), facts)
    take_the_higher(result.payments, facts.readings.get("higher_by", "total"))
    for p in result.payments:
        if not p.status:
            p.status = "due" if facts.as_of is None or p.date <= facts.as_of else "pending"
    result.payments.sort(key=Payment.row)
    return result
