"""changle-2020, from the contract: refunds, posts, absorption, benefits and loans of 2020."""
from datetime import date
from fractions import Fraction

from reckon import day_after, known, round_fen, truth, unknown, within
from work import BY_ZERO, Work, duty, group, measure

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
            w.pay(e.id, e.id, day, w.parameter("share") * e.ui_premiums_last_year)


@measure("changle-2020.difficulty_refund", "insurance_refund")
def difficulty_refund(w, s):
    day = date(2020, 12, 31)
    for e in s.enterprises:
        if w.passes(e.id, w.in_home(e.district), e.in_difficulty, w.in_window(day, day)):
            w.pay_value("difficulty_refund", e.id, e.id, day)
    if w.reading("refunds") == "both":
        return
    # The higher of the two; a tie is the insurance refund's. What is unpriced cannot be compared.
    insured = {p.beneficiary: p for p in w.result.payments if p.measure == "changle-2020.insurance_refund"}
    for p in w.result.payments:
        other = insured.get(p.beneficiary) if p.measure == w.name else None
        if other is not None:
            (other if p.amount > other.amount else p).status = "displaced"
    w.result.uncompared |= {o for o in w.result.open if o[0] == w.name and o[1] in insured}


@measure("changle-2020.temporary_posts", "public_post", window=(date(2020, 7, 2), date(2020, 12, 31)))
def temporary_posts(w, s):
    limit = w.parameter("months")
    candidates = []
    for h in sorted(s.hires, key=lambda h: (h.start, h.id)):
        months = limit if h.end is None else min(limit, w.months(h.start, day_after(h.end)))
        accrual = w.plus(h.start, months)
        e = s.enterprise[h.enterprise]
        if w.passes(h.id, h.public_post, w.in_home(e.district), e.covid_affected,
                    w.in_window(h.start, accrual)) and months:
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
            w.unpriced("public_post_month", h.enterprise, h.id, months)


@measure("changle-2020.graduate_absorption", "absorption")
def graduate_absorption(w, s):
    same_class = w.reading("graduates") == "class_of_2020"
    counted = []
    for h in s.hires:
        e = s.enterprise[h.enterprise]
        if w.passes(h.id, h.graduated is not None and h.graduated.not_after(h.start), w.in_home(e.district), sme(e),
                    w.in_window(h.start, h.start), not same_class or h.graduated is not None
                    and h.graduated.year == h.start.year):
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
                    e.above_scale or bool(e.lists & {"leading_2021", "honest_employer"}),
                    w.in_window(h.start, h.start)):
            counted.append(h)
    for agency, hires in group(counted, lambda h: h.agency).items():
        for h in w.persons(hires):
            w.pay_value("hubei_service_fee", agency, h.id, h.start)


ISSUED, YEAR_BEGINS = date(2020, 7, 2), date(2020, 1, 1)


def earlier(*days):
    return min((d for d in days if d is not None), default=None)


def extension(w, j):
    """Whole months and accrual of the extended benefit, or None; `w` notes what is undetermined."""
    if j.benefit_ended_on is None:
        return None
    if not w.passes(j.id, known(j.retirement_on, "retirement_on", lambda r: r < w.plus(j.benefit_ended_on, 12))):
        return None
    until, since = earlier(j.retirement_on, j.reemployed_on), j.benefit_ended_on
    if w.enacted:
        if until < ISSUED:
            return None
        since = max(since, YEAR_BEGINS)
    months = w.months(since, until)
    return (months, until) if months else None


def allowance(w, j):
    """Months and accrual of the allowance, or None."""
    since = j.benefit_ended_on or (j.unemployed_from if j.insured_ineligible else None)
    if since is None:
        return None
    if w.enacted and w.reading("expired") == "before_too" and since < YEAR_BEGINS and (
            j.reemployed_on is None or j.reemployed_on > YEAR_BEGINS):
        since = YEAR_BEGINS
    if j.retirement_on is not None and j.retirement_on <= since:
        return None
    limit, until = w.parameter("months"), earlier(j.reemployed_on, j.retirement_on)
    months = limit if until is None else min(limit, w.months(since, until))
    accrual = w.plus(since, months)
    return (months, accrual) if months and w.in_window(since, accrual) else None


@measure("changle-2020.benefit_extension", "unemployment_benefit", window=None)
def benefit_extension(w, s):
    """And the allowance, since each looks at the other."""
    other = Work(w.run, "changle-2020.unemployment_allowance")
    worth, others_worth = w.value("ui_benefit_month"), other.value("ui_benefit_month")
    for j in s.jobseekers:
        a, b = extension(w, j), allowance(other, j)
        if worth is None or others_worth is None:
            # Nothing can be compared, and the extension stands.
            if a:
                w.pay_value("ui_benefit_month", j.id, j.id, a[1], a[0])
            elif b:
                pay_allowance(other, j, b)
            continue
        extended = worth * a[0] if a else 0
        allowed = round_fen(other.parameter("share") * others_worth * b[0]) if b else 0
        lower = "" if not (extended and allowed) else "allowance" if extended >= allowed else "extension"
        if a:
            w.pay(j.id, j.id, a[1], extended, status="displaced" if lower == "extension" else "")
        if b:
            pay_allowance(other, j, b, "displaced" if lower == "allowance" else "")


def pay_allowance(w, j, entitled, status=""):
    (months, day), worth = entitled, w.value("ui_benefit_month")
    if worth is None:
        w.unpriced("ui_benefit_month", j.id, j.id, months)
    else:
        w.pay(j.id, j.id, day, w.parameter("share") * worth * months, upper_bound=True, status=status)


@measure("changle-2020.unemployment_allowance", "unemployment_benefit")
def unemployment_allowance(w, s):
    """Paid by benefit_extension above, since each looks at the other."""


@measure("changle-2020.unemployed_absorption", "absorption")
def unemployed_absorption(w, s):
    counted = []
    for h in s.hires:
        since = h.registered_unemployed_from
        if w.passes(h.id, w.at_home(h), since is not None and w.plus(since, 6) <= h.start,
                    w.in_window(h.start, h.start)):
            counted.append(h)
    for enterprise, hires in group(counted, lambda h: h.enterprise).items():
        for h in w.persons(hires):
            w.pay_value("minimum_wage", enterprise, h.id, h.start, w.parameter("wages"), upper_bound=True)


@measure("changle-2020.startup_loan")
def startup_loan(w, s):
    asked, counted = w.reading("staff_floor") == "asked", []
    for h in s.hires:
        e = s.enterprise[h.enterprise]
        if w.passes(h.id, w.in_home(e.district), known(e.size, "size", lambda size: size in ("micro", "small")),
                    not asked or known(e.employees, "employees", lambda n: n >= w.parameter("min_staff")),
                    known(e.employees, "employees", lambda n: n > 0 or unknown("employees", BY_ZERO)),
                    known(h.contract_months, "contract_months", lambda n: n >= 12), w.in_window(h.start, h.start)):
            counted.append(h)
    for (enterprise, year), hires in group(counted, lambda h: (h.enterprise, h.start.year)).items():
        staff = s.enterprise[enterprise].employees
        part = w.parameter("share_large" if staff > 100 else "share")
        if Fraction(len(w.persons(hires)), staff) >= part:
            w.grant(enterprise, f"{enterprise}@{year}", "eligible")


@duty("changle-2020.soe_graduates")
def soe_graduates(w, s):
    hires = [h for h in s.hires if s.enterprise[h.enterprise].state_owned and w.at_home(h)
             and w.in_window(h.start, h.start)]
    for (_, year), ones in group(hires, lambda h: (h.enterprise, h.start.year)).items():
        graduates = sum(h.graduated is not None and h.graduated.year == year for h in ones)
        if 2 * graduates < len(ones):
            return "not met"
    return "met" if hires else "not applicable"


@duty("changle-2020.internship_posts")
def internship_posts(w, s):
    ones = group([i for i in s.internships if w.at_home(i)], lambda i: i.start.year)
    years = [2020] if w.enacted else list(ones)
    if not years:
        return "not applicable"
    return "met" if all(len(ones.get(y, ())) >= 50 for y in years) else "not met"
