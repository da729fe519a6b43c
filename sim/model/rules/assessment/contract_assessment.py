"""Assessment: at the end of each contract year some contracts are graded, and grades have consequences.

A purchaser's own people grade at once, mildly where they stand close to the agency.  Third parties grade
without bias and more precisely, for a fee out of the price, in the order in which contracts come to them; until
its turn comes nothing more is paid on a contract, unless it waits too long.  What a grade leads to is in
`sim.model.rules.assessment.grade_consequences`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.declarations.accounts import Party, Purpose
from sim.declarations.choices import Assessing
from sim.declarations.random_streams import Stream
from sim.declarations.state_codes import Status
from sim.engine.compilation import rule
from sim.engine.rng.distributions import bernoulli, normal
from sim.model.rules.assessment.grade_consequences import conclude
from sim.model.rules.contracts.instalments import take_off
from sim.model.rules.contracts.purchaser_commitments import purchaser_of_contract
from sim.model.rules.ledger.transfers_and_events import transfer
from sim.model.rules.service.service_delivery import NOTICEABLE
from sim.model.rules.shared.active_agencies import members_of
from sim.model.rules.shared.relations_and_presence import relation_with

if TYPE_CHECKING:
    from sim.model.state.row_types import AssessorRow, CityRow, ContractRow
    from sim.model.state.world import World


@rule
def assess_contracts(world: World, city: CityRow) -> None:
    """Draw the contracts whose year ends, grade them or put them in the queue, and serve the queue."""
    open_assessor(world, city)
    for a in members_of(world, city):
        k = world.agencies[a].first_contract
        while k >= 0:
            contract = world.contracts[k]
            if contract.status == Status.RUNNING and year_is_over(world, contract):
                come_up(world, k)
            k = contract.next_of_agency
    serve_queue(world, city)


@rule
def open_assessor(world: World, city: CityRow) -> None:
    """Set what a city's assessors can do this quarter, professors of its colleges among them."""
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
def year_is_over(world: World, contract: ContractRow) -> bool:
    """Whether this is the last quarter of a contract year, or of the contract."""
    quarter = world.clock[0].quarter
    n = quarter - (contract.ends - contract.term)
    return bool(n % 4 == 3 or quarter + 1 == contract.ends)


@rule
def come_up(world: World, k: int) -> None:
    """Close a contract's year; grade it, or let it wait for an assessor, if it is drawn.

    A contract that still waits since its last year is not drawn again.
    """
    clock = world.clock[0]
    contract = world.contracts[k]
    government = world.governments[contract.government]
    price = contract.price * ((clock.quarter - (contract.ends - contract.term)) % 4 + 1) // 4
    regime = int(government.assessment_regime)
    if regime == Assessing.THIRD_PARTY:
        world.assessors[government.city].ended[clock.season] += price
    may_be = regime != Assessing.NONE and not contract.waiting
    if may_be and bernoulli(clock, government.assessment_coverage, Stream.ASSESSED, contract.id, 0):
        note_year(world, contract, price)
        if regime == Assessing.THIRD_PARTY:
            join_queue(world, k)
        else:
            assess_internally(world, k)
    contract.promised_before = contract.promised_total
    contract.delivered_before = contract.delivered_total
    contract.effective_before = contract.effective_total
    contract.taken_over = 0.0


@rule
def note_year(world: World, contract: ContractRow, price: int) -> None:
    """Note what there is to be graded: hours kept, and what an assessor without error would give for them.

    Performance is hours delivered over hours promised, times a part that any delivery earns and a part that
    quality earns.  Taking over from a predecessor is work that the contract asks for, and counts like any other.
    """
    promised = contract.promised_total - contract.promised_before
    delivered = contract.delivered_total - contract.delivered_before
    effective = contract.effective_total - contract.effective_before + contract.taken_over
    contract.kept = min(delivered / promised, 1.0) if promised > 0 else 1.0
    quality = effective / delivered if delivered > 0 else 0.0
    base = world.rules[0].assessing_base
    contract.performance = contract.kept * (base + (1.0 - base) * quality)
    contract.year_price = price
    contract.year_ended = world.clock[0].quarter


@rule
def assess_internally(world: World, k: int) -> None:
    """Grade a contract with the purchaser's own eyes; who looks away for a friend finds no missing hours."""
    rules = world.rules[0]
    clock = world.clock[0]
    contract = world.contracts[k]
    relation = relation_with(world, world.agencies[contract.agency], purchaser_of_contract(world, contract))
    error = rules.assessing_internal_noise * normal(clock, Stream.GRADE, contract.id, 0)
    looks = rules.assessing_internal_detection * (1.0 - relation)
    found = contract.kept < NOTICEABLE and bernoulli(clock, looks, Stream.GRADE, contract.id, 1)
    conclude(world, k, contract.performance + rules.assessing_bias * relation + error, found, Assessing.INTERNAL)


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
    """Let a contract wait no longer.  Its place in the list is passed over when its turn comes."""
    if contract.waiting:
        contract.waiting = False
        world.assessors[world.governments[contract.government].city].backlog -= 1


@rule
def serve_queue(world: World, city: CityRow) -> None:
    """Grade the contracts that have waited longest, as far as capacity goes; pay the assessors out."""
    assessor = world.assessors[city.index]
    let_go(world, assessor)
    while assessor.first_waiting >= 0 and assessor.done < assessor.capacity:
        k = take_first(world, assessor)
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
def let_go(world: World, assessor: AssessorRow) -> None:
    """Let contracts that have waited too long be paid without a grade."""
    last = world.clock[0].quarter - world.rules[0].assessing_patience
    while assessor.first_waiting >= 0 and world.contracts[assessor.first_waiting].year_ended <= last:
        k = take_first(world, assessor)
        if world.contracts[k].waiting:
            leave_queue(world, world.contracts[k])
            assessor.missed += 1


@rule
def take_first(world: World, assessor: AssessorRow) -> int:
    """Take the contract at the head of the queue's list out of it."""
    k = assessor.first_waiting
    assessor.first_waiting = world.contracts[k].next_waiting
    return int(k)


@rule
def assess_by_third_party(world: World, k: int, assessor: AssessorRow) -> None:
    """Grade a contract as it was in the year that it waited for; missing hours are found."""
    clock = world.clock[0]
    contract = world.contracts[k]
    pay_assessor(world, k, assessor)
    assessor.covered[clock.season] += contract.year_price
    error = assessor.precision * normal(clock, Stream.GRADE, contract.id, 0)
    found = contract.kept < NOTICEABLE
    conclude(world, k, contract.performance + error, found, Assessing.THIRD_PARTY)


@rule
def pay_assessor(world: World, k: int, assessor: AssessorRow) -> None:
    """Pay the fee out of the year's price, as far as that is still owed; the purchaser bears the rest."""
    contract = world.contracts[k]
    government = world.governments[contract.government]
    fee = round(government.assessment_cost * contract.year_price)
    if contract.institution >= 0:
        institution = world.institutions[contract.institution]
        fee = min(fee, max(institution.cash, 0))
        transfer(world, institution, assessor, Purpose.ASSESSMENT, k, fee)
    else:
        fee = min(fee, max(government.cash, 0))
        transfer(world, government, assessor, Purpose.ASSESSMENT, k, fee)
    contract.assessment_fee += take_off(world, contract, fee)
    assessor.fees += fee
