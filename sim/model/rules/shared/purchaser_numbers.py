"""Purchaser numbers: governments first, institutions after them; ties and bids refer to purchasers by them.

The rules are apart from the fields, which are declarations only: a scenario is checked without a compiler.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.declarations.choices import Assessing
from sim.engine.compilation import rule

if TYPE_CHECKING:
    from sim.model.state.row_types import GovernmentRow
    from sim.model.state.world import World


@rule
def institution_number(world: World, i: int) -> int:
    """Purchaser number of institution `i`."""
    return len(world.governments) + i


@rule
def pressure_by_purchaser(world: World, purchaser: int) -> float:
    """Administrative pressure of a purchaser on agencies that depend on it, 0 to 1."""
    if purchaser < len(world.governments):
        return world.governments[purchaser].payment_administrative_pressure
    return world.institutions[purchaser - len(world.governments)].administrative_pressure


@rule
def government_of_purchaser(world: World, purchaser: int) -> GovernmentRow:
    """Government by whose rules a purchaser buys: itself, or the district of an institution."""
    if purchaser < len(world.governments):
        return world.governments[purchaser]
    return world.governments[world.institutions[purchaser - len(world.governments)].district]


@rule
def weight_of_regime(world: World, regime: int) -> float:
    """How much an assessment asks for and teaches, against one by a third party; 0 without assessment."""
    if regime == Assessing.THIRD_PARTY:
        return 1.0
    return world.rules[0].assessing_internal_weight if regime == Assessing.INTERNAL else 0.0
