"""Underdelivery (shading) and its detection: hours left out on purpose, how likely they are found, and the penalty.

Owners of for-profits leave hours out to earn more.  Nonprofits let people whom their bids name do other work.
"""

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

FULL_PENALTY_SHARE = 0.2
"""Share of promised hours missing from which the whole relation and reputation at stake are lost."""


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
def probability_unseen(world: World, government: GovernmentRow, relation: float) -> float:
    """Probability that neither the purchaser nor an assessment finds missing hours, as agencies expect it."""
    return (1.0 - government.payment_oversight) * (1.0 - assessment_detection_probability(world, government, relation))


@rule
def profitable_shading(world: World, government: GovernmentRow, relation: float) -> float:
    """Share of promised hours that profit-seeking owners leave out, given the chance of detection."""
    return world.rules[0].delivery_shading_propensity * probability_unseen(world, government, relation)


@rule
def share_left_out(world: World, agency: AgencyRow, government: GovernmentRow, relation: float) -> float:
    """Share of promised hours that an agency leaves out in a quarter: by plan, or, a nonprofit, by diversion.

    Nobody plans diversion, so bids do not foresee it.

    Parameters
    ----------
    government : row
        Government by whose rules the contract is bought.
    relation : float
        Relation with the purchaser, 0 to 1.
    """
    if agency.kind == Kind.FOR_PROFIT:
        return float(planned_shading(world, agency, government, relation))
    return world.rules[0].delivery_diversion * agency.looseness * probability_unseen(world, government, relation)


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
def penalise_noticed_shading(world: World, a: int, contract: ContractRow, cause: int, missing: float) -> None:
    """Reduce relation and reputation because hours were missing, make a nonprofit stricter, and record the event.

    Parameters
    ----------
    a : int
        Index of the agency.
    contract : row
        Contract with missing hours.
    cause : Cause
        Whether the purchaser noticed or an assessment found them.
    missing : float
        Share of the promised hours that were missing.
    """
    rules = world.rules[0]
    agency = world.agencies[a]
    kept = 1.0 - rules.standing_shading_penalty * min(missing / FULL_PENALTY_SHARE, 1.0)
    agency.reputation *= kept
    if agency.kind == Kind.NONPROFIT:
        agency.looseness *= 1.0 - rules.assessing_lesson
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
