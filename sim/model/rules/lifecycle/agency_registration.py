"""Registration: how an agency becomes a legal person, and how it joins an association."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.declarations.accounts import Party
from sim.declarations.choices import Form, Regime
from sim.declarations.events_and_causes import Cause, Event
from sim.declarations.random_streams import Stream
from sim.declarations.state_codes import Host
from sim.engine.compilation import rule
from sim.engine.rng.distributions import bernoulli
from sim.engine.rng.philox import IntLike
from sim.model.rules.ledger.transfers_and_events import record_event
from sim.model.rules.shared.active_agencies import members_of
from sim.model.rules.shared.relations_and_presence import ensure_tie

if TYPE_CHECKING:
    from sim.model.state.row_types import AgencyRow, AssociationRow, CityRow, ClockRow, GovernmentRow
    from sim.model.state.world import World

REGISTRATION_SEASON = 0
"""Attached agencies try to register once a year, in the first quarter."""


@rule
def obstacle(
    clock: ClockRow, government: GovernmentRow, whose: IntLike, capital: float, licensed: int, staff: int, agreed: bool
) -> int:
    """What keeps founders from registering: a `Cause`.

    Parameters
    ----------
    whose : int
        Id that keys the chance of finding a supervising unit.
    capital : float
        Money that they can show, fen.
    licensed : int
        Licence holders among them.
    staff : int
        How many they are.
    agreed : bool
        Whether a government unit agreed beforehand, as where officials wished for the agency.
    """
    if licensed < government.registration_licensed or licensed < government.registration_licensed_share * staff:
        return Cause.TOO_FEW_LICENSED
    if capital < government.registration_capital:
        return Cause.TOO_LITTLE_CAPITAL
    if (
        not agreed
        and int(government.registration_regime) == Regime.DUAL
        and not bernoulli(clock, government.registration_openness, Stream.REGISTRATION, whose, 0)
    ):
        return Cause.NO_SUPERVISING_UNIT
    return Cause.NONE


@rule
def open_association(world: World, city: CityRow, g: int) -> int:
    """Association that takes members in a district: its own, else one of the whole city; -1 for none."""
    found = -1
    for n in range(len(world.associations)):
        association = world.associations[n]
        works = association.founded <= world.clock[0].quarter and association.members < association.members_limit
        if not works or world.cities[association.city].government != city.government:
            continue
        if association.district == g:
            return n
        if association.district < 0 and found < 0:
            found = n
    return found


@rule
def take_room(agency: AgencyRow, association: AssociationRow) -> None:
    """Move a member that pays rent into a free room of its association."""
    if agency.host == Host.OWN and association.hosted < association.rooms:
        agency.host = Host.ASSOCIATION
        association.hosted += 1


@rule
def join_association(world: World, a: int, n: int) -> None:
    """Make an agency a member; its director may become an officer, and it takes a free room if it pays rent."""
    agency = world.agencies[a]
    association = world.associations[n]
    agency.association = n
    association.members += 1
    agency.officers = bernoulli(world.clock[0], association.overlap, Stream.OFFICERS, agency.id, 0)
    take_room(agency, association)
    ensure_tie(world, a, world.cities[agency.city].government)
    cause = Cause.ATTACHED_INSTEAD if agency.form == Form.ATTACHED else Cause.OPEN_ASSOCIATION
    record_event(world, Event.JOINED, cause, a, agency.district, Party.ASSOCIATION, n, 0, agency.staff)


@rule
def register_attached(world: World, city: CityRow) -> None:
    """Once a year, attached agencies try to become legal persons of their own."""
    clock = world.clock[0]
    if clock.season != REGISTRATION_SEASON:
        return
    for a in members_of(world, city):
        agency = world.agencies[a]
        if agency.form != Form.ATTACHED:
            continue
        government = world.governments[agency.district]
        if (
            obstacle(clock, government, agency.id, float(agency.cash), agency.licensed, agency.staff, False)
            == Cause.NONE
        ):
            agency.form = Form.REGISTERED
            record_event(
                world,
                Event.REGISTERED,
                Cause.RIPE,
                a,
                agency.district,
                Party.GOVERNMENT,
                agency.district,
                agency.cash,
                agency.staff,
            )
