"""Underdelivery (shading) and its detection: hours left out on purpose, how likely they are found, and the penalty."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.declarations.accounts import Party
from sim.declarations.choices import Assessing, Kind
from sim.declarations.events_and_causes import Event
from sim.engine.compilation import rule
from sim.model.rules.contracts.purchaser_commitments import purchaser_of_contract
from sim.model.rules.ledger.transfers_and_events import record_event

if TYPE_CHECKING:
    from sim.model.state.row_types import AgencyRow, ContractRow, GovernmentRow
    from sim.model.state.world import World

NOTICEABLE_DELIVERY_SHARE = 0.9
"""Delivered over promised hours below which a purchaser that checks can notice."""


@rule
def assessment_detection_probability(world: World, government: GovernmentRow, relation: float) -> float:
    """Probability that an assessment finds missing hours.

    A third party finds them in every contract that it reaches: the share drawn, times the share of the
    queue that was served lately.  A purchaser's own staff overlook them the more, the closer the relation.
    """
    regime = int(government.assessment_regime)
    if regime == Assessing.THIRD_PARTY:
        return government.assessment_coverage * world.assessors[government.city].served
    if regime == Assessing.INTERNAL:
        looks = world.rules[0].assessing_internal_detection * (1.0 - relation)
        return government.assessment_coverage * looks
    return 0.0


@rule
def profitable_shading(world: World, government: GovernmentRow, relation: float) -> float:
    """Share of promised hours that profit-seeking owners leave out, given the chance of detection."""
    unseen = (1.0 - government.payment_oversight) * (
        1.0 - assessment_detection_probability(world, government, relation)
    )
    return world.rules[0].delivery_shading_propensity * unseen


@rule
def planned_shading(world: World, agency: AgencyRow, government: GovernmentRow, relation: float) -> float:
    """Share of promised hours that an agency plans to leave out: zero for a nonprofit.

    Parameters
    ----------
    government : row
        Government by whose rules the contract is bought.
    relation : float
        Relation with the purchaser, 0 to 1.
    """
    if agency.kind != Kind.FOR_PROFIT:
        return 0.0
    return profitable_shading(world, government, relation)


@rule
def penalise_noticed_shading(world: World, a: int, contract: ContractRow, cause: int) -> None:
    """Reduce relation and reputation because hours were missing, and record the event.

    Parameters
    ----------
    a : int
        Index of the agency.
    contract : row
        Contract with missing hours.
    cause : Cause
        Whether the purchaser noticed or an assessment found them.
    """
    agency = world.agencies[a]
    kept = 1.0 - world.rules[0].standing_shading_penalty
    agency.reputation *= kept
    purchaser = purchaser_of_contract(world, contract)
    tie = agency.first_tie
    while tie >= 0:
        if world.ties[tie].purchaser == purchaser:
            world.ties[tie].relation *= kept
        tie = world.ties[tie].next
    record_event(
        world,
        Event.SHADING_NOTICED,
        cause,
        a,
        contract.government,
        Party.INSTITUTION if contract.institution >= 0 else Party.GOVERNMENT,
        contract.institution if contract.institution >= 0 else contract.government,
        0,
        0,
    )
