"""Agency registration, and association membership."""

from __future__ import annotations

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
    model: Sector, district: Government, entity: int, capital: float, licensed: int, staff: int, agreed: bool = False
) -> Cause:
    """First obstacle to registration: licences, capital, or no supervising government unit."""
    if licensed < district.registration_licensed or licensed < district.registration_licensed_share * staff:
        return Cause.TOO_FEW_LICENSED
    if capital < district.registration_capital:
        return Cause.TOO_LITTLE_CAPITAL
    if district.registration_regime == Regime.DUAL and not agreed:
        agrees = model.happens(district.registration_openness, Stream.REGISTRATION, entity, 0)
        return Cause.NONE if agrees else Cause.NO_SUPERVISING_UNIT
    return Cause.NONE


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
        if agency.form != Form.ATTACHED:
            continue
        district = agency.district
        if obstacle(model, district, agency.id, agency.cash, agency.licensed, agency.staff) == Cause.NONE:
            agency.form = Form.REGISTERED
            record(model, Event.REGISTERED, Cause.RIPE, agency, district, district, agency.cash, agency.staff)
