"""Agency registration: what a legal person needs, and yearly attempts of attached agencies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.declarations.accounts import Party
from sim.declarations.choices import Form, Regime
from sim.declarations.events_and_causes import Cause, Event
from sim.declarations.random_streams import Stream
from sim.engine.compilation import rule
from sim.engine.rng.distributions import bernoulli
from sim.engine.rng.philox import IntLike
from sim.model.rules.ledger.transfers_and_events import record_event
from sim.model.rules.shared.active_agencies import active_agencies_in

if TYPE_CHECKING:
    from sim.model.state.row_types import CityRow, ClockRow, GovernmentRow
    from sim.model.state.world import World

REGISTRATION_SEASON = 0
"""Attached agencies try to register once a year, in the first quarter."""


@rule
def registration_obstacle(
    clock: ClockRow, government: GovernmentRow, entity: IntLike, capital: float, licensed: int, staff: int, agreed: bool
) -> int:
    """First obstacle that keeps founders from registering; `Cause.NONE` where there is none.

    Parameters
    ----------
    entity : int
        Id that keys the draw of finding a supervising unit.
    capital : float
        Capital that they can show, fen.
    licensed : int
        Licence holders among them.
    staff : int
        Number of founders.
    agreed : bool
        Whether a government unit agreed beforehand, as where officials asked for the agency.

    Returns
    -------
    int
        A `Cause`.
    """
    if licensed < government.registration_licensed or licensed < government.registration_licensed_share * staff:
        return Cause.TOO_FEW_LICENSED
    if capital < government.registration_capital:
        return Cause.TOO_LITTLE_CAPITAL
    if (
        not agreed
        and int(government.registration_regime) == Regime.DUAL
        and not bernoulli(clock, government.registration_openness, Stream.REGISTRATION, entity, 0)
    ):
        return Cause.NO_SUPERVISING_UNIT
    return Cause.NONE


@rule
def register_attached_agencies(world: World, city: CityRow) -> None:
    """Once a year, attached agencies try to become legal persons."""
    clock = world.clock[0]
    if clock.season != REGISTRATION_SEASON:
        return
    for a in active_agencies_in(world, city):
        agency = world.agencies[a]
        if agency.form != Form.ATTACHED:
            continue
        government = world.governments[agency.district]
        if (
            registration_obstacle(
                clock, government, agency.id, float(agency.cash), agency.licensed, agency.staff, False
            )
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
