"""What an agency that leaves hours out must fear: being noticed by its purchaser or found by an assessor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.declarations.choices import Assessing, Kind
from sim.engine.compilation import rule

if TYPE_CHECKING:
    from sim.model.state.row_types import AgencyRow, GovernmentRow
    from sim.model.state.world import World


@rule
def assessment_finds(world: World, government: GovernmentRow, relation: float) -> float:
    """Chance that an assessment would find missing hours.

    A third party finds them in every contract that it comes to: the share drawn, times the share of the
    queue that was served lately.  A purchaser's own people look away for a friend.
    """
    regime = int(government.assessment_regime)
    if regime == Assessing.THIRD_PARTY:
        return government.assessment_coverage * world.assessors[government.city].served
    if regime == Assessing.INTERNAL:
        looks = world.rules[0].assessing_internal_detection * (1.0 - relation)
        return government.assessment_coverage * looks
    return 0.0


@rule
def worthwhile_shading(world: World, government: GovernmentRow, relation: float) -> float:
    """Share of promised hours that owners would leave out: their greed, as far as nobody would find it."""
    unseen = (1.0 - government.payment_oversight) * (1.0 - assessment_finds(world, government, relation))
    return world.rules[0].delivery_greed * unseen


@rule
def planned_shading(world: World, agency: AgencyRow, government: GovernmentRow, relation: float) -> float:
    """Share of promised hours that an agency means to leave out: a for-profit's greed, where nobody looks.

    Parameters
    ----------
    government : record
        By whose rules is bought.
    relation : float
        Relation with who buys.
    """
    if agency.kind != Kind.FOR_PROFIT:
        return 0.0
    return worthwhile_shading(world, government, relation)
