"""What every bundled measure pays, worked out record by record from the contract, to be compared with the program.

It is written from the contract alone, to be read rather than to be fast, and shares nothing with the engine. The
measures stand in a module for each document, what they have in common in `work.py`, hires that follow on one another
in `spells.py`.

    from oracle import cost
    result = cost(scenario, ["changle-2022", "fuzhou-2021"], mode="adopted", overrides={...}, places=Places(path))

CHOICES: where the contract leaves a hole, what is taken here.

 1. Undetermined and governed-elsewhere subjects of a measure that counts hires are the hires (where spells are joined
    the first of each), judged by all their conditions together with those of their beneficiary: an agency that is
    certainly not eligible, or a base without agreement, leaves nothing undetermined; a base whose county is absent
    leaves each of its otherwise fitting hires undetermined.
 2. startup_loan likewise: an absent size, or `employees` absent or 0, leaves the enterprise's otherwise fitting hires
    undetermined.
 3. The 6-month tranche of agency_reward goes only to spells that were counted for the first; under window_on =
    accrual its own date must then lie in the window too.
 4. `month_end` settles every "plus n months" (appointments, graduation plus 36 months, registration plus 12 x years
    months, completed years of age), not only spells. The reading set for the measure applies; cohorts use the global
    one.
 5. student_internship under months_paid = actual pays nothing without `end` (an absent end means none, so nothing is
    undetermined), and such an internship is not listed as governed elsewhere either.
 6. Listing as undetermined or elsewhere asks for the conditions only, not whether the amount would be zero, nor
    whether the threshold would be reached. So does the choice of one record of a person: the first that meets the
    conditions.
 7. In 2020, class_of_2020 means graduated in 2020; as adopted, in the calendar year of the hire's start. Likewise
    soe_graduates.
 8. benefit_extension has no window in either mode; that it reaches 2020-07-02 is asked as enacted only. retirement_on
    absent leaves it undetermined even where re-employment before that day would settle it.
 9. Of a jobseeker's two benefits the lower is displaced; when either value is missing the allowance is left out
    entirely (no units) beside an extension. An extension that is undetermined or of no months does not stand in the
    allowance's way.
10. temporary_posts: one quota over all enterprises and years. Hires of no whole months take no place.
11. The beneficiary of the two startup measures, like the subject, is the startup's id. The subject of
    worker_employment is the hire, that of student_internship the internship; the beneficiaries are the persons.
12. Fair costs: with a cost given the payment is no upper bound, even where the cap cuts it.
13. `refunds` is asked for difficulty_refund, so that a setting for insurance_refund alone does nothing.
14. hr_parks: of one name and level the others appear nowhere. The beneficiary and the subject is the park's id.
15. new_hr_firms: an agency without registered_on is undetermined once (subject: the agency) if it has any tax record.
    hr_firm_growth: likewise, if it has any year with growth (in the window).
16. Named dates as windows: as adopted, "year >= 2021" of teams and of growth falls away (except under `calendar`).
    Under window_on = start a team or a growth year lies in the window by its year.
17. returnee_teams: an award outside the bounds is an error only for a team that the measure looks at (in its window).
18. Months that reach no whole one accrue on the day before they start, for what asks for a date though nothing is
    paid.
19. fifty_workers: a hire counts on its start under either window_on. An enterprise certainly without a love post
    leaves no hire undetermined; one whose only love posts are undetermined is itself so once the threshold is
    reached.
20. Higher by payment: a contender's payments in one group go by date, then rank, then measure id, then larger amount
    first; on a tie of the kth a joint contender ranks as by total, whichever of its documents makes the kth payment.
21. Duties: no as_of is unknown although something fails already; but monthly_reports without townships is not
    applicable. The first report may be of any day up to 2023-02-13. registry: sex or born missing is unknown even
    where the age alone would decide, and one hire outside goes before an unknown one. As enacted team_count and the
    exchanges ask nothing of other years.
22. Whole months worked count from start to the day after `end`, as the measures that say so do.
23. minimum_wage is counted in units of payment, the values named after months in months.
24. For a specialist's undetermined or governed-elsewhere recruits the window of the specialist's year is tested only
    under window_on = start, since without a payment it has no accrual date.
25. An enterprise that has no counted hire in the year is not judged for startup_loan.
26. first_ever, two spells of a person on one day: only one that certainly qualifies goes before another; an
    undetermined one does not. Such spells exist only where hires at two enterprises are not joined, under
    same_enterprise.
27. full_hundreds with threshold 0: the hires of each agency and year are undetermined, for `threshold`.
28. An unpriced payment is noted as not compared where a priced one of another contender stands or is displaced.
29. A warning of a far `employed_to` without as_of asks for employed_from, and is not given without it.
30. A threshold (or `recruits`) of 0 accrues with the first; without anybody there is still nothing to be paid.
"""
from collections import defaultdict
from types import SimpleNamespace

import oracle_changle2020
import oracle_changle2022
import oracle_fuzhou2021
import oracle_jindong2021
import oracle_quanzhou2023
from facts import Places, ScenarioError, read
from work import CLAUSE, DOCUMENTS, DUTIES, KINDS, MEASURES, Payment, Result, Work, canonically

RULES = (oracle_changle2022, oracle_changle2020, oracle_quanzhou2023, oracle_fuzhou2021, oracle_jindong2021)
__all__ = ["cost", "reckoned", "RULES", "ScenarioError"]

for _m in MEASURES:
    KINDS[_m.name] = _m.kind


# ---- take the higher ----------------------------------------------------------------------------

def rank(document):
    """Smaller stands on a tie: the higher level, then the earlier issued."""
    _, level, issued, _ = DOCUMENTS[document]
    return level, issued


def contender(document, higher_between):
    """Every document without a clause of its own is one contender with the others, unless all contend by themselves."""
    return document if higher_between == "all" or document in CLAUSE else "those without a clause"


def take_the_higher(result, higher_by, higher_between):
    """Marks as displaced what another contender pays better for the same beneficiary, subject and kind."""
    groups = defaultdict(lambda: defaultdict(list))
    for p in result.payments:
        if p.status != "over_quota":
            groups[p.beneficiary, p.subject, KINDS[p.measure]][contender(p.document, higher_between)].append(p)
    for measure, beneficiary, subject in result.open:
        own = contender(measure.split(".")[0], higher_between)
        if groups.get((beneficiary, subject, KINDS[measure]), {}).keys() - {own}:
            result.uncompared.add((measure, beneficiary, subject))
    for contenders in groups.values():
        # What its own document has displaced does not contend.
        rivals = {c: ones for c, all_ones in contenders.items() if (ones := [p for p in all_ones if not p.status])}
        if len(rivals) > 1:
            (by_payment if higher_by == "payment" else by_total)(rivals)


def best_rank(ones):
    """A joint contender ranks as the best of its documents that pay here."""
    return min(rank(p.document) for p in ones)


def by_total(rivals):
    stands = min(rivals, key=lambda c: (-sum(p.amount for p in rivals[c]), best_rank(rivals[c])))
    for c, ones in rivals.items():
        for p in ones:
            p.status = "" if c == stands else "displaced"


def by_payment(rivals):
    for ones in rivals.values():
        ones.sort(key=lambda p: (p.date, rank(p.document), p.measure, -p.amount))
    for k in range(max(len(ones) for ones in rivals.values())):
        kth = [(ones[k], best_rank(ones)) for ones in rivals.values() if k < len(ones)]
        stands, _ = min(kth, key=lambda one: (-one[0].amount, one[1]))
        for p, _ in kth:
            p.status = "" if p is stands else "displaced"


# ---- the run ------------------------------------------------------------------------------------

def cost(scenario, programme, mode="enacted", overrides=None, places=None, session=None):
    """The complete result. Raises ScenarioError. `overrides`: parameter id to its value as written; `session`: readings
    and values that were set beside the scenario's own and go before them."""
    session = session or {}
    month_end = session.get("month_end") or scenario.get("readings", {}).get("month_end", "clamp")
    return reckoned(read(scenario, places or Places(), month_end), programme, mode, overrides, session)


def reckoned(facts, programme, mode="enacted", overrides=None, session=None):
    """As `cost`, for facts that have been read."""
    result = Result(notes=dict(facts.notes), warnings=dict(facts.warnings))
    run = SimpleNamespace(facts=facts, mode=mode, overrides=overrides or {}, result=result,
                          session=canonically(session or {}),
                          readings=canonically(facts.readings), values=canonically(facts.values))
    for m in MEASURES:
        if m.name.split(".")[0] in programme:
            m.rule(Work(run, m.name, m.window), facts)
    for d in DUTIES:
        if d.name.split(".")[0] in programme:
            result.duties[d.name] = d.rule(Work(run, d.name), facts)

    def everywhere(reading, default):
        return run.session.get(reading) or run.readings.get(reading, default)

    take_the_higher(result, everywhere("higher_by", "total"), everywhere("higher_between", "clause"))
    for p in result.payments:
        if not p.status:
            p.status = "due" if facts.as_of is None or p.date <= facts.as_of else "pending"
    result.payments.sort(key=Payment.row)
    return result
