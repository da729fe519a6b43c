"""Job moves: people who leave one agency and stay in the field may be hired by another in the same quarter.

Each is assigned to the agency that he or she left, and brings some of what that agency does best, and of what it knows
of clients whom both serve.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.declarations.accounts import Party
from sim.declarations.events_and_causes import Cause, Event
from sim.declarations.random_streams import Stream
from sim.declarations.state_codes import Status
from sim.engine.arithmetic import to_fen_down
from sim.engine.compilation import rule
from sim.engine.rng.philox import uniform
from sim.model.rules.ledger.transfers_and_events import record_event
from sim.model.rules.shared.active_agencies import active_agencies_in
from sim.model.rules.shared.relations_and_presence import find_presence

if TYPE_CHECKING:
    from sim.model.state.row_types import AgencyRow
    from sim.model.state.world import World


@rule
def assign_movers(world: World, a: int, unlicensed: int, licensed: int) -> None:
    """Assign movers among those just hired to the agencies that they left.

    Former employers are asked in random order.

    Parameters
    ----------
    a : int
        Agency that hired.
    unlicensed, licensed : int
        Movers without and with licence.
    """
    while unlicensed + licensed > 0:
        b = next_former_employer(world, a, unlicensed, licensed)
        if b < 0:
            return
        former = world.agencies[b]
        from_unlicensed = min(unlicensed, former.movers[0])
        from_licensed = min(licensed, former.movers[1])
        record_move(world, a, b, from_unlicensed, from_licensed)
        unlicensed -= from_unlicensed
        licensed -= from_licensed


@rule
def next_former_employer(world: World, a: int, unlicensed: int, licensed: int) -> int:
    """Former employer to ask next: the agency with the smallest draw of those that lost such people; -1 for none.

    Each agency has a draw of its own, so that one more or less in the city does not change the order of the others.

    Parameters
    ----------
    a : int
        Agency that hired.
    unlicensed, licensed : int
        Movers that are not assigned yet.
    """
    agency = world.agencies[a]
    best = -1
    least = 1.0
    for b in active_agencies_in(world, world.cities[agency.city]):
        former = world.agencies[b]
        if b == a or min(unlicensed, former.movers[0]) + min(licensed, former.movers[1]) == 0:
            continue
        drawn = uniform(world.clock[0], Stream.MOVE, agency.id, former.id)
        if drawn < least:
            best = b
            least = drawn
    return int(best)


@rule
def record_move(world: World, a: int, b: int, unlicensed: int, licensed: int) -> None:
    """Count people as moved from agency `b` to agency `a`, which gains skill in the main field of `b`.

    Parameters
    ----------
    a, b : int
        New and former employer.
    unlicensed, licensed : int
        People without and with licence.
    """
    agency = world.agencies[a]
    former = world.agencies[b]
    city = world.cities[agency.city]
    moved = unlicensed + licensed
    former.movers[0] -= unlicensed
    former.movers[1] -= licensed
    city.movers[0] -= unlicensed
    city.movers[1] -= licensed
    former.lost_to_agency += moved
    agency.moved_in += moved
    known = world.skills[b, former.field]
    skill = world.skills[a, former.field]
    if known > skill:
        world.skills[a, former.field] += world.rules[0].people_skill_carry * moved / agency.staff * (known - skill)
    bring_knowledge(world, agency, former, moved)
    if former.severed > 0 and took_contract_over(world, agency, former):
        waive_severance(former, moved)
    record_event(world, Event.MOVED, Cause.BETTER_POST, a, agency.district, Party.AGENCY, b, 0, moved)


@rule
def took_contract_over(world: World, agency: AgencyRow, former: AgencyRow) -> bool:
    """Whether an agency won a contract this quarter that another held before."""
    quarter = world.clock[0].quarter
    k = agency.first_contract
    while k >= 0:
        contract = world.contracts[k]
        new = contract.status == Status.RUNNING and contract.ends - contract.term == quarter
        if new and contract.incumbent == former.index:
            return True
        k = contract.next_of_agency
    return False


@rule
def waive_severance(former: AgencyRow, moved: int) -> None:
    """Owe no severance to people who follow a contract to its new holder, which counts their years in post on.

    Parameters
    ----------
    former : row
        Agency that laid people off.
    moved : int
        People who moved; of them those laid off come first.
    """
    waived = min(moved, former.severed)
    former.severance -= to_fen_down(former.severance * (waived / former.severed))
    former.severed -= waived


@rule
def bring_knowledge(world: World, agency: AgencyRow, former: AgencyRow, moved: int) -> None:
    """Add to an agency what people who moved there know of clients in communities that their former agency serves too.

    Parameters
    ----------
    agency, former : row
        New and former employer.
    moved : int
        People.
    """
    part = moved / (former.staff + moved)
    n = agency.first_presence
    while n >= 0:
        presence = world.presences[n]
        known = find_presence(world, former, presence.community)
        if known >= 0:
            presence.known += part * world.presences[known].known
        n = presence.next
