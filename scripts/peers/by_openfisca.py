"""OpenFisca: hires as persons, what they belong to as groups, a formula for each notion of the document.

The files are read as for pandas. A group that no hire belongs to is not declared, as sums over members end with the last group
that has one; hires that belong to none share a group after the others.
"""
import datetime

import by_pandas
import common
import numpy as np
from openfisca_core.entities import build_entity
from openfisca_core.model_api import ETERNITY, YEAR, Variable
from openfisca_core.parameters import ParameterNode
from openfisca_core.periods import instant
from openfisca_core.simulation_builder import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem

PARAMETERS = {
    "agency_reward": {"threshold": common.AGENCY_THRESHOLD, "rate_3m": common.RATE_3M, "rate_6m": common.RATE_6M},
    "base_operating": {"threshold": common.BASE_THRESHOLD},
    "specialist_allowance": {"recruits": common.RECRUITS}}
ENACTED = "2022-01-01"

FIRST, LAST, NEVER = np.datetime64(common.FIRST), np.datetime64(common.LAST), np.datetime64("2100-01-01")
DAYS = np.arange(FIRST, LAST + 1)


def year_of(days):
    return days.astype("M8[Y]").astype(int) + 1970


def months_later(days, months):
    """The same day of a later month, or that month's last day where it is shorter."""
    month = days.astype("M8[M]")
    first, after = (month + months).astype("M8[D]"), (month + months + 1).astype("M8[D]")
    return np.minimum(first + (days - month.astype("M8[D]")), after - 1)


def sending(place):
    return np.isin(place // 10_000, common.SENDING_PROVINCES) & (place != common.GOVERNED_ELSEWHERE)


def group(key, plural):
    return build_entity(key=key, plural=plural, label=key, roles=[{"key": f"member_of_{key}", "plural": f"members_of_{key}", "label": ""}])


Hire = build_entity(key="hire", plural="hires", label="hire", is_person=True)
Enterprise, Agency = group("enterprise", "enterprises"), group("agency", "agencies")
Base, Specialist = group("base", "bases"), group("specialist", "specialists")
VARIABLES, COMPUTED = [], []


def given(entity, **kinds):
    for name, kind in kinds.items():
        VARIABLES.append(type(name, (Variable,), {"entity": entity, "value_type": kind, "definition_period": ETERNITY, "label": name}))


def computed(entity, kind, period=ETERNITY):
    """Makes a variable of a formula, by the formula's name."""
    def declare(formula):
        name = formula.__name__
        fields = {"entity": entity, "value_type": kind, "definition_period": period, "label": name, "formula": formula}
        VARIABLES.append(type(name, (Variable,), fields))
        COMPUTED.append(name)
        return formula
    return declare


given(Hire, origin=int, start=datetime.date, end=datetime.date, organised=bool)
given(Enterprise, enterprise_district=int, listed=bool)
given(Agency, agency_district=int, selected_by_sending_government=bool, filed=bool)
given(Base, base_county=int, agreement=bool)
given(Specialist, specialist_county=int, filed_on=datetime.date, appointed_from=datetime.date, passed_2022=bool, filing_order=int,
      employer=int, employer_district=int, employer_listed=bool)


@computed(Enterprise, bool)
def at_home(enterprise, period):
    return enterprise("enterprise_district", period) == common.HOME


@computed(Enterprise, bool)
def is_key(enterprise, period):
    return enterprise("at_home", period) & enterprise("listed", period)


@computed(Hire, int)
def day(hire, period):
    """The start as a day of the window; outside it, -1."""
    start = hire("start", period)
    return np.where((start >= FIRST) & (start <= LAST), (start - FIRST).astype(int), -1)


@computed(Hire, int)
def year_of_start(hire, period):
    return year_of(DAYS)[hire("day", period)]


def lasted(hire, period, months):
    in_window = hire("day", period)
    return (in_window >= 0) & (hire("end", period) >= (months_later(DAYS, months) - 1)[in_window])


@computed(Hire, bool)
def lasted_3(hire, period):
    return lasted(hire, period, 3)


@computed(Hire, bool)
def lasted_6(hire, period):
    return lasted(hire, period, 6)


@computed(Hire, bool)
def at_key_enterprise(hire, period):
    return hire.enterprise("is_key", period)


@computed(Hire, bool)
def placed(hire, period):
    origin = hire("origin", period)
    own = hire.agency("chosen", period) & (hire.agency("agency_district", period) == origin)
    return (hire("organised", period) & sending(origin) & hire("at_key_enterprise", period) & hire("lasted_3", period)
            & (hire.agency("filed_at_home", period) | own))


@computed(Agency, int, YEAR)
def placed_for_3(agency, period):
    return agency.sum(agency.members("placed", period) & (agency.members("year_of_start", period) == period.start.year))


@computed(Agency, int, YEAR)
def placed_for_6(agency, period):
    hires = agency.members
    return agency.sum(hires("placed", period) & hires("lasted_6", period) & (hires("year_of_start", period) == period.start.year))


@computed(Agency, bool)
def chosen(agency, period):
    return agency("selected_by_sending_government", period) & sending(agency("agency_district", period))


@computed(Agency, bool)
def filed_at_home(agency, period):
    return agency("filed", period) & (agency("agency_district", period) == common.HOME)


@computed(Agency, int, YEAR)
def agency_reward(agency, period, parameters):
    law, three, six = parameters(period).agency_reward, agency("placed_for_3", period), agency("placed_for_6", period)
    return (three >= law.threshold) * (three * law.rate_3m + six * law.rate_6m)


@computed(Base, bool, YEAR)
def earns_grant(base, period, parameters):
    hires = base.members
    settled = base.sum(hires("lasted_6", period) & hires.enterprise("at_home", period) & (hires("year_of_start", period) == period.start.year))
    return base("agreement", period) & sending(base("base_county", period)) & (settled >= parameters(period).base_operating.threshold)


@computed(Hire, bool)
def recruited_at_home(hire, period):
    serves = np.maximum(hire.specialist("appointed_from", period), hire.specialist("filed_on", period))
    return ((hire.specialist("specialist_county", period) == hire("origin", period)) & (hire("start", period) >= serves)
            & hire("lasted_6", period) & hire("at_key_enterprise", period))


@computed(Specialist, bool, YEAR)
def earns_allowance(specialist, period, parameters):
    year, appointed, hires = period.start.year, specialist("appointed_from", period), specialist.members
    recruits = specialist.sum(hires("recruited_at_home", period) & (hires("year_of_start", period) == year))
    later = year - year_of(appointed)
    anniversary = months_later(appointed, 12 * later)
    return ((specialist("employer_district", period) == common.HOME) & specialist("employer_listed", period)
            & sending(specialist("specialist_county", period)) & (specialist("filed_on", period) < NEVER)
            & ((later == 0) | ((later == 1) & (year == 2023) & specialist("passed_2022", period)))
            & (anniversary >= FIRST) & (anniversary <= LAST) & (recruits >= parameters(period).specialist_allowance.recruits))


class System(TaxBenefitSystem):
    def __init__(self):
        super().__init__([Hire, Enterprise, Agency, Base, Specialist])
        self.parameters = ParameterNode("", data={
            measure: {name: {"values": {ENACTED: {"value": value}}} for name, value in values.items()} for measure, values in PARAMETERS.items()})
        for variable in VARIABLES:
            self.add_variable(variable)


def load(folder):
    hires, enterprises, agencies, bases, specialists = by_pandas.load(folder)
    system, builder = System(), SimulationBuilder()
    builder.create_entities(system)
    builder.declare_person_entity("hire", np.arange(len(hires)))
    declared = {}
    for key, table in (("enterprise", enterprises), ("agency", agencies), ("base", bases), ("specialist", specialists)):
        of = hires[key].to_numpy()
        of = np.where(of < 0, len(table), of)
        occurs = np.bincount(of, minlength=len(table) + 1) > 0
        declared[key] = np.flatnonzero(occurs)
        builder.declare_entity(key, declared[key]).members_entity_id = (np.cumsum(occurs) - 1)[of]
    simulation = builder.build(system)

    def dates(column):
        days = column.to_numpy().astype("M8[D]")
        return np.where(np.isnat(days), NEVER, days)

    def give(key=None, **columns):
        for name, values in columns.items():
            values = np.asarray(values)
            if key:
                values = np.append(values, np.zeros(1, values.dtype))[declared[key]]
            simulation.set_input(name, "ETERNITY", values)

    listed, of = enterprises["lists"].notna().to_numpy(), specialists["enterprise"].to_numpy()
    order = specialists.sort_values(["filed_on", "id"]).index
    give(origin=hires["origin"], start=dates(hires["start"]), end=dates(hires["end"]), organised=hires["organised"])
    give("enterprise", enterprise_district=enterprises["district"], listed=listed)
    give("agency", agency_district=agencies["district"], filed=agencies["filed"],
         selected_by_sending_government=agencies["selected_by_sending_government"])
    give("base", base_county=bases["county"], agreement=bases["agreement"])
    give("specialist", specialist_county=specialists["county"],
         filed_on=dates(specialists["filed_on"]), appointed_from=dates(specialists["appointed_from"]),
         passed_2022=specialists["passed_years"].fillna("").str.contains("2022"), filing_order=np.argsort(order), employer=of,
         employer_district=enterprises["district"].to_numpy()[of], employer_listed=listed[of])
    return simulation


def count(simulation):
    """Forgets what was computed, and computes whatever does not depend on the rate."""
    for name in COMPUTED:
        simulation.delete_arrays(name)
    candidates, bases = [], 0
    order, employer, county = (simulation.calculate(name, "ETERNITY") for name in ("filing_order", "employer", "specialist_county"))
    for year in common.YEARS:
        bases += simulation.calculate("earns_grant", year).sum()
        for name in ("placed_for_3", "placed_for_6"):
            simulation.calculate(name, year)
        earning = np.flatnonzero(simulation.calculate("earns_allowance", year))
        candidates += [(order[i], i, year, employer[i], county[i]) for i in earning]
    return simulation, bases, common.allowances(candidates)


def price(counts, rate_3m):
    simulation, bases, allowances = counts
    system = simulation.tax_benefit_system
    system.parameters.agency_reward.rate_3m.update(start=instant(ENACTED), value=rate_3m)
    # The system has kept the parameters of each year, and would not see that one has changed.
    system.get_parameters_at_instant.cache_clear()
    simulation.delete_arrays("agency_reward")
    rewards = sum(int(simulation.calculate("agency_reward", year).sum()) for year in common.YEARS)
    return common.yuan(bases, 0, 0, allowances, rate_3m) | {"agency_reward": rewards}


if __name__ == "__main__":
    common.main("OpenFisca", "OpenFisca-Core", load, count, price)
