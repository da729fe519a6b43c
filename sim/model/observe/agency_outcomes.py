"""Agency outcomes: one pass over all agencies, in which every subject adds up what it needs.

An agency's row is wide, and a country has thousands: a second pass would wait for memory a second time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.declarations.choices import Form, Kind, Origin
from sim.declarations.events_and_causes import Cause
from sim.declarations.state_codes import Stage
from sim.engine.compilation import rule
from sim.model.observe.agency_sums import AgencySums, Sum, SumByKind, empty_sums
from sim.model.observe.contract_channel_outcomes import add_contract_channels, write_contract_channels
from sim.model.observe.for_profit_outcomes import add_firms, add_owners_money, write_for_profits
from sim.model.observe.income_and_arrears_outcomes import add_arrears, add_income, write_arrears, write_income
from sim.model.observe.independence_and_sustainability_outcomes import (
    add_measures,
    write_means,
    write_parts,
    write_quantiles,
)
from sim.model.observe.ratios_and_units import ratio
from sim.model.observe.reserve_outcomes import add_lenders_accounts, add_reserves, write_reserves
from sim.model.observe.service_outcomes import add_service, write_service
from sim.model.observe.workforce_outcomes import add_workforce, write_workforce
from sim.model.rules.contracts.firms_in_guise import passes_as_nonprofit

if TYPE_CHECKING:
    from sim.model.state.row_types import AgencyRow, SectorRow
    from sim.model.state.world import Numbers, World

LARGE = 10
"""Staff from which an agency counts as large when it closes."""


@rule
def measure_agencies(world: World, row: SectorRow) -> None:
    """Add up over agencies, then set the outcomes of the quarter."""
    clock = world.clock[0]
    tally = empty_sums(world)
    for a in range(clock.agencies):
        agency = world.agencies[a]
        if agency.stage == Stage.CLOSED and agency.closed < clock.quarter:
            continue
        add_foundings_and_closures(tally.sums, agency, clock.quarter)
        if agency.closed == clock.quarter:
            add_closure(tally, agency)
        add_lenders_accounts(tally.sums, agency, clock.quarter)
        add_owners_money(tally.sums, agency)
        if agency.stage == Stage.ACTIVE:
            add_measures(tally, agency)
            add_agency_counts(tally, agency)
            add_workforce(world, tally.sums, agency)
            add_service(tally, agency)
            add_income(tally.sums, agency, world.incomes[a, clock.season])
            add_arrears(tally.sums, agency, clock.quarter)
            add_reserves(tally.sums, agency)
            add_contract_channels(tally.sums, agency)
            add_firms(tally.sums, agency)
    write_agency_counts(row, tally)
    write_foundings_and_closures(row, tally.sums)
    write_closures_by_cause(row, tally)
    write_workforce(row, tally.sums)
    write_service(row, tally)
    write_income(row, tally.sums)
    write_arrears(row, tally.sums)
    write_reserves(row, tally.sums)
    write_contract_channels(row, tally.sums)
    write_for_profits(world, row, tally.sums)
    write_parts(row, tally)
    write_means(row, tally)
    write_quantiles(row, tally)


@rule
def add_foundings_and_closures(sums: Numbers, agency: AgencyRow, quarter: int) -> None:
    """Count foundings, closures and dormancy; moves count with the former employer, even if it has closed."""
    if agency.founded == quarter and (agency.name < 0 or quarter > 0):
        sums[Sum.FOUNDED] += 1
        sums[Sum.CONVERTED] += 1 if agency.origin == Origin.CONVERTED else 0
    if agency.stage == Stage.ACTIVE or agency.stage == Stage.DORMANT:
        registered = agency.form == Form.REGISTERED and passes_as_nonprofit(agency)
        sums[Sum.ON_REGISTER] += 1 if registered else 0
    sums[Sum.REGISTRATIONS] += 1 if agency.registered == quarter else 0
    sums[Sum.CLOSED] += 1 if agency.closed == quarter else 0
    sums[Sum.DORMANT] += 1 if agency.stage == Stage.DORMANT else 0
    stopped = agency.closed == quarter or agency.dormant_since == quarter
    if agency.stage == Stage.ACTIVE or stopped:
        sums[Sum.MOVES] += agency.lost_to_agency
        sums[Sum.LEAVERS] += agency.quits + agency.laid_off


@rule
def add_closure(tally: AgencySums, agency: AgencyRow) -> None:
    """Count an agency that closed this quarter by cause, and by whether it was large when it last worked."""
    tally.closures[agency.closing_cause] += 1
    tally.sums[Sum.CLOSED_LARGE] += 1 if agency.staff_at_end >= LARGE else 0


@rule
def write_closures_by_cause(row: SectorRow, tally: AgencySums) -> None:
    """Set closures by cause, and those of large agencies."""
    row.closures_insolvent = tally.closures[Cause.INSOLVENT]
    row.closures_no_contract = tally.closures[Cause.NO_CONTRACT]
    row.closures_no_staff = tally.closures[Cause.NO_STAFF]
    row.closures_low_return = tally.closures[Cause.LOW_RETURN]
    row.closures_no_successor = tally.closures[Cause.NO_SUCCESSOR]
    row.closures_for_cause = tally.closures[Cause.STRUCK_OFF_FOR_CAUSE]
    row.closures_struck_off = tally.closures[Cause.STRUCK_OFF]
    row.closures_large = tally.sums[Sum.CLOSED_LARGE]


@rule
def write_foundings_and_closures(row: SectorRow, sums: Numbers) -> None:
    """Set outcomes of foundings, closures and moves between agencies."""
    row.foundings = sums[Sum.FOUNDED]
    row.conversions = sums[Sum.CONVERTED]
    row.registrations = sums[Sum.REGISTRATIONS]
    row.closures = sums[Sum.CLOSED]
    there = row.agencies + sums[Sum.DORMANT] + sums[Sum.CLOSED] - sums[Sum.FOUNDED]
    row.closure_hazard = ratio(sums[Sum.CLOSED], there)
    row.nonprofits_on_register = sums[Sum.ON_REGISTER]
    row.moves = sums[Sum.MOVES]
    row.moved_share = ratio(sums[Sum.MOVES], sums[Sum.LEAVERS])


@rule
def add_agency_counts(tally: AgencySums, agency: AgencyRow) -> None:
    """Count an active agency by origin, legal form and kind."""
    tally.sums[Sum.ACTIVE] += 1
    tally.origins[agency.origin] += 1
    tally.forms[agency.form] += 1
    tally.kinds[SumByKind.AGENCIES, agency.kind] += 1


@rule
def write_agency_counts(row: SectorRow, tally: AgencySums) -> None:
    """Set the numbers of active agencies by origin, legal form and kind."""
    row.agencies = tally.sums[Sum.ACTIVE]
    row.agencies_nonprofit = tally.kinds[SumByKind.AGENCIES, Kind.NONPROFIT]
    row.agencies_for_profit = tally.kinds[SumByKind.AGENCIES, Kind.FOR_PROFIT]
    row.agencies_registered = tally.forms[Form.REGISTERED]
    row.agencies_attached = tally.forms[Form.ATTACHED]
    row.agencies_commercial_form = tally.forms[Form.COMMERCIAL]
    row.agencies_college = tally.origins[Origin.COLLEGE]
    row.agencies_spin_off = tally.origins[Origin.SPIN_OFF]
    row.agencies_converted = tally.origins[Origin.CONVERTED]
    row.agencies_corporate = tally.origins[Origin.CORPORATE]
    row.agencies_government = tally.origins[Origin.GOVERNMENT]
    row.agencies_investor = tally.origins[Origin.COMMERCIAL]
