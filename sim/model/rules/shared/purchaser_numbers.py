"""Purchaser numbers: governments first, institutions after them; ties and bids refer to purchasers by them.

The rules are apart from the fields, which are declarations only: a scenario is checked without a compiler.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.engine.compilation import rule

if TYPE_CHECKING:
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
