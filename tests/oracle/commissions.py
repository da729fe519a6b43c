"""Commissions: small direct orders of institutions, by skill, reputation and free hours of agencies."""

from __future__ import annotations

from math import log
from typing import TYPE_CHECKING

from sim.declarations.accounts import Purpose
from sim.declarations.events_and_causes import Cause, Event
from sim.declarations.income_sources import Source
from sim.declarations.random_streams import Stream
from tests.oracle.delivery import staff_hours
from tests.oracle.events import record
from tests.oracle.money import transfer

if TYPE_CHECKING:
    from tests.oracle.agency import Agency
    from tests.oracle.institution import Institution
    from tests.oracle.oracle_model import Sector
    from tests.oracle.other_organisations import City


def give_commissions(model: Sector, city: City) -> None:
    """Let every institution with money for commissions consider one."""
    for institution in city.government.institutions:
        if institution.commissions_left > 0:
            consider(model, institution)


def consider(model: Sector, institution: Institution) -> None:
    """An even part of the year's money decides the probability of an order, or its size."""
    rules, district = model.rules, institution.district
    usual = rules.commissions_value * district.price_index
    usual *= model.factor(rules.commissions_spread, Stream.COMMISSION, institution.id, 2)
    even = institution.commissions_left / (4.0 - model.season)
    if not model.happens(min(even / usual, 1.0), Stream.COMMISSION, institution.id, 0):
        return
    amount = min(int(max(usual, even)), institution.commissions_left, institution.cash)
    if amount <= 0:
        return
    agency = choose(model, institution, district.home_agencies)
    if agency is None:
        everybody = [agency for other in district.city.districts for agency in other.home_agencies]
        agency = choose(model, institution, everybody)
    if agency is not None:
        commission(model, institution, agency, amount)


def free_hours(agency: Agency) -> float:
    """Hours that neither contracts nor commissions take."""
    hours = staff_hours(agency) * (1.0 - agency.administrative)
    return max(hours - agency.planned - agency.commission_hours, 0.0)


def asks(agency: Agency) -> float:
    """Weight of effort on commissions; agencies without effort are considered too."""
    return 0.3 + (1.0 - 0.3) * agency.share_won(Source.COMMISSIONS)


def choose(model: Sector, institution: Institution, agencies: list[Agency]) -> Agency | None:
    """Draw an agency in proportion to skill x reputation x free hours."""
    suited = {
        agency: agency.skills[institution.field] * agency.reputation * free_hours(agency) * asks(agency)
        for agency in agencies
        if institution.admits(agency) and not agency.is_barred_by(institution)
    }
    drawn = {
        agency: log(weight) + model.gumbel(Stream.COMMISSION, institution.id, agency.id)
        for agency, weight in suited.items()
        if weight > 0.0
    }
    return max(drawn, key=drawn.__getitem__, default=None)


def commission(model: Sector, institution: Institution, agency: Agency, amount: int) -> None:
    """Pay at once; the work takes hours at the district's price, as far as they are free."""
    institution.commissions_left -= amount
    institution.commissions_paid += amount
    agency.commission_hours += min(amount / institution.district.hourly_ceiling, free_hours(agency))
    transfer(model, institution, agency, Purpose.COMMISSION, amount)
    agency.book(Source.COMMISSIONS, amount)
    agency.tie_with(institution).income[model.season] += amount
    staff = agency.staff
    record(model, Event.COMMISSIONED, Cause.TRACK_RECORD, agency, institution.district, institution, amount, staff)
