"""Relations of an agency with purchasers, and its presence in communities, as linked lists.

An agency knows a handful of purchasers and communities, whatever the size of the country; both lists start at its
row (`first_tie`, `first_presence`), so a look-up does not cost more in a larger sector.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.declarations.state_codes import Host
from sim.engine.compilation import rule
from sim.model.state.row_adding import add_presence, add_tie

if TYPE_CHECKING:
    from sim.model.state.row_types import AgencyRow
    from sim.model.state.world import World


@rule
def find_tie(world: World, agency: AgencyRow, purchaser: int) -> int:
    """Index of an agency's tie with a purchaser; -1 where there is none."""
    tie = agency.first_tie
    while tie >= 0 and world.ties[tie].purchaser != purchaser:
        tie = world.ties[tie].next
    return int(tie)


@rule
def ensure_tie(world: World, a: int, purchaser: int) -> int:
    """Index of an agency's tie with a purchaser, created where there was none."""
    agency = world.agencies[a]
    existing = find_tie(world, agency, purchaser)
    if existing >= 0:
        return existing
    made = add_tie(world)
    tie = world.ties[made]
    tie.agency = a
    tie.purchaser = purchaser
    tie.relation = 0.0
    tie.income[:] = 0
    tie.income_year = 0
    tie.barred_until = -1
    tie.lesson = 0.0
    tie.next = agency.first_tie
    agency.first_tie = made
    return made


@rule
def relation_with(world: World, agency: AgencyRow, purchaser: int) -> float:
    """Relation of an agency with a purchaser, from 0 (strangers) to 1."""
    tie = find_tie(world, agency, purchaser)
    return world.ties[tie].relation if tie >= 0 else 0.0


@rule
def nearness_to_peers(world: World, agency: AgencyRow) -> float:
    """Part of what fellow members of its association can teach that reaches an agency: all of it in shared rooms."""
    return 1.0 if agency.host == Host.ASSOCIATION else world.rules[0].rooms_apart


@rule
def find_presence(world: World, agency: AgencyRow, c: int) -> int:
    """Index of an agency's presence in a community; -1 where there is none."""
    presence = agency.first_presence
    while presence >= 0 and world.presences[presence].community != c:
        presence = world.presences[presence].next
    return int(presence)


@rule
def ensure_presence(world: World, a: int, c: int) -> int:
    """Index of an agency's presence in a community, created where there was none."""
    agency = world.agencies[a]
    existing = find_presence(world, agency, c)
    if existing >= 0:
        return existing
    clock = world.clock[0]
    made = add_presence(world)
    presence = world.presences[made]
    presence.agency = a
    presence.community = c
    presence.quarters = 0.0
    presence.since = clock.quarter
    presence.last = clock.quarter
    presence.hours = 0.0
    presence.known = 0.0
    presence.past[:] = 0.0
    presence.next = agency.first_presence
    agency.first_presence = made
    return made


@rule
def quarters_present(world: World, agency: AgencyRow, c: int) -> float:
    """Unbroken quarters of service of an agency in a community, less what was lost with experienced staff."""
    presence = find_presence(world, agency, c)
    return world.presences[presence].quarters if presence >= 0 else 0.0


@rule
def remove_presence(world: World, agency: AgencyRow, dropped: int, previous: int) -> int:
    """Remove a presence from an agency's list and return the next one; the community counts a disruption.

    Parameters
    ----------
    dropped, previous : int
        Index of the presence and of the one before it in the list; -1 where it is the first.

    Returns
    -------
    int
        Index of the next presence of the agency; -1 for none.
    """
    presence = world.presences[dropped]
    following = presence.next
    if previous < 0:
        agency.first_presence = following
    else:
        world.presences[previous].next = following
    if presence.quarters > 0:
        world.communities[presence.community].disruptions += 1
    presence.next = world.clock[0].free_presence
    world.clock[0].free_presence = dropped
    return int(following)
