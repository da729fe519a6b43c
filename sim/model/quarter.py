"""One quarter: the order of its phases.

Policy -> economy and budgets -> needs -> people -> shocks -> founding and registration -> strategy -> calls -> bids ->
award -> staffing -> commissions -> delivery -> assessment -> payment, grants, costs and settlement -> closure ->
agency state -> observation.
The phases of one city run together, so that its state stays in the processor's cache: cities meet only where an agency
founds a sister in another one, between the two halves of a quarter, and where sisters help and imitate each other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.engine.compilation import entry, rule
from sim.model.observe.quarter_observation import observe
from sim.model.row_bounds import has_space
from sim.model.rules.assessment.contract_assessment import assess_contracts
from sim.model.rules.contracts.contract_instalments import accrue_instalments
from sim.model.rules.funding.corporate_sponsors import return_unused_sponsorship
from sim.model.rules.funding.funding_strategy import update_funding_strategy
from sim.model.rules.funding.other_income import receive_non_contract_income
from sim.model.rules.ledger.income_accounts import roll_annual_income
from sim.model.rules.lifecycle.agency_closure import close_failing_agencies
from sim.model.rules.lifecycle.agency_founding import found_agencies
from sim.model.rules.lifecycle.agency_registration import register_attached_agencies
from sim.model.rules.lifecycle.association_membership import change_rooms
from sim.model.rules.lifecycle.dormancy_and_deregistration import update_dormant_agencies
from sim.model.rules.lifecycle.named_agencies import begin_planned_agencies
from sim.model.rules.lifecycle.refused_founders import let_refused_founders_try
from sim.model.rules.lifecycle.relations_reputation_and_skill import update_agency_state
from sim.model.rules.lifecycle.returns_of_firms import note_returns_of_firms
from sim.model.rules.lifecycle.sister_in_another_city import found_in_other_cities
from sim.model.rules.payment.contract_payments_and_overdue_instalments import pay_contracts
from sim.model.rules.payment.contract_settlement import settle_contracts
from sim.model.rules.payment.government_grants import pay_grants
from sim.model.rules.payment.wages_and_costs import pay_costs
from sim.model.rules.policy_application import apply_policies
from sim.model.rules.procurement.bidding import submit_bids
from sim.model.rules.procurement.calls_for_bids import call_for_bids
from sim.model.rules.procurement.contract_award import award_lots
from sim.model.rules.procurement.contract_renewal import end_expired_contracts
from sim.model.rules.procurement.institution_commissions import award_commissions
from sim.model.rules.procurement.purchasing_budgets import set_budgets
from sim.model.rules.service.community_needs import update_needs
from sim.model.rules.service.service_delivery import deliver_services
from sim.model.rules.shared.active_agencies import active_agencies_in, index_active_agencies
from sim.model.rules.shared.business_cycle import update_economy
from sim.model.rules.shocks.director_departure import change_directors
from sim.model.rules.shocks.purchaser_reorganisation import reorganise_purchasers
from sim.model.rules.shocks.scandals_and_inspections import strike_by_scandal
from sim.model.rules.workforce.direct_government_hiring import run_direct_hiring
from sim.model.rules.workforce.hiring_and_layoffs import hire_and_lay_off
from sim.model.rules.workforce.labour_market import update_labour_market, update_sector_wage
from sim.model.rules.workforce.quits_and_tenure import advance_tenure, process_quits
from sim.model.state.by_reference import by_reference
from sim.model.state.world import World

if TYPE_CHECKING:
    from sim.model.state.row_types import AgencyRow, CityRow


@entry
def advance(world: World, until: int) -> int:
    """Run quarters until the given one, or until a growing array might not hold the next one.

    Parameters
    ----------
    world : World
        State; changed in place.
    until : int
        Quarter at which to stop, counted from the start.

    Returns
    -------
    int
        The quarter reached.  Below `until`, the arrays need the space that `new_rows` gives.

    Raises
    ------
    CapacityError
        If an array is full after all, because a bound in `most_new_rows` is too small.
    """
    world = by_reference(world)
    clock = world.clock[0]
    while clock.quarter < until and has_space(world):
        run_quarter(world)
        clock.quarter += 1
    return int(clock.quarter)


@rule
def run_quarter(world: World) -> None:
    """Run every phase once: planning and people in every city, then purchasing and its consequences."""
    start_quarter(world)
    apply_policies(world)
    index_active_agencies(world)
    for city in world.cities:
        run_planning_phases(world, city)
    found_in_other_cities(world)
    index_active_agencies(world)
    for city in world.cities:
        run_purchasing_phases(world, city)
    observe(world)
    for city in world.cities:
        advance_tenure(world, city)


@rule
def run_planning_phases(world: World, city: CityRow) -> None:
    """Planning and people of one city: economy, budgets, needs, staff, shocks, foundings."""
    reset_city_counters(world, city)
    update_economy(world, city)
    set_budgets(world, city)
    update_needs(world, city)
    update_sector_wage(world, city)
    update_labour_market(world, city)
    process_quits(world, city)
    run_direct_hiring(world, city)
    change_directors(world, city)
    strike_by_scandal(world, city)
    reorganise_purchasers(world, city)
    begin_planned_agencies(world, city)
    found_agencies(world, city)
    let_refused_founders_try(world, city)
    update_dormant_agencies(world, city)


@rule
def run_purchasing_phases(world: World, city: CityRow) -> None:
    """Purchasing and service in one city: registration, calls, bids, delivery, payment, closure."""
    register_attached_agencies(world, city)
    change_rooms(world, city)
    update_funding_strategy(world, city)
    end_expired_contracts(world, city)
    call_for_bids(world, city)
    submit_bids(world, city)
    award_lots(world, city)
    hire_and_lay_off(world, city)
    award_commissions(world, city)
    deliver_services(world, city)
    accrue_instalments(world, city)
    assess_contracts(world, city)
    pay_contracts(world, city)
    receive_non_contract_income(world, city)
    pay_grants(world, city)
    pay_costs(world, city)
    settle_contracts(world, city)
    note_returns_of_firms(world, city)
    close_failing_agencies(world, city)
    return_unused_sponsorship(world, city)
    update_agency_state(world, city)


@rule
def start_quarter(world: World) -> None:
    """Advance the calendar and reset the quarterly counters of purchasers and associations."""
    clock = world.clock[0]
    clock.season = (clock.first_season + clock.quarter) % 4
    clock.first_lot = clock.contracts
    world.unplaced[:] = 0
    for government in world.governments:
        government.called = 0
        government.awarded = 0
        government.paid = 0
        government.lapsed = 0
        government.lots = 0
        government.graded = 0
        government.found_missing = 0
        government.grades = 0.0
        government.withheld = 0
        government.handovers = 0
        government.belief_gap = 0.0
        government.bids_awarded = 0
        government.settled = 0
    for institution in world.institutions:
        institution.called = 0
        institution.awarded = 0
        institution.paid = 0
        institution.lapsed = 0
        institution.commissions_paid = 0
        institution.opened = 0
    for association in world.associations:
        association.fees = 0
        association.passed_on = 0
        association.support = 0


@rule
def reset_city_counters(world: World, city: CityRow) -> None:
    """Reset the quarterly counters of a city's agencies."""
    city.revived = 0
    for a in active_agencies_in(world, city):
        reset_agency_counters(world.agencies[a])
    a = city.first_dormant
    while a >= 0:
        reset_agency_counters(world.agencies[a])
        a = world.agencies[a].next_dormant
    roll_annual_income(world, city)


@rule
def reset_agency_counters(agency: AgencyRow) -> None:
    """Reset the quarterly counters of one agency."""
    agency.hired = 0
    agency.quits = 0
    agency.first_year_quits = 0
    agency.laid_off = 0
    agency.exams_passed = 0
    agency.moved_in = 0
    agency.lost_to_agency = 0
    agency.vacancies = 0
    agency.unfilled = 0
    agency.bids = 0
    agency.wins = 0
    agency.income = 0
    agency.support = 0
    agency.repaid = 0
    agency.returned = 0
    agency.severance = 0
    agency.severed = 0
    agency.owners_in = 0
    agency.owners_out = 0
    agency.delivered = 0.0
    agency.own_hours = 0.0
    agency.extra_hours = 0.0
    agency.handover_hours = 0.0
    agency.shading = 0.0
    agency.diverted = 0.0
    agency.commission_hours = 0.0
