"""Agency registration: what a legal person needs, whom a government unit agrees to supervise, and yearly attempts."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sim.declarations.accounts import Party
from sim.declarations.choices import Form, Regime
from sim.declarations.events_and_causes import Cause, Event
from sim.engine.arithmetic import exponential
from sim.engine.compilation import rule
from sim.model.rules.ledger.transfers_and_events import record_event
from sim.model.rules.shared.active_agencies import active_agencies_in
from sim.model.rules.shared.relations_and_presence import relation_with

if TYPE_CHECKING:
    from sim.model.state.row_types import AgencyRow, CityRow, GovernmentRow
    from sim.model.state.world import World

REGISTRATION_SEASON = 0
"""Attached agencies try to register once a year, in the first quarter."""


FIRST_ATTEMPT = 4
"""Quarters after its founding from which an attached agency tries."""


class Applicant(NamedTuple):
    """Who asks to be registered.

    Attributes
    ----------
    capital : float
        Capital that can be shown, fen.
    licensed, staff : int
        Licence holders, and all people.
    acceptance : float
        How hard it is to accept, 0 to 1: drawn once.
    trust : float
        How well officials know it, 0 to 1.
    agreed : bool
        Whether a government unit agreed beforehand, as where officials asked for the agency.
    """

    capital: float
    licensed: int
    staff: int
    acceptance: float
    trust: float
    agreed: bool


@rule
def registration_obstacle(world: World, government: GovernmentRow, applicant: Applicant) -> int:
    """First obstacle that keeps an applicant from registering, a `Cause`; `NONE` where there is none."""
    staff = applicant.staff
    if (
        applicant.licensed < government.registration_licensed
        or applicant.licensed < government.registration_licensed_share * staff
    ):
        return Cause.TOO_FEW_LICENSED
    if applicant.capital < government.registration_capital:
        return Cause.TOO_LITTLE_CAPITAL
    if int(government.registration_regime) != Regime.DUAL or applicant.agreed:
        return Cause.NONE
    if applicant.acceptance >= acceptance_bar(world, government, applicant.trust):
        return Cause.NO_SUPERVISING_UNIT
    return Cause.NONE


@rule
def acceptance_bar(world: World, government: GovernmentRow, trust: float) -> float:
    """Acceptance below which a government unit agrees to supervise: openness, and trust in those whom it knows."""
    unknown = 1.0 - world.rules[0].founding_trust * trust
    return 1.0 - (1.0 - government.registration_openness) * unknown


@rule
def agency_obstacle(world: World, agency: AgencyRow) -> int:
    """What keeps an agency at work from registering: it is known by relations with purchasers, or by its record."""
    years = (world.clock[0].quarter - agency.founded) / 4.0
    trust = 1.0 - exponential(-years / world.rules[0].founding_record)
    trust = max(trust, relation_with(world, agency, agency.district))
    trust = max(trust, relation_with(world, agency, world.cities[agency.city].government))
    applicant = Applicant(float(agency.cash), agency.licensed, agency.staff, agency.acceptance, trust, False)
    return registration_obstacle(world, world.governments[agency.district], applicant)


@rule
def register_attached_agencies(world: World, city: CityRow) -> None:
    """Once a year, attached agencies that have worked for a year try to become legal persons."""
    clock = world.clock[0]
    if clock.season != REGISTRATION_SEASON:
        return
    for a in active_agencies_in(world, city):
        agency = world.agencies[a]
        if agency.form != Form.ATTACHED or clock.quarter < agency.founded + FIRST_ATTEMPT:
            continue
        if agency_obstacle(world, agency) == Cause.NONE:
            register_agency(world, agency, Cause.RIPE)


@rule
def register_agency(world: World, agency: AgencyRow, cause: int) -> None:
    """Make an agency at work a legal person of nonprofit form, and record why."""
    agency.form = Form.REGISTERED
    agency.registered = world.clock[0].quarter
    record_event(
        world,
        Event.REGISTERED,
        cause,
        agency.index,
        agency.district,
        Party.GOVERNMENT,
        agency.district,
        agency.cash,
        agency.staff,
    )
