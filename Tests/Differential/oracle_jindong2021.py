"""jindong-2021, from the contract: workers, posts, fairs and stations of the counterpart counties."""
from datetime import date

from reckon import DAY, both, day_after, either, known, truth, within
from spells import spells
from work import duty, group, measure

def counterpart(place, fact="origin"):
    return known(place, fact, lambda p: any(within(p, c) for c in ("513323", "621221", "621224")))


def relief(h):
    return both(h.relief_person, counterpart(h.origin))


def last_counted(w, record):
    """The last day that months and years are counted to; None where nothing, as adopted, ends them."""
    if not w.enacted:
        return record.end
    return min(record.end or w.facts.as_of or w.window[1], w.window[1])


def months_served(w, h):
    """Whole months, and the last day of the last of them."""
    last = last_counted(w, h)
    months = 12 if last is None else w.months(h.start, day_after(last))
    return months, w.plus(h.start, months) - DAY


@measure("jindong-2021.insurance_subsidy", "insurance_subsidy")
def insurance_subsidy(w, s):
    for h in s.hires:
        months, accrual = months_served(w, h)
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
        graduate = x.founder_graduated is not None and x.founder_graduated.within_months_before(x.start, 36,
                                                                                                w.reading("month_end"))
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


def home_spells(w, s):
    """What starts outside the window neither begins nor prolongs a spell, where the window is asked of the start."""
    by_start = w.reading("window_on") == "start"
    return spells([h for h in s.hires if w.at_home(h) and (not by_start or w.begins_inside(h.start))],
                  w.reading("continuity"))


@measure("jindong-2021.worker_employment", "worker_reward")
def worker_employment(w, s):
    months, first = w.parameter("months"), {}
    for h in sorted(home_spells(w, s), key=lambda h: (h.start, h.id)):
        done = w.completes(h.start, months)
        if w.passes(h.id, relief(h), w.stable(h, months), w.in_window(h.start, done)):
            first.setdefault(h.person, (h, done))
    for h, done in first.values():
        w.pay(h.person_name, h.id, done, w.parameter("amount"))


@measure("jindong-2021.love_posts", "public_post")
def love_posts(w, s):
    for h in s.hires:
        months, accrual = months_served(w, h)
        if w.passes(h.id, relief(h), h.love_post, w.at_home(h), w.in_window(h.start, accrual), well_paid(w, h)):
            w.pay_value("public_post_month", h.enterprise, h.id, accrual, months)


def well_paid(w, h):
    return known(h.monthly_wage, "monthly_wage", lambda wage: wage >= w.parameter("wage", "love_posts"))


def has_love_post(w, s, enterprise):
    """Whether the enterprise has a love post, begun in the window whatever date the window asks for."""
    if w.reading("employers") == "any":
        return truth(True)
    return either(*(both(relief(h), h.love_post, w.at_home(h), w.begins_inside(h.start), well_paid(w, h))
                    for h in s.hires if h.enterprise == enterprise))


@measure("jindong-2021.fifty_workers", "headcount_award")
def fifty_workers(w, s):
    threshold = w.parameter("threshold")
    posts = {e.id: has_love_post(w, s, e.id) for e in s.enterprises}
    counted = [h for h in sorted(s.hires, key=lambda h: (h.start, h.id)) if posts[h.enterprise].value is not False
               and w.passes(h.id, relief(h), w.at_home(h), w.in_window(h.start, h.start))]
    for enterprise, hires in group(counted, lambda h: h.enterprise).items():
        for h in hires:
            # Only a start can bring the number up to the threshold.
            if w.reading("counted") == "at_once":
                there = {x.person for x in hires if x.start <= h.start and (x.end is None or x.end >= h.start)}
            else:
                there = {x.person for x in hires if x.start <= h.start}
            if len(there) >= threshold:
                if w.passes(enterprise, posts[enterprise]):
                    w.pay(enterprise, enterprise, h.start, w.parameter("amount"))
                break


@measure("jindong-2021.agency_service", "agency_reward")
def agency_service(w, s):
    months = w.parameter("months")
    counted = [h for h in home_spells(w, s) if h.agency is not None and w.passes(
        h.id, s.agency[h.agency].filed, h.organised, counterpart(h.origin), w.stable(h, months),
        w.in_window(h.start, w.completes(h.start, months)))]
    for agency, hires in group(counted, lambda h: h.agency).items():
        for h in w.persons(hires):
            w.pay(agency, h.id, w.completes(h.start, months), w.parameter("rate"))


def station_years(w, x, value):
    """One payment for each 31 December on which it is open; as adopted without end, for the first."""
    last = last_counted(w, x)
    for year in range(x.start.year, (x.start if last is None else last).year + 1):
        day = date(year, 12, 31)
        if (last is None or day <= last) and w.in_window(x.start, day):
            w.pay_value(value, x.id, f"{x.id}@{year}", day)


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


def every_year(w, s, dates, asked):
    """So many dates in each calendar year from 2022 that is over and, as enacted, lies wholly in the window."""
    if s.as_of is None:
        return "unknown"
    last = min(s.as_of, w.window[1]) if w.enacted else s.as_of
    years = [y for y in range(2022, last.year + 1) if date(y, 12, 31) <= last]
    if not years:
        return "not applicable"
    held = [day.year for day in dates]
    return "met" if all(held.count(y) >= asked for y in years) else "not met"


@duty("jindong-2021.market_exchange")
def market_exchange(w, s):
    return every_year(w, s, [x.date for x in s.exchanges], 2)


@duty("jindong-2021.yearly_fair")
def yearly_fair(w, s):
    return every_year(w, s, [f.date for f in s.fairs if counterpart(f.held_in).value], 1)
