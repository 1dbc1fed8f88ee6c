"""The lists of a generated scenario, record by record, drawn so that most conditions hold most of the time."""
from datetime import date

from draw import COUNTERPARTS, NO_END
from facts import FIELDS
from reckon import DAY, plus_months


def absent(row):
    return {k: v for k, v in row.items() if v is not None}


def iso(day):
    return None if day is None else day.isoformat()


def ids(d, prefix, low, high):
    """Mostly of the list's own; some that other lists have too, and some whose order is only that of code points."""
    shared = ["x1", "x2", "x3", "x10", "X9", "07", "7"]
    d.r.shuffle(shared)
    return [shared.pop() if d.maybe(0.25) and shared else f"{prefix}{n}" for n in range(1, d.r.randint(low, high) + 1)]


def fill(s, d, homes, programme):
    """Every list of the scenario."""
    organisations(s, d, homes, programme)
    workers(s, d)
    students(s, d, programme)
    fairs_and_parks(s, d, homes)
    jobseekers(s, d)
    startups_and_stations(s, d, homes)
    townships(s, d)
    for name in FIELDS:
        if name != "hires" and not s[name]:
            del s[name]


def home(d, homes, p=0.8):
    return d.place(d.r.choice(homes) if d.maybe(p) else d.r.choice(d.near))


def sending_place(d):
    """Where an agency of the sending side sits: a county, its prefecture or province."""
    county = d.county()
    return d.pick(county, county, county[:4] + "00", county[:2] + "0000")


def organisations(s, d, homes, programme):
    local = "fuzhou-2021" in programme
    s["enterprises"] = [absent(dict(
        id=i, district=home(d, homes), taxed_in=home(d, homes, 0.7) if d.maybe(0.25) else None,
        name=d.pick(None, "同名公司", f"企业 {i}"),
        lists=d.r.sample(["leading_2021", "honest_employer", "harmonious_labour"], d.pick(0, 1, 1, 1, 2))
        if d.maybe(0.9) else None,
        size=d.pick("micro", "small", "small", "medium", "large", None), state_owned=d.pick(None, False, False, True),
        above_scale=d.pick(None, True, False), employees=d.pick(None, 0, 1, 5, 10, 20, 20, 40, 100, 101),
        covid_affected=d.pick(None, True, True, True, False), layoffs=d.pick(None, 0, 0, 1, 2, 5),
        in_difficulty=d.pick(None, True, True, False),
        ui_premiums_last_year=d.money(0, 90000) if d.maybe(0.85) else None)) for i in ids(d, "e", 2, 6)]
    enterprises = [e["id"] for e in s["enterprises"]]
    s["agencies"] = [absent(dict(
        id=i, district=sending_place(d) if d.maybe(0.1 if local else 0.4) else home(d, homes),
        selected_by_sending_government=d.pick(None, True, True, False),
        filed=d.pick(None, True, True, True, False),
        registered_on=iso(date(2021, 5, 26) + DAY * d.r.randint(-2, 2) if d.maybe(0.25) else d.day()) if d.maybe(0.8)
        else None,
        from_outside_city=d.pick(None, True, True, False), above_scale=d.pick(None, True, True, False)))
        for i in ids(d, "a", 3 if local else 1, 6)]
    s["bases"] = [absent(dict(
        id=i, kind=d.pick(None, "labour_base", "transfer_station", "hr_cooperation_base"),
        county=d.place(d.county() if d.maybe(0.7) else d.pick("350112", "350111", "350102", "330703")) if d.maybe(0.8)
        else None,
        agreement=d.pick(None, True, True, True, False))) for i in ids(d, "b", 1, 4)]
    s["specialists"] = []
    for i in ids(d, "s", 2, 9):
        appointed = d.day()
        s["specialists"].append(absent(dict(
            id=i, enterprise=d.r.choice(enterprises), county=d.county(), filed_on=iso(filing(d, appointed)),
            appointed_from=iso(appointed),
            passed_years=d.r.sample(range(appointed.year, appointed.year + 4), d.pick(0, 1, 2, 3)))))
    team_years = [d.day().year, 2021, 2020, 2022]
    s["teams"] = [absent(dict(
        id=i, year=d.r.choice(team_years[:d.pick(1, 2, 4)]),
        award=d.pick(None, "50000", "500000", "123456.78", "99999") if d.maybe(0.995)
        else d.pick("49999.99", "500000.01")))
        for i in ids(d, "m", 0, d.pick(2, 11, 24))]
    if d.maybe(0.25):
        first = d.pick(2020, 2021, 2021, 2022)
        s["teams"] = [dict(id=f"m{y}-{n}", year=y, award="50000") for y in range(first, first + d.r.randint(1, 4))
                      for n in range(d.pick(10, 10, 10, 10, 11, 9))]
    s["tax_records"] = [row for a in s["agencies"] for row in taxes(d, a["id"])]


def filing(d, appointed):
    """On record before, on or after the appointment, or never."""
    x = d.r.random()
    if x < 0.08:
        return None
    if x < 0.4:
        return d.r.choice(d.focus)
    return max(appointed + DAY * d.pick(-365, -30, -1, 0, 0, 1, 30, 365), date(2019, 1, 1))


def taxes(d, agency):
    """Years that rise, or rise and fall, with gaps, repetitions and differences of a fen."""
    out, before, rising = [], 0, d.maybe(0.3)
    for year in range(d.r.randint(2018, 2021), d.r.randint(2024 if rising else 2022, 2028)):
        if not rising and not d.maybe(0.88):
            continue
        if rising:
            vat = f"{(before + d.pick(1, 1, 2, 12345)) / 100:.2f}"
        else:
            vat = d.money(0, 99999) if d.maybe(0.7) else f"{max(0, before + d.r.randint(-3, 3)) / 100:.2f}"
        before = round(float(vat) * 100)
        out.append(absent(dict(agency=agency, year=year, vat_local=vat if rising or d.maybe(0.9) else None,
                               cit_local=d.money(0, 99999) if d.maybe(0.4) and not rising else None)))
        if not rising and d.maybe(0.15):
            out.append(dict(agency=agency, year=year, cit_local=d.money(0, 999)))
    return out


# Names and numbers: one person under two names, one name with two numbers, and a number that reads like a name.
PEOPLE = [(f"w{n}", None) for n in range(1, 6)] + [("x1", None), ("x2", None), ("王五", None)]
NUMBERS = [("w1", "35011219900101001x"), ("w2", "35011219900101001X"), ("w2", "350112199001010020"),
           (None, "520502198505050030"),
           ("w4", "520502198505050030"), ("赵六", "x1"), ("王五", "W1"), ("赵六", "110101197001010000")]


def who(d, share=0.3):
    """The name and number of somebody who may turn up again; mostly nobody in particular."""
    x = d.r.random()
    return d.r.choice(PEOPLE) if x < share * 0.6 else d.r.choice(NUMBERS) if x < share else (None, None)


def workers(s, d):
    enterprises, agencies, bases = ([x["id"] for x in s[name]] for name in ("enterprises", "agencies", "bases"))
    specialists = s["specialists"]
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
        specialist = d.r.choice(specialists) if d.maybe(0.5) else None
        start = d.day() if specialist is None or d.maybe(0.3) else recruited(d, specialist)
        name, number = who(d)
        s["hires"].append(hire(d, start) | absent(dict(
            id=k, worker=name, worker_id=number, enterprise=d.r.choice(enterprises),
            agency=d.r.choice(agencies) if d.maybe(0.6) else None, base=d.r.choice(bases) if d.maybe(0.5) else None,
            specialist=specialist and specialist["id"],
            referrer=d.r.choice(referrers) if d.maybe(0.5) else None, start=iso(start),
            end=d.end_text(d.end_of(start)))))
        if specialist and d.maybe(0.7):
            # From home, or at least from the same province.
            nearby = [p for p in d.county_codes if p[:2] == specialist["county"][:2]]
            s["hires"][-1]["origin"] = specialist["county"] if d.maybe(0.8) else d.r.choice(nearby)
    if d.maybe(0.25):
        s["cohorts"] = cohorts(d, enterprises, agencies, bases, specialists)
    s["adjustments"] = []
    for k in range(d.pick(0, 1, 3, 8)):
        start = d.day()
        name, number = who(d, 0.6)
        s["adjustments"].append(absent(dict(
            id=f"t{k + 1}", platform=d.pick("平台一", "x1"), from_enterprise=d.r.choice(enterprises),
            to_enterprise=d.r.choice(enterprises),
            start=iso(start), end=d.end_text(d.end_of(start)), worker=name, worker_id=number)))


def since(specialist):
    """From when the appointment counts."""
    return date.fromisoformat(max(specialist.get("filed_on", ""), specialist["appointed_from"]))


def recruited(d, specialist):
    """A day around the beginning or end of one of the specialist's years."""
    begun = since(specialist)
    if d.maybe(0.3):
        return date(begun.year + d.pick(0, 0, 1), 12, 31) + DAY * d.r.randint(-1, 1)
    return plus_months(begun, d.pick(0, 0, 0, 3, 12, 12, 24), "clamp") + DAY * d.pick(-1, 0, 0, 1, 20)


def students(s, d, programme):
    enterprises = [e["id"] for e in s["enterprises"]]
    s["internships"] = []
    for k in range(d.pick(0, 3, 8, 50) if "changle-2022" in programme or "changle-2020" in programme else d.pick(0, 1)):
        start = d.day()
        end = d.end_of(start, 0.15)
        name, number = who(d, 0.5)
        again = None if end is None or d.maybe(0.3) else end + DAY * d.r.randint(-1, 40)
        s["internships"].append(absent(dict(
            id=f"i{k + 1}", student=name, student_id=number, school_place=d.place(d.origin()),
            enterprise=d.r.choice(enterprises), start=iso(start), end=d.end_text(end), employed_from=iso(again),
            employed_to=None if again is None else d.end_text(d.end_of(again, 0.3)))))


def fairs_and_parks(s, d, homes):
    enterprises = [e["id"] for e in s["enterprises"]]
    s["fairs"] = [absent(dict(
        id=f"f{k + 1}", held_in=d.place(d.r.choice(COUNTERPARTS) if d.maybe(0.7) else d.origin()),
        date=iso(fair_day(d)),
        organiser=d.pick(None, "承办公司", "x2"), cost=d.pick(None, "0", "29999.99", "30000", "30000.01", "12345.6"),
        participants=d.r.sample(enterprises, d.r.randint(0, len(enterprises))))) for k in range(d.r.randint(0, 6))]
    s["parks"] = [absent(dict(
        id=i, name=d.pick("园区甲", "园区乙", None), district=home(d, homes, 0.85), level=d.pick("city", "province"),
        selected_on=iso(d.day())))
        for i in ids(d, "p", 0, 6)]


def jobseekers(s, d):
    s["jobseekers"] = []
    for i in ids(d, "j", 0, 6):
        ended = ran_out(d) if d.maybe(0.7) else None
        since = ended or ran_out(d)
        s["jobseekers"].append(absent(dict(
            id=i, benefit_ended_on=d.end_text(ended), insured_ineligible=d.pick(None, True, True, False),
            unemployed_from=iso(since if ended is None else since - DAY * 200),
            reemployed_on=None if d.maybe(0.5) else iso(found_work(d, since)),
            retirement_on=None if d.maybe(0.2) else iso(retires(d, since)))))


def ran_out(d):
    """Around the beginning of 2020, where it matters that benefits ended before."""
    if d.maybe(0.5):
        return d.day()
    return d.pick(date(2020, 1, 1), date(2019, 10, 31), date(2019, 7, 2), date(2020, 7, 2)) + DAY * d.r.randint(-40, 40)


def found_work(d, since):
    x = d.r.random()
    if x < 0.3:
        return d.pick(date(2020, 1, 1), date(2020, 2, 1), date(2020, 7, 2)) + DAY * d.r.randint(-1, 1)
    return max(d.end_of(since, 0), since) + DAY * d.r.randint(-2, 2)


def retires(d, since):
    x = d.r.random()
    if x < 0.2:
        return date(2020, 7, 2) + DAY * d.r.randint(-1, 1)
    if x < 0.3:
        return since + DAY * d.r.randint(-1, 1)
    return plus_months(since, d.pick(1, 2, 3, 5, 6, 7, 9, 11, 12, 12, 13), "clamp") + DAY * d.r.randint(-1, 1)


def startups_and_stations(s, d, homes):
    s["startups"] = []
    for i in ids(d, "u", 0, 5):
        start = d.day()
        years = d.pick(0, 1, 2, 3, 3)
        graduated = plus_months(start, -12 * years, "clamp") + DAY * d.r.randint(-1, 1)
        s["startups"].append(absent(dict(
            id=i, founder_origin=d.place(d.origin()), district=home(d, homes),
            founder_graduated=d.pick(None, graduated.isoformat(), graduated.isoformat(),
                                     str(start.year - d.r.randint(-1, 4))),
            start=iso(start), end=d.end_text(d.end_of(start)) if d.maybe(0.5)
            else iso(plus_months(start, 12 * d.r.randint(1, 3), "clamp")
                                                                              + DAY * d.r.randint(-2, 0)))))
    s["stations"] = []
    for i in ids(d, "g", 0, 5):
        start = d.day()
        s["stations"].append(absent(dict(
            id=i, kind=d.pick("cooperation_station", "guidance_centre"), county=d.place(d.county()),
            located_in=home(d, homes) if d.maybe(0.5) else d.origin(), start=iso(start),
            end=d.pick(d.end_text(None), d.end_text(d.end_of(start)),
                       max(date(start.year + d.r.randint(0, 2), 12, d.r.randint(30, 31)), start).isoformat()))))


def townships(s, d):
    s["townships"] = [absent(dict(
        id=i, name=d.pick(None, "某镇"), odd_job_market_on=d.pick(None, "2023-04-30", "2023-03-01", "2023-04-29",
                                                                "2023-05-01")
        if d.maybe(0.3) else "2023-04-30", reports=reports(d, s.get("as_of")))) for i in ids(d, "z", 0, d.pick(1, 3))]
    s["exchanges"] = [dict(id=f"q{n}", date=iso(day)) for n, day in enumerate(exchanges(d), 1)]


def fair_day(d):
    """Around the first and the last day of the window, or every year."""
    if d.maybe(0.25):
        return d.pick(date(2024, 11, 7), date(2021, 11, 8), date(2021, 5, 1)) + DAY * d.r.randint(-1, 1)
    return d.day() if d.maybe(0.5) else date(d.r.randint(2022, 2024), d.r.randint(1, 12), d.r.randint(1, 28))


def hire(d, start):
    """What a hire says apart from who and where."""
    return absent(dict(
        sex=d.pick("male", "female") if d.maybe(0.97) else None,
        born=d.pick(*born(d, start)) if d.maybe(0.97) else None,
        education=d.pick(None, "初中", "大专"), occupation=d.pick(None, "挡车工"),
        origin=d.place(d.origin()) if d.maybe(0.92) else None, organised=d.pick(None, True, True, True, False),
        relief_person=d.pick(None, True, True, False),
        graduated=d.pick(None, str(start.year), str(start.year - 1), str(start.year + 1), start.isoformat(),
                         (start + DAY).isoformat(), (start - DAY).isoformat(), f"{start.year}-06-30",
                         f"{start.year}-01-01"),
        registered_unemployed_from=d.pick(None, plus_months(start, -6, "clamp").isoformat(),
                                          (start - DAY * 300).isoformat(),
                                          (plus_months(start, -6, "clamp") + DAY).isoformat(),
                                          (plus_months(start, -6, "clamp") - DAY).isoformat()),
        monthly_wage=d.pick(None, "4000", "4000", "3999.99", "5200"), contract_months=d.pick(None, 12, 12, 11, 36),
        love_post=d.pick(None, True, True, False), public_post=d.pick(None, True, True, False),
        insured_before=d.pick(*[None] * 8, True, False)))


def born(d, start):
    """Mostly of working age; now and then on the birthdays that decide."""
    if d.maybe(0.03):
        edge = plus_months(start, -12 * d.pick(16, 56, 61), "clamp")
        return [(edge + DAY * n).isoformat() for n in (-1, 0, 1)] + [edge.isoformat()[:7]]
    return [f"{d.r.randint(1975, 2000)}-{d.r.randint(1, 12):02d}"]


def cohorts(d, enterprises, agencies, bases, specialists):
    out = []
    for n in range(d.pick(1, 1, 2)):
        start = d.day()
        row = hire(d, start) | absent(dict(
            enterprise=d.r.choice(enterprises), agency=d.r.choice(agencies) if d.maybe(0.8) else None,
            base=d.r.choice(bases) if d.maybe(0.7) else None,
            specialist=d.r.choice(specialists)["id"] if d.maybe(0.5) else None, referrer=d.pick(None, "老王")))
        c = dict(id=f"c{n + 1}", count=d.pick(1, 3, 7, 10, 33, 99, 100, 101, 110), hire=row,
                 start=iso(start) if d.maybe(0.4) else {"from": iso(start),
                                                        "to": iso(start + DAY * d.pick(0, 1, 30, 61, 200))})
        if d.maybe(0.7):
            shares, top = {}, 100
            for months in sorted(d.r.sample([1, 2, 3, 6, 12], d.r.randint(1, 3))):
                top = d.r.randint(top // 2, top)
                shares[str(months)] = f"{top}%"
            c["retention"] = shares
        elif d.maybe(0.2):
            row["end"] = iso(start + DAY * 300)
        if "end" not in row and d.maybe(0.1):
            row["end"] = d.r.choice(NO_END)
        out.append(c)
    return out


def reports(d, as_of):
    """One in the first ten days of each month, mostly as long as they are asked for, or to the month before."""
    out = [date(2023, 2, d.pick(13, 13, 13, 13, 14, 12))]
    day, late = date(2023, 3, 1), d.pick(9, 10)
    while day < date(2026, 4, 1):
        if d.maybe(0.995):
            out.append(day.replace(day=d.pick(1, 2, 5, late, late) if d.maybe(0.995) else 11))
        day = plus_months(day, 1, "clamp")
    if as_of is None or d.maybe(0.3):
        return [x.isoformat() for x in out[:d.pick(len(out), len(out), 8, 12, 24)]]
    until = date.fromisoformat(as_of).replace(day=1)
    return [x.isoformat() for x in out if x < (until if d.maybe(0.5) else plus_months(until, 1, "clamp"))
            or x <= date(2023, 2, 14)]


def exchanges(d):
    out = []
    for year in range(2021, 2026):
        out += [date(year, d.r.randint(1, 12), d.r.randint(1, 28)) for _ in range(d.pick(2, 2, 2, 2, 3, 1))]
    return out[:d.pick(len(out), len(out), 4, 0)]
