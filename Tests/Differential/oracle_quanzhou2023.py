"""quanzhou-tiz-2023, from the contract: adjustments, recruiters, ambassadors and the townships' duties."""
from datetime import date

from reckon import plus_months
from work import duty, group, measure

@measure("quanzhou-tiz-2023.adjustment_platform", "adjustment")
def adjustment_platform(w, s):
    lent = [a for a in s.adjustments if w.passes(
        a.id, a.from_enterprise != a.to_enterprise, w.in_home(s.enterprise[a.to_enterprise].district),
        w.in_window(a.start, a.start))]
    for platform, ones in group(lent, lambda a: a.platform).items():
        for a in w.persons(ones):
            w.pay(platform, a.id, a.start, w.parameter("rate"))


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
    verdict = "not applicable"
    for h in s.hires:
        if not (w.at_home(h) and w.in_window(h.start, h.start)):
            continue
        if h.sex is None or h.born is None:
            verdict = "unknown"
        elif not 16 <= w.months(h.born, h.start) // 12 <= (60 if h.sex == "male" else 55):
            return "not met"
        elif verdict == "not applicable":
            verdict = "met"
    return verdict


@duty("quanzhou-tiz-2023.odd_job_markets")
def odd_job_markets(w, s):
    if not s.townships:
        return "not applicable"
    in_time = all(t.odd_job_market_on is not None and t.odd_job_market_on <= date(2023, 4, 30) for t in s.townships)
    return "met" if in_time else "not met"


@duty("quanzhou-tiz-2023.monthly_reports")
def monthly_reports(w, s):
    first_report = date(2023, 2, 13)
    if not s.townships or s.as_of is not None and s.as_of < first_report:
        return "not applicable"
    if s.as_of is None:
        return "unknown"
    until = min(s.as_of, w.window[1]) if w.enacted else s.as_of
    tenths, n = [], 0
    while (tenth := plus_months(date(2023, 3, 10), n, "clamp")) <= until:
        tenths.append(tenth)
        n += 1
    last = 9 if w.reading("by_the_tenth") == "before" else 10
    for t in s.townships:
        if not any(r <= first_report for r in t.reports):
            return "not met"
        if not all(any(m.replace(day=1) <= r <= m.replace(day=last) for r in t.reports) for m in tenths):
            return "not met"
    return "met"
