"""Whoever buys, as one number, governments first and institutions after them; ties and bids are kept by it.

The rules stand apart from the records, which are declarations only: a file is checked without a compiler.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.engine.compilation import rule

if TYPE_CHECKING:
    from sim.model.state.world import World


@rule
def institution_number(world: World, i: int) -> int:
    """Number of an institution among purchasers."""
    return len(world.governments) + i


@rule
def pressure_by_purchaser(world: World, purchaser: int) -> float:
    """Administrative tasks that a purchaser asks of agencies that depend on it."""
    if purchaser < len(world.governments):
        return world.governments[purchaser].payment_administrative_pressure
    return world.institutions[purchaser - len(world.governments)].administrative_pressure
