"""Firms that register as social work agencies, and how they are found out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.declarations.choices import Kind
from sim.declarations.events_and_causes import Cause, Event
from sim.declarations.random_streams import Stream
from sim.declarations.state_codes import Host
from tests.oracle.events import record

if TYPE_CHECKING:
    from tests.oracle.agency import Agency
    from tests.oracle.contract import Contract
    from tests.oracle.oracle_model import Sector


def hides(model: Sector, entity: int) -> bool:
    """Whether the firm with this id registers as a social work agency."""
    return model.happens(model.rules.founding_disguise, Stream.INSPECTION, entity, 0)


def looks_like_nonprofit(agency: Agency) -> bool:
    return agency.kind == Kind.NONPROFIT or agency.guise


def inspect(model: Sector, agency: Agency) -> None:
    """The home district's inspection, a quarter of a year's chance."""
    if agency.guise and model.happens(agency.district.registration_inspection / 4.0, Stream.INSPECTION, agency.id, 1):
        reveal(model, agency, Cause.INSPECTED)


def expose(model: Sector, contract: Contract, cause: Cause) -> None:
    """Poor work can show what an agency is."""
    number = 0 if cause == Cause.NOT_DELIVERED else 1
    agency = contract.agency
    if agency.guise and model.happens(model.rules.standing_exposure, Stream.INSPECTION, contract.id, number):
        reveal(model, agency, cause)


def reveal(model: Sector, agency: Agency, cause: Cause) -> None:
    """From now on a firm: less reputation, weaker ties, no member of an association any more."""
    agency.guise = False
    kept = 1.0 - model.rules.standing_shading_penalty
    agency.reputation *= kept
    for tie in agency.ties.values():
        tie.relation *= kept
    if agency.association is not None:
        agency.association.members -= 1
        if agency.host == Host.ASSOCIATION:
            agency.association.hosted -= 1
            agency.host = Host.OWN
        agency.association = None
        agency.officers_in_common = False
    record(model, Event.REVEALED, cause, agency, agency.district, persons=agency.staff)
