"""Relative pay: a wage beside others, and how many of its posts an agency expects to fill with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.engine.compilation import rule

if TYPE_CHECKING:
    from sim.model.state.row_types import AgencyRow
    from sim.model.state.world import World

PAY_LIMIT = 100.0
"""Ratio of a wage to others, or of others to it, beyond which pay makes no further difference."""


@rule
def relative_pay(wage: float, others: float) -> float:
    """A wage over that of others, within `PAY_LIMIT`."""
    return min(max(wage / others, 1.0 / PAY_LIMIT), PAY_LIMIT)


@rule
def expected_filling(world: World, agency: AgencyRow) -> float:
    """Part of its vacancies that an agency expects to fill in a quarter: as its city does, more if it pays better."""
    city = world.cities[agency.city]
    ratio = relative_pay(agency.wage, city.sector_wage)
    return 1.0 - (1.0 - city.filled) ** (ratio ** world.rules[0].people_recruit_elasticity)
