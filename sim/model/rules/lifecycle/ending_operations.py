"""Ending operations: what an agency gives up when it closes or becomes dormant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.declarations.state_codes import Host, Status
from sim.engine.compilation import rule
from sim.model.rules.assessment.third_party_assessors import leave_queue
from sim.model.rules.contracts.contract_instalments import reduce_amount_due
from sim.model.rules.contracts.contract_signing import end_contract
from sim.model.rules.shared.relations_and_presence import remove_presence
from sim.model.rules.workforce.quits_and_tenure import remove_staff
from sim.model.state.agency_fields import COHORTS

if TYPE_CHECKING:
    from sim.model.state.row_types import AgencyRow
    from sim.model.state.world import World


@rule
def leave_communities(world: World, agency: AgencyRow) -> None:
    """End the presence in every community."""
    while agency.first_presence >= 0:
        remove_presence(world, agency, agency.first_presence, -1)


@rule
def terminate_and_write_off_contracts(world: World, a: int) -> None:
    """End running contracts early and write off what was still owed on all of them."""
    k = world.agencies[a].first_contract
    while k >= 0:
        if world.contracts[k].status == Status.RUNNING:
            end_contract(world, k, Status.BROKEN)
        leave_queue(world, world.contracts[k])
        k = world.contracts[k].next_of_agency
    write_off_amounts_due(world, a)


@rule
def terminate_contracts(world: World, a: int) -> None:
    """End running contracts early; what is owed for past quarters is still to be paid, what was due upfront is not.

    They are not assessed any more, so no payment waits for a grade.
    """
    k = world.agencies[a].first_contract
    while k >= 0:
        contract = world.contracts[k]
        if contract.status == Status.RUNNING:
            served = world.clock[0].quarter + 1 - (contract.ends - contract.term)
            fell_due = contract.due + contract.withheld + contract.assessment_fee + contract.taken_off
            end_contract(world, k, Status.BROKEN)
            reduce_amount_due(world, contract, max(fell_due - contract.price * served // 4, 0))
        leave_queue(world, contract)
        k = contract.next_of_agency


@rule
def write_off_amounts_due(world: World, a: int) -> None:
    """Write off what is still owed to an agency."""
    agency = world.agencies[a]
    k = agency.first_contract
    while k >= 0:
        contract = world.contracts[k]
        contract.written_off = reduce_amount_due(world, contract, contract.due - contract.paid)
        # What was never paid remains recorded as having been due.
        contract.due += contract.written_off
        world.clock[0].open -= 1
        k = contract.next_of_agency
    agency.first_contract = -1
    agency.receivable = 0
    agency.overdue_income = 0


@rule
def dismiss_staff(world: World, agency: AgencyRow) -> None:
    """All remaining staff become seekers."""
    city = world.cities[agency.city]
    for cohort in range(COHORTS):
        for licence in range(2):
            n = agency.cohorts[cohort, licence]
            city.seekers[licence] += n
            remove_staff(agency, cohort, licence, n)
    agency.tenure = 0.0


@rule
def is_idle(agency: AgencyRow) -> bool:
    """Whether an agency had no contract this quarter and its own money pays for less than one post."""
    return bool(agency.idle_quarters > 0 and agency.own_posts < 1.0)


@rule
def leave_organisations(world: World, a: int) -> None:
    """Remove the agency from its district, city, association, college and sponsor; it operates no more."""
    agency = world.agencies[a]
    agency.operating = False
    government = world.governments[agency.district]
    government.agencies -= 1
    # What foundations had promised it is free again.
    agency.project_left = 0
    government.idle_agencies -= 1 if is_idle(agency) else 0
    world.cities[agency.city].agencies -= 1
    if agency.association >= 0:
        association = world.associations[agency.association]
        association.members -= 1
        association.hosted -= 1 if agency.host == Host.ASSOCIATION else 0
    if agency.college >= 0:
        world.colleges[agency.college].affiliates -= 1
    if agency.sponsor >= 0:
        world.sponsors[agency.sponsor].agencies -= 1
    if government.first_agency == a:
        government.first_agency = agency.next_in_district
        return
    before = government.first_agency
    while world.agencies[before].next_in_district != a:
        before = world.agencies[before].next_in_district
    world.agencies[before].next_in_district = agency.next_in_district
