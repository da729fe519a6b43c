"""Agency registration, and association membership."""

from __future__ import annotations

from math import exp
from typing import TYPE_CHECKING

from sim.declarations.choices import Form, Regime
from sim.declarations.events_and_causes import Cause, Event
from sim.declarations.random_streams import Stream
from sim.declarations.state_codes import Host
from tests.oracle.events import record

if TYPE_CHECKING:
    from tests.oracle.agency import Agency
    from tests.oracle.government import Government
    from tests.oracle.oracle_model import Sector
    from tests.oracle.other_organisations import Association, City

REGISTRATION_SEASON = 0


def obstacle(
    model: Sector,
    district: Government,
    acceptance: float,
    trust: float,
    capital: float,
    licensed: int,
    staff: int,
    agreed: bool = False,
) -> Cause:
    """First obstacle to registration: licences, capital, or no government unit that trusts it enough to supervise."""
    if licensed < district.registration_licensed or licensed < district.registration_licensed_share * staff:
        return Cause.TOO_FEW_LICENSED
    if capital < district.registration_capital:
        return Cause.TOO_LITTLE_CAPITAL
    if district.registration_regime == Regime.DUAL and not agreed:
        closed = (1.0 - district.registration_openness) * (1.0 - model.rules.founding_trust * trust)
        return Cause.NONE if acceptance < 1.0 - closed else Cause.NO_SUPERVISING_UNIT
    return Cause.NONE


def obstacle_at_work(model: Sector, agency: Agency) -> Cause:
    """Obstacle of an agency at work, which is trusted for its relations or for its years."""
    years = (model.quarter - agency.founded) / 4.0
    known = [agency.relation, agency.relation_with(agency.city.government)]
    trust = max(*known, 1.0 - exp(-years / model.rules.founding_record))
    return obstacle(model, agency.district, agency.acceptance, trust, agency.cash, agency.licensed, agency.staff)


def become_registered(model: Sector, agency: Agency, cause: Cause) -> None:
    """An agency at work becomes a legal person of nonprofit form."""
    agency.form = Form.REGISTERED
    agency.registered = model.quarter
    record(model, Event.REGISTERED, cause, agency, agency.district, agency.district, agency.cash, agency.staff)


def association_for(model: Sector, district: Government) -> Association | None:
    """The district's first association with room for a member, else the first one of the whole city."""
    found = None
    for association in model.associations:
        works = association.founded <= model.quarter and association.has_room
        if works and association.city is district.city:
            if association.district is district:
                return association
            if association.district is None and found is None:
                found = association
    return found


def move_into_office(agency: Agency, association: Association) -> None:
    """A member that pays rent moves into a free office."""
    if agency.host == Host.OWN and association.hosted < association.rooms:
        agency.host = Host.ASSOCIATION
        association.hosted += 1


def change_rooms(model: Sector, city: City) -> None:
    """Once a year rich members rent rooms of their own, and poor ones take a free room."""
    if model.season != REGISTRATION_SEASON:
        return
    for agency in city.members:
        home = agency.association
        if home is None or model.quarter < agency.founded + 4:
            continue
        months, before = agency.months_of_reserve(), agency.host
        if agency.host == Host.ASSOCIATION and months > model.rules.rooms_move_out:
            agency.host = Host.OWN
            home.hosted -= 1
        elif agency.host == Host.OWN and months < model.rules.rooms_move_in:
            move_into_office(agency, home)
        if agency.host != before:
            cause = Cause.MEANS_FOR_ROOMS if agency.host == Host.OWN else Cause.FREE_ROOM
            record(model, Event.CHANGED_ROOMS, cause, agency, agency.district, home, agency.cash, agency.staff)


def join_association(model: Sector, agency: Agency, association: Association) -> None:
    """An agency becomes a member, and gets a free office if it pays rent."""
    agency.association = association
    association.members += 1
    agency.officers_in_common = model.happens(association.overlap, Stream.OFFICERS, agency.id, 0)
    move_into_office(agency, association)
    agency.tie_with(agency.city.government)
    cause = Cause.ATTACHED_INSTEAD if agency.form == Form.ATTACHED else Cause.OPEN_ASSOCIATION
    record(model, Event.JOINED, cause, agency, agency.district, association, persons=agency.staff)


def register_attached(model: Sector, city: City) -> None:
    """Once a year, attached agencies try to become legal persons."""
    if model.season != REGISTRATION_SEASON:
        return
    for agency in city.members:
        ripe = agency.form == Form.ATTACHED and model.quarter >= agency.founded + 4
        if ripe and obstacle_at_work(model, agency) == Cause.NONE:
            become_registered(model, agency, Cause.RIPE)
