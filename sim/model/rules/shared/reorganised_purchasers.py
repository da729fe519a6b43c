"""Reorganised purchasers: governments that buy everything anew for a year, and call nothing for a part of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.engine.compilation import rule

if TYPE_CHECKING:
    from sim.model.state.row_types import GovernmentRow
    from sim.model.state.world import World

REORGANISED_QUARTERS = 4
"""Quarters for which a purchaser that was reorganised renews nothing and calls nothing again."""


@rule
def is_reorganised(world: World, government: GovernmentRow) -> bool:
    """Whether a government renews no contract and calls none again, because it was reorganised."""
    return bool(world.clock[0].quarter < government.reorganised_until)


@rule
def pauses_calls(world: World, government: GovernmentRow) -> bool:
    """Whether a government calls nothing at all, because it was reorganised a moment ago."""
    since = world.clock[0].quarter - (government.reorganised_until - REORGANISED_QUARTERS)
    return is_reorganised(world, government) and since < world.rules[0].shocks_reorganisation_pause
