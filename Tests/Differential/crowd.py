"""What a scenario is crowded with after its lists are drawn: contests for quotas, several documents for one worker,
hires that follow on one another, writing that has to be trimmed, and mistakes that have to be refused."""
from datetime import date

from draw import COUNTERPARTS, NO_END
from facts import FIELDS
from reckon import DAY, last_of_month, plus_months
from records import absent, filing, iso, recruited, since
from work import canonical


def settle(s, name, choice, where="readings"):
    """Sets a reading or value of the scenario, under this name only."""
    s[where] = {n: c for n, c in s[where].items() if canonical(n) != canonical(name)} | {name: choice}


def make_key(s, d, homes):
    for e in s["enterprises"]:
        if d.maybe(0.85):
            e["district"] = d.r.choice(homes)
            e.pop("taxed_in", None)
            e["lists"] = e.get("lists") or ["honest_employer"]


def contest_quotas(s, d, homes, changed):
    """More deserving specialists than places for them."""
    make_key(s, d, homes)
    counties = d.r.sample([o for o in d.county_codes if o[:2] in ("52", "53", "62", "64")], d.pick(2, 2, 3))
    enterprises = [e["id"] for e in s["enterprises"] if e["district"] in homes
                   and e.get("lists")] or [s["enterprises"][0]["id"]]
    enterprises = d.r.sample(enterprises, min(len(enterprises), d.pick(2, 2, 3)))
    s["specialists"], base = [], d.pick(date(2021, 6, 1), date(2022, 2, 1),
                                        date(2023, 1, 1)) + DAY * d.r.randint(0, 350)
    for n in range(1, d.r.randint(4, 12)):
        appointed = base + DAY * d.r.randint(-60, 60)
        s["specialists"].append(absent(dict(
            id=d.pick(f"s{n}", f"{n}", f"s0{n}"), enterprise=d.r.choice(enterprises), county=d.r.choice(counties),
            filed_on=iso(filing(d, appointed) if d.maybe(0.2) else appointed + DAY * d.pick(-30, -1, 0, 1, 30)),
            appointed_from=iso(appointed),
            passed_years=[y for y in range(appointed.year, appointed.year + 3) if d.maybe(0.8)])))
    s["specialists"] = list({x["id"]: x for x in s["specialists"]}.values())
    crossed = len(enterprises) > 1 and d.maybe(0.5)
    if crossed:
        # The first filed bars two others who could both be paid in its place.
        for x, (e, c), n in zip(s["specialists"], ((0, 0), (0, 1), (1, 0)), range(3)):
            x.update(enterprise=enterprises[e], county=counties[c], appointed_from=iso(base),
                     filed_on=iso(base + DAY * n))
    for h in s["hires"]:
        if d.maybe(0.95):
            x = d.r.choice(s["specialists"])
            h["specialist"] = x["id"]
            if d.maybe(0.9):
                h["origin"] = x["county"]
            if d.maybe(0.6):
                h.pop("end", None)
            if d.maybe(0.7):
                h["start"] = iso(recruited(d, x) if d.maybe(0.4) else since(x) + DAY * d.pick(0, 1, 20, 100, 200, 300))
                h.pop("end", None)
        else:
            h.pop("specialist", None)
    for x in s["specialists"]:
        if d.maybe(0.9):
            # Somebody of one's own, so that there are more to be paid than places.
            start = since(x) + DAY * d.pick(0, 1, 30)
            s["hires"] += [dict(id=f"r{x['id']}-{n}", enterprise=d.r.choice(enterprises), specialist=x["id"],
                                origin=x["county"],
                                start=iso(start + DAY * n)) for n in range(2)]
    for c in s.get("cohorts", ()):
        c["hire"].pop("specialist", None)
    name = "changle-2022.specialist_allowance."
    changed.update({name + "recruits": d.pick("1", "1", "2"), name + "per_enterprise": "1" if crossed
                    else d.pick("1", "1", "2"),
                    name + "per_county": "1" if crossed else d.pick("1", "1", "2")})
    if d.maybe(0.6):
        settle(s, "allocation", "maximum")
    if d.maybe(0.25):
        settle(s, "changle-2022.window_on", "accrual")
        settle(s, "changle-2022.service_year", d.pick("term", "term", "calendar"))


def overlap(s, d, homes):
    """The same workers, agencies, posts and premises for several documents at once."""
    make_key(s, d, homes)
    for a in s["agencies"]:
        a.update(district=d.r.choice(homes), filed=True)
    for e in s["enterprises"]:
        e.update(covid_affected=True, above_scale=True)
    for h in s["hires"] + [c["hire"] for c in s.get("cohorts", ())]:
        if d.maybe(0.8):
            h.update(origin=d.pick("420102", "420102", *COUNTERPARTS, *COUNTERPARTS), organised=True,
                     relief_person=True)
        if d.maybe(0.6):
            h.update(love_post=True, public_post=True, monthly_wage="4000")
        if "agency" not in h and d.maybe(0.7):
            h["agency"] = d.r.choice(s["agencies"])["id"]
    for n, b in enumerate(s["bases"]):
        b.update(agreement=True, county=d.r.choice(COUNTERPARTS))
    s["stations"] = [absent(dict(id=b["id"], kind="cooperation_station", county=d.r.choice(COUNTERPARTS),
                                 located_in=d.r.choice(homes),
                                 start=iso(day), end=iso(d.end_of(day, 0.3)))) for b in s["bases"] for day in [d.day()]]
    for h in s["hires"]:
        if d.maybe(0.5):
            h["base"] = d.r.choice(s["bases"])["id"]
    for name, choice in (("higher_by", "payment"), ("higher_between", "all"), ("higher_between", "clause")):
        if d.maybe(0.3):
            settle(s, name, choice)
    for name in ("public_post_month", "hubei_service_fee", "station_year"):
        if d.maybe(0.35):
            s["values"].pop(name, None)
        elif d.maybe(0.8):
            settle(s, name, "50000" if name == "station_year" else d.pick("300", "600", "1000", "1234.5"), "values")


def ends(row):
    return None if row.get("end", NO_END[0]) in NO_END else date.fromisoformat(row["end"])


def named(h):
    """The same person again needs a name or a number."""
    if "worker" not in h and "worker_id" not in h:
        h["worker"] = h["id"]
    return {k: h[k] for k in ("worker", "worker_id") if k in h}


def again(d, last):
    """When somebody whose last day of work was `last` starts anew: at the edges of the day, the month and the next."""
    next_month = plus_months(last.replace(day=1), 1, "clamp")
    return d.pick(last + DAY, last + DAY, last + DAY * 2, last, last - DAY * 10, last_of_month(last) + DAY,
                  next_month + DAY * 14,
                  last_of_month(next_month), last_of_month(next_month) + DAY, plus_months(last, 1, "clamp"),
                  plus_months(last, 2, "clamp"))


def renewals(s, d):
    """Contracts renewed, changes of enterprise with and without a gap, and what somebody did in the district before."""
    enterprises = [e["id"] for e in s["enterprises"]]
    added = []
    for h in d.r.sample(s["hires"], min(len(s["hires"]), d.pick(2, 5, 10))):
        n, previous = 1, h
        while d.maybe(0.7) and n < 5:
            if ends(previous) is None:
                start = date.fromisoformat(previous["start"])
                previous["end"] = iso(max(start, last_of_month(plus_months(start, d.pick(0, 1, 2, 3),
                                                                           "clamp")) - DAY * d.pick(0, 0, 1, 20)))
            start = max(again(d, ends(previous)), date.fromisoformat(previous["start"]) + DAY * d.pick(0, 0, 0, 1))
            row = h | named(h) | dict(id=f"{h['id']}r{n}", start=iso(start))
            for name in ("agency", "base", "specialist", "referrer"):
                if name in row and d.maybe(0.3):
                    del row[name]
            if d.maybe(0.45):
                row["enterprise"] = d.r.choice(enterprises)
            if d.maybe(0.15):
                row["origin"] = d.place(d.origin())
            row.pop("end", None)
            if d.maybe(0.5):
                row["end"] = iso(max(start, plus_months(start, d.pick(1, 2, 3, 4, 6), "clamp") - DAY * d.pick(1, 1, 2,
                                                                                                              5)))
            added.append(row)
            n, previous = n + 1, row
        if d.maybe(0.2):
            # The same day at another enterprise.
            added.append(h | named(h) | dict(id=f"{h['id']}t", enterprise=d.r.choice(enterprises)))
        if d.maybe(0.15):
            start = date.fromisoformat(h["start"])
            before = d.pick(start - DAY, start - DAY * 40, date(2021, 1, 1), date(2022, 1, 27), date(2021, 4, 30))
            if before < start:
                added.append(absent(dict(named(h), id=f"{h['id']}b", enterprise=d.r.choice(enterprises),
                                         start=iso(before),
                                         end=iso(max(before, d.pick(start - DAY * 70, start - DAY))),
                                         origin=h.get("origin"))))
    taken = {h["id"] for h in s["hires"]}
    s["hires"] += [row for row in added if row["id"] not in taken]


def sending_agencies(s, d):
    """Agencies that the sending side has chosen, and workers of their county, of its neighbour and of elsewhere."""
    for a in s["agencies"]:
        if d.maybe(0.6):
            county = d.county()
            a.update(district=d.pick(county, county, county[:4] + "00"), selected_by_sending_government=True)
            if d.maybe(0.7):
                a.pop("filed", None)
            for h in s["hires"]:
                if h.get("agency") == a["id"] and d.maybe(0.7):
                    h.update(origin=d.pick(county, county, d.county(), county[:4] + "00"), organised=True)


def counterparts(s, d, homes):
    """Relief workers of one enterprise, with one love post or none; stations that close with the year."""
    e = d.r.choice(s["enterprises"])
    e["district"] = d.r.choice(homes)
    workers = [h for h in s["hires"] if h["enterprise"] == e["id"]]
    for h in workers:
        h.update(origin=d.r.choice(COUNTERPARTS), relief_person=True, love_post=False)
    for h in d.r.sample(workers, min(len(workers), d.pick(0, 1, 1, 2))):
        h.update(love_post=True, monthly_wage=d.pick("4000", "4000", "3999.99", "", ""))
        if not h["monthly_wage"]:
            del h["monthly_wage"]
        if d.maybe(0.3):
            h.pop("end", None)
            h["start"] = "2021-04-30"
    if len(workers) > 1 and d.maybe(0.5):
        # One leaves on the day on which another comes.
        one, other = sorted(d.r.sample(workers, 2), key=lambda h: h["start"])
        one["end"] = other["start"]
    if d.maybe(0.4):
        settle(s, "jindong-2021.employers", "with_love_posts")
    if d.maybe(0.3):
        settle(s, "jindong-2021.counted", "at_once")
    if d.maybe(0.25):
        settle(s, "jindong-2021.window_on", "accrual")
    for g in s.get("stations", ()):
        g["county"] = d.r.choice(COUNTERPARTS)
        if d.maybe(0.7):
            g["located_in"] = d.r.choice(homes if g["kind"] == "cooperation_station" else COUNTERPARTS)
        year = int(g["start"][:4])
        if d.maybe(0.4):
            g["end"] = f"{d.r.randint(year, year + 3)}-12-{d.pick(30, 31, 31)}"
            if g["end"] < g["start"]:
                del g["end"]


def internship_posts(s, d, homes):
    """About fifty of 2020, of which the duty asks."""
    e = d.r.choice(s["enterprises"])
    e["district"] = d.r.choice(homes)
    s["internships"] = [dict(id=f"i{n}", school_place="520502", enterprise=e["id"], start=f"2020-{n % 12 + 1:02d}-01")
                        for n in range(d.pick(49, 50, 50, 51))]


def loans(s, d, homes):
    """As many hires of a year's contract as the share asks, or one fewer; and refunds that are equal."""
    for e in s["enterprises"]:
        if not d.maybe(0.5):
            continue
        staff = d.pick(0, 1, 10, 19, 20, 40, 99, 100, 101)
        e.update(district=d.r.choice(homes), size=d.pick("micro", "small"), employees=staff)
        if "difficulty_refund" in s["values"] and d.maybe(0.3):
            e.update(in_difficulty=True, covid_affected=True, layoffs=0,
                     ui_premiums_last_year=s["values"]["difficulty_refund"])
        needed = -(-staff * (8 if staff > 100 else 15) // 100)
        s["hires"] += [dict(id=f"l{e['id']}-{n}", enterprise=e["id"], start=f"2020-{n % 12 + 1:02d}-02",
                            contract_months=12)
                       for n in range(max(0, needed - d.pick(0, 0, 1)))]


def first_days(s, d):
    """Persons who begin at several enterprises on one day, which are not joined, here and there from Yuanzhou."""
    if d.maybe(0.7):
        settle(s, "changle-2022.continuity", "same_enterprise")
    added = []
    for h in s["hires"]:
        if h["id"][-1] in "rtb" or not d.maybe(0.5):
            continue
        for n, e in enumerate(d.r.sample(s["enterprises"], min(len(s["enterprises"]), d.pick(1, 2)))):
            twin = h | named(h) | dict(id=d.pick(f"{h['id']}d{n}", f"0{h['id']}d{n}"), enterprise=e["id"])
            for row in (h, twin):
                if d.maybe(0.3):
                    row["origin"] = d.pick("640402", "640402", "520502")
            if d.maybe(0.3):
                twin["agency"] = d.r.choice(s["agencies"])["id"]
            added.append(twin)
    taken = {h["id"] for h in s["hires"]}
    s["hires"] += [row for row in {row["id"]: row for row in added}.values() if row["id"] not in taken]


def same_students(s, d):
    """Internships of one student, one after the other, at one enterprise and at another."""
    added = []
    for i in s.get("internships", []):
        if d.maybe(0.3):
            if "student" not in i and "student_id" not in i:
                i["student"] = i["id"]
            start = plus_months(date.fromisoformat(i["start"]), d.pick(0, 3, 6, 12), "clamp")
            row = i | dict(id=i["id"] + "s", start=iso(start),
                           end=iso(plus_months(start, d.pick(3, 4), "clamp") - DAY * d.pick(0, 1, 2)))
            if d.maybe(0.4):
                row["enterprise"] = d.r.choice(s["enterprises"])["id"]
            for name in ("employed_from", "employed_to"):
                row.pop(name, None)
            added.append(row)
    if added:
        s["internships"] += added


BLANKS = [" ", "  ", "\t", "\u3000", "\u00a0", "\u200b", "\u2003", "\u2060"]


def blanks(s, d):
    """Writing as it comes out of other programs: texts, places and dates with blanks on either side."""
    for name, fields in FIELDS.items():
        for row in s.get(name, ()):
            for k, v in row.items():
                if fields[k][0] in ("text", "place", "county", "date") and isinstance(v, str) and d.maybe(0.05):
                    row[k] = d.pick("", d.r.choice(BLANKS)) + v + d.r.choice(BLANKS)
            if name == "hires" and "end" not in row and d.maybe(0.05):
                row["end"] = d.r.choice(BLANKS)


def mistake(s, d):
    """One thing that has to be refused."""
    what = d.pick("county", "repeated", "excel", "cut", "cohort", "retention", "unknown")
    if what == "county":
        row = d.r.choice(s["specialists"])
        row["county"] = d.pick("520500", "500100", "毕节市", "610000")
    elif what == "repeated" and len(s["enterprises"]) > 1:
        s["enterprises"][1]["id"] = s["enterprises"][0]["id"] + "\u3000"
    elif what == "excel":
        s["hires"][0]["worker_id"] = "3.50182E+17"
    elif what == "cut" and len(s["hires"]) > 1:
        s["hires"][0].update(worker="甲", worker_id="350112199001010000")
        s["hires"][1].update(worker="乙", worker_id="350112199001010000")
    elif what in ("cohort", "retention") and s.get("cohorts"):
        c = s["cohorts"][0]
        c["hire"].update({d.pick("worker", "worker_id"): "1"} if what == "cohort" else {"end": "2030-01-01"})
        c["retention"] = {"3": "50%"}
    else:
        s["hires"][0]["agency"] = "nobody"
