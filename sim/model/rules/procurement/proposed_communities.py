"""Proposed communities: where in its district a bidder would work for a fund that leaves the place open.

Most unserved hours, weighted by presence.  Where an agency has no presence all bidders of a district see the same, so
that the neediest community of a district and field is looked for once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.declarations.choices import ContractForm
from sim.engine.compilation import rule
from sim.model.rules.service.community_needs import rootedness

if TYPE_CHECKING:
    from sim.model.state.row_types import AgencyRow, CityRow, ContractRow
    from sim.model.state.world import Integers, World

ROOTLESS_VALUE = 0.3
"""Value of a community where a bidder has no roots, relative to one where it is fully rooted less this."""

UNKNOWN = -1
"""Mark of a district and field whose neediest community has not been looked for yet."""


@rule
def no_neediest(world: World, city: CityRow) -> Integers:
    """Table of the neediest community by district of a city and field, before any was looked for."""
    return np.full((city.districts, world.needs.shape[1]), UNKNOWN, np.int64)


@rule
def proposed_community(world: World, agency: AgencyRow, lot: ContractRow, neediest: Integers) -> int:
    """Community of its district that an agency proposes to a fund; the first of equals.

    Parameters
    ----------
    neediest : int array, shape (districts, fields)
        Neediest communities found so far; one is added where it was unknown.
    """
    district = world.governments[agency.district]
    row = agency.district - world.cities[agency.city].first_district
    if neediest[row, lot.field] == UNKNOWN:
        neediest[row, lot.field] = neediest_without_roots(world, agency, lot)
    best = neediest[row, lot.field]
    highest = ROOTLESS_VALUE * unserved_hours(world, best, lot)
    n = agency.first_presence
    while n >= 0:
        presence = world.presences[n]
        c = presence.community
        place = c - district.first_community
        if presence.quarters > 0.0 and 0 <= place < district.communities:
            roots = rootedness(presence.quarters, world.rules[0].need_rooting_time)
            wanted = unserved_hours(world, c, lot) * (ROOTLESS_VALUE + roots)
            if wanted > highest or (wanted == highest and c < best):
                best = c
                highest = wanted
        n = presence.next
    return int(best)


@rule
def neediest_without_roots(world: World, agency: AgencyRow, lot: ContractRow) -> int:
    """Community with the most unserved hours in an agency's district; the first of equals."""
    district = world.governments[agency.district]
    best = district.first_community
    highest = -1.0
    for c in range(district.first_community, district.first_community + district.communities):
        hours = unserved_hours(world, c, lot)
        if hours > highest:
            best = c
            highest = hours
    return int(best)


@rule
def unserved_hours(world: World, c: int, lot: ContractRow) -> float:
    """Unmet hours in community `c` that a lot is meant for, less where more is already served."""
    if lot.form != ContractForm.CENTRE:
        need = world.needs[c, lot.field]
        return need.unmet * need.load / (1.0 + need.served)
    hours = 0.0
    for f in range(world.needs.shape[1]):
        need = world.needs[c, f]
        hours += need.unmet * need.load / (1.0 + need.served)
    return hours
