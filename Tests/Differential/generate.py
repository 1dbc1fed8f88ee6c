"""Random scenarios that crowd around the edges of the rules, and their YAML and CSV.

    case = generate(seed, places)      # the same seed always gives the same case
    path = write(case, folder)         # the scenario file to load

Facts are drawn so that most conditions hold most of the time: a scenario in which nothing is paid tests nothing. Thresholds
are usually overridden to a few hires; now and then a cohort is large enough for the texts' own thresholds.
"""
import csv
import io
import json
import os
import random
from dataclasses import dataclass, field
from datetime import date, timedelta

from facts import FIELDS, Places
import oracle  # the rules fill MEASURES
from work import DOCUMENT_READINGS, DOCUMENTS, GLOBAL_READINGS, MEASURES, PARAMETERS, VALUES
from reckon import DAY, plus_months

SPAN = {  # where dates are worth drawing from
    "changle-2022": (date(2022, 1, 28), date(2023, 12, 31)), "changle-2020": (date(2020, 1, 1), date(2020, 12, 31)),
    "quanzhou-tiz-2023": (date(2023, 2, 9), date(2025, 12, 31)), "fuzhou-2021": (date(2021, 5, 26), date(2024, 12, 31)),
    "jindong-2021": (date(2021, 5, 1), date(2024, 11, 7)),
}
EDGES = [date(*d) for d in (
    (2022, 1, 28), (2023, 12, 31), (2020, 7, 2), (2020, 12, 31), (2020, 1, 1), (2023, 2, 9), (2025, 12, 31), (2021, 5, 26),
    (2021, 5, 1), (2021, 11, 7), (2021, 11, 8), (2024, 11, 6), (2024, 11, 7), (2020, 2, 29), (2024, 2, 29))]
HOMES = {"changle-2022": ["350112"], "changle-2020": ["350112"], "quanzhou-tiz-2023": ["350500-tiz"],
         "fuzhou-2021": ["350100", "350112", "350102", "350128"], "jindong-2021": ["330703"]}
NEAR_HOMES = ["350112", "350111", "350100", "350102", "350128", "350000", "350500", "350505", "350500-tiz", "350521", "330703",
              "330702", "330700", "330110"]
COUNTERPARTS = ["513323", "621221", "621224"]
ORIGINS = ["640402", "640400", "640401", "640422", "640302", "520502", "530102", "500101", "500000", "620102", "610102", "450102",
           "140105", "360102", "410102", "420102", "420000", "429004", "430102", "513323", "513322", "513300", "621221", "621222",
           "621224", "621200", "350112", "330110", "110101", "440103", "460105", "210102", "654002", "540102"]
# Which measures ask a document's own reading, so that it can be set for one of them alone.
ASKED_BY = {
    "changle-2022.threshold_means": ["agency_reward"], "changle-2022.months_paid": ["student_internship"],
    "changle-2022.hometown": ["specialist_allowance"], "changle-2020.graduates": ["graduate_absorption"],
    "quanzhou-tiz-2023.counted_over": ["ambassadors"], "fuzhou-2021.both_levels": ["hr_parks"],
    "fuzhou-2021.three_years": ["new_hr_firms"], "fuzhou-2021.growth_years": ["hr_firm_growth"], "jindong-2021.counted": ["fifty_workers"],
    "changle-2022.sending_regions": ["base_operating", "agency_reward", "student_internship", "specialist_allowance"],
    "changle-2022.yuanzhou": ["base_operating", "agency_reward", "enterprise_internship", "enterprise_retention", "specialist_allowance"],
    "jindong-2021.retroactive": ["insurance_subsidy", "startup_rent", "agency_service", "stations"],
    "jindong-2021.thirtieth_day": ["insurance_subsidy", "fifty_workers", "stations", "love_posts"],
}
# Likewise for the global ones; month_end and window_on concern every measure.
COUNTING = ["changle-2022.base_operating", "changle-2022.agency_reward", "changle-2022.specialist_allowance",
            "changle-2020.graduate_absorption", "changle-2020.hubei_transfer", "changle-2020.unemployed_absorption",
            "changle-2020.startup_loan", "quanzhou-tiz-2023.agency_recruitment", "quanzhou-tiz-2023.individual_recruitment",
            "quanzhou-tiz-2023.ambassadors", "jindong-2021.agency_service"]
GLOBAL_ASKED_BY = {
    "count": COUNTING, "year_of": COUNTING[:3], "allocation": ["changle-2022.specialist_allowance", "changle-2020.temporary_posts"],
    "clock": COUNTING[:3] + COUNTING[7:9] + ["changle-2022.student_internship", "changle-2022.enterprise_internship",
             "changle-2022.enterprise_retention", "jindong-2021.worker_employment", "jindong-2021.agency_service"],
    "month_end": [m.name for m in MEASURES], "window_on": [m.name for m in MEASURES],
}
SMALL = {  # thresholds that a handful of facts can reach
    "changle-2022.base_operating.threshold": (1, 4), "changle-2022.agency_reward.threshold": (1, 4),
    "changle-2022.specialist_allowance.recruits": (1, 2), "changle-2022.specialist_allowance.per_enterprise": (1, 2),
    "changle-2022.specialist_allowance.per_county": (1, 2), "changle-2020.temporary_posts.posts": (1, 6),
    "changle-2020.startup_loan.min_staff": (1, 12), "quanzhou-tiz-2023.ambassadors.gold": (5, 6),
    "quanzhou-tiz-2023.ambassadors.silver": (3, 4), "quanzhou-tiz-2023.ambassadors.bronze": (1, 2),
    "jindong-2021.fifty_workers.threshold": (1, 5),
}


@dataclass
class Case:
    seed: int
    scenario: dict
    programme: list
    mode: str
    overrides: dict            # parameter: value as a person would write it
    with_prefix: bool          # overrides by `with` instead of `set`
    bulk: dict = field(default_factory=dict)   # list: how its CSV is written
    block: bool = False        # YAML in block style
    plain_ids: bool = False    # ids without quotation marks


class Draw:
    def __init__(self, seed, places, documents):
        self.r = random.Random(seed)
        self.places = places
        self.origins = [p for p in ORIGINS if p in places.names]
        self.near = [p for p in NEAR_HOMES if p in places.names]
        self.documents = documents
        self.focus = [self.date_in(self.r.choice(documents)) for _ in range(self.r.randint(2, 5))]
        self.counties = [self.r.choice(self.origins) for _ in range(2)] + [self.r.choice(COUNTERPARTS)]

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
        else:
            day = first + timedelta(self.r.randint(-40, (last - first).days + 40))
        x = self.r.random()
        if x < 0.25:
            # Month ends, where adding months has to bend.
            day = plus_months(day.replace(day=1), 1, "clamp") - DAY * self.r.randint(1, 3)
        elif x < 0.3:
            day = day.replace(month=self.r.choice([8, 11, 12]), day=self.r.choice([29, 30]))
        elif x < 0.33:
            day = date(self.r.choice([2020, 2024]), 2, 29)
        return day

    def day(self):
        if self.maybe(0.5):
            return self.r.choice(self.focus)
        return self.date_in(self.r.choice(self.documents))

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

    def place(self, code):
        """A code, now and then its name where that is unique."""
        name = self.places.names[code]
        return name if self.maybe(0.08) and self.places.unique.get(name) == code else code

    def money(self, low, high):
        return self.pick(str(self.r.randint(low, high)), f"{self.r.randint(low, high)}.{self.r.randint(0, 99):02d}",
                         f"{self.r.randint(low, high)}.{self.r.randint(1, 9)}")


def generate(seed, places, documents=None):
    r = random.Random(f"case {seed}")
    pool = list(documents or DOCUMENTS)
    programme = r.sample(pool, min(len(pool), r.choice([1, 1, 2, 2, 3])))
    mode = r.choice(["enacted", "adopted"])
    if mode == "adopted" and len(pool) > 1 and r.random() < 0.4:
        # Documents that pay the same agencies and posts.
        paying = [p for p in pool if p != "fuzhou-2021"]
        programme = r.sample(paying, min(len(paying), r.choice([2, 3, 4])))
    d = Draw(f"facts {seed}", places, programme)
    if mode == "adopted":
        # Only the scenario's district counts, whichever it is.
        district = d.pick("350112", "350112", "350100", "350500-tiz", "330703", "350102")
        homes = [district] + ([p for p in d.near if p.startswith("3501")] if district == "350100" else [])
    else:
        district = r.choice(HOMES[r.choice(programme)])
        homes = [h for p in programme for h in HOMES[p]]
    s = {"scenario": f"Seed {seed}", "district": d.place(district)}
    if d.maybe(0.6):
        s["as_of"] = d.day().isoformat() if d.maybe(0.7) else (d.day() + DAY * d.r.randint(-200, 900)).isoformat()
    s["values"] = values(d)
    s["readings"] = readings(d, programme)
    fill(s, d, homes, programme)
    changed = overrides(d, programme)
    if "changle-2022" in programme and d.maybe(0.35):
        contest_quotas(s, d, homes, changed)
    elif len(programme) > 1 and mode == "adopted" and d.maybe(0.5):
        overlap(s, d, homes)
    return Case(seed, s, programme, mode, changed, d.maybe(0.4), bulk(d, s), d.maybe(0.3), d.maybe(0.3))


def values(d):
    amounts = {"minimum_wage": (1500, 2000), "public_post_month": (800, 2000), "hubei_service_fee": (100, 400),
               "ui_benefit_month": (1000, 1500), "social_insurance_month": (500, 1200), "startup_once": (3000, 9000),
               "startup_rent_year": (2000, 9000), "station_year": (10000, 60000), "centre_year": (5000, 20000)}
    out = {name: d.money(*span) for name, span in amounts.items() if d.maybe(0.55)}
    if d.maybe(0.1):
        out[d.r.choice(list(amounts))] = "0"
    if d.maybe(0.6):
        out["layoff_limit"] = d.pick("20%", "5.5%", "0.2", "50%", "0")
    return {name: out[name] for name in VALUES if name in out}


def readings(d, programme):
    out = {}
    wild = d.pick(0.0, 0.15, 0.4)
    for name, options in GLOBAL_READINGS.items():
        if d.maybe(wild):
            out[name] = d.r.choice(options)
        asked = [m for m in GLOBAL_ASKED_BY.get(name, ()) if m.split(".")[0] in programme]
        if asked and d.maybe(wild / 3):
            out[f"{d.r.choice(asked).split('.')[0]}.{name}"] = d.r.choice(options)
        for m in asked:
            if d.maybe(wild / (3 if len(asked) < 4 else 15)):
                out[f"{m}.{name}"] = d.r.choice(options)
    for name, options in DOCUMENT_READINGS.items():
        document, reading = name.split(".")
        if document in programme and d.maybe(wild or 0.3):
            out[name] = d.r.choice(options)
        if document in programme and d.maybe(wild / 6):
            out[f"{document}.{d.r.choice(ASKED_BY[name])}.{reading}"] = d.r.choice(options)
    return out


def overrides(d, programme):
    out, small = {}, d.maybe(0.85)
    for name, (kind, default) in PARAMETERS.items():
        if name.split(".")[0] not in programme:
            continue
        if name in SMALL and small and d.maybe(0.85):
            out[name] = str(d.r.randint(*SMALL[name]))
        elif d.maybe(0.06):
            if name.endswith((".low", ".high", ".gold", ".silver", ".bronze", ".threshold", ".recruits", ".posts")):
                continue
            if kind == "money":
                out[name] = d.pick("0", "1", "333.33", "1,234.56", "400 yuan", "450元", "1000000", "0.01")
            elif kind == "share":
                out[name] = d.pick("33%", "12.5%", "100%", "1%", "0.75")
            elif name.endswith("wages"):
                out[name] = d.pick("1", "2")
            elif "per_" in name or "min_staff" in name:
                out[name] = str(d.r.randint(0, 3))
            else:
                out[name] = str(d.r.randint(1, 7))
        elif name.endswith("recruitment.months") and d.maybe(0.3):
            out[name] = d.pick("1", "3", "6")
    return out


# ---- the lists ----------------------------------------------------------------------------------

def absent(row):
    return {k: v for k, v in row.items() if v is not None}


def iso(day):
    return None if day is None else day.isoformat()


def fill(s, d, homes, programme):
    def home(p=0.8):
        return d.place(d.r.choice(homes) if d.maybe(p) else d.r.choice(d.near))

    def county():
        return d.r.choice(d.counties) if d.maybe(0.75) else d.r.choice(d.origins)

    def ids(prefix, low, high):
        """Mostly of the list's own; some that other lists have too, and some whose order is only that of code points."""
        shared = ["x1", "x2", "x3", "x10", "X9", "07", "7"]
        d.r.shuffle(shared)
        return [shared.pop() if d.maybe(0.25) and shared else f"{prefix}{n}" for n in range(1, d.r.randint(low, high) + 1)]

    s["enterprises"] = [absent(dict(
        id=i, district=home(), taxed_in=home(0.7) if d.maybe(0.25) else None,
        name=d.pick(None, "同名公司", f"企业 {i}"),
        lists=d.r.sample(["leading_2021", "honest_employer", "harmonious_labour"], d.pick(0, 1, 1, 1, 2)) if d.maybe(0.9) else None,
        size=d.pick("micro", "small", "small", "medium", "large", None), state_owned=d.pick(None, False, False, True),
        above_scale=d.pick(None, True, False), employees=d.pick(None, 0, 1, 5, 10, 20, 20, 40, 100, 101),
        covid_affected=d.pick(None, True, True, True, False), layoffs=d.pick(None, 0, 0, 1, 2, 5),
        ui_premiums_last_year=d.money(0, 90000) if d.maybe(0.85) else None)) for i in ids("e", 2, 6)]
    enterprises = [e["id"] for e in s["enterprises"]]
    s["agencies"] = [absent(dict(
        id=i, district=county() if d.maybe(0.35) else home(), selected_by_sending_government=d.pick(None, True, True, False),
        filed=d.pick(None, True, True, True, False), registered_on=iso(d.day()) if d.maybe(0.8) else None,
        from_outside_city=d.pick(None, True, False), above_scale=d.pick(None, True, True, False))) for i in ids("a", 1, 5)]
    agencies = [a["id"] for a in s["agencies"]]
    s["bases"] = [absent(dict(
        id=i, kind=d.pick(None, "labour_base", "transfer_station", "hr_cooperation_base"), county=county() if d.maybe(0.85) else None,
        agreement=d.pick(None, True, True, True, False))) for i in ids("b", 1, 4)]
    bases = [b["id"] for b in s["bases"]]
    specialists = []
    for i in ids("s", 2, 9):
        appointed = d.day()
        specialists.append(absent(dict(
            id=i, enterprise=d.r.choice(enterprises), county=county(), filed_on=iso(d.r.choice(d.focus)) if d.maybe(0.9) else None,
            appointed_from=iso(appointed), passed_years=d.r.sample(range(appointed.year, appointed.year + 4), d.pick(0, 1, 2, 3)))))
    s["specialists"] = specialists
    people = [f"w{n}" for n in range(1, 6)] + ["x1", "x2", "王五"]
    referrers = ["老王", "老李", "x1", "w1"]
    n = d.pick(5, 12, 25, 40, 60)
    mixed = d.maybe(0.5)
    s["hires"] = []
    hire_ids = [d.pick(f"h{k}", f"h{k}", f"{k}", f"0{k}") if mixed else f"h{k}" for k in range(1, n + 1)]
    while len(set(hire_ids)) < len(hire_ids):
        hire_ids = [f"h{k}" for k in range(1, n + 1)]
    if mixed and d.maybe(0.3):
        hire_ids[0] = d.pick("é", "乙", "x1", "Z", "😀")
    for k in hire_ids:
        start = d.day()
        s["hires"].append(hire(d, start, county) | absent(dict(
            id=k, worker=d.r.choice(people) if d.maybe(0.4) else None, enterprise=d.r.choice(enterprises),
            agency=d.r.choice(agencies) if d.maybe(0.6) else None, base=d.r.choice(bases) if d.maybe(0.5) else None,
            specialist=d.r.choice(specialists)["id"] if d.maybe(0.5) else None,
            referrer=d.r.choice(referrers) if d.maybe(0.5) else None, start=iso(start), end=iso(d.end_of(start)))))
    if d.maybe(0.25):
        s["cohorts"] = cohorts(d, county, enterprises, agencies, bases, specialists)
    s["internships"] = []
    for k in range(d.pick(0, 3, 8, 50) if "changle-2022" in programme or "changle-2020" in programme else d.pick(0, 1)):
        start = d.day()
        end = d.end_of(start, 0.15)
        again = None if end is None or d.maybe(0.3) else end + DAY * d.r.randint(-1, 40)
        s["internships"].append(absent(dict(
            id=f"i{k + 1}", student=d.r.choice(people) if d.maybe(0.4) else None, school_place=d.place(county()),
            enterprise=d.r.choice(enterprises), start=iso(start), end=iso(end), employed_from=iso(again),
            employed_to=None if again is None else iso(d.end_of(again, 0.3)))))
    s["adjustments"] = []
    for k in range(d.r.randint(0, 5)):
        start = d.day()
        s["adjustments"].append(absent(dict(
            id=f"t{k + 1}", platform=d.pick("平台一", "x1"), from_enterprise=d.r.choice(enterprises), to_enterprise=d.r.choice(enterprises),
            start=iso(start), end=iso(d.end_of(start)))))
    s["fairs"] = [absent(dict(
        id=f"f{k + 1}", held_in=d.place(d.r.choice(COUNTERPARTS) if d.maybe(0.7) else county()), date=iso(d.day()),
        organiser=d.pick(None, "承办公司", "x2"), cost=d.pick(None, "0", "29999.99", "30000", "30000.01", "12345.6"),
        participants=d.r.sample(enterprises, d.r.randint(0, len(enterprises))))) for k in range(d.r.randint(0, 4))]
    s["parks"] = [absent(dict(
        id=i, name=d.pick("园区甲", "园区乙", None), district=home(0.85), level=d.pick("city", "province"), selected_on=iso(d.day())))
        for i in ids("p", 0, 6)]
    team_years = [d.day().year, 2021, 2020, 2022]
    s["teams"] = [absent(dict(
        id=i, year=d.r.choice(team_years[:d.pick(1, 2, 4)]),
        award=d.pick(None, "50000", "500000", "123456.78", "99999") if d.maybe(0.995) else d.pick("49999.99", "500000.01")))
        for i in ids("m", 0, d.pick(2, 11, 24))]
    s["tax_records"] = [absent(dict(
        agency=a, year=y, vat_local=d.money(0, 99999) if d.maybe(0.8) else None, cit_local=d.money(0, 99999) if d.maybe(0.8) else None))
        for a in agencies for y in range(d.r.randint(2018, 2022), d.r.randint(2021, 2027)) if d.maybe(0.85) for _ in range(d.pick(1, 1, 1, 2))]
    s["jobseekers"] = []
    for i in ids("j", 0, 6):
        ended = d.day() if d.maybe(0.7) else None
        since = ended or d.day()
        s["jobseekers"].append(absent(dict(
            id=i, benefit_ended_on=iso(ended), insured_ineligible=d.pick(None, True, True, False),
            unemployed_from=iso(since if ended is None else since - DAY * 200),
            reemployed_on=None if d.maybe(0.5) else iso(max(d.end_of(since, 0), since) + DAY * d.r.randint(-2, 2)),
            retirement_on=None if d.maybe(0.2) else iso(plus_months(since, d.r.randint(1, 13), "clamp") + DAY * d.r.randint(-1, 1)))))
    s["startups"] = []
    for i in ids("u", 0, 5):
        start = d.day()
        years = d.pick(0, 1, 2, 3, 3)
        graduated = plus_months(start, -12 * years, "clamp") + DAY * d.r.randint(-1, 1)
        s["startups"].append(absent(dict(
            id=i, founder_origin=d.place(county()), district=home(),
            founder_graduated=d.pick(None, graduated.isoformat(), graduated.isoformat(), str(start.year - d.r.randint(-1, 4))),
            start=iso(start), end=iso(d.end_of(start)) if d.maybe(0.5) else iso(plus_months(start, 12 * d.r.randint(1, 3), "clamp")
                                                                              + DAY * d.r.randint(-2, 0)))))
    s["stations"] = []
    for i in ids("g", 0, 5):
        start = d.day()
        s["stations"].append(absent(dict(
            id=i, kind=d.pick("cooperation_station", "guidance_centre"), county=d.place(county()),
            located_in=home() if d.maybe(0.5) else county(), start=iso(start),
            end=d.pick(None, iso(d.end_of(start)), max(date(start.year + d.r.randint(0, 2), 12, d.r.randint(30, 31)), start).isoformat()))))
    s["townships"] = [absent(dict(
        id=i, name=d.pick(None, "某镇"), odd_job_market_on=d.pick(None, "2023-04-30", "2023-03-01", "2023-04-29", "2023-05-01")
        if d.maybe(0.3) else "2023-04-30", reports=reports(d))) for i in ids("z", 0, 3)]
    s["exchanges"] = [dict(id=f"q{n}", date=iso(day)) for n, day in enumerate(exchanges(d), 1)]
    for name in FIELDS:
        if name != "hires" and not s[name]:
            del s[name]


def make_key(s, d, homes):
    for e in s["enterprises"]:
        if d.maybe(0.85):
            e["district"] = d.r.choice(homes)
            e.pop("taxed_in", None)
            e["lists"] = e.get("lists") or ["honest_employer"]


def contest_quotas(s, d, homes, changed):
    """More deserving specialists than places for them."""
    make_key(s, d, homes)
    counties = [d.r.choice([o for o in d.origins if o[:2] in ("52", "53", "62", "64")]) for _ in range(d.pick(2, 3, 4))]
    enterprises = [e["id"] for e in s["enterprises"]]
    s["specialists"] = []
    for n in range(1, d.r.randint(4, 12)):
        appointed = d.r.choice(d.focus) + DAY * d.r.randint(-30, 30)
        s["specialists"].append(absent(dict(
            id=d.pick(f"s{n}", f"{n}", f"s0{n}"), enterprise=d.r.choice(enterprises), county=d.r.choice(counties),
            filed_on=iso(d.r.choice(d.focus)) if d.maybe(0.95) else None, appointed_from=iso(appointed),
            passed_years=[y for y in range(appointed.year, appointed.year + 3) if d.maybe(0.8)])))
    s["specialists"] = list({x["id"]: x for x in s["specialists"]}.values())
    for h in s["hires"]:
        if d.maybe(0.95):
            x = d.r.choice(s["specialists"])
            h["specialist"] = x["id"]
            if d.maybe(0.9):
                h["origin"] = x["county"]
            if d.maybe(0.6):
                h.pop("end", None)
        else:
            h.pop("specialist", None)
    for c in s.get("cohorts", ()):
        c["hire"].pop("specialist", None)
    name = "changle-2022.specialist_allowance."
    changed.update({name + "recruits": d.pick("1", "1", "2"), name + "per_enterprise": d.pick("1", "1", "2"),
                    name + "per_county": d.pick("1", "1", "2")})
    if d.maybe(0.6):
        s["readings"]["allocation"] = "maximum"


def overlap(s, d, homes):
    """The same workers, agencies, posts and premises for several documents at once."""
    make_key(s, d, homes)
    for a in s["agencies"]:
        a.update(district=d.r.choice(homes), filed=True)
    for e in s["enterprises"]:
        e.update(covid_affected=True, above_scale=True)
    for h in s["hires"] + [c["hire"] for c in s.get("cohorts", ())]:
        if d.maybe(0.8):
            h.update(origin=d.pick("420102", *COUNTERPARTS, *COUNTERPARTS), organised=True, relief_person=True)
        if d.maybe(0.6):
            h.update(love_post=True, public_post=True, monthly_wage="4000")
        if "agency" not in h and d.maybe(0.7):
            h["agency"] = d.r.choice(s["agencies"])["id"]
    for n, b in enumerate(s["bases"]):
        b.update(agreement=True, county=d.r.choice(COUNTERPARTS))
    s["stations"] = [absent(dict(id=b["id"], kind="cooperation_station", county=d.r.choice(COUNTERPARTS), located_in=d.r.choice(homes),
                                 start=iso(day), end=iso(d.end_of(day, 0.3)))) for b in s["bases"] for day in [d.day()]]
    for h in s["hires"]:
        if d.maybe(0.5):
            h["base"] = d.r.choice(s["bases"])["id"]
    for name in ("public_post_month", "hubei_service_fee", "station_year"):
        if d.maybe(0.8):
            s["values"][name] = {"station_year": "50000"}.get(name, d.pick("300", "600", "1000", "1234.5"))


def hire(d, start, county):
    """What a hire says apart from who and where."""
    return absent(dict(
        sex=d.pick("male", "female") if d.maybe(0.97) else None,
        born=d.pick(*born(d, start)) if d.maybe(0.97) else None,
        education=d.pick(None, "初中", "大专"), occupation=d.pick(None, "挡车工"),
        origin=d.place(county()) if d.maybe(0.92) else None, organised=d.pick(None, True, True, True, False),
        relief_person=d.pick(None, True, True, False),
        graduated=d.pick(None, str(start.year), str(start.year - 1), str(start.year + 1), start.isoformat(),
                         (start + DAY).isoformat(), (start - DAY).isoformat(), f"{start.year}-06-30", f"{start.year}-01-01"),
        registered_unemployed_from=d.pick(None, plus_months(start, -6, "clamp").isoformat(), (start - DAY * 300).isoformat(),
                                          (plus_months(start, -6, "clamp") + DAY).isoformat(),
                                          (plus_months(start, -6, "clamp") - DAY).isoformat()),
        monthly_wage=d.pick(None, "4000", "4000", "3999.99", "5200"), contract_months=d.pick(None, 12, 12, 11, 36),
        love_post=d.pick(None, True, True, False), public_post=d.pick(None, True, True, False)))


def born(d, start):
    """Mostly of working age; now and then on the birthdays that decide."""
    if d.maybe(0.03):
        edge = plus_months(start, -12 * d.pick(16, 56, 61), "clamp")
        return [(edge + DAY * n).isoformat() for n in (-1, 0, 1)] + [edge.isoformat()[:7]]
    return [f"{d.r.randint(1975, 2000)}-{d.r.randint(1, 12):02d}"]


def cohorts(d, county, enterprises, agencies, bases, specialists):
    out = []
    for n in range(d.pick(1, 1, 2)):
        start = d.day()
        row = hire(d, start, county) | absent(dict(
            enterprise=d.r.choice(enterprises), agency=d.r.choice(agencies) if d.maybe(0.8) else None,
            base=d.r.choice(bases) if d.maybe(0.7) else None,
            specialist=d.r.choice(specialists)["id"] if d.maybe(0.5) else None, referrer=d.pick(None, "老王"),
            worker=d.pick(*[None] * 9, "同一人")))
        c = dict(id=f"c{n + 1}", count=d.pick(1, 3, 7, 10, 33, 99, 100, 101, 110), hire=row,
                 start=iso(start) if d.maybe(0.4) else {"from": iso(start), "to": iso(start + DAY * d.pick(0, 1, 30, 61, 200))})
        if d.maybe(0.7):
            shares, top = {}, 100
            for months in sorted(d.r.sample([1, 2, 3, 6, 12], d.r.randint(1, 3))):
                top = d.r.randint(top // 2, top)
                shares[str(months)] = f"{top}%"
            c["retention"] = shares
        elif d.maybe(0.2):
            last = start + DAY * 300
            row["end"] = iso(last)
        out.append(c)
    return out


def reports(d):
    out = [date(2023, 2, d.pick(13, 13, 13, 13, 14, 12))]
    day = date(2023, 3, 1)
    while day < date(2026, 4, 1):
        if d.maybe(0.995):
            out.append(day.replace(day=d.pick(1, 2, 5, 10, 10) if d.maybe(0.995) else 11))
        day = plus_months(day, 1, "clamp")
    return [x.isoformat() for x in out[:d.pick(len(out), len(out), 8, 12, 24)]]


def exchanges(d):
    out = []
    for year in range(2021, 2026):
        out += [date(year, d.r.randint(1, 12), d.r.randint(1, 28)) for _ in range(d.pick(2, 2, 2, 2, 3, 1))]
    return out[:d.pick(len(out), len(out), 4, 0)]


def bulk(d, s):
    """Which lists come from a CSV file, and how it is written."""
    out = {}
    for name in FIELDS:
        if name in s and s[name] and d.maybe(0.3 if name == "hires" else 0.06):
            out[name] = {"encoding": d.pick("utf-8", "utf-8-sig", "gb18030"), "header": d.pick("names", "labels", "mixed"),
                         "dates": d.pick("iso", "slash", "chinese"), "booleans": d.pick("word", "digit", "chinese"),
                         "separator": d.pick(";", "、"), "newline": d.pick("\n", "\r\n")}
    return out


# ---- files --------------------------------------------------------------------------------------

def quoted(text):
    return json.dumps(str(text), ensure_ascii=False)


def scalar(kind, value, plain):
    if kind in ("set", "years", "dates"):
        inner = {"set": "text", "years": "int", "dates": "date"}[kind]
        return "[" + ", ".join(scalar(inner, v, plain) for v in value) + "]"
    if kind == "bool":
        return "true" if value else "false"
    if kind in ("date", "month", "graduation", "int", "money", "place"):
        return str(value)
    return str(value) if plain and str(value).isascii() and str(value).isalnum() else quoted(value)


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
                cells = [f"{k}: {scalar(fields[k][0], v, case.plain_ids)}" for k, v in row.items()]
                out.append("  - " + ("\n    ".join(cells) if case.block else "{" + ", ".join(cells) + "}"))
    if s.get("cohorts"):
        out.append("cohorts:")
        for c in s["cohorts"]:
            row = ", ".join(f"{k}: {scalar(FIELDS['hires'][k][0], v, case.plain_ids)}" for k, v in c["hire"].items())
            when = c["start"] if isinstance(c["start"], str) else "{from: %s, to: %s}" % (c["start"]["from"], c["start"]["to"])
            out += [f"  - id: {c['id']}", f"    count: {c['count']}", f"    hire: {{{row}}}", f"    start: {when}"]
            if "retention" in c:
                out.append("    retention: {" + ", ".join(f"{n}: {x}" for n, x in c["retention"].items()) + "}")
    return "\n".join(out) + "\n"


def csv_cell(kind, value, style):
    if value is None:
        return ""
    if kind == "bool":
        return {"word": ("false", "true"), "digit": ("0", "1"), "chinese": ("否", "是")}[style["booleans"]][bool(value)]
    if kind in ("date", "graduation") and len(str(value)) == 10:
        y, m, day = str(value).split("-")
        return {"iso": value, "slash": f"{y}/{int(m)}/{int(day)}", "chinese": f"{y}年{int(m)}月{int(day)}日"}[style["dates"]]
    if kind in ("set", "years", "dates"):
        inner = "date" if kind == "dates" else "text"
        return style["separator"].join(str(csv_cell(inner, v, style)) for v in value)
    if value in ("male", "female") and style["booleans"] == "chinese":
        return {"male": "男", "female": "女"}[value]
    return str(value)


def csv_bytes(name, rows, style):
    fields = FIELDS[name]
    columns = [f for f in fields if any(f in row for row in rows)]
    heads = {"names": lambda n, f: f, "labels": lambda n, f: fields[f][2], "mixed": lambda n, f: f if n % 2 else fields[f][2]}[style["header"]]
    text = io.StringIO(newline="")
    w = csv.writer(text, lineterminator=style["newline"])
    w.writerow([heads(n, f) for n, f in enumerate(columns)])
    for row in rows:
        w.writerow([csv_cell(fields[f][0], row.get(f), style) for f in columns])
    return text.getvalue().encode(style["encoding"])


def write(case, folder):
    os.makedirs(folder, exist_ok=True)
    for name, style in case.bulk.items():
        with open(os.path.join(folder, f"{name}.csv"), "wb") as f:
            f.write(csv_bytes(name, case.scenario[name], style))
    path = os.path.join(folder, "scenario.yaml")
    with open(path, "w", encoding="utf-8") as f:
        f.write(yaml_text(case))
    return path
