"""Association membership: which association takes members, and what joining it changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.declarations.accounts import Party
from sim.declarations.choices import Form
from sim.declarations.events_and_causes import Cause, Event
from sim.declarations.random_streams import Stream
from sim.declarations.state_codes import Host
from sim.engine.compilation import rule
from sim.engine.rng.distributions import bernoulli
from sim.model.rules.ledger.transfers_and_events import record_event
from sim.model.rules.shared.active_agencies import active_agencies_in
from sim.model.rules.shared.agency_capacity_and_unit_cost import months_of_reserves
from sim.model.rules.shared.relations_and_presence import ensure_tie

if TYPE_CHECKING:
    from sim.model.state.row_types import AgencyRow, AssociationRow, CityRow
    from sim.model.state.world import World


ROOMS_SEASON = 0
"""Agencies look at their rooms once a year, in the first quarter."""


FIRST_MOVE = 4
"""Quarters after its founding from which an agency changes rooms."""


@rule
def find_open_association(world: World, city: CityRow, g: int) -> int:
    """Association that takes members in district `g`: its own, else one of the whole city; -1 for none."""
    city_wide = -1
    for n in range(len(world.associations)):
        association = world.associations[n]
        works = association.founded <= world.clock[0].quarter and association.members < association.members_limit
        if not works or world.cities[association.city].government != city.government:
            continue
        if association.district == g:
            return n
        if association.district < 0 and city_wide < 0:
            city_wide = n
    return city_wide


@rule
def take_office_space(agency: AgencyRow, association: AssociationRow) -> None:
    """Move a member that pays rent into a free office of its association."""
    if agency.host == Host.OWN and association.hosted < association.rooms:
        agency.host = Host.ASSOCIATION
        association.hosted += 1


@rule
def change_rooms(world: World, city: CityRow) -> None:
    """Once a year, let members with large reserves rent rooms of their own, and poor ones take a free room."""
    rules = world.rules[0]
    quarter = world.clock[0].quarter
    if world.clock[0].season != ROOMS_SEASON:
        return
    for a in active_agencies_in(world, city):
        agency = world.agencies[a]
        if agency.association < 0 or quarter < agency.founded + FIRST_MOVE:
            continue
        association = world.associations[agency.association]
        months = months_of_reserves(world, agency)
        if agency.host == Host.ASSOCIATION and months > rules.rooms_move_out:
            agency.host = Host.OWN
            association.hosted -= 1
            record_move(world, agency, Cause.MEANS_FOR_ROOMS)
        elif agency.host == Host.OWN and months < rules.rooms_move_in:
            take_office_space(agency, association)
            if agency.host == Host.ASSOCIATION:
                record_move(world, agency, Cause.FREE_ROOM)


@rule
def record_move(world: World, agency: AgencyRow, cause: int) -> None:
    """Record that an agency changed rooms."""
    n = agency.association
    record_event(
        world,
        Event.CHANGED_ROOMS,
        cause,
        agency.index,
        agency.district,
        Party.ASSOCIATION,
        n,
        agency.cash,
        agency.staff,
    )


@rule
def join_association(world: World, a: int, n: int) -> None:
    """Make an agency a member; its director may become an officer, and it gets a free office if it pays rent."""
    agency = world.agencies[a]
    association = world.associations[n]
    agency.association = n
    association.members += 1
    agency.officers_in_common = bernoulli(world.clock[0], association.overlap, Stream.OFFICERS, agency.id, 0)
    take_office_space(agency, association)
    ensure_tie(world, a, world.cities[agency.city].government)
    cause = Cause.ATTACHED_INSTEAD if agency.form == Form.ATTACHED else Cause.OPEN_ASSOCIATION
    record_event(world, Event.JOINED, cause, a, agency.district, Party.ASSOCIATION, n, 0, agency.staff)
