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
from sim.model.rules.shared.relations_and_presence import ensure_tie

if TYPE_CHECKING:
    from sim.model.state.row_types import AgencyRow, AssociationRow, CityRow
    from sim.model.state.world import World


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
