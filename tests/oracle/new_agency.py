"""Agency creation: recruits, registration, traits, staff, money and affiliations."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING, Any

from sim.declarations.accounts import Party, Purpose
from sim.declarations.choices import Admission, Form, Kind, Origin
from sim.declarations.events_and_causes import Cause, Event
from sim.declarations.income_sources import Source
from sim.declarations.random_streams import Stream
from sim.declarations.state_codes import Host
from sim.model.state.agency_fields import SETTLED_TENURE
from tests.oracle.agency import LICENCES, LICENSED, SETTLED, UNLICENSED, Agency
from tests.oracle.events import record
from tests.oracle.founding_prospects import newcomer_cost, newcomers_gifts, viable_income
from tests.oracle.guise import looks_like_nonprofit
from tests.oracle.money import take_from_owners, transfer
from tests.oracle.ordered_sums import add_up
from tests.oracle.quits_and_hiring import lose_experience, remove_staff
from tests.oracle.registration import association_for, join_association
from tests.oracle.strategy import begin_portfolio

if TYPE_CHECKING:
    from tests.oracle.government import Government
    from tests.oracle.oracle_model import Sector
    from tests.oracle.other_organisations import City

LEAST_STAFF = 2
MOST_STAFF = 4
"""Founding staff is at most this multiple of the median."""


@dataclass(frozen=True)
class Founders:
    """Founders: a college, a sister agency, a group or owners in a district, and the id that keys their draws."""

    who: Any
    id: int
    origin: Origin
    kind: Kind = Kind.NONPROFIT
    leaving: int = 0

    @property
    def party(self) -> Party:
        return self.who.party

    @property
    def for_profit(self) -> bool:
        return self.kind == Kind.FOR_PROFIT

    @property
    def elsewhere(self) -> bool:
        """Whether an agency founds in another city, where none of its people goes."""
        return self.party == Party.AGENCY and self.leaving == 0

    @property
    def come_along(self) -> bool:
        """Whether settled people of a sister do."""
        return self.party == Party.AGENCY and self.leaving > 0


def wanted_size(model: Sector, founders: Founders, entity: int) -> int:
    """Staff that founders want to begin with; converted groups are larger."""
    if founders.leaving > 0:
        return founders.leaving
    rules = model.rules
    median = rules.founding_staff * (1.6 if founders.origin == Origin.CONVERTED else 1.0)
    drawn = median * model.factor(rules.founding_staff_spread, Stream.FOUNDER_TRAITS, entity, 0)
    return int(min(max(round(drawn), LEAST_STAFF), MOST_STAFF * rules.founding_staff))


def affordable(city: City, founders: Founders, size: int, capital: float) -> int:
    """Founders of a nonprofit begin with the people whom they can pay for the first quarters; groups bring theirs."""
    if founders.for_profit or founders.origin == Origin.CONVERTED:
        return size
    paid = capital / (city.model.rules.founding_runway * newcomer_cost(city))
    return min(size, max(int(min(paid, size)), LEAST_STAFF))


def price_of_sister(district: Government, size: int) -> float:
    """What so many people in another city need at first, and what registration asks there."""
    each = district.model.rules.founding_runway * newcomer_cost(district.city)
    return max(size * each, district.registration_capital)


def to_give_away(agency: Agency) -> float:
    """What an agency has of its own above the reserve that it wants."""
    wanted = agency.reserve_target * agency.monthly_cost(agency.staff)
    return max(agency.own_reserve(agency.model.quarter) - wanted, 0.0)


def can_pay_for_sister(agency: Agency, district: Government) -> bool:
    """Whether it has enough for the smallest agency."""
    return to_give_away(agency) >= price_of_sister(district, LEAST_STAFF)


def money_brought(model: Sector, district: Government, founders: Founders, size: int, entity: int) -> float:
    """Money of the founders, beside a college's grant."""
    rules = model.rules
    if founders.elsewhere:
        return min(price_of_sister(district, size), to_give_away(founders.who))
    brought = rules.founding_firm_capital if founders.for_profit else rules.founding_founder_cash
    cash = brought * model.factor(0.5, Stream.FOUNDER_TRAITS, entity, 1)
    if founders.for_profit or founders.party == Party.SPONSOR:
        cash = max(cash, district.registration_capital)
    if founders.origin == Origin.CONVERTED:
        cash = max(cash, rules.founding_runway * size * newcomer_cost(district.city))
    return cash


def recruits(model: Sector, district: Government, founders: Founders, size: int, guise: bool) -> tuple[int, int]:
    """People without and with licence who join, as the sister's settled staff or the city's seekers allow.

    A company-form group brings its own people, as many as it wants.
    """
    if founders.origin != Origin.CONVERTED and not founders.come_along:
        # They find as many as agencies fill posts lately.
        size = round(size * district.city.filled)
    asked = district.registration_licensed_share
    if founders.for_profit and not guise and district.for_profits_admission == Admission.QUALIFIED:
        asked = max(asked, district.for_profits_qualification)
    usual = model.rules.founding_licensed * (model.rules.founding_firm_licensed if founders.for_profit else 1.0)
    wanted = max(round(size * usual), ceil(size * asked), 1)
    if founders.origin == Origin.CONVERTED:
        return size - wanted, wanted
    source = founders.who.cohorts[SETTLED] if founders.come_along else district.city.seekers
    licensed = min(wanted, size, source[LICENSED])
    return min(size - licensed, source[UNLICENSED]), licensed


def new_agency(model: Sector, district: Government, founders: Founders, form: Form, entity: int) -> Agency:
    """An agency with its place, traits and skills."""
    rules = model.rules
    agency = Agency(model, entity, district, founders.origin, form, founders.kind, founded=model.quarter)
    agency.founder = founders.who
    agency.registered = model.quarter if form == Form.REGISTERED else -1
    places = district.communities
    agency.community = places[model.pick(len(places), Stream.FOUNDER_TRAITS, entity, 2)]
    agency.field = founding_field(model, agency)
    ripe = 0.15 if founders.origin == Origin.CONVERTED else 0.0
    spread = 0.1 * model.normal(Stream.FOUNDER_TRAITS, entity, 4)
    agency.administrative = rules.delivery_base_tasks
    agency.mission = min(max(rules.founding_mission + ripe + spread, 0.0), 1.0)
    if founders.for_profit:
        agency.mission *= 0.5
    agency.founding_mission = agency.mission
    agency.reputation = 0.3 + ripe
    agency.wage = district.city.sector_wage * (rules.founding_firm_wage if founders.for_profit else 1.0)
    agency.skills = [rules.founding_skill_elsewhere for _ in model.fields]
    agency.skills[agency.field] = min(rules.founding_skill + ripe, 1.0)
    if founders.party == Party.SPONSOR:
        agency.sponsor = founders.who
    begin_portfolio(agency, sees_donors(agency))
    return agency


def founding_field(model: Sector, agency: Agency) -> int:
    """Field that founders choose: drawn in proportion to the hours unmet in their community."""
    hours = [need.hours for need in agency.community.needs]
    mark = add_up(hours) * model.uniform(Stream.FOUNDER_TRAITS, agency.id, 3)
    for f, unmet in enumerate(hours):
        mark -= unmet
        if mark <= 0:
            return f
    return len(hours) - 1


def staff_agency(agency: Agency, founders: Founders, unlicensed: int, licensed: int) -> None:
    """Assign founding staff: settled, from the sister or the former company; else new, from seekers."""
    people = unlicensed + licensed
    cohort = SETTLED
    if founders.come_along:
        sister = founders.who
        before, tenure = sister.staff, sister.tenure
        remove_staff(sister, SETTLED, UNLICENSED, unlicensed)
        remove_staff(sister, SETTLED, LICENSED, licensed)
        agency.tenure = tenure - sister.tenure
        lose_experience(sister, people, people, before)
        # They already worked together.
        agency.skills = [max(own, known) for own, known in zip(agency.skills, sister.skills, strict=True)]
    elif founders.origin == Origin.CONVERTED:
        agency.city.imported_staff += people
        agency.tenure = SETTLED_TENURE * people
    else:
        cohort = 0
        agency.city.seekers[UNLICENSED] -= unlicensed
        agency.city.seekers[LICENSED] -= licensed
        agency.hired = people
    if founders.elsewhere:
        # Half of the lead in skill can be taught.
        agency.skills = [
            own + 0.5 * max(known - own, 0.0) for own, known in zip(agency.skills, founders.who.skills, strict=True)
        ]
    for licence, count in zip(LICENCES, (unlicensed, licensed), strict=True):
        agency.cohorts[cohort][licence] = count


def fund_agency(model: Sector, agency: Agency, founders: Founders, cash: int) -> None:
    """Founding money: founders', owners' or a sister's own, and a college's grant."""
    if founders.for_profit:
        take_from_owners(model, agency, Purpose.FOUNDING, cash)
        return
    outside = model.outside[Party.COMPANIES if founders.party == Party.SPONSOR else Party.HOUSEHOLDS]
    transfer(model, founders.who if founders.elsewhere else outside, agency, Purpose.FOUNDING, cash)
    if founders.party == Party.COLLEGE:
        grant = founders.who.grant
        transfer(model, model.outside[Party.EDUCATION], agency, Purpose.FOUNDING, grant)
        agency.book(Source.COLLEGE, grant)


def first_relation(model: Sector, district: Government, founders: Founders) -> float:
    """Initial relation: promotion by officials, half the relation of a sister; zero for investors."""
    if founders.for_profit:
        return 0.0
    known = model.rules.founding_relation * district.promotion_push
    if founders.origin == Origin.GOVERNMENT:
        return max(known, model.rules.founding_official_relation)
    return max(known, 0.5 * founders.who.relation) if founders.come_along else known


def affiliate_agency(model: Sector, agency: Agency, founders: Founders) -> None:
    """Count the agency, link it to its founder, give it an association and an office, and record the event."""
    district = agency.district
    agency.tie_with(district).relation = first_relation(model, district, founders)
    cause = Cause.GROUP_CONVERTED
    if founders.party == Party.COLLEGE:
        cause = Cause.COLLEGE_FOUNDED
        agency.college = founders.who
        agency.host = Host.COLLEGE if agency.college.hosts else Host.OWN
    elif founders.party == Party.AGENCY:
        cause = Cause.GREW_ELSEWHERE if founders.elsewhere else Cause.STAFF_LEFT_TO_FOUND
        agency.sister = founders.who
        # Colleges keep to their city.
        agency.college = None if founders.elsewhere else agency.sister.college
    elif founders.for_profit:
        cause = Cause.MARGIN_OVER_HURDLE
    elif founders.party == Party.SPONSOR:
        cause = Cause.COMPANY_FOUNDED
        agency.host = Host.SPONSOR
        founders.who.agencies += 1
    elif founders.origin == Origin.GOVERNMENT:
        cause = Cause.OFFICIAL_WISH
    if agency.college:
        agency.college.affiliates += 1
    record(model, Event.FOUNDED, cause, agency, district, founders.who, agency.cash, agency.staff)
    if not looks_like_nonprofit(agency):
        return
    home = association_for(model, district)
    attached = agency.form == Form.ATTACHED
    joins = attached or model.happens(model.rules.founding_join_probability, Stream.FOUNDER_TRAITS, agency.id, 5)
    if home and joins:
        if attached:
            agency.reputation *= 0.9
        join_association(model, agency, home)


def sees_donors(agency: Agency) -> bool:
    """Whether founders begin with donors: the likelier, the more these would give."""
    if agency.kind != Kind.NONPROFIT:
        return False
    model, city = agency.model, agency.city
    # It counts among the agencies of its city only when it has begun.
    gifts = newcomers_gifts(model, city, uncounted=1)
    return model.happens(gifts / (gifts + viable_income(city)), Stream.FOUNDER_TRAITS, agency.id, 6)
