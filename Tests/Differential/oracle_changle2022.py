"""changle-2022, from the contract: bases, agencies, internships and specialists."""
from collections import defaultdict
from datetime import date
from types import SimpleNamespace

from reckon import DAY, both, day_after, either, known, within
from spells import counted, spells, stays
from work import BY_ZERO, KEY_LISTS, group, measure


def key_enterprise(w, enterprise_id):
    e = w.facts.enterprise[enterprise_id]
    return w.in_home(e.district) and w.in_home(e.taxed_in) and bool(e.lists & KEY_LISTS)


@measure("changle-2022.base_operating", "base_operating")
def base_operating(w, s):
    months, threshold = w.parameter("months"), w.parameter("threshold")

    def terms(h):
        b, done = s.base[h.base], w.completes(h.start, months)
        at_home = b.kind == "hr_cooperation_base" and (b.county is None or w.in_home(b.county))
        return lambda sending: (b.agreement, at_home if b.kind == "hr_cooperation_base"
                                else sending(b.county, "county"),
                                w.stable(h, months), w.in_window(h.start, done))

    found = spells([h for h in s.hires if w.at_home(h)], w.reading("continuity"))
    ones = counted(w, [h for h in found if h.base is not None], terms)
    for (base, year), hires in group(ones, lambda h: (h.base, w.year(h.start, w.completes(h.start, months)))).items():
        dates = sorted(w.completes(h.start, months) for h in w.persons(hires))
        if len(dates) >= threshold:
            w.pay(base, f"{base}@{year}", dates[max(threshold, 1) - 1], w.parameter("amount"))


def key_spells(w, s):
    return spells([h for h in s.hires if key_enterprise(w, h.enterprise)], w.reading("continuity"))


@measure("changle-2022.agency_reward", "agency_reward")
def agency_reward(w, s):
    first, second, threshold = w.parameter("months_first"), w.parameter("months_second"), w.parameter("threshold")
    own_county = w.reading("whose_workers") == "own_county"

    def terms(h):
        a = s.agency[h.agency]
        theirs = known(h.origin, "origin", lambda p: within(p, a.district)) if own_county else True
        return lambda sending: (
            either(both(a.filed, w.in_home(a.district)),
                   both(a.selected_by_sending_government, sending(a.district, "district"), theirs)),
            h.organised, sending(h.origin), w.stable(h, first), w.in_window(h.start, w.completes(h.start, first)))

    ones = counted(w, [h for h in key_spells(w, s) if h.agency is not None], terms)
    hundreds = w.reading("threshold_means") == "full_hundreds"
    for (agency, year), hires in group(ones, lambda h: (h.agency,
                                                        w.year(h.start, w.completes(h.start, first)))).items():
        if hundreds and threshold == 0:
            for h in hires:
                w.undetermined(h.id, ["threshold", BY_ZERO])
            continue
        hires = w.persons(hires)
        if len(hires) < threshold:
            continue
        if hundreds:
            hires.sort(key=lambda h: (w.completes(h.start, first), h.id))
            hires = hires[:len(hires) // threshold * threshold]
        for h in hires:
            w.pay(agency, h.id, w.completes(h.start, first), w.parameter("rate_3m"))
            stay = next((x for x in stays(h, w.reading("continuity")) if w.stable(x, second)), None)
            if stay is not None and w.in_window(h.start, w.completes(stay.start, second)):
                w.pay(agency, h.id, w.completes(stay.start, second), w.parameter("rate_6m"))


def internships(w, s):
    """Internships served, and the day on which they were; the caller adds what more it asks."""
    months = w.parameter("months", "student_internship")
    for i in s.internships:
        done = w.completes(i.start, months)
        yield i, months, done, lambda sending, i=i: (
            key_enterprise(w, i.enterprise), sending(i.school_place, "school_place"), w.stable(i, months))


@measure("changle-2022.student_internship", "internship")
def student_internship(w, s):
    actual, ones, paid = w.reading("months_paid") == "actual", [], {}
    for i, months, done, terms in internships(w, s):
        if w.passes_here(i.id, lambda sending: terms(sending) + (
                w.in_window(i.start, done), not actual or i.end is not None)):
            ones.append(i)
            paid[i.id] = done, w.months(i.start, day_after(i.end)) if actual else months
    for i in w.persons(ones):
        w.pay(i.person_name, i.id, paid[i.id][0], w.parameter("rate") * paid[i.id][1])


def to_enterprises(w, ones, day):
    """A sum for each student at each enterprise, accruing on `day` of the internship."""
    for enterprise, theirs in group(ones, lambda i: i.enterprise).items():
        for i in w.persons(theirs):
            w.pay(enterprise, i.id, day(i), w.parameter("amount"))


@measure("changle-2022.enterprise_internship", "internship_enterprise")
def enterprise_internship(w, s):
    served = w.parameter("months", "student_internship")
    to_enterprises(w, [i for i, _, done, terms in internships(w, s) if w.passes_here(
        i.id, lambda sending: terms(sending) + (w.in_window(i.start, done),))], lambda i: w.completes(i.start, served))


@measure("changle-2022.enterprise_retention", "internship_retention")
def enterprise_retention(w, s):
    months, ones = w.parameter("months"), []
    for i, _, _, terms in internships(w, s):
        if i.end is None or i.employed_from is None or i.employed_from <= i.end:
            continue
        job = SimpleNamespace(start=i.employed_from, end=i.employed_to)
        done = w.completes(job.start, months)
        if w.passes_here(i.id, lambda sending: terms(sending) + (w.stable(job, months), w.in_window(i.start, done))):
            ones.append(i)
    to_enterprises(w, ones, lambda i: w.completes(i.employed_from, months))


class Service:
    """The years of a specialist's service: calendar years, or terms of twelve months by the year they begin in."""

    def __init__(self, w, x):
        self.w, self.x, self.filed = w, x, x.filed_on is not None
        self.term = w.reading("service_year") == "term"
        self.since = max(x.filed_on, x.appointed_from) if self.filed else x.appointed_from

    def begins(self, year):
        return self.w.plus(self.since, 12 * (year - self.since.year))

    def last_day(self, year):
        return self.begins(year + 1) - DAY if self.term else date(year, 12, 31)

    def year(self, start, done):
        """The year a recruit from `start`, not before `since`, belongs to."""
        if not self.term:
            return self.w.year(start, done)
        return start.year if start >= self.begins(start.year) else start.year - 1

    def holds(self, year):
        """In office in the year: the first, or every one before was passed."""
        if year < self.since.year or any(y not in self.x.passed_years for y in range(self.since.year, year)):
            return False
        return self.w.reading("window_on") != "start" or self.w.begins_inside(self.begins(year))


@measure("changle-2022.specialist_allowance", "specialist")
def specialist_allowance(w, s):
    months, recruits = w.parameter("months"), w.parameter("recruits")
    amount = w.parameter("rate") * w.parameter("months_paid")
    service = {x.id: Service(w, x) for x in s.specialists}

    def from_home(h, x, sending):
        hometown = w.reading("hometown")
        if hometown == "any":
            return sending(h.origin)
        area = x.county if hometown == "county" else x.county[:2] + "0000"
        return known(h.origin, "origin", lambda p: within(p, area))

    def terms(h):
        x, mine, done = s.specialist[h.specialist], service[h.specialist], w.completes(h.start, months)
        return lambda sending: (
            key_enterprise(w, x.enterprise), sending(x.county, "county"), mine.filed, h.start >= mine.since,
            mine.holds(mine.year(h.start, done)), from_home(h, x, sending), w.stable(h, months),
            w.in_window(h.start, done))

    ones = counted(w, [h for h in key_spells(w, s) if h.specialist is not None], terms)
    candidates = defaultdict(list)  # year: (specialist, accrual)
    for (who, year), hires in group(ones, lambda h: (
            h.specialist, service[h.specialist].year(h.start, w.completes(h.start, months)))).items():
        dates = sorted(w.completes(h.start, months) for h in w.persons(hires))
        if len(dates) >= recruits and amount > 0:
            accrual = max(service[who].last_day(year), dates[max(recruits, 1) - 1])
            if w.in_window(service[who].begins(year), accrual):
                candidates[year].append((s.specialist[who], accrual))
    for year, ones in sorted(candidates.items()):
        ones.sort(key=lambda c: (c[0].filed_on, c[0].id))
        taken = allocate([(x.enterprise, x.county) for x, _ in ones], w.parameter("per_enterprise"),
                         w.parameter("per_county"),
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
    # Of all largest sets the first in filing order: one is taken when some largest set holds it and all taken so far.
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
