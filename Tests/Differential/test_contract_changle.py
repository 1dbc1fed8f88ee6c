"""The contract's own figures for the two documents of Changle, each as a scenario, with the sums behind them."""
import unittest

from testing import AGENCY, FROM_QIXINGGUAN, KEY, ONE, changle, hires, rows, run, total


class Changle2022(unittest.TestCase):
    def w(self, n, start, end=None, **more):
        return dict(FROM_QIXINGGUAN, id=f"h{n}", worker="W", start=start, end=end) | more

    def test_first_insured(self):
        h = [self.w(1, "2021-01-01", "2021-12-31", enterprise="e3", agency=None), self.w(2, "2022-03-01")]
        self.assertEqual(total(changle(h)), 0)
        self.assertEqual(total(changle(h, readings={"first_insured": "spell"})), 600)
        # Outside the district it is not in home.
        elsewhere = [KEY, dict(id="e3", district="350111")]
        self.assertEqual(total(run("changle-2022", overrides=ONE, enterprises=elsewhere, agencies=[AGENCY], hires=h)),
                         600)
        self.assertEqual(total(changle([self.w(1, "2022-03-01", insured_before=True)])), 0)
        self.assertEqual(total(changle([self.w(1, "2022-03-01", insured_before=True)],
                                       readings={"first_insured": "spell"})), 600)

    def test_first_insured_elsewhere_in_the_document(self):
        s = [dict(id="s1", enterprise="e1", county="520502", filed_on="2022-03-01", appointed_from="2022-03-01")]
        b = [dict(id="b1", county="520502")]
        before = self.w(1, "2021-01-01", "2021-12-31", enterprise="e3", agency=None)
        h = [self.w(2, "2022-03-01", base="b1", specialist="s1")]
        for one, paid in ((h, (50000, 6000)), (h + [before], (0, 0))):
            r = changle(one, specialists=s, bases=b)
            self.assertEqual((total(r, "base_operating"), total(r, "specialist_allowance")), paid)

    def test_two_on_the_first_day(self):
        # Not joined, both of the first day: the smallest id that otherwise qualifies.
        apart = {"continuity": "same_enterprise"}
        h = [self.w(1, "2022-03-01"), self.w(2, "2022-03-01", enterprise="e2", agency="a2")]
        self.assertEqual({p.subject for p in changle(h, readings=apart).payments}, {"h1"})
        h[0]["organised"] = False
        self.assertEqual({p.subject for p in changle(h, readings=apart).payments}, {"h2"})
        # Joined they are one, with the facts of the first.
        self.assertEqual(changle(h).payments, [])
        # One whose origin nobody knows does not stand in the other's way, and is told.
        h[0].update(organised=True, origin=None)
        r = changle(h, readings=apart)
        self.assertEqual(({p.subject for p in r.payments}, set(r.undetermined["changle-2022.agency_reward"])),
                         ({"h2"}, {"h1"}))
        h[0].update(origin="520502")
        h[1].update(origin=None)
        self.assertEqual(changle(h, readings=apart).undetermined, {})

    def test_two_on_the_first_day_and_yuanzhou(self):
        # Whoever would not be the smallest id if Yuanzhou were included is not governed elsewhere either.
        def got(*origins):
            h = [self.w(1, "2022-03-01", origin=origins[0]),
                 self.w(2, "2022-03-01", origin=origins[1], enterprise="e2", agency="a2")]
            r = changle(h, readings={"continuity": "same_enterprise"})
            return {p.subject for p in r.payments}, r.elsewhere.get("changle-2022.agency_reward", set())
        self.assertEqual(got("640402", "520502"), ({"h2"}, {"h1"}))
        self.assertEqual(got("520502", "640402"), ({"h1"}, set()))
        self.assertEqual(got("640402", "640402"), (set(), {"h1"}))

    def test_spells_that_follow_on(self):
        a = [self.w(1, "2022-03-01", "2022-04-30"), self.w(2, "2022-05-20", enterprise="e2", agency="a2")]
        b = [self.w(1, "2022-03-01", "2022-04-30"), self.w(2, "2022-05-01", "2022-09-30")]

        def got(h, **more):
            return [(p.beneficiary, str(p.date), p.amount / 100) for p in changle(h, **more).payments]
        self.assertEqual(got(a), [("a1", "2022-06-01", 300), ("a1", "2022-11-20", 300)])
        self.assertEqual(got(b), [("a1", "2022-06-01", 300), ("a1", "2022-09-01", 300)])
        days = {"readings": {"changle-2022.continuity": "joined_days"}}
        self.assertEqual((got(a, **days), len(got(b, **days))), ([], 2))
        same = {"readings": {"changle-2022.continuity": "same_enterprise"}}
        self.assertEqual((got(a, **same), len(got(b, **same))), ([], 2))
        # As any spell, each by itself: the first too short, the second whole.
        days["readings"]["first_insured"] = "spell"
        self.assertEqual(got(a, **days), [("a2", "2022-08-20", 300), ("a2", "2022-11-20", 300)])

    def test_a_month_without_work(self):
        def got(again, **more):
            h = [self.w(1, "2022-03-01", "2022-04-10"), self.w(2, again)]
            return [str(p.date) for p in changle(h, **more).payments]
        # From 10 April: May may have an empty beginning, but not be empty.
        self.assertEqual(got("2022-05-31"), ["2022-06-01", "2022-09-01"])
        self.assertEqual(got("2022-06-01"), [])
        # The day after the last day of work, or one more.
        days = {"readings": {"continuity": "joined_days"}}
        self.assertEqual((len(got("2022-04-11", **days)), len(got("2022-04-12", **days))), (2, 0))

    def test_the_stay_of_the_second_instalment(self):
        # e1 until June, e2 from July to October: four months and four; e2 again, without a month between: one stay.
        h = [self.w(1, "2022-03-01", "2022-06-30"), self.w(2, "2022-07-01", "2022-10-31", enterprise="e2")]
        self.assertEqual(rows(changle(h)), [("h1", "2022-06-01", 300, "due")])
        h.append(self.w(3, "2022-11-15", "2022-12-31", enterprise="e2"))
        self.assertEqual(rows(changle(h)), [("h1", "2022-06-01", 300, "due"), ("h1", "2023-01-01", 300, "due")])
        # By its own accrual the second has to lie in the window, by start the spell's beginning does for both.
        late = [self.w(1, "2023-08-01")]
        self.assertEqual(total(changle(late)), 600)
        self.assertEqual(total(changle(late, readings={"window_on": "accrual"})), 300)

    def test_parameters_of_the_months(self):
        h = [self.w(1, "2022-03-01", "2022-05-31")]
        for first, second, paid in (("3", "6", 300), ("4", "6", 0), ("2", "3", 600)):
            months = {"changle-2022.agency_reward.months_first": first,
                      "changle-2022.agency_reward.months_second": second}
            self.assertEqual(total(changle(h, months)), paid)

    def specialist(self, *starts, recruits="1", readings=None, **more):
        s = dict(id="s1", enterprise="e1", county="520502", filed_on="2022-03-01", appointed_from="2022-03-01") | more
        h = [dict(id=f"h{n}", enterprise="e1", specialist="s1", origin="520502", start=day) for n,
             day in enumerate(starts, 1)]
        return rows(changle(h, {"changle-2022.specialist_allowance.recruits": recruits}, specialists=[s],
                            readings=readings or {}))

    def test_the_appointment_counts_from_the_later_date(self):
        self.assertEqual(self.specialist("2022-03-01", filed_on="2022-03-02"), [])
        self.assertEqual(self.specialist("2022-03-02", filed_on="2022-03-02"), [("s1@2022", "2022-12-31", 6000, "due")])
        self.assertEqual(self.specialist("2022-02-28"), [])
        self.assertEqual(self.specialist("2022-03-01", filed_on=None), [])
        # Filed a year late, the first year is that of the filing: none before it to be passed.
        self.assertEqual(len(self.specialist("2023-03-01", appointed_from="2022-03-01", filed_on="2023-02-01")), 1)

    def test_years_of_service(self):
        july = dict(appointed_from="2022-07-01", filed_on="2022-07-01", recruits="2")
        self.assertEqual(self.specialist("2022-07-01", "2023-06-30", **july), [])
        term = {"service_year": "term"}
        # The second completes its six months on 2023-12-30, after the year's last day, 2023-06-30.
        self.assertEqual(self.specialist("2022-07-01", "2023-06-30", readings=term, **july),
                         [("s1@2022", "2023-12-30", 6000, "due")])
        self.assertEqual(self.specialist("2022-07-01", "2023-07-01", readings=term, **july), [])
        july["recruits"] = "1"
        self.assertEqual(self.specialist("2022-07-01", readings=term, **july), [("s1@2022", "2023-06-30", 6000, "due")])
        self.assertEqual(self.specialist("2023-07-01", readings=term, **july), [])
        self.assertEqual(self.specialist("2023-07-01", readings=term, passed_years=[2022], **july),
                         [("s1@2023", "2024-06-30", 6000, "due")])

    def test_bases_of_our_own_schools(self):
        for county, paid in ((None, 50000), ("350112", 50000), ("520502", 0), ("350111", 0)):
            b = [dict(id="b1", kind="hr_cooperation_base", county=county)]
            h = [dict(id="h1", enterprise="e3", base="b1", start="2022-03-01", end="2022-08-31")]
            self.assertEqual(total(changle(h, bases=b)), paid, county)

    def test_whose_workers(self):
        h = [dict(FROM_QIXINGGUAN, id="h1", origin="520521", start="2022-03-01")]
        for district, readings, paid in (("520502", {}, 0), ("520500", {}, 600), ("520521", {}, 600),
                                         ("520502", {"whose_workers": "any_sending"}, 600)):
            a = dict(id="a1", district=district, selected_by_sending_government=True)
            self.assertEqual(total(changle(h, agencies=[a], readings=readings)), paid, district)
        # One that is filed and of Changle brings whom it will.
        self.assertEqual(total(changle(h, agencies=[AGENCY | dict(selected_by_sending_government=True)])), 600)

    def test_retention_after_the_window(self):
        i = dict(id="i1", school_place="520502", enterprise="e1", start="2023-12-31", end="2024-03-30",
                 employed_from="2024-04-01")
        self.assertEqual(rows(changle(internships=[i]), "enterprise_retention"), [("i1", "2024-10-01", 1500, "due")])
        self.assertEqual(rows(changle(internships=[i], readings={"window_on": "accrual"})), [])


class Changle2020(unittest.TestCase):
    E = dict(id="e1", district="350112", in_difficulty=True)

    def test_two_refunds(self):
        value = {"difficulty_refund": "5000"}
        r = run("changle-2020", enterprises=[self.E], values=value)
        self.assertEqual(rows(r), [("e1", "2020-12-31", 5000, "due")])
        self.assertEqual(run("changle-2020", enterprises=[self.E]).unpriced,
                         {"changle-2020.difficulty_refund": [1, "payment", {"difficulty_refund"}]})
        two = self.E | dict(size="small", covid_affected=True, layoffs=0, ui_premiums_last_year="3000")

        def refunds(value, **more):
            r = run("changle-2020", enterprises=[two], values={"difficulty_refund": value} if value else {}, **more)
            return [(p.amount // 100, p.status) for p in r.payments], len(r.uncompared)
        self.assertEqual(refunds("5000"), ([(5000, "due"), (3000, "displaced")], 0))
        self.assertEqual(refunds("3000"), ([(3000, "displaced"), (3000, "due")], 0))
        self.assertEqual(refunds("5000", readings={"refunds": "both"}), ([(5000, "due"), (3000, "due")], 0))
        self.assertEqual(refunds(None), ([(3000, "due")], 1))
        self.assertEqual(refunds(None, session={"refunds": "both"}), ([(3000, "due")], 0))

    def benefits(self, mode="enacted", readings=None, **more):
        j = dict(id="j1", unemployed_from="2018-01-01") | more
        r = run("changle-2020", mode, values={"ui_benefit_month": "1000"}, jobseekers=[j], readings=readings or {})
        return [(p.measure.split("_")[-1], str(p.date), p.amount // 100, p.status) for p in r.payments]

    def test_benefits_that_ran_out_before(self):
        self.assertEqual(self.benefits(benefit_ended_on="2019-10-31"), [("allowance", "2020-07-01", 4800, "due")])
        self.assertEqual(self.benefits(benefit_ended_on="2019-10-31", readings={"expired": "in_2020"}), [])
        self.assertEqual(self.benefits(insured_ineligible=True), [("allowance", "2020-07-01", 4800, "due")])
        # At work again by New Year's Day: nobody to be paid; the day after: no whole month.
        for day in ("2020-01-01", "2020-01-02"):
            self.assertEqual(self.benefits(benefit_ended_on="2019-10-31", reemployed_on=day), [])
        self.assertEqual(self.benefits(benefit_ended_on="2019-10-31", reemployed_on="2020-02-01"),
                         [("allowance", "2020-02-01", 800, "due")])
        # As adopted nothing is before: from the day itself.
        self.assertEqual(self.benefits("adopted", benefit_ended_on="2019-10-31"),
                         [("allowance", "2020-04-30", 4800, "due")])

    def test_benefits_end_with_retirement(self):
        # Extension 10 May to 20 August: three whole months; the allowance as many at 800.
        self.assertEqual(self.benefits(benefit_ended_on="2020-05-10", retirement_on="2020-08-20"),
                         [("extension", "2020-08-20", 3000, "due"),
                          ("allowance", "2020-08-10", 2400, "displaced")][::-1])
        self.assertEqual(self.benefits(benefit_ended_on="2020-05-10", retirement_on="2020-05-10"), [])

    def test_the_extension_as_enacted(self):
        # From New Year's Day eight whole months; the six of the allowance are displaced.
        self.assertEqual(self.benefits(benefit_ended_on="2019-10-31", retirement_on="2020-09-30"),
                         [("allowance", "2020-07-01", 4800, "displaced"), ("extension", "2020-09-30", 8000, "due")])
        # Ended before the issue: no extension, and the allowance stands.
        self.assertEqual(self.benefits(benefit_ended_on="2019-10-31", retirement_on="2020-07-01"),
                         [("allowance", "2020-07-01", 4800, "due")])
        self.assertEqual(self.benefits(benefit_ended_on="2019-10-31", retirement_on="2020-07-02")[-1],
                         ("extension", "2020-07-02", 6000, "due"))
        # As adopted from 31 October 2019: eleven months.
        self.assertEqual(self.benefits("adopted", benefit_ended_on="2019-10-31", retirement_on="2020-09-30")[-1],
                         ("extension", "2020-09-30", 11000, "due"))
        self.assertEqual(self.benefits(benefit_ended_on="2019-10-31", retirement_on="2020-10-31"),
                         [("allowance", "2020-07-01", 4800, "due")])

    def test_staff_floor(self):
        e = dict(id="e1", district="350112", size="micro", employees=10)

        def loan(n, **readings):
            return len(run("changle-2020", enterprises=[e], hires=hires(n, start="2020-05-01", contract_months=12),
                           readings=readings).grants)
        self.assertEqual((loan(2), loan(2, staff_floor="principle"), loan(1, staff_floor="principle")), (0, 1, 0))


if __name__ == "__main__":
    unittest.main()
