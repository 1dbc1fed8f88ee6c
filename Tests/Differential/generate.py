"""Random scenarios that crowd around the edges of the rules.

    case = generate(seed, places)      # the same seed always gives the same case

Facts are drawn so that most conditions hold most of the time: a scenario in which nothing is paid tests nothing.
Thresholds are usually overridden to a few hires; now and then a cohort is large enough for the texts' own. The dice are
in `draw.py`, the lists in `records.py`, what crowds them in `crowd.py`, the files in `files.py`.
"""
import random
from dataclasses import dataclass, field

import oracle  # noqa: F401 (its rules fill MEASURES)
from crowd import (blanks, contest_quotas, counterparts, first_days, internship_posts, loans, mistake, overlap,
                   renewals, same_students,
                   sending_agencies)
from draw import HOMES, Draw
from facts import FIELDS
from reckon import DAY
from records import fill
from work import (DOCUMENT_READINGS, DOCUMENTS, GLOBAL_READINGS, MEASURES, OWNER, PARAMETERS, VALUE_OWNERS, VALUES,
                  canonical)

# Which measures ask a document's own reading, so that it can be set for one of them alone.
COUNTING_2022 = ["base_operating", "agency_reward", "specialist_allowance"]
ASKED_BY = {
    "changle-2022.sending_regions": ["base_operating", "agency_reward", "student_internship", "specialist_allowance"],
    "changle-2022.yuanzhou": ["base_operating", "agency_reward", "enterprise_internship", "enterprise_retention",
                              "specialist_allowance"],
    "changle-2022.first_insured": COUNTING_2022, "changle-2022.continuity": COUNTING_2022,
    "jindong-2021.continuity": ["worker_employment", "agency_service"],
    "jindong-2021.retroactive": ["insurance_subsidy", "startup_rent", "agency_service", "stations"],
    "jindong-2021.thirtieth_day": ["insurance_subsidy", "fifty_workers", "stations", "love_posts"],
}
# Likewise for the global ones; month_end and window_on concern every measure.
COUNTING = ["changle-2022.base_operating", "changle-2022.agency_reward", "changle-2022.specialist_allowance",
            "changle-2020.graduate_absorption", "changle-2020.hubei_transfer", "changle-2020.unemployed_absorption",
            "changle-2020.startup_loan", "quanzhou-tiz-2023.agency_recruitment",
            "quanzhou-tiz-2023.individual_recruitment",
            "quanzhou-tiz-2023.ambassadors", "jindong-2021.agency_service", "changle-2022.student_internship",
            "changle-2022.enterprise_internship", "changle-2022.enterprise_retention",
            "quanzhou-tiz-2023.adjustment_platform"]
GLOBAL_ASKED_BY = {
    "count": COUNTING, "year_of": COUNTING[:3], "allocation": ["changle-2022.specialist_allowance",
                                                               "changle-2020.temporary_posts"],
    "clock": COUNTING[:3] + COUNTING[7:9] + ["changle-2022.student_internship", "changle-2022.enterprise_internship",
             "changle-2022.enterprise_retention", "jindong-2021.worker_employment", "jindong-2021.agency_service"],
    "month_end": [m.name for m in MEASURES], "window_on": [m.name for m in MEASURES],
}
SMALL = {  # thresholds that a handful of facts can reach
    "changle-2022.base_operating.threshold": (1, 4), "changle-2022.agency_reward.threshold": (0, 4),
    "changle-2022.specialist_allowance.recruits": (1, 2), "changle-2022.specialist_allowance.per_enterprise": (1, 2),
    "changle-2022.specialist_allowance.per_county": (1, 2), "changle-2020.temporary_posts.posts": (1, 6),
    "changle-2020.startup_loan.min_staff": (0, 12), "quanzhou-tiz-2023.ambassadors.gold": (5, 6),
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
    session: dict              # readings set beside the scenario's own
    with_prefix: bool          # overrides by `with` instead of `set`
    bulk: dict = field(default_factory=dict)   # list: how its CSV is written
    block: bool = False        # YAML in block style
    plain_ids: bool = False    # ids without quotation marks
    blank_keys: frozenset = frozenset()  # fields whose names have blanks around them


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
        day = d.year_end() if d.maybe(0.15) else d.day() + DAY * (0 if d.maybe(0.7) else d.r.randint(-200, 900))
        s["as_of"] = day.isoformat()
    if "quanzhou-tiz-2023" in programme and d.maybe(0.25):
        s["as_of"] = d.pick("2023-02-12", "2023-02-13", "2026-01-10",
                            f"{d.r.randint(2023, 2025)}-{d.r.randint(3, 12):02d}-{d.pick('09', '10', '10')}")
    s["values"] = values(d)
    s["readings"] = readings(d, programme)
    session = beside(d, programme, s["readings"])
    fill(s, d, homes, programme)
    changed = overrides(d, programme)
    if "changle-2022" in programme and d.maybe(0.35):
        contest_quotas(s, d, homes, changed)
    elif len(programme) > 1 and mode == "adopted" and d.maybe(0.6):
        overlap(s, d, homes)
    elif "changle-2022" in programme and d.maybe(0.4):
        sending_agencies(s, d)
    if "changle-2020" in programme and d.maybe(0.3):
        loans(s, d, homes)
    if "jindong-2021" in programme and d.maybe(0.4):
        counterparts(s, d, homes)
    if "changle-2020" in programme and d.maybe(0.15):
        internship_posts(s, d, homes)
    if d.maybe(0.75):
        renewals(s, d)
    if "changle-2022" in programme and d.maybe(0.2):
        first_days(s, d)
    if d.maybe(0.6):
        same_students(s, d)
    if d.maybe(0.03):
        mistake(s, d)
    if d.maybe(0.15):
        blanks(s, d)
    blank_keys = frozenset(d.r.sample(["id", "start", "enterprise", "worker_id", "district"], 2) if d.maybe(0.05)
                           else ())
    return Case(seed, s, programme, mode, changed, session, d.maybe(0.4), bulk(d, s), d.maybe(0.3), d.maybe(0.3),
                blank_keys)


def values(d):
    amounts = {"minimum_wage": (1500, 2000), "public_post_month": (800, 2000), "hubei_service_fee": (100, 400),
               "ui_benefit_month": (1000, 1500), "social_insurance_month": (500, 1200), "startup_once": (3000, 9000),
               "startup_rent_year": (2000, 9000), "station_year": (10000, 60000), "centre_year": (5000, 20000),
               "difficulty_refund": (500, 90000)}
    out = {name: d.money(*span) for name, span in amounts.items() if d.maybe(0.55)}
    if d.maybe(0.1):
        out[d.r.choice(list(amounts))] = "0"
    if d.maybe(0.6):
        out["layoff_limit"] = d.pick("20%", "5.5%", "0.2", "50%", "0")
    out = {name: out[name] for name in VALUES if name in out}
    for name in list(out):
        if name != "layoff_limit" and d.maybe(0.05):
            # The document's own goes before what is set for all; for a single measure before both.
            owner = d.r.choice(VALUE_OWNERS[name])
            prefix = owner.split(".")[0] if len(VALUE_OWNERS[name]) > 1 or d.maybe(0.5) else owner
            longer = f"{prefix}.{name}"
            out[longer] = d.money(*amounts[name])
            if canonical(longer) == canonical(name):
                del out[name]
    return out


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
        if document in programme and d.maybe(max(wild, 0.3)):
            out[called(d, name)] = d.r.choice(options)
        if name in ASKED_BY and document in programme and d.maybe(wild / 6):
            out[f"{document}.{d.r.choice(ASKED_BY[name])}.{reading}"] = d.r.choice(options)
    return out


def called(d, name):
    """One of the names of a document's reading."""
    document, reading = name.split(".")
    names = [name, name, reading] if sum(n.split(".")[1] == reading for n in DOCUMENT_READINGS) == 1 else [name]
    return d.r.choice(names + ([f"{document}.{OWNER[reading]}.{reading}"] if reading in OWNER else []))


def beside(d, programme, scenario):
    """What is set at the prompt: sometimes against the scenario, under the same name or another of the same setting."""
    out = {}
    if not d.maybe(0.3):
        return out
    for name, options in DOCUMENT_READINGS.items():
        if name.split(".")[0] in programme and d.maybe(0.25):
            out[called(d, name)] = d.r.choice(options)
    for name in scenario:
        if d.maybe(0.2):
            short = name.split(".")[-1]
            options = GLOBAL_READINGS.get(short) or next(o for n, o in DOCUMENT_READINGS.items()
                                                         if n.split(".")[1] == short)
            if canonical(name) not in {canonical(n) for n in out}:
                out[name] = d.r.choice(options)
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
                out[name] = d.pick("33%", "12.5%", "100%", "1%", "0.75", "33.333%")
            elif name.endswith("wages"):
                out[name] = d.pick("1", "2")
            elif "per_" in name or "min_staff" in name:
                out[name] = str(d.r.randint(0, 3))
            else:
                out[name] = str(d.r.randint(1, 7))
        elif name.endswith("allowance.share") and d.maybe(0.2):
            out[name] = d.pick("100%", "100%", "150%")
        elif name.endswith("recruitment.months") and d.maybe(0.3):
            out[name] = d.pick("1", "3", "6")
    return out


def bulk(d, s):
    """Which lists come from a CSV file, and how it is written."""
    out = {}
    for name in FIELDS:
        if name in s and s[name] and d.maybe(0.3 if name == "hires" else 0.06):
            out[name] = {"encoding": d.pick("utf-8", "utf-8-sig", "gb18030"),
                         "header": d.pick("names", "labels", "mixed"),
                         "dates": d.pick("iso", "slash", "chinese"), "booleans": d.pick("word", "digit", "chinese"),
                         "separator": d.pick(";", "、"), "newline": d.pick("\n", "\r\n")}
    return out
