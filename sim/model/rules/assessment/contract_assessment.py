"""Contract assessment: at the end of each contract year some contracts are graded, and grades have consequences.

A purchaser's own staff grade at once, and leniently where the relation with the agency is close.  Third parties grade
without bias and more precisely, for a fee out of the price, in the order in which contracts reach them; until
its turn comes nothing more is paid on a contract, unless it waits too long.  The consequences of a grade are in
`sim.model.rules.assessment.grade_consequences`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.declarations.choices import Assessing
from sim.declarations.random_streams import Stream
from sim.declarations.state_codes import Status
from sim.engine.compilation import rule
from sim.engine.rng.distributions import bernoulli, normal
from sim.model.rules.assessment.grade_consequences import apply_grade
from sim.model.rules.assessment.third_party_assessors import join_queue, reset_assessor, serve_queue
from sim.model.rules.contracts.purchaser_commitments import purchaser_of_contract
from sim.model.rules.contracts.underdelivery_and_detection import NOTICEABLE_DELIVERY_SHARE
from sim.model.rules.shared.active_agencies import active_agencies_in
from sim.model.rules.shared.relations_and_presence import relation_with

if TYPE_CHECKING:
    from sim.model.state.row_types import CityRow, ContractRow
    from sim.model.state.world import World


@rule
def assess_contracts(world: World, city: CityRow) -> None:
    """Draw the contracts whose year ends, grade them or put them in the queue, and serve the queue."""
    reset_assessor(world, city)
    for a in active_agencies_in(world, city):
        k = world.agencies[a].first_contract
        while k >= 0:
            contract = world.contracts[k]
            if contract.status == Status.RUNNING and contract_year_ends(world, contract):
                end_contract_year(world, k)
            k = contract.next_of_agency
    serve_queue(world, city)


@rule
def contract_year_ends(world: World, contract: ContractRow) -> bool:
    """Whether this is the last quarter of a contract year, or of the contract."""
    quarter = world.clock[0].quarter
    n = quarter - (contract.ends - contract.term)
    return bool(n % 4 == 3 or quarter + 1 == contract.ends)


@rule
def end_contract_year(world: World, k: int) -> None:
    """End a contract's year; if it is drawn, grade it or put it in the queue for an assessor.

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
        record_year_performance(world, contract, price)
        if regime == Assessing.THIRD_PARTY:
            join_queue(world, k)
        else:
            assess_internally(world, k)
    contract.promised_before = contract.promised_total
    contract.delivered_before = contract.delivered_total
    contract.effective_before = contract.effective_total
    contract.taken_over = 0.0


@rule
def record_year_performance(world: World, contract: ContractRow, price: int) -> None:
    """Record what is to be graded: the share of hours delivered, and the performance.

    Performance is the grade that an assessor without error would give: hours delivered over hours promised, times a
    part that any delivery earns and a part that quality earns.  Taking over from a predecessor is work under the
    contract, and counts like any other.

    Parameters
    ----------
    price : int
        Price of the year, fen.
    """
    promised = contract.promised_total - contract.promised_before
    delivered = contract.delivered_total - contract.delivered_before
    effective = contract.effective_total - contract.effective_before + contract.taken_over
    contract.delivered_share = min(delivered / promised, 1.0) if promised > 0 else 1.0
    quality = effective / delivered if delivered > 0 else 0.0
    base = world.rules[0].assessing_base_grade
    contract.performance = contract.delivered_share * (base + (1.0 - base) * quality)
    contract.year_price = price
    contract.year_ended = world.clock[0].quarter


@rule
def assess_internally(world: World, k: int) -> None:
    """Grade a contract by the purchaser's own staff, who overlook missing hours the more, the closer the relation."""
    rules = world.rules[0]
    clock = world.clock[0]
    contract = world.contracts[k]
    relation = relation_with(world, world.agencies[contract.agency], purchaser_of_contract(world, contract))
    error = rules.assessing_internal_noise * normal(clock, Stream.GRADE, contract.id, 0)
    looks = rules.assessing_internal_detection * (1.0 - relation)
    detected = contract.delivered_share < NOTICEABLE_DELIVERY_SHARE and bernoulli(
        clock, looks, Stream.GRADE, contract.id, 1
    )
    apply_grade(world, k, contract.performance + rules.assessing_bias * relation + error, detected, Assessing.INTERNAL)
