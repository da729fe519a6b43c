"""Other districts whose calls an agency follows: those that it knows best."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sim.declarations.state_codes import Level
from sim.engine.compilation import rule

if TYPE_CHECKING:
    from sim.model.state.row_types import AgencyRow
    from sim.model.state.world import World

MINIMUM_RELATION_TO_READ = 0.05
"""Relation above which an agency reads another district's calls."""


class OtherDistricts(NamedTuple):
    """Other districts that an agency has read this quarter; -1 for none.

    Attributes
    ----------
    last, before, earlier, first : int
        From the last one to the first.
    """

    last: int
    before: int
    earlier: int
    first: int


@rule
def is_among(district: int, done: OtherDistricts) -> bool:
    """Whether a district was read already."""
    return bool(district in (done.last, done.before, done.earlier, done.first))


@rule
def best_known_other_district(world: World, agency: AgencyRow, done: OtherDistricts) -> int:
    """District not its own and not yet read with which an agency has the closest relation above the minimum, or -1."""
    best = -1
    closest = MINIMUM_RELATION_TO_READ
    tie = agency.first_tie
    while tie >= 0:
        bond = world.ties[tie]
        other = is_other_district(world, agency, bond.purchaser) and not is_among(bond.purchaser, done)
        if bond.relation > closest and other:
            best = bond.purchaser
            closest = bond.relation
        tie = bond.next
    return int(best)


@rule
def is_other_district(world: World, agency: AgencyRow, purchaser: int) -> bool:
    """Whether a purchaser is a district other than an agency's own."""
    if purchaser == agency.district or purchaser >= len(world.governments):
        return False
    return bool(world.governments[purchaser].level == Level.DISTRICT)
