"""Third-party assessors: their capacity, their queue of contracts, their grades and their fees."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.declarations.accounts import Party, Purpose
from sim.declarations.choices import Assessing
from sim.declarations.random_streams import Stream
from sim.engine.arithmetic import to_fen
from sim.engine.compilation import rule
from sim.engine.rng.distributions import normal
from sim.model.rules.assessment.grade_consequences import apply_grade
from sim.model.rules.contracts.contract_instalments import reduce_amount_due
from sim.model.rules.ledger.transfers_and_events import transfer

if TYPE_CHECKING:
    from sim.model.state.row_types import AssessorRow, CityRow, ContractRow
    from sim.model.state.world import World


@rule
def reset_assessor(world: World, city: CityRow) -> None:
    """Set the capacity of a city's assessors for this quarter, including professors of its colleges."""
    assessor = world.assessors[city.index]
    government = world.governments[city.government]
    assessor.precision = government.assessors_precision
    assessor.capacity = int(government.assessors_capacity)
    for n in range(city.first_college, city.first_college + city.colleges):
        assessor.capacity += world.colleges[n].assessors
    assessor.done = 0
    assessor.missed = 0
    assessor.fees = 0
    assessor.price = 0
    assessor.ended[world.clock[0].season] = 0
    assessor.covered[world.clock[0].season] = 0


@rule
def join_queue(world: World, k: int) -> None:
    """Put a contract at the end of the queue of its city's assessors."""
    contract = world.contracts[k]
    assessor = world.assessors[world.governments[contract.government].city]
    contract.waiting = True
    contract.next_waiting = -1
    if assessor.first_waiting < 0:
        assessor.first_waiting = k
    else:
        world.contracts[assessor.last_waiting].next_waiting = k
    assessor.last_waiting = k
    assessor.backlog += 1


@rule
def leave_queue(world: World, contract: ContractRow) -> None:
    """Let a contract wait no longer; its entry in the queue is skipped when its turn comes."""
    if contract.waiting:
        contract.waiting = False
        world.assessors[world.governments[contract.government].city].backlog -= 1


@rule
def serve_queue(world: World, city: CityRow) -> None:
    """Grade the contracts that have waited longest, as far as capacity goes; pay the assessors."""
    assessor = world.assessors[city.index]
    skip_overdue_assessments(world, assessor)
    while assessor.first_waiting >= 0 and assessor.done < assessor.capacity:
        k = pop_queue(world, assessor)
        if world.contracts[k].waiting:
            leave_queue(world, world.contracts[k])
            assess_by_third_party(world, k, assessor)
            assessor.done += 1
    if assessor.done + assessor.backlog > 0:
        assessor.served = assessor.done / (assessor.done + assessor.backlog)
    if assessor.done > 0:
        assessor.price = assessor.fees // assessor.done
    transfer(world, assessor, world.externals[Party.HOUSEHOLDS], Purpose.WAGES, -1, assessor.cash)


@rule
def skip_overdue_assessments(world: World, assessor: AssessorRow) -> None:
    """Let contracts that have waited too long be paid without a grade."""
    last = world.clock[0].quarter - world.rules[0].assessing_patience
    while assessor.first_waiting >= 0 and world.contracts[assessor.first_waiting].year_ended <= last:
        k = pop_queue(world, assessor)
        if world.contracts[k].waiting:
            leave_queue(world, world.contracts[k])
            assessor.missed += 1


@rule
def pop_queue(world: World, assessor: AssessorRow) -> int:
    """Remove the first contract from the queue and return its index."""
    k = assessor.first_waiting
    assessor.first_waiting = world.contracts[k].next_waiting
    return int(k)


@rule
def assess_by_third_party(world: World, k: int, assessor: AssessorRow) -> None:
    """Grade a contract for the year that it waited with; missing hours are found, as staff lists are checked."""
    clock = world.clock[0]
    contract = world.contracts[k]
    pay_assessor(world, k, assessor)
    assessor.covered[clock.season] += contract.year_price
    error = assessor.precision * normal(clock, Stream.GRADE, contract.id, 0)
    detected = contract.delivered_share < 1.0 - world.rules[0].assessing_least_found
    apply_grade(world, k, contract.performance + error, detected, Assessing.THIRD_PARTY)


@rule
def pay_assessor(world: World, k: int, assessor: AssessorRow) -> None:
    """Pay the fee out of the year's price, as far as that is still owed; the purchaser pays the rest."""
    contract = world.contracts[k]
    government = world.governments[contract.government]
    fee = to_fen(government.assessment_cost * contract.year_price)
    if contract.institution >= 0:
        institution = world.institutions[contract.institution]
        fee = min(fee, max(institution.cash, 0))
        transfer(world, institution, assessor, Purpose.ASSESSMENT, k, fee)
    else:
        fee = min(fee, max(government.cash, 0))
        transfer(world, government, assessor, Purpose.ASSESSMENT, k, fee)
    contract.assessment_fee += reduce_amount_due(world, contract, fee)
    assessor.fees += fee
