"""Community needs: need returns, is partly met by the community itself, and builds up pressure while unmet.

Need is held as the share that is unmet of what there would be without any help.  Relief by activities fades with
the half-life with which need returns; a strong community meets part of its need itself.  Its strength follows what
rooted agencies develop.
"""

from __future__ import annotations

from math import exp
from typing import TYPE_CHECKING

from sim.engine.compilation import rule
from sim.model.rules.shared.rates_and_half_lives import decay_per_quarter

if TYPE_CHECKING:
    from sim.model.state.row_types import CityRow
    from sim.model.state.world import World


@rule
def rootedness(quarters: float, years: float) -> float:
    """How rooted an agency is in a community, 0 to 1: 1 - exp(-years of presence / time constant).

    Parameters
    ----------
    quarters : float
        Unbroken quarters of presence.
    years : float
        Time constant, years.
    """
    return 1.0 - exp(-quarters / (4.0 * years))


@rule
def update_needs(world: World, city: CityRow) -> None:
    """Advance unmet need and pressure of communities by one quarter, before any service."""
    rules = world.rules[0]
    back = decay_per_quarter(rules.need_half_life)
    government = world.governments[city.government]
    for c in range(government.first_community, government.first_community + government.communities):
        community = world.communities[c]
        helped = rules.need_self_help * community.strength
        unmet = 0.0
        for f in range(world.needs.shape[1]):
            need = world.needs[c, f]
            need.unmet += back * (1.0 - need.unmet) - helped * need.unmet
            need.opened[:] = 0
            unmet += need.unmet * need.load
        community.unmet = unmet / max(community.load, 1e-9)
        community.pressure += rules.need_pressure_speed * (community.unmet - community.pressure)
        community.hours = 0.0
        community.steady_hours = 0.0
        community.built = 0.0
        community.agencies = 0
        community.unbroken_years = 0.0


@rule
def update_community_strength(world: World, city: CityRow) -> None:
    """Move the strength of communities towards the level that this quarter's rooted development holds, after service.

    The level saturates: twice the work does not make twice the strength.  How fast it is reached does not depend on
    how much work there is, and strength fades more slowly than it grows.
    """
    rules = world.rules[0]
    wear = decay_per_quarter(rules.need_strength_half_life)
    government = world.governments[city.government]
    for c in range(government.first_community, government.first_community + government.communities):
        community = world.communities[c]
        held = (community.base_strength + community.built) / (1.0 + community.built)
        speed = rules.need_strength_speed if held > community.strength else wear
        community.strength += speed * (held - community.strength)
