"""Founding attempts: founders begin, attach themselves, wait to be accepted, or give up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.declarations.accounts import Party
from sim.declarations.choices import Form, Origin
from sim.declarations.events_and_causes import Cause, Event
from sim.declarations.random_streams import Stream
from tests.oracle.events import record
from tests.oracle.guise import hides
from tests.oracle.new_agency import (
    LEAST_STAFF,
    Founders,
    affiliate_agency,
    affordable,
    first_relation,
    fund_agency,
    money_brought,
    new_agency,
    recruits,
    staff_agency,
    wanted_size,
)
from tests.oracle.random_draws import child_id
from tests.oracle.registration import association_for, obstacle

if TYPE_CHECKING:
    from tests.oracle.government import Government
    from tests.oracle.oracle_model import Sector


@dataclass(frozen=True)
class Waiting:
    """Founders who were refused: who, where, since when, with which id and how hard to accept."""

    founders: Founders
    district: Government
    since: int
    id: int
    acceptance: float


def try_to_found(model: Sector, district: Government, founders: Founders) -> bool:
    """First attempt; return whether the agency works or its founders wait."""
    entity = child_id(founders.id, founders.origin, model.quarter, int(founders.elsewhere))
    acceptance = model.uniform(Stream.REGISTRATION, entity, 0)
    hindrance = attempt(model, district, founders, entity, acceptance, first=True)
    if hindrance == Cause.NO_SUPERVISING_UNIT and not founders.for_profit:
        district.city.waiting.insert(0, Waiting(founders, district, model.quarter, entity, acceptance))
        return True
    return hindrance == Cause.NONE


def attempt(
    model: Sector, district: Government, founders: Founders, entity: int, acceptance: float, first: bool = False
) -> Cause:
    """Start an agency unless something hinders it; at the first attempt founders may attach themselves instead."""
    size = wanted_size(model, founders, entity)
    cash = money_brought(model, district, founders, size, entity)
    capital = cash + (founders.who.grant if founders.party == Party.COLLEGE else 0)
    size = affordable(district.city, founders, size, capital)
    guise = founders.for_profit and hides(model, entity)
    unlicensed, licensed = recruits(model, district, founders, size, guise)
    people = unlicensed + licensed
    hindrance = Cause.NOT_ENOUGH_STAFF
    if people >= LEAST_STAFF:
        trust = first_relation(model, district, founders)
        # Where officials wished for the agency, their own unit supervises it.
        wished = founders.origin == Origin.GOVERNMENT
        hindrance = obstacle(model, district, acceptance, trust, capital, licensed, people, agreed=wished)
    if founders.for_profit and not guise and not district.admits_firm(licensed, people):
        hindrance = Cause.TOO_FEW_LICENSED
    form = Form.REGISTERED
    if hindrance != Cause.NONE:
        if not first:
            return hindrance
        if not attaches(model, district, founders, entity, people):
            record(model, Event.NOT_FOUNDED, hindrance, None, district, founders.who, persons=people)
            return hindrance
        form = Form.ATTACHED
    agency = new_agency(model, district, founders, form, entity)
    agency.acceptance = acceptance
    agency.guise = guise
    staff_agency(agency, founders, unlicensed, licensed)
    fund_agency(model, agency, founders, round(cash))
    affiliate_agency(model, agency, founders)
    return Cause.NONE


def attaches(model: Sector, district: Government, founders: Founders, entity: int, people: int) -> bool:
    """Whether founders who cannot register attach themselves to an association."""
    if founders.for_profit or founders.origin == Origin.CONVERTED or people < LEAST_STAFF:
        return False
    if not district.registration_attachment or association_for(model, district) is None:
        return False
    return model.happens(model.rules.founding_attach, Stream.WAITING, entity, 2)
