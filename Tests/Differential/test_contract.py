"""The figures that the contract works out itself, each as a scenario, with the sums behind them in comments."""
import unittest

from facts import ScenarioError
from testing import AGENCY, FROM_QIXINGGUAN, KEY, ONE, changle, hires, rows, run, total


class EveryDocument(unittest.TestCase):
    def test_amounts_are_rounded_once(self):
        a = [dict(id="a1", district="350112", from_outside_city=True, registered_on="2021-06-15")]

        def tax(*figures, year=2021):
            return run("fuzhou-2021", agencies=a, tax_records=[dict(agency="a1", year=year, vat_local=x)
                                                               for x in figures])
        # Half of 0.01 and half of 0.01 is 0.01, and not twice 0.005 rounded up.
        self.assertEqual(rows(tax("0.01", "0.01")), [("a1@2021", "2021-12-31", 0.01, "due")])
        # 0.055 x 5 / 12 is 0.0229; half of 0.11 rounded first would make 0.03 of it.
        self.assertEqual(rows(tax("0.11", year=2024)), [("a1@2024", "2024-12-31", 0.02, "due")])

    def test_division_by_nought(self):
        e = dict(id="e1", district="350112", size="micro", employees=0)
        loan = {"changle-2020.startup_loan.min_staff": "0"}
        r = run("changle-2020", enterprises=[e], hires=hires(1, start="2020-05-01", contract_months=12), overrides=loan)
        self.assertEqual(r.undetermined["changle-2020.startup_loan"], {"h001": {"employees", "division by zero"}})
        self.assertEqual(r.grants, [])
        # With the floor of 20 nobody is divided: 0 < 20.
        r = run("changle-2020", enterprises=[e], hires=hires(1, start="2020-05-01", contract_months=12))
        self.assertEqual(r.undetermined.get("changle-2020.startup_loan"), None)
        r = changle(hires(2, agency="a1", origin="520502", start="2022-03-01"),
                    {"changle-2022.agency_reward.threshold": "0"},
                    readings={"threshold_means": "full_hundreds"})
        self.assertEqual(r.payments, [])
        self.assertEqual(r.undetermined["changle-2022.agency_reward"],
                         {h: {"threshold", "division by zero"} for h in ("h001", "h002")})

    def higher(self, programme, **settings):
        values = settings.pop("values", {"hubei_service_fee": "800"})
        overrides = ONE | settings.pop("overrides", {})
        return run(programme, "adopted", overrides, enterprises=[KEY], agencies=[AGENCY], values=values,
                   hires=[dict(id="h1", enterprise="e1", agency="a1", origin="420102", start="2022-03-01")], **settings)

    def test_take_the_higher_needs_a_clause(self):
        three = "changle-2022 + changle-2020 + quanzhou-tiz-2023"
        r = self.higher(three)
        self.assertEqual({(p.measure, p.amount, p.status) for p in r.payments}, {
            ("changle-2022.agency_reward", 30000, "displaced"), ("changle-2020.hubei_transfer", 80000, "due"),
            ("quanzhou-tiz-2023.agency_recruitment", 100000, "due")})
        self.assertEqual(total(r), 1800)
        self.assertEqual(total(self.higher(three, readings={"higher_between": "all"})), 1000)
        self.assertEqual(total(self.higher(three, session={"higher_between": "all"})), 1000)
        # The two without a clause never meet; with all contending the dearer stands.
        two = "changle-2020 + quanzhou-tiz-2023"
        self.assertEqual((total(self.higher(two)), total(self.higher(two, readings={"higher_between": "all"}))),
                         (1800, 1000))

    def test_kth_payments_of_a_joint_contender(self):
        # 800 (the earlier issue) meets the first 300 and 1000 the second, both of one day.
        r = self.higher("changle-2022 + changle-2020 + quanzhou-tiz-2023", readings={"higher_by": "payment"},
                        values={"hubei_service_fee": "200"})
        self.assertEqual([(p.amount, p.status) for p in r.payments],
                         [(20000, "displaced"), (100000, "due"), (30000, "due"), (30000, "displaced")])

    def test_ties(self):
        # 600 against 200 and 400 of the joint one, which ranks as its document of 2020; that of 2023 alone is later.
        six = {"quanzhou-tiz-2023.agency_recruitment.rate": "400"}
        r = self.higher("changle-2022 + changle-2020 + quanzhou-tiz-2023", values={"hubei_service_fee": "200"},
                        overrides=six)
        self.assertEqual([(p.document, p.status) for p in r.payments], [
            ("changle-2020", "due"), ("quanzhou-tiz-2023", "due"), ("changle-2022", "displaced"),
            ("changle-2022", "displaced")])
        six["quanzhou-tiz-2023.agency_recruitment.rate"] = "600"
        r = self.higher("changle-2022 + quanzhou-tiz-2023", overrides=six)
        self.assertEqual([p.status for p in r.payments], ["displaced", "due", "due"])
        # By payment 300 meets 300 of 2023 as the second: the joint one ranks as its document of 2020.
        six["quanzhou-tiz-2023.agency_recruitment.rate"] = "300"
        r = self.higher("changle-2022 + changle-2020 + quanzhou-tiz-2023", values={"hubei_service_fee": "200"},
                        overrides=six,
                        readings={"higher_by": "payment"})
        self.assertEqual([(p.document, p.status) for p in r.payments], [
            ("changle-2020", "displaced"), ("quanzhou-tiz-2023", "due"), ("changle-2022", "due"),
            ("changle-2022", "displaced")])

    def test_not_compared(self):
        r = self.higher("changle-2022 + changle-2020", values={})
        self.assertEqual(r.uncompared, {("changle-2020.hubei_transfer", "a1", "h1")})
        self.assertEqual(self.higher("changle-2020 + quanzhou-tiz-2023", values={}).uncompared, set())
        r = self.higher("changle-2020 + quanzhou-tiz-2023", values={}, readings={"higher_between": "all"})
        self.assertEqual(len(r.uncompared), 1)

    def jindong(self, start, end, **settings):
        return run("jindong-2021", district="330703", enterprises=[dict(id="e1", district="330703")],
                   agencies=[dict(AGENCY)],
                   hires=[dict(id="h1", enterprise="e1", agency="a1", origin="513323", start=start, end=end)],
                   **settings)

    def test_a_measure_has_a_default_of_its_own(self):
        self.assertEqual(rows(self.jindong("2022-01-31", "2022-03-01")), [("h1", "2022-03-31", 1000, "due")])
        for name in ("clock", "jindong-2021.clock", "jindong-2021.agency_service.clock"):
            self.assertEqual(total(self.jindong("2022-01-31", "2022-03-01", readings={name: "inclusive"})), 0, name)
            self.assertEqual(total(self.jindong("2022-01-31", "2022-03-01", session={name: "inclusive"})), 0, name)

    def test_one_setting_under_each_of_its_names(self):
        # 50 in all but never at once: the session's short name goes before the scenario's long one.
        h = hires(2, origin="513323", relief_person=True, start="2022-01-01", end="2022-01-31")
        h[1].update(start="2022-03-01", end="2022-03-31")

        def paid(scenario, session=None):
            return total(run("jindong-2021", district="330703", enterprises=[dict(id="e1", district="330703")], hires=h,
                             overrides={"jindong-2021.fifty_workers.threshold": "2"}, readings=scenario,
                             session=session))
        self.assertEqual(paid({}), 50000)
        for name in ("counted", "jindong-2021.counted", "jindong-2021.fifty_workers.counted"):
            self.assertEqual(paid({name: "at_once"}), 0, name)
            for other in ("counted", "jindong-2021.counted", "jindong-2021.fifty_workers.counted"):
                self.assertEqual(paid({other: "at_once"}, {name: "cumulative"}), 50000, (name, other))
        # A document's reading for one measure goes before the document's, whoever set it.
        h = [dict(FROM_QIXINGGUAN, id="h1", origin="640402", start="2022-03-01")]
        self.assertEqual(total(changle(h, readings={"yuanzhou": "included"}), "agency_reward"), 600)
        self.assertEqual(total(changle(h, readings={"changle-2022.agency_reward.yuanzhou": "included"},
                                       session={"yuanzhou": "separate"}), "agency_reward"), 600)
        self.assertEqual(total(changle(h, readings={"changle-2022.yuanzhou": "included"},
                                       session={"yuanzhou": "separate"})), 0)

    def test_values_of_a_document_or_measure(self):
        post = dict(id="h1", enterprise="e1", start="2020-08-01", end="2020-08-31", public_post=True)
        long = "changle-2020.temporary_posts.public_post_month"
        for values, paid in (({"public_post_month": "1000"}, 1000), ({"jindong-2021.public_post_month": "1000"}, 0),
                             ({"public_post_month": "1000", "changle-2020.public_post_month": "900"}, 900),
                             ({"public_post_month": "1000", "changle-2020.public_post_month": "900", long: "800"}, 800)):
            r = run("changle-2020", enterprises=[KEY | dict(covid_affected=True)], hires=[post], values=values)
            self.assertEqual(total(r, "temporary_posts"), paid)
        r = run("changle-2020", enterprises=[KEY | dict(covid_affected=True)], hires=[post], values={long: "800"},
                session={"public_post_month": "1"})
        self.assertEqual(total(r), 800)

    def test_dates_that_mean_no_end(self):
        def subsidy(end, **more):
            return run("jindong-2021", district="330703", enterprises=[dict(id="e1", district="330703")],
                       values={"social_insurance_month": "1000"}, hires=[dict(
                           id="h1", enterprise="e1", origin="成县", relief_person=True, start="2022-07-01", end=end)],
                           **more)
        for end in ("9999-12-31", "2999-12-31", "2099-12-31", "9999-01-01"):
            r = subsidy(end, as_of="2022-12-31")
            self.assertEqual(rows(r, "insurance_subsidy"), [("h1", "2022-12-31", 6000, "due")])
            self.assertEqual((r.notes, r.warnings), ({("no end", "hires"): 1}, {}))
        # Ten years and a day after as_of, or without it after the start; ten years to the day bring nothing.
        for end, as_of, told in (("2032-12-31", "2022-12-31", 0), ("2033-01-01", "2022-12-31", 1),
                                 ("2032-07-01", None, 0), ("2032-07-02", None, 1)):
            self.assertEqual(subsidy(end, as_of=as_of).warnings, {("far end", "hires"): 1} if told else {}, end)
        # As adopted an end in 9998 counts: 7976 years and 1 month and no day beyond 9999-12-31.
        r = subsidy("9998-07-31", mode="adopted")
        self.assertEqual(rows(r, "insurance_subsidy"), [("h1", "9998-07-31", (7976 * 12 + 1) * 1000, "due")])

    def test_blanks_are_trimmed(self):
        lists = dict(enterprises=[KEY | dict(id="e1\u3000")],
                     agencies=[{"id": "\u200ba1", " district\u00a0": "\t350112", "filed": True}])
        h = [{"id": "h1", "enterprise": "e1", "agency": "a1 ", "origin": "520502", "\ufeffstart": "2022-03-01",
              "end": " \u3000 "}]
        self.assertEqual(total(run("changle-2022", overrides=ONE, hires=h, **lists)), 600)
        lists["enterprises"].append(KEY | dict(id="e1 "))
        self.assertRaisesRegex(ScenarioError, "repeated", run, "changle-2022", hires=h, **lists)
        h[0]["agency"] = "a9"
        lists["enterprises"].pop()
        self.assertRaisesRegex(ScenarioError, "a9", run, "changle-2022", hires=h, **lists)

    def test_duties_with_nothing_to_judge(self):
        def duties(**more):
            r = run("changle-2020 + quanzhou-tiz-2023 + fuzhou-2021 + jindong-2021",
                    enterprises=[dict(id="e1", district="350112", state_owned=True)], **more)
            return {name.split(".")[1]: status for name, status in r.duties.items()}
        none = "not applicable"
        self.assertEqual(duties(), dict(soe_graduates=none, internship_posts="not met", registry=none,
                                        odd_job_markets=none,
                                        monthly_reports=none, team_count=none, market_exchange="unknown",
                                        yearly_fair="unknown"))
        self.assertEqual(duties(mode="adopted")["internship_posts"], none)
        t = [dict(id="z1", reports=[])]
        self.assertEqual(duties(townships=t)["monthly_reports"], "unknown")
        for as_of, status in (("2023-02-12", none), ("2023-02-13", "not met")):
            self.assertEqual(duties(townships=t, as_of=as_of)["monthly_reports"], status)
        for as_of, status in (("2022-12-30", none), ("2022-12-31", "not met")):
            self.assertEqual(duties(as_of=as_of)["market_exchange"], status)
            self.assertEqual(duties(as_of=as_of)["yearly_fair"], status)
        for as_of, status in (("2021-12-30", none), ("2021-12-31", "not met")):
            self.assertEqual(duties(as_of=as_of)["team_count"], status)

    def test_levels_of_places(self):
        def base(county):
            return run("changle-2022", bases=[dict(id="b1", county=county)])
        for county in ("毕节市", "520500", "520000", "500100"):
            self.assertRaises(ScenarioError, base, county)
        self.assertRaisesRegex(ScenarioError, "520502 七星关区, 520521 大方县", base, "毕节市")
        for county in ("620200", "441900", "442000", "460400", "350500-tiz", "520502", "500101"):
            self.assertEqual(base(county).payments, [])
        self.assertRaises(ScenarioError, run, "changle-2022", enterprises=[KEY], specialists=[
            dict(id="s1", enterprise="e1", county="520500", appointed_from="2022-03-01")])
        self.assertRaises(ScenarioError, run, "jindong-2021", stations=[
            dict(id="g1", kind="cooperation_station", county="513300", located_in="330703", start="2022-03-01")])

    def test_cohorts_name_nobody(self):
        def cohort(retention=None, **more):
            return run("changle-2022", enterprises=[KEY], cohorts=[dict(
                id="c", count=120, hire=dict(enterprise="e1", **more), start="2022-03-01",
                **({"retention": retention} if retention else {}))])
        self.assertEqual(cohort().payments, [])
        self.assertRaisesRegex(ScenarioError, "worker", cohort, worker="W")
        self.assertRaisesRegex(ScenarioError, "worker_id", cohort, worker_id="1")
        self.assertRaisesRegex(ScenarioError, "retention", cohort, {"3": "90%"}, end="2022-12-31")
        self.assertEqual(cohort({"3": "90%"}, end="9999-12-31").payments, [])
        self.assertRaisesRegex(ScenarioError, "rise", cohort, {"3": "90%", "6": "91%"})


class Persons(unittest.TestCase):
    def recruited(self, *people, **more):
        h = [dict(id=f"h{n}", enterprise="e1", agency="a1", start=f"2023-03-0{n}", worker=name, worker_id=number)
             for n, (name, number) in enumerate(people, 1)]
        return run("quanzhou-tiz-2023", district="350500-tiz", enterprises=[dict(id="e1", district="350500-tiz")],
                   agencies=[dict(id="a1", district="350500-tiz")], hires=h, **more)

    def test_the_number_goes_before_the_name(self):
        r = self.recruited(("张三", "350112199001010011"), ("张三", "350112199001010012"))
        self.assertEqual((total(r), r.warnings), (2000, {("a name with several numbers", "hires"): 1}))
        r = self.recruited(("李四", "35011219900101001x"), ("李思", "35011219900101001X"))
        self.assertEqual((total(r), r.warnings), (1000, {("a number with several names", "hires"): 1}))
        # A number and a name are never one person, even when they read the same.
        r = self.recruited(("X1", None), ("王五", "x1"))
        self.assertEqual((total(r), r.warnings), (2000, {}))
        r = self.recruited(("王五", None), ("王五", "1"))
        self.assertEqual((total(r), r.warnings), (2000, {("a name with and without a number", "hires"): 1}))
        # A hire without a name is no name to be warned of.
        r = self.recruited((None, "1"), (None, "2"))
        self.assertEqual((total(r), r.warnings), (2000, {}))

    def test_numbers_that_excel_has_cut(self):
        self.assertRaisesRegex(ScenarioError, "Excel", self.recruited, ("张三", "3.50182E+17"))
        self.assertRaisesRegex(ScenarioError, "Excel", self.recruited, ("张三", "350112199001010000"),
                               ("李四", "350112199001010000"))
        self.assertEqual(total(self.recruited(("张三", "350112199001010000"), ("张三", "350112199001010000"))), 1000)

    def test_sexes_and_births(self):
        h = hires(2, worker="W", start="2023-03-01", sex="male", born="1990-01")
        h[1].update(sex="female", born="1990-01-02")
        r = run("quanzhou-tiz-2023", enterprises=[KEY], hires=h)
        self.assertEqual(r.warnings, {("a name with several sexes", "hires"): 1,
                                      ("a name with several births", "hires"): 1})
        h[1].update(sex="male", born="1990-01-01")
        self.assertEqual(run("quanzhou-tiz-2023", enterprises=[KEY], hires=h).warnings, {})

    def test_students_once(self):
        i = [dict(id="i1", student="S", school_place="520502", enterprise="e1", start="2022-03-01", end="2022-05-31"),
             dict(id="i2", student="S", school_place="520502", enterprise="e1", start="2022-09-01", end="2022-11-30")]
        r = changle(internships=i)
        self.assertEqual(rows(r), [("i1", "2022-06-01", 1500, "due"), ("i1", "2022-06-01", 900, "due")])
        r = changle(internships=i, readings={"count": "hires"})
        self.assertEqual((total(r, "student_internship"), total(r, "enterprise_internship")), (1800, 3000))
        # At another enterprise the student is the same, the enterprise is not.
        i[1]["enterprise"] = "e2"
        r = changle(internships=i)
        self.assertEqual((total(r, "student_internship"), total(r, "enterprise_internship")), (900, 3000))
        # Two students by their numbers.
        i[0]["student_id"], i[1]["student_id"] = "1x", "2"
        r = changle(internships=i)
        self.assertEqual([(p.beneficiary, p.amount) for p in r.payments if p.measure.endswith("student_internship")],
                         [("1X", 90000), ("2", 90000)])
        self.assertEqual(r.warnings, {("a name with several numbers", "internships"): 1})

    def test_adjustments_are_of_persons(self):
        e = [dict(id=f"e{n}", district="350500-tiz") for n in (1, 2)]
        a = [dict(id=f"t{n}", platform="p", from_enterprise="e1", to_enterprise="e2", start=day, worker="W")
             for n, day in enumerate(("2023-03-01", "2023-05-01"), 1)]

        def lent(**more):
            return total(run("quanzhou-tiz-2023", enterprises=e, adjustments=a, **more))
        self.assertEqual(lent(), 500)
        self.assertEqual(lent(readings={"count": "hires"}), 1000)
        a[1]["platform"] = "q"
        self.assertEqual(lent(), 1000)
        a[1]["platform"] = "p"
        del a[0]["worker"], a[1]["worker"]
        self.assertEqual(lent(), 1000)
        a[0]["worker_id"], a[1]["worker_id"] = "1x", "1X"
        self.assertEqual(lent(), 500)


class Fuzhou(unittest.TestCase):
    def test_both_levels(self):
        p = [dict(id=f"p{n}", name="榕", district="350112", level=level, selected_on="2021-06-01") for n,
             level in enumerate(("city", "province"))]
        self.assertEqual(total(run("fuzhou-2021", parks=p)), 1500000)
        self.assertEqual(total(run("fuzhou-2021", parks=p, readings={"both_levels": "higher"})), 1000000)

    def firm(self, taxes, mode="enacted", overrides=None, readings=None, **more):
        a = dict(id="a1", district="350112", above_scale=True) | more
        r = run("fuzhou-2021", mode, overrides, agencies=[a], readings=readings or {},
                tax_records=[dict(agency="a1", year=y, vat_local=v) for y, v in taxes.items()])
        return r if more.get("registered_on") == "" else {n: total(r, n) for n in ("new_hr_firms", "hr_firm_growth")}

    def test_three_years_to_the_month(self):
        new = dict(from_outside_city=True, registered_on="2021-06-15")
        # 9999 x 50 % x 5 / 12 = 2083.125
        self.assertEqual(self.firm({2024: 9999}, **new)["new_hr_firms"], 2083.13)
        self.assertEqual(self.firm({2024: 9999}, readings={"three_years": "calendar"}, **new)["new_hr_firms"], 0)

    def test_who_is_new(self):
        old, taxes = dict(from_outside_city=True, registered_on="2021-05-25"), {2021: 1000, 2022: 3000}
        for readings in ({}, {"window_on": "accrual"}):
            self.assertEqual(self.firm(taxes, readings=readings, **old), {"new_hr_firms": 0, "hr_firm_growth": 1000})
            self.assertEqual(self.firm(taxes, readings=readings, **old | dict(registered_on="2021-05-26")),
                             {"new_hr_firms": 2000, "hr_firm_growth": 0})
        self.assertEqual(self.firm(taxes, "adopted", **old), {"new_hr_firms": 2000, "hr_firm_growth": 0})
        r = self.firm(taxes, from_outside_city=True, registered_on="")
        self.assertEqual((r.payments, r.undetermined), ([], {
            f"fuzhou-2021.{n}": {"a1": {"registered_on"}} for n in ("new_hr_firms", "hr_firm_growth")}))

    def test_growth_years(self):
        taxes = {2020: 100, 2021: 300, 2022: 200, 2023: 400, 2024: 600}
        for reading, paid in ((None, 200), ("consecutive", 200), ("paying", 300), ("calendar", 200)):
            self.assertEqual(self.firm(taxes, readings={"growth_years": reading} if reading else {})["hr_firm_growth"],
                             paid)
        # The first with growth may be late; `calendar` ends with 2023 all the same.
        taxes = {2022: 100, 2023: 300, 2024: 200, 2025: 400, 2026: 600}
        for reading, paid in (("consecutive", 200), ("paying", 300), ("calendar", 100)):
            self.assertEqual(self.firm(taxes, readings={"growth_years": reading})["hr_firm_growth"], paid)

    def test_growth_is_growth_though_nothing_is_paid(self):
        share = {"fuzhou-2021.hr_firm_growth.share": "33.333 %", "fuzhou-2021.hr_firm_growth.years": "1"}
        self.assertEqual(self.firm({2020: 100, 2021: "100.01", 2022: "200.01"}, overrides=share)["hr_firm_growth"], 0)
        self.assertEqual(self.firm({2020: 100, 2021: "200.01"}, overrides=share)["hr_firm_growth"], 33.34)

    def test_teams_of_every_year(self):
        def status(mode="enacted", as_of=None, **counts):
            teams = [dict(id=f"{y}-{n}", year=int(y[1:]), award=60000) for y, c in counts.items() for n in range(c)]
            return run("fuzhou-2021", mode, teams=teams, as_of=as_of).duties["fuzhou-2021.team_count"]
        self.assertEqual(status(as_of="2022-12-31", y2021=10), "not met")
        self.assertEqual(status(as_of="2022-12-30", y2021=10), "met")
        self.assertEqual(status(y2021=10), "met")
        self.assertEqual(status(y2022=10), "not met")
        self.assertEqual(status("adopted", y2022=10), "met")
        self.assertEqual(status("adopted", as_of="2023-12-31"), "not applicable")
        self.assertEqual(status("adopted", as_of="2023-12-31", y2022=10), "not met")
        self.assertEqual(status(y2020=10), "not applicable")


class Jindong(unittest.TestCase):
    HOME = [dict(id="e1", district="330703"), dict(id="e2", district="330703")]

    def go(self, mode="enacted", **more):
        return run("jindong-2021", mode, district="330703", enterprises=self.HOME, **more)

    def relief(self, n, start, end=None, **more):
        return dict(id=f"h{n}", worker="W", enterprise="e1", origin="成县", relief_person=True, start=start,
                    end=end) | more

    def test_the_thirtieth_day(self):
        f = [dict(id="f1", held_in="丹巴县", organiser="o", cost="1000", date="2024-11-07")]
        self.assertEqual(total(self.go(fairs=f)), 1000)
        self.assertEqual(total(self.go(fairs=f, readings={"thirtieth_day": "counted"})), 0)
        f[0]["date"] = "2024-11-08"
        self.assertEqual(total(self.go(fairs=f)), 0)
        for day, thirtieth, paid in (("2021-11-07", "after", 0), ("2021-11-07", "counted", 1000),
                                     ("2021-11-08", "after", 1000), ("2021-11-06", "counted", 0)):
            f[0]["date"] = day
            self.assertEqual(total(self.go(fairs=f, readings={"retroactive": "no", "thirtieth_day": thirtieth})), paid)

    def test_employers_with_love_posts(self):
        h = hires(50, origin="成县", relief_person=True, start="2022-01-01")

        def paid(**readings):
            return self.go(hires=h, readings={"employers": "with_love_posts"} | readings)
        self.assertEqual(total(self.go(hires=h), "fifty_workers"), 50000)
        self.assertEqual(total(paid(), "fifty_workers"), 0)
        h[7].update(love_post=True, monthly_wage="4000", end="2022-01-01")
        self.assertEqual(total(paid(), "fifty_workers"), 50000)
        h[7].update(monthly_wage="3999.99")
        self.assertEqual(total(paid(), "fifty_workers"), 0)
        del h[7]["monthly_wage"]
        r = paid()
        self.assertEqual((total(r, "fifty_workers"), r.undetermined["jindong-2021.fifty_workers"]),
                         (0, {"e1": {"monthly_wage"}}))
        # Begun before the window it is none, though the window asks for the accrual.
        h[7].update(monthly_wage="4000", start="2021-04-30", end=None)
        h.append(h[8] | dict(id="h051"))
        self.assertEqual(total(paid(window_on="accrual"), "fifty_workers"), 0)

    def test_spells_that_follow_on(self):
        h = [self.relief(1, "2022-03-01", "2022-05-31"), self.relief(2, "2022-06-15", enterprise="e2")]
        self.assertEqual(rows(self.go(hires=h), "worker_employment"), [("h1", "2022-09-01", 3000, "due")])
        self.assertEqual(rows(self.go(hires=h, readings={"continuity": "joined_days"}), "worker_employment"),
                         [("h2", "2022-12-15", 3000, "due")])
        # What began before the window begins and prolongs nothing, by the window's start; by accrual it does.
        h = [self.relief(1, "2021-04-01", "2021-04-30"), self.relief(2, "2021-05-10")]
        self.assertEqual(rows(self.go(hires=h), "worker_employment"), [("h2", "2021-11-10", 3000, "due")])
        r = self.go(hires=h, readings={"window_on": "accrual"})
        self.assertEqual(rows(r, "worker_employment"), [("h1", "2021-10-01", 3000, "due")])

    def test_the_worker_is_the_person(self):
        h = [self.relief(1, "2022-03-01", worker_id="1x"), self.relief(2, "2023-03-01", worker_id="1X", worker="V")]
        r = self.go(hires=h)
        self.assertEqual([(p.beneficiary, p.subject) for p in r.payments], [("1X", "h1")])

    def test_duties_of_every_year(self):
        x = [dict(id=d, date=d) for d in ("2022-01-01", "2022-12-31", "2023-03-01", "2023-03-02")]
        f = [dict(id=d, date=d, held_in=p) for d, p in (("2022-05-01", "丹巴县"), ("2023-05-01", "康县"))]

        def status(as_of, mode="enacted"):
            duties = self.go(mode, exchanges=x, fairs=f, as_of=as_of).duties
            return duties["jindong-2021.market_exchange"], duties["jindong-2021.yearly_fair"]
        self.assertEqual(status("2024-06-30"), ("met", "met"))
        # 2024 does not lie wholly in the window; as adopted there is none.
        self.assertEqual(status("2024-12-31"), ("met", "met"))
        self.assertEqual(status("2024-12-31", "adopted"), ("not met", "not met"))
        self.assertEqual(status(None), ("unknown", "unknown"))
        f[1]["held_in"] = "621222"
        self.assertEqual(status("2023-12-31"), ("met", "not met"))

    def test_months_to_the_end_of_the_window(self):
        h = [self.relief(1, "2022-01-15", "2025-01-14", love_post=True, monthly_wage="4000")]
        values = {"social_insurance_month": "1000", "public_post_month": "100"}
        self.assertEqual(rows(self.go(hires=h, values=values), "insurance_subsidy"),
                         [("h1", "2024-10-14", 33000, "due")])
        self.assertEqual(rows(self.go(hires=h, values=values), "love_posts"), [("h1", "2024-10-14", 3300, "due")])
        self.assertEqual(rows(self.go("adopted", hires=h, values=values), "insurance_subsidy"),
                         [("h1", "2025-01-14", 36000, "due")])
        # Without an end: to as_of, at most to the window's last day; as adopted twelve.
        h[0]["end"] = None
        for as_of, mode, day, paid in (("2022-03-14", "enacted", "2022-03-14", 2000),
                                       ("2022-03-13", "enacted", "2022-02-14", 1000),
                                       ("2030-01-01", "enacted", "2024-10-14", 33000),
                                       (None, "enacted", "2024-10-14", 33000),
                                       ("2030-01-01", "adopted", "2023-01-14", 12000)):
            self.assertEqual(rows(self.go(mode, hires=h, values=values, as_of=as_of), "insurance_subsidy"),
                             [("h1", day, paid, "due")])
        # With `counted` the last day is a day earlier, and a month from the 8th of it no whole one.
        h[0]["start"] = "2024-10-08"
        self.assertEqual(len(rows(self.go(hires=h, values=values), "insurance_subsidy")), 1)
        self.assertEqual(rows(self.go(hires=h, values=values, readings={"thirtieth_day": "counted"}),
                              "insurance_subsidy"), [])

    def test_years_of_stations(self):
        g = dict(id="g1", kind="cooperation_station", county="513323", located_in="330703", start="2022-05-01")

        def years(mode="enacted", **more):
            return [x[0][3:] for x in rows(self.go(mode, stations=[g | more.pop("record", {})],
                                                   values={"station_year": "1"}, **more))]
        self.assertEqual(years(), ["2022", "2023"])
        self.assertEqual(years(as_of="2022-12-31"), ["2022"])
        self.assertEqual(years(as_of="2022-12-30"), [])
        self.assertEqual(years(record=dict(end="2025-12-31")), ["2022", "2023"])
        self.assertEqual(years("adopted", record=dict(end="2025-12-31")), ["2022", "2023", "2024", "2025"])
        self.assertEqual(years("adopted"), ["2022"])


class Quanzhou(unittest.TestCase):
    def test_by_the_tenth(self):
        def status(day, **readings):
            t = [dict(id="z1", reports=["2023-02-13", day])]
            return run("quanzhou-tiz-2023", townships=t, as_of="2023-03-31",
                       readings=readings).duties["quanzhou-tiz-2023.monthly_reports"]
        self.assertEqual((status("2023-03-10"), status("2023-03-11")), ("met", "not met"))
        self.assertEqual((status("2023-03-10", by_the_tenth="before"), status("2023-03-09", by_the_tenth="before")),
                         ("not met", "met"))


if __name__ == "__main__":
    unittest.main()
