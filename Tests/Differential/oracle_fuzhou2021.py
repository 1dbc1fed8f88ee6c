"""fuzhou-2021, from the contract: teams, parks and the taxes of human-resource agencies."""
from collections import defaultdict
from datetime import date

import reckon
from facts import ScenarioError
from reckon import both, known, negation, truth
from work import duty, measure

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
            figures = [reckon.yuan(x) for x in (t.award, low, high)]
            raise ScenarioError("team {}: award {} outside {}..{}".format(t.id, *figures), t.id)


@duty("fuzhou-2021.team_count")
def team_count(w, s):
    with_teams = [t.year for t in s.teams if not w.enacted or t.year >= 2021]
    first = 2021 if w.enacted else min(with_teams, default=None)
    if s.as_of is None:
        last = max(with_teams, default=None)
    else:
        last = s.as_of.year if s.as_of >= date(s.as_of.year, 12, 31) else s.as_of.year - 1
    if first is None or last is None or first > last:
        return "not applicable"
    return "met" if all(with_teams.count(y) >= 10 for y in range(first, last + 1)) else "not met"


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


def new(w, a):
    """A definition and no window: the same whatever date the window asks for."""
    if not w.enacted:
        return truth(a.from_outside_city)
    return both(a.from_outside_city, known(a.registered_on, "registered_on", lambda day: day >= date(2021, 5, 26)))


@measure("fuzhou-2021.new_hr_firms", "hr_firm_tax")
def new_hr_firms(w, s):
    tax, years = taxes(s), w.parameter("years")
    for a in s.agencies:
        if a.id not in tax or not w.passes(a.id, w.in_home(a.district), new(w, a),
                                           known(a.registered_on, "registered_on", lambda _: True)):
            continue
        first = a.registered_on.year
        months = {first + n: 12 for n in range(years)}
        if w.reading("three_years") == "to_the_month":
            months[first + years] = w.months(date(first + years, 1, 1), w.plus(a.registered_on, 12 * years))
        for year, n in months.items():
            day = date(year, 12, 31)
            if w.in_window(a.registered_on, day):
                w.pay(a.id, f"{a.id}@{year}", day, w.parameter("share") * tax[a.id].get(year, 0) * n / 12)


@measure("fuzhou-2021.hr_firm_growth", "hr_firm_tax", window=FROM_2021)
def hr_firm_growth(w, s):
    tax, years, reading = taxes(s), w.parameter("years"), w.reading("growth_years")
    for a in s.agencies:
        growth = {}
        for year in sorted(tax[a.id]):
            more = tax[a.id][year] - tax[a.id][year - 1] if year - 1 in tax[a.id] else 0
            inside = 2021 <= year <= 2020 + years if reading == "calendar" else w.in_window(date(year, 1, 1),
                                                                                            date(year, 12, 31))
            if inside and more > 0:
                growth[year] = more
        if not growth or not w.passes(a.id, w.in_home(a.district), a.above_scale, negation(new(w, a))):
            continue
        if reading == "consecutive":
            first = min(growth)
            growth = {year: more for year, more in growth.items() if year < first + years}
        elif reading == "paying":
            growth = dict(list(growth.items())[:years])
        for year, more in growth.items():
            w.pay(a.id, f"{a.id}@{year}", date(year, 12, 31), w.parameter("share") * more)
