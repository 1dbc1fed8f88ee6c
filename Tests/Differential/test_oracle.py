#!/usr/bin/env python3
"""The oracle worked by hand: a few cases of every measure, each short enough to check with a calendar.

  python3 test_oracle.py [PLACES_CSV]
"""
import itertools
import random
import sys
import unittest
from datetime import date, timedelta

sys.dont_write_bytecode = True  # a test leaves nothing beside its sources

import facts
import generate as generator
from facts import ScenarioError
from oracle import cost
from oracle_changle2022 import allocate
from work import DOCUMENT_READINGS, GLOBAL_READINGS, MEASURES
from reckon import both, completes, either, fen, plus_months, round_fen, stable, unknown, whole_months, within

import test_contract
import test_contract_changle
from testing import KEY, PLACES, hires, rows, run


def load_tests(loader, tests, _):
    """The worked figures of the contract run with these."""
    for module in (test_contract, test_contract_changle):
        tests.addTests(loader.loadTestsFromModule(module))
    return tests


class Arithmetic(unittest.TestCase):
    def test_months_that_do_not_have_the_day(self):
        self.assertEqual(plus_months(date(2021, 8, 31), 6, "clamp"), date(2022, 2, 28))
        self.assertEqual(plus_months(date(2021, 8, 31), 6, "next_day"), date(2022, 3, 1))
        self.assertEqual(plus_months(date(2024, 2, 29), 12, "clamp"), date(2025, 2, 28))
        self.assertEqual(plus_months(date(2024, 12, 15), 0, "clamp"), date(2024, 12, 15))

    def test_whole_months(self):
        self.assertEqual(whole_months(date(2022, 3, 15), date(2022, 6, 15), "clamp"), 3)
        self.assertEqual(whole_months(date(2022, 3, 15), date(2022, 6, 14), "clamp"), 2)
        self.assertEqual(whole_months(date(2022, 1, 31), date(2022, 2, 28), "clamp"), 1)
        self.assertEqual(whole_months(date(2022, 1, 31), date(2022, 2, 28), "next_day"), 0)
        self.assertEqual(whole_months(date(2022, 1, 31), date(2021, 2, 28), "clamp"), 0)

    def test_clocks(self):
        start = date(2022, 3, 15)
        for clock, last_day, accrual in (("inclusive", date(2022, 6, 14), date(2022, 6, 15)),
                                         ("anniversary", date(2022, 6, 15), date(2022, 6, 15)),
                                         ("insured_months", date(2022, 5, 1), date(2022, 5, 31))):
            self.assertTrue(stable(start, last_day, 3, "clamp", clock), clock)
            self.assertFalse(stable(start, last_day - timedelta(1), 3, "clamp", clock), clock)
            self.assertEqual(completes(start, 3, "clamp", clock), accrual)
            self.assertEqual(completes(start, 0, "clamp", clock), start)

    def test_money_rounds_half_away_from_zero(self):
        self.assertEqual([round_fen(x) for x in (fen("0.01") / 2, fen("0.03") / 2, 0.25, -0.5)], [1, 2, 0, -1])
        self.assertRaises(ValueError, fen, "1.005")

    def test_places(self):
        self.assertTrue(within("350112", "350100") and within("350112", "350000") and within("500101", "500000"))
        self.assertFalse(within("330111", "330110") or within("350100", "350112") or within("350505", "350500-tiz"))
        self.assertTrue(within("350500-tiz", "350500") and within("350500-tiz", "350500-tiz"))
        self.assertEqual(PLACES.resolve("丹巴县"), "513323")
        self.assertRaises(ScenarioError, PLACES.resolve, "市辖区")

    def test_kleene(self):
        self.assertIs(both(False, unknown("a")).value, False)
        self.assertIs(either(True, unknown("a")).value, True)
        self.assertEqual(both(True, unknown("a"), unknown("b")).facts, {"a", "b"})

    def test_cohort(self):
        rows = list(facts.expand_cohort(dict(id="c", count=5, hire={}, start={"from": "2022-03-01", "to": "2022-03-03"},
                                             retention={"3": "90%", "6": "50%"}), "clamp"))
        self.assertEqual([r["start"][-2:] for r in rows], ["01", "01", "02", "02", "03"])
        # 4.5 + 0.5 = 5 stay three months, 2.5 + 0.5 = 3 stay six.
        self.assertEqual([r.get("end") for r in rows], [None, None, None, "2022-08-31", "2022-09-01"])


class Quotas(unittest.TestCase):
    def test_maximum_is_the_first_of_the_largest(self):
        r = random.Random(1)
        for _ in range(400):
            pairs = [(r.randint(1, 4), r.randint(1, 4)) for _ in range(r.randint(0, 8))]
            left, right = r.randint(0, 2), r.randint(0, 2)

            def fits(chosen):
                return all(sum(pairs[i][s] == v for i in chosen) <= (left, right)[s] for s in (0, 1)
                           for v in range(1, 5))
            best = max((c for n in range(len(pairs) + 1) for c in itertools.combinations(range(len(pairs)), n)
                        if fits(c)),
                       key=lambda c: (len(c), [-i for i in c]))
            self.assertEqual(sorted(allocate(pairs, left, right, "maximum")), list(best), (pairs, left, right))

    def test_first_come_is_not_always_the_most(self):
        pairs = [("e1", "c1"), ("e1", "c2"), ("e2", "c1")]
        self.assertEqual(allocate(pairs, 1, 1, "filing_order"), {0})
        self.assertEqual(allocate(pairs, 1, 1, "maximum"), {1, 2})


class Changle2022(unittest.TestCase):
    AGENCY = dict(id="a1", district="350112", filed=True)

    def reward(self, hires, **more):
        return run("changle-2022", enterprises=[KEY], agencies=[self.AGENCY], hires=hires, **more)

    def test_ninety_nine_are_not_a_hundred(self):
        h = hires(100, agency="a1", origin="520502", start="2022-03-15")
        self.assertEqual(self.reward(h[:99]).payments, [])
        got = rows(self.reward(h))
        self.assertEqual(len(got), 200)
        self.assertEqual({r[1:] for r in got}, {("2022-06-15", 300, "due"), ("2022-09-15", 300, "due")})
        h[0]["end"] = "2022-06-13"
        self.assertEqual(self.reward(h).payments, [])
        h[0]["end"] = "2022-06-14"
        self.assertEqual(len(self.reward(h).payments), 199)

    def test_window_year_and_hundreds(self):
        two = {"changle-2022.agency_reward.threshold": "2"}
        h = hires(3, agency="a1", origin="520502", start="2022-12-15")
        self.assertEqual(len(self.reward(h, overrides=two,
                                         readings={"changle-2022.threshold_means": "full_hundreds"}).payments), 4)
        h[0]["start"] = "2022-01-27"
        self.assertEqual(len(self.reward(h, overrides=two).payments), 4)
        self.assertEqual(len(self.reward(h, overrides=two, mode="adopted").payments), 6)
        h[0]["start"] = "2022-09-30"
        self.assertEqual(len(self.reward(h, overrides=two, readings={"year_of": "completion"}).payments), 4)
        # 2023-10-15 is stable for three months in 2024, outside the window by accrual.
        late = hires(2, agency="a1", origin="520502", start="2023-08-15")
        got = rows(self.reward(late, overrides=two, readings={"window_on": "accrual"}))
        self.assertEqual([r[1] for r in got], ["2023-11-15"] * 2)

    def test_yuanzhou_and_missing_origin(self):
        h = hires(3, agency="a1", start="2022-12-15")
        h[0]["origin"], h[1]["origin"] = "640402", "520502"
        one = {"changle-2022.agency_reward.threshold": "1"}
        r = self.reward(h, overrides=one)
        self.assertEqual({p.subject for p in r.payments}, {"h002"})
        self.assertEqual(r.elsewhere, {"changle-2022.agency_reward": {"h001"}})
        self.assertEqual(r.undetermined, {"changle-2022.agency_reward": {"h003": {"origin"}}})
        r = self.reward(h, overrides=one, readings={"changle-2022.yuanzhou": "included"})
        self.assertEqual({p.subject for p in r.payments}, {"h001", "h002"})

    def test_one_person_once(self):
        h = hires(3, agency="a1", origin="520502", worker="w", start="2022-12-15")
        h[2]["start"], h[2]["end"] = "2022-05-01", "2022-08-01"
        one = {"changle-2022.agency_reward.threshold": "1"}
        self.assertEqual(rows(self.reward(h, overrides=one)), [("h003", "2022-08-01", 300, "due")])
        # h001 and h002 begin together and are one spell, which is not the first; counted all the same it is paid twice.
        self.assertEqual(len(self.reward(h, overrides=one, readings={"count": "hires"}).payments), 1)
        every = {"count": "hires", "first_insured": "spell"}
        self.assertEqual([x[0] for x in rows(self.reward(h, overrides=one, readings=every))], ["h003", "h001", "h001"])

    def test_base_operating(self):
        h = hires(3, base="b1", start="2022-03-15")
        h[1]["start"], h[2]["end"] = "2022-04-01", "2022-09-14"
        for county, paid in (("520502", 1), ("350111", 0), ("640402", 0)):
            r = run("changle-2022", enterprises=[KEY], bases=[dict(id="b1", county=county)], hires=h,
                    overrides={"changle-2022.base_operating.threshold": "3"})
            self.assertEqual(rows(r), [("b1@2022", "2022-10-01", 50000, "due")] * paid)
            self.assertEqual(len(r.elsewhere.get("changle-2022.base_operating", ())), 3 * (county == "640402"))
        h[2]["end"] = "2022-09-13"
        self.assertEqual(run("changle-2022", enterprises=[KEY], bases=[dict(id="b1", kind="hr_cooperation_base")],
                             hires=h,
                             overrides={"changle-2022.base_operating.threshold": "3"}).payments, [])

    def test_internships(self):
        i = dict(id="i1", school_place="520502", enterprise="e1", start="2022-03-15", end="2022-07-14",
                 employed_from="2022-07-15", employed_to="2023-01-14")
        r = run("changle-2022", enterprises=[KEY], internships=[i])
        self.assertEqual(rows(r), [("i1", "2022-06-15", 1500, "due"), ("i1", "2022-06-15", 900, "due"),
                                   ("i1", "2023-01-15", 1500, "due")])
        r = run("changle-2022", enterprises=[KEY], internships=[i | dict(employed_from="2022-07-14")],
                readings={"changle-2022.months_paid": "actual"})
        self.assertEqual(rows(r), [("i1", "2022-06-15", 1500, "due"), ("i1", "2022-06-15", 1200, "due")])

    def test_specialists(self):
        def one(n, enterprise, county, filed="2022-02-01"):
            return dict(id=f"s{n}", enterprise=enterprise, county=county, filed_on=filed, appointed_from="2022-03-01")
        specialists = [one(1, "e1", "520502"), one(2, "e1", "520522"), one(3, "e2", "520502")]
        h = [dict(id=f"h{n}", enterprise="e1", specialist=f"s{n}", origin=s["county"], start=f"2022-0{n + 5}-15")
             for n, s in enumerate(specialists, 1)]
        settings = {"changle-2022.specialist_allowance." + k: "1" for k in ("recruits", "per_enterprise", "per_county")}
        both_keys = [KEY, KEY | dict(id="e2")]
        r = run("changle-2022", enterprises=both_keys, specialists=specialists, hires=h, overrides=settings)
        self.assertEqual(rows(r), [("s1@2022", "2022-12-31", 6000, "due"),
                                   ("s2@2022", "2023-01-15", 6000, "over_quota"),
                                   ("s3@2022", "2023-02-15", 6000, "over_quota")])
        r = run("changle-2022", enterprises=both_keys, specialists=specialists, hires=h, overrides=settings,
                readings={"allocation": "maximum"})
        self.assertEqual([x[3] for x in rows(r)], ["over_quota", "due", "due"])
        # A second year asks for the first to be passed.
        h = [h[0] | dict(start="2023-01-10")]
        self.assertEqual(rows(run("changle-2022", enterprises=both_keys, specialists=specialists, hires=h,
                                  overrides=settings)), [])
        specialists[0]["passed_years"] = [2022]
        self.assertEqual(rows(run("changle-2022", enterprises=both_keys, specialists=specialists, hires=h,
                                  overrides=settings)),
                         [("s1@2023", "2023-12-31", 6000, "due")])


class Changle2020(unittest.TestCase):
    E = dict(id="e1", district="350112", size="small", covid_affected=True, employees=40, layoffs=0,
             ui_premiums_last_year="12345.67")

    def go(self, enterprise=None, **more):
        return run("changle-2020", enterprises=[enterprise or self.E], **more)

    def test_insurance_refund(self):
        self.assertEqual(rows(self.go()), [("e1", "2020-12-31", 12345.67, "due")])
        few = self.E | dict(layoffs=10)
        self.assertEqual(self.go(few).undetermined, {"changle-2020.insurance_refund": {"e1": {"layoff_limit"}}})
        self.assertEqual(len(self.go(few, values={"layoff_limit": "20%"}).payments), 1)
        self.assertEqual(len(self.go(few, values={"layoff_limit": "19.9%"}).payments), 0)
        self.assertEqual(rows(self.go(overrides={"changle-2020.insurance_refund.share": "50%"}))[0][2], 6172.84)

    def test_temporary_posts(self):
        h = hires(3, public_post=True, start="2020-07-02")
        h[0]["end"], h[1]["end"], h[2]["start"] = "2020-09-01", "2020-07-31", "2020-12-31"
        self.assertEqual(self.go(hires=h).unpriced,
                         {"changle-2020.temporary_posts": [8, "month", {"public_post_month"}]})
        r = self.go(hires=h, values={"public_post_month": "1000"},
                    overrides={"changle-2020.temporary_posts.posts": "1"})
        self.assertEqual(rows(r, "temporary_posts"),
                         [("h001", "2020-09-02", 2000, "due"), ("h003", "2021-06-30", 6000, "over_quota")])

    def test_absorption(self):
        h = hires(2, start="2020-08-31", graduated="2020")
        h[1].update(registered_unemployed_from="2020-02-29", graduated="2020-09-01")
        r = self.go(hires=h, values={"minimum_wage": "1660"})
        self.assertEqual(rows(r, "graduate_absorption"), [("h001", "2020-08-31", 1000, "due")])
        self.assertEqual(rows(r, "unemployed_absorption"), [("h002", "2020-08-31", 1660, "due")])
        self.assertTrue(r.by_measure()["changle-2020.unemployed_absorption"]["upper_bound"])
        h[1]["registered_unemployed_from"] = "2020-03-01"
        self.assertEqual(rows(self.go(hires=h, values={"minimum_wage": "1660"}), "unemployed_absorption"), [])

    def test_hubei(self):
        h = hires(2, start="2020-08-31", agency="a1", origin="420102")
        h[1]["origin"] = "430102"
        agencies = [dict(id="a1", district="420102")]
        self.assertEqual(self.go(hires=h, agencies=agencies).unpriced, {})
        r = self.go(self.E | dict(above_scale=True), hires=h, agencies=agencies)
        self.assertEqual(r.unpriced, {"changle-2020.hubei_transfer": [1, "payment", {"hubei_service_fee"}]})

    def test_jobseekers(self):
        j = dict(id="j1", benefit_ended_on="2020-03-31", unemployed_from="2019-01-01", retirement_on="2020-11-30")
        value = {"ui_benefit_month": "1000"}
        # Eight months at 1000 against 80 % of six.
        r = self.go(jobseekers=[j], values=value)
        self.assertEqual(rows(r)[:2], [("j1", "2020-09-30", 4800, "displaced"), ("j1", "2020-11-30", 8000, "due")])
        r = self.go(jobseekers=[j | dict(retirement_on="2020-07-31")], values=value)
        # Both end with retirement: four months of either.
        self.assertEqual(rows(r)[:2], [("j1", "2020-07-31", 4000, "due"), ("j1", "2020-07-31", 3200, "displaced")])
        r = self.go(jobseekers=[j | dict(retirement_on="2020-07-31")], values=value,
                    overrides={"changle-2020.unemployment_allowance.share": "150%"})
        self.assertEqual(rows(r)[:2], [("j1", "2020-07-31", 4000, "displaced"), ("j1", "2020-07-31", 6000, "due")])
        self.assertEqual(self.go(jobseekers=[j]).unpriced,
                         {"changle-2020.benefit_extension": [8, "month", {"ui_benefit_month"}]})
        later = j | dict(retirement_on="2021-03-31")
        self.assertEqual([x[3] for x in rows(self.go(jobseekers=[later], values=value), "unemployment_allowance")],
                         ["due"])
        back = dict(id="j1", insured_ineligible=True, unemployed_from="2020-03-31", reemployed_on="2020-06-29",
                    retirement_on="2050-01-01")
        self.assertEqual(rows(self.go(jobseekers=[back], values=value), "unemployment_allowance"),
                         [("j1", "2020-05-31", 1600, "due")])

    def test_startup_loan(self):
        h = hires(6, start="2020-05-01", contract_months=12)
        loan = ("changle-2020.startup_loan", "e1", "e1@2020", "eligible")
        self.assertEqual(self.go(hires=h).grants, [loan])
        self.assertEqual(self.go(hires=h[:5]).grants, [])
        self.assertEqual(self.go(self.E | dict(employees=101), hires=h).grants, [])
        self.assertEqual(self.go(self.E | dict(employees=19), hires=h).grants, [])

    def test_duties(self):
        soe = self.E | dict(state_owned=True)
        h = hires(2, start="2020-05-01")
        h[0]["graduated"] = "2020"
        r = self.go(soe, hires=h)
        self.assertEqual(r.duties, {"changle-2020.soe_graduates": "met", "changle-2020.internship_posts": "not met"})
        h[0]["graduated"] = "2019"
        self.assertEqual(self.go(soe, hires=h).duties["changle-2020.soe_graduates"], "not met")
        i = [dict(id=str(n), school_place="110101", enterprise="e1", start="2020-01-01") for n in range(50)]
        self.assertEqual(self.go(internships=i).duties["changle-2020.internship_posts"], "met")
        self.assertEqual(self.go(internships=i[:49]).duties["changle-2020.internship_posts"], "not met")
        self.assertEqual(self.go(mode="adopted").duties["changle-2020.internship_posts"], "not applicable")


class Quanzhou(unittest.TestCase):
    E = [dict(id="e1", district="350500-tiz"), dict(id="e2", district="350505")]

    def go(self, **more):
        return run("quanzhou-tiz-2023", district="350500-tiz", enterprises=self.E, **more)

    def test_adjustments(self):
        a = [dict(id=f"t{n}", platform="p", from_enterprise=x, to_enterprise=y, start="2023-02-09")
             for n, (x, y) in enumerate([("e2", "e1"), ("e1", "e1"), ("e1", "e2")])]
        self.assertEqual(rows(self.go(adjustments=a)), [("t0", "2023-02-09", 500, "due")])

    def test_recruitment(self):
        h = hires(4, start="2023-03-01", sex="male", born="1990-01")
        h[0].update(agency="a1", referrer="r")
        h[1].update(referrer="r", end="2023-03-01")
        h[2].update(referrer="r", start="2023-02-08")
        agencies = [dict(id="a1", district="350500-tiz")]
        r = self.go(hires=h, agencies=agencies)
        self.assertEqual(rows(r), [("h001", "2023-03-01", 1000, "due"), ("h002", "2023-03-01", 500, "due")])
        r = self.go(hires=h, agencies=agencies, overrides={"quanzhou-tiz-2023.individual_recruitment.months": "1"})
        self.assertEqual(rows(r, "individual_recruitment"), [])

    def test_ambassadors(self):
        h = hires(10, start="2023-03-01", referrer="r")
        title = ("quanzhou-tiz-2023.ambassadors", "r", "r", "bronze")
        self.assertEqual(self.go(hires=h).grants, [title])
        h[0]["start"] = "2024-03-01"
        self.assertEqual(self.go(hires=h).grants, [title])
        self.assertEqual(self.go(hires=h, readings={"quanzhou-tiz-2023.counted_over": "year"}).grants, [])

    def test_duties(self):
        h = hires(1, start="2023-03-01", sex="female", born="1967-03-02")
        self.assertEqual(self.go(hires=h).duties["quanzhou-tiz-2023.registry"], "met")
        h[0]["born"] = "1967-03"
        self.assertEqual(self.go(hires=h).duties["quanzhou-tiz-2023.registry"], "not met")
        del h[0]["sex"]
        self.assertEqual(self.go(hires=h).duties["quanzhou-tiz-2023.registry"], "unknown")
        t = dict(id="z", odd_job_market_on="2023-04-30", reports=["2023-02-13", "2023-03-10", "2023-04-01"])
        for as_of, status in (("2023-04-30", "met"), ("2023-05-09", "met"), ("2023-05-10", "not met"),
                              (None, "unknown")):
            r = self.go(townships=[t], as_of=as_of)
            self.assertEqual(r.duties["quanzhou-tiz-2023.monthly_reports"], status, as_of)
        self.assertEqual(r.duties["quanzhou-tiz-2023.odd_job_markets"], "met")


class Fuzhou(unittest.TestCase):
    def go(self, **more):
        return run("fuzhou-2021", **more)

    def test_teams(self):
        r = self.go(teams=[dict(id="m1", year=2021, award=60000), dict(id="m2", year=2022),
                           dict(id="m3", year=2020, award=1)])
        self.assertEqual(rows(r), [("m1", "2021-12-31", 60000, "due"), ("m2", "2022-12-31", 500000, "due")])
        self.assertEqual([p.upper_bound for p in r.payments], [False, True])
        self.assertRaisesRegex(ScenarioError, "m4", self.go, teams=[dict(id="m4", year=2021, award="49999.99")])
        self.assertEqual(r.duties["fuzhou-2021.team_count"], "not met")

    def test_parks(self):
        p = [dict(id="p1", name="甲", district="350112", level="city", selected_on="2021-05-26"),
             dict(id="p2", name="甲", district="350112", level="province", selected_on="2022-01-01"),
             dict(id="p3", name="甲", district="350112", level="province", selected_on="2022-01-02")]
        self.assertEqual(rows(self.go(parks=p)), [("p1", "2021-05-26", 500000, "due"),
                                                  ("p2", "2022-01-01", 1000000, "due")])
        higher = {"fuzhou-2021.both_levels": "higher"}
        self.assertEqual([x[3] for x in rows(self.go(parks=p, readings=higher))], ["displaced", "due"])
        # Of equals the province's stands.
        r = self.go(parks=p, readings=higher, overrides={"fuzhou-2021.hr_parks.city": "1000000"})
        self.assertEqual([x[3] for x in rows(r)], ["displaced", "due"])

    def test_new_firms(self):
        a = [dict(id="a1", district="350102", from_outside_city=True, registered_on="2021-06-15")]
        t = [dict(agency="a1", year=y, vat_local=100, cit_local="0.01") for y in (2021, 2022, 2022, 2024)]
        # Five whole months from 1 January to 15 June 2024: half of 100.01, five twelfths of it.
        self.assertEqual(rows(self.go(agencies=a, tax_records=t)), [
            ("a1@2021", "2021-12-31", 50.01, "due"), ("a1@2022", "2022-12-31", 100.01, "due"),
            ("a1@2024", "2024-12-31", 20.84, "due")])
        self.assertEqual(len(self.go(agencies=a, tax_records=t,
                                     readings={"fuzhou-2021.three_years": "calendar"}).payments), 2)
        a[0]["registered_on"] = "2021-05-25"
        self.assertEqual(rows(self.go(agencies=a, tax_records=t)), [])

    def test_growth(self):
        a = [dict(id="a1", district="350102", above_scale=True)]
        t = [dict(agency="a1", year=y, vat_local=v) for y,
             v in ((2019, 0), (2020, 100), (2021, 300), (2022, 200), (2023, 201), (2025, 900))]
        self.assertEqual(rows(self.go(agencies=a, tax_records=t)),
                         [("a1@2021", "2021-12-31", 100, "due"), ("a1@2023", "2023-12-31", 0.5, "due")])
        self.assertEqual(rows(self.go(agencies=a, tax_records=t, mode="adopted", district="350102"))[0],
                         ("a1@2020", "2020-12-31", 50, "due"))
        r = self.go(agencies=a, tax_records=t, readings={"fuzhou-2021.growth_years": "calendar"},
                    overrides={"fuzhou-2021.hr_firm_growth.years": "2"})
        self.assertEqual(len(r.payments), 1)


class Jindong(unittest.TestCase):
    E = [dict(id="e1", district="330703")]

    def go(self, **more):
        return run("jindong-2021", district="330703", enterprises=self.E, **more)

    def test_insurance_and_love_posts(self):
        h = hires(2, start="2022-01-31", origin="丹巴县", relief_person=True, love_post=True, monthly_wage="4000")
        h[0]["end"] = "2022-02-27"
        values = {"social_insurance_month": "100", "public_post_month": "10"}
        r = self.go(hires=h, values=values, as_of="2022-06-30")
        self.assertEqual(rows(r, "insurance_subsidy"),
                         [("h001", "2022-02-27", 100, "due"), ("h002", "2022-06-29", 500, "due")])
        self.assertEqual([x[2] for x in rows(r, "love_posts")], [10, 50])
        self.assertEqual(self.go(hires=h).unpriced["jindong-2021.insurance_subsidy"][0], 1 + 33)
        self.assertEqual(self.go(hires=h, mode="adopted").unpriced["jindong-2021.love_posts"][0], 1 + 12)

    def test_startups(self):
        u = dict(id="u1", founder_origin="621221", district="330703", start="2022-03-01",
                 founder_graduated="2019-03-01", end="2024-02-29")
        values = {"startup_once": "5000", "startup_rent_year": "2000"}
        r = self.go(startups=[u], values=values)
        self.assertEqual(rows(r), [("u1", "2022-03-01", 5000, "due"), ("u1", "2023-03-01", 2000, "due"),
                                   ("u1", "2024-03-01", 2000, "due")])
        self.assertEqual(len(self.go(startups=[u | dict(founder_graduated="2019-02-28")], values=values).payments), 1)
        self.assertEqual(len(self.go(startups=[u | dict(founder_graduated="2019")], values=values).payments), 3)
        self.assertEqual(self.go(startups=[u]).unpriced["jindong-2021.startup_rent"],
                         [2, "payment", {"startup_rent_year"}])

    def test_fairs(self):
        f = dict(id="f1", held_in="621224", date="2022-01-01", organiser="o", participants=["e1"])
        self.assertEqual([(p.beneficiary, p.amount, p.upper_bound) for p in self.go(fairs=[f]).payments],
                         [("o", 3000000, True), ("e1", 300000, True)])
        self.assertEqual(rows(self.go(fairs=[f | dict(cost="123.45", held_in="621224")]), "fair_organiser")[0][2],
                         123.45)
        self.assertEqual(self.go(fairs=[f | dict(held_in="621222")]).payments, [])

    def test_workers(self):
        h = hires(3, worker="w", start="2022-01-01", origin="513323", relief_person=True)
        h[1]["start"], h[2]["start"] = "2021-05-01", "2021-04-30"
        h[1]["end"] = "2021-10-31"
        self.assertEqual(rows(self.go(hires=h), "worker_employment"), [("h002", "2021-11-01", 3000, "due")])
        h[1]["end"] = "2021-10-30"
        self.assertEqual(rows(self.go(hires=h), "worker_employment"), [("h001", "2022-07-01", 3000, "due")])

    def test_headcount(self):
        h = hires(3, origin="513323", relief_person=True, start="2022-01-01")
        h[0]["end"], h[1]["start"], h[2]["start"] = "2022-01-31", "2022-01-31", "2022-02-01"
        for n, reading, day in (("2", "cumulative", "2022-01-31"), ("3", "cumulative", "2022-02-01"),
                                ("2", "at_once", "2022-01-31"),
                                ("3", "at_once", None)):
            r = self.go(hires=h, overrides={"jindong-2021.fifty_workers.threshold": n},
                        readings={"jindong-2021.counted": reading})
            self.assertEqual(rows(r, "fifty_workers"), [("e1", day, 50000, "due")] if day else [], (n, reading))

    def test_agency_service(self):
        h = hires(2, agency="a1", origin="621221", start="2022-01-01")
        h[0]["end"] = "2022-03-30"
        a = [dict(id="a1", district="110101", filed=True)]
        r = self.go(hires=h, agencies=a, as_of="2022-03-31")
        self.assertEqual(rows(r, "agency_service"),
                         [("h001", "2022-03-31", 1000, "due"), ("h002", "2022-03-31", 1000, "due")])
        r = self.go(hires=h, agencies=a, as_of="2022-03-31", readings={"clock": "inclusive"})
        self.assertEqual(rows(r, "agency_service"), [("h002", "2022-04-01", 1000, "pending")])

    def test_stations(self):
        g = [dict(id="g1", kind="cooperation_station", county="513323", located_in="330703", start="2021-12-31"),
             dict(id="g2", kind="guidance_centre", county="513323", located_in="513323", start="2022-01-01",
                  end="2022-12-31")]
        values = {"station_year": "1", "centre_year": "2"}
        r = self.go(stations=g, values=values)
        self.assertEqual([x[0] for x in rows(r)], ["g1@2021", "g2@2022", "g1@2022", "g1@2023"])
        self.assertEqual([x[0] for x in rows(self.go(stations=g, values=values, mode="adopted"))],
                         ["g1@2021", "g2@2022"])

    def test_exchanges(self):
        x = [dict(id=str(n), date=d) for n, d in enumerate(["2022-01-01", "2022-05-01", "2023-01-01"])]
        for as_of, status in ((None, "unknown"), ("2021-12-31", "not applicable"), ("2022-12-30", "not applicable"),
                              ("2022-12-31", "met"), ("2023-12-31", "not met")):
            self.assertEqual(self.go(exchanges=x, as_of=as_of).duties["jindong-2021.market_exchange"], status)


class Together(unittest.TestCase):
    def test_take_the_higher(self):
        lists = dict(enterprises=[KEY], agencies=[dict(id="a1", district="350112", filed=True)],
                     hires=hires(1, agency="a1", origin="513323", start="2023-03-15"))
        one = {"changle-2022.agency_reward.threshold": "1"}
        r = run("changle-2022 + jindong-2021 + quanzhou-tiz-2023", "adopted", one, **lists)
        # 600 against 1000 against 1000: of equals the earlier issued stands.
        self.assertEqual({(p.measure, p.status) for p in r.payments if p.amount > 0}, {
            ("changle-2022.agency_reward", "displaced"), ("jindong-2021.agency_service", "due"),
            ("quanzhou-tiz-2023.agency_recruitment", "displaced")})
        r = run("changle-2022 + jindong-2021", "adopted", one, readings={"higher_by": "payment"}, **lists)
        # The first payments compete; the second of changle-2022 has no rival.
        self.assertEqual([x[1:] for x in rows(r)], [("2023-05-31", 1000, "due"), ("2023-06-15", 300, "displaced"),
                                                    ("2023-09-15", 300, "due")])

    def test_unpriced_displaces_nothing(self):
        lists = dict(enterprises=[KEY], agencies=[dict(id="a1", district="350112", filed=True)],
                     hires=hires(1, agency="a1", origin="420102", start="2023-03-15"))
        r = run("changle-2022 + changle-2020", "adopted", {"changle-2022.agency_reward.threshold": "1"}, **lists)
        self.assertEqual((len(r.payments), list(r.unpriced)), (2, ["changle-2020.hubei_transfer"]))

    def test_order_of_records_changes_nothing(self):
        for seed in range(60):
            case = generator.generate(seed, PLACES)
            try:
                before = cost(case.scenario, case.programme, case.mode, case.overrides, PLACES, case.session)
            except ScenarioError:
                continue
            for name in facts.FIELDS:
                random.Random(seed).shuffle(case.scenario.get(name, []))
            after = cost(case.scenario, case.programme, case.mode, case.overrides, PLACES, case.session)
            self.assertEqual([p.row() for p in before.payments], [p.row() for p in after.payments])
            self.assertEqual((before.unpriced, before.undetermined, before.elsewhere, before.duties),
                             (after.unpriced, after.undetermined, after.elsewhere, after.duties))
            sums = before.sums()
            self.assertEqual(sums["total"], sums["due"] + sums["pending"])

    def test_every_measure_is_reached(self):
        reached = set()
        for seed in range(400):
            case = generator.generate(seed, PLACES)
            try:
                r = cost(case.scenario, case.programme, case.mode, case.overrides, PLACES, case.session)
            except ScenarioError:
                continue
            reached |= {p.measure for p in r.payments} | {g[0] for g in r.grants} | r.unpriced.keys()
        self.assertEqual({m.name for m in MEASURES} - reached, set())

    def test_every_choice_matters(self):
        """For any two choices of a reading there is one among the first scenarios in which the total differs, or where
        no money hangs on it the duties or grants."""
        missing = {(name, pair) for name, choices in (GLOBAL_READINGS | DOCUMENT_READINGS).items()
                   for pair in itertools.combinations(choices, 2)}
        for seed in range(1, 301):
            case = generator.generate(seed, PLACES)
            asked = {name for name, _ in missing if "." not in name or name.split(".")[0] in case.programme}
            for name in asked:
                tells = differences(case, name)
                missing -= {(name, pair) for pair in tells}
            if not missing:
                return
        self.assertEqual(missing, set())


def differences(case, name):
    """Between which choices of the reading, set for everything that asks it, the outcome differs."""
    short, totals = name.split(".")[-1], {}
    scenario = case.scenario | {"readings": {k: v for k, v in case.scenario["readings"].items()
                                             if k.split(".")[-1] != short}}
    session = {k: v for k, v in case.session.items() if k.split(".")[-1] != short}
    choices = (GLOBAL_READINGS | DOCUMENT_READINGS)[name]
    without_money = short in ("staff_floor", "counted_over", "by_the_tenth")
    for choice in choices:
        try:
            r = cost(scenario, case.programme, case.mode, case.overrides, PLACES, session | {name: choice})
        except ScenarioError:
            return []
        totals[choice] = (r.grants, r.duties) if without_money else r.sums()["total"]
    return [(a, b) for a, b in itertools.combinations(choices, 2) if totals[a] != totals[b]]


if __name__ == "__main__":
    unittest.main()
