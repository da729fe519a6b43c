"""Founders who were refused: they give up, try again, or go on waiting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.declarations.accounts import Party
from sim.declarations.choices import Origin
from sim.declarations.events_and_causes import Cause
from sim.declarations.random_streams import Stream
from tests.oracle.founding import affords_another
from tests.oracle.founding_attempt import Waiting, attempt
from tests.oracle.founding_prospects import prospects, rate_to_probability
from tests.oracle.new_agency import can_pay_for_sister

if TYPE_CHECKING:
    from tests.oracle.oracle_model import Sector
    from tests.oracle.other_organisations import City


def let_waiting_founders_try(model: Sector, city: City) -> None:
    """All who were refused before this quarter, those who came last first."""
    for plan in list(city.waiting):
        if plan.since < model.quarter and (gives_up(model, plan) or begins(model, plan)):
            city.waiting.remove(plan)


def gives_up(model: Sector, plan: Waiting) -> bool:
    """Staff without their agency do; groups never, which go on as companies; others in time."""
    founders = plan.founders
    if founders.party == Party.AGENCY and not founders.who.active:
        return True
    tires = model.happens(rate_to_probability(model.rules.founding_waiting_fade), Stream.WAITING, plan.id, 0)
    return tires and founders.origin != Origin.CONVERTED


def begins(model: Sector, plan: Waiting) -> bool:
    """Whether they try again, and succeed."""
    founders, district = plan.founders, plan.district
    if founders.party == Party.SPONSOR:
        reason = district.mean_pressure if affords_another(model, founders.who) else 0.0
    elif founders.elsewhere and not can_pay_for_sister(founders.who, district):
        reason = 0.0
    else:
        reason = prospects(model, district)
    if not model.happens(rate_to_probability(model.rules.founding_retry * reason), Stream.WAITING, plan.id, 1):
        return False
    return attempt(model, district, founders, plan.id, plan.acceptance) == Cause.NONE
