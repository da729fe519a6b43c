"""Job moves: people who left one agency this quarter, and whom another hired."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.declarations.events_and_causes import Cause, Event
from sim.declarations.random_streams import Stream
from tests.oracle.agency import LICENCES, Agency
from tests.oracle.events import record

if TYPE_CHECKING:
    from tests.oracle.oracle_model import Sector


def assign_movers(model: Sector, agency: Agency, coming: list[int]) -> None:
    """Assign movers to former employers, in random order."""
    if not any(coming):
        return
    for former in sorted(agency.city.members, key=lambda other: model.uniform(Stream.MOVE, agency.id, other.id)):
        theirs = [min(wanted, there) for wanted, there in zip(coming, former.movers, strict=True)]
        if former is agency or not any(theirs):
            continue
        for licence in LICENCES:
            for place in (former.movers, agency.city.movers, coming):
                place[licence] -= theirs[licence]
        moved = sum(theirs)
        former.lost_to_agency += moved
        agency.moved_in += moved
        ahead = former.skills[former.field] - agency.skills[former.field]
        if ahead > 0:
            agency.skills[former.field] += model.rules.people_skill_carry * moved / agency.staff * ahead
        # They bring their part of what their former agency knows of the clients that both serve.
        part = moved / (former.staff + moved)
        for community, presence in agency.presences.items():
            if community in former.presences:
                presence.known += part * former.presences[community].known
        if former.severed > 0 and any(one.incumbent is former and one.begun == model.quarter for one in agency.running):
            # Who follows a contract to its new holder takes the years in post along, and no severance.
            staying_away = min(moved, former.severed)
            former.severance -= int(former.severance * (staying_away / former.severed))
            former.severed -= staying_away
        record(model, Event.MOVED, Cause.BETTER_POST, agency, agency.district, former, persons=moved)
