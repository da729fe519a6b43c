"""Initial state: random draws for communities and agencies, and their first accounts."""

from __future__ import annotations

from math import exp
from typing import TYPE_CHECKING, Any

from sim.declarations.accounts import Party, Purpose
from sim.declarations.choices import Form, Kind, Origin
from sim.declarations.events_and_causes import Cause, Event
from sim.declarations.random_streams import Stream
from sim.declarations.state_codes import Host
from sim.model.setup.compiled_scenario import CompiledScenario
from sim.model.state.agency_fields import SETTLED_TENURE
from tests.oracle import scenario_inputs as given
from tests.oracle.agency import LICENSED, SETTLED, UNLICENSED, Agency
from tests.oracle.community import Community, decay_per_quarter
from tests.oracle.events import record
from tests.oracle.money import transfer
from tests.oracle.new_agency import founding_field
from tests.oracle.strategy import begin_portfolio

if TYPE_CHECKING:
    from tests.oracle.oracle_model import Sector

FIRST_RELATION = 0.2
"""Relation with the home government, or that of a branch, at the start."""


def open_sector(model: Sector, compiled: CompiledScenario) -> None:
    """Bring the sector to its first quarter."""
    for community, start in zip(model.communities, compiled.community_draws, strict=True):
        initialise_community(model, community, given.plain(start))
    for association, facts in zip(model.associations, compiled.world.associations, strict=True):
        transfer(model, model.outside[Party.TREASURY], association, Purpose.OPENING, int(facts.cash))
    facts = [given.plain(one) for one in compiled.world.agencies[: len(compiled.agency_draws)]]
    for n, start in enumerate(compiled.agency_draws):
        initialise_agency(model, facts[n], given.plain(start))
    for agency, one in zip(model.agencies, facts, strict=True):
        agency.sister = model.agencies[one["sister"]] if one["sister"] >= 0 else None
    for agency, district in compiled.branches.tolist():
        model.agencies[agency].tie_with(model.governments[district]).relation = FIRST_RELATION


def initialise_community(model: Sector, community: Community, start: dict[str, Any]) -> None:
    """Draw residents and needs; unmet need and pressure begin at their level without services."""
    factor = model.factor(start["spread"], Stream.INITIAL_STATE, community.id, 0)
    community.residents = round(start["residents"] * factor)
    community.strength = community.base_strength = start["strength"]
    back = decay_per_quarter(model.rules.need_half_life)
    unmet = back / (back + model.rules.need_self_help * start["strength"])
    for f, need in enumerate(community.needs):
        more = model.factor(start["need_spread"], Stream.INITIAL_STATE, community.id, 1 + f)
        need.load = community.residents * model.hours_per_resident[f] * more
        need.unmet = unmet
    community.unmet = community.pressure = unmet


def initialise_agency(model: Sector, facts: dict[str, Any], start: dict[str, Any]) -> None:
    """Draw what is not given about an agency, and set its first accounts."""
    rules = model.rules
    district = model.governments[facts["district"]]
    forms = Origin(facts["origin"]), Form(facts["form"]), Kind(facts["kind"])
    agency = Agency(model, facts["id"], district, *forms, founded=facts["founded"])
    places = district.communities
    agency.community = places[model.pick(len(places), Stream.INITIAL_STATE, agency.id, 0)]
    agency.field = facts["field"] if facts["field"] >= 0 else founding_field(model, agency)
    size = start["staff"] * model.factor(start["staff_spread"], Stream.INITIAL_STATE, agency.id, 1)
    staff_at_start(agency, round(size), start["licensed"], -agency.founded)
    agency.city.people_at_start += agency.staff
    agency.reputation = trait(model, agency, start["reputation"], start["trait_spread"], 2)
    agency.mission = agency.founding_mission = trait(model, agency, start["mission"], start["trait_spread"], 3)
    skill = trait(model, agency, start["skill"], start["trait_spread"], 4)
    for f in range(len(model.fields)):
        own = f == agency.field or start["fields"] // 2**f % 2 == 1
        agency.skills[f] = skill if own else rules.founding_skill_elsewhere
    # A wage that full work at the ceiling price can pay, with tasks for a purchaser of middling pressure.
    tasks = rules.delivery_base_tasks + 0.5 * rules.delivery_pressure_tasks
    agency.wage = rules.costs_wage_share * district.income_per_person(tasks) / 3.0 / agency.pay_factor()
    agency.administrative = rules.delivery_base_tasks
    agency.margin = rules.bidding_start_margin
    cash = round(start["cash"] * model.factor(start["cash_spread"], Stream.INITIAL_STATE, agency.id, 5))
    transfer(model, model.outside[Party.HOUSEHOLDS], agency, Purpose.OPENING, cash)
    join_at_start(model, agency, facts)
    begin_portfolio(agency)
    record(model, Event.FOUNDED, Cause.AT_START, agency, district, amount=cash, persons=agency.staff)


def trait(model: Sector, agency: Agency, mean: float, spread: float, index: int) -> float:
    """Draw a trait between 0 and 1."""
    return min(max(mean + spread * model.normal(Stream.INITIAL_STATE, agency.id, index), 0.0), 1.0)


def staff_at_start(agency: Agency, size: int, share: float, age: int) -> None:
    """After a year 60 % are settled; in a younger agency everybody has been in post since its founding."""
    licensed = round(size * share)
    settled = round(0.6 * size) if age >= 4 else 0
    cohort = 1 if age >= 4 else max(age, 0)
    settled_licensed = min(licensed, settled)
    agency.cohorts[SETTLED] = [settled - settled_licensed, settled_licensed]
    agency.cohorts[cohort][LICENSED] = licensed - settled_licensed
    agency.cohorts[cohort][UNLICENSED] = size - settled - (licensed - settled_licensed)
    agency.tenure = SETTLED_TENURE * settled + cohort * (size - settled)


def join_at_start(model: Sector, agency: Agency, facts: dict[str, Any]) -> None:
    """Add an agency where it belongs, and create its ties and its presence in its community."""
    agency.host = Host(facts["host"])
    agency.officers_in_common = facts["officers_in_common"]
    agency.tie_with(agency.district).relation = FIRST_RELATION
    if facts["association"] >= 0:
        agency.association = model.associations[facts["association"]]
        agency.association.members += 1
        agency.association.hosted += agency.host == Host.ASSOCIATION
        agency.tie_with(agency.city.government).relation = FIRST_RELATION
    if facts["college"] >= 0:
        agency.college = model.colleges[facts["college"]]
        agency.college.affiliates += 1
    if facts["sponsor"] >= 0:
        agency.sponsor = model.sponsors[facts["sponsor"]]
        agency.sponsor.agencies += 1
    home = agency.presence_in(agency.community)
    home.quarters = float(max(-agency.founded, 0))
    home.since = min(agency.founded, 0)
    # As if all service so far had been at home, as much as its people can give.
    usual = agency.model.rules.people_hours * agency.staff * (1.0 - agency.administrative)
    home.known = usual * (1.0 - exp(-home.quarters / (4.0 * agency.model.rules.delivery_knowledge_time)))
    for ago in range(min(-home.since, 4)):
        home.past[(agency.model.season - 1 - ago) % 4] = usual
