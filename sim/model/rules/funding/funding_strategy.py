"""Funding strategy: how an agency shifts its effort between sources of funding, and when it enters a new one.

Effort follows what paid for it (reinforcement), leaves the largest source in proportion to dependence and
reserves (diversification), and follows the sources of the most sustainable peer (imitation): the income of others
is visible, their management's use of time is not.  Agencies see which sources have money where they are.  A new source
costs money to enter, and capability in it comes with time: so diversification can weaken an agency as well as save it.
"""

from __future__ import annotations

from math import log
from typing import TYPE_CHECKING

from sim.declarations.accounts import Party, Purpose
from sim.declarations.events_and_causes import Cause, Event
from sim.declarations.income_sources import ASKED_SOURCES, MATCHED_SOURCES
from sim.declarations.random_streams import Stream
from sim.declarations.state_codes import Stage
from sim.engine.arithmetic import to_fen
from sim.engine.compilation import rule
from sim.engine.rng.distributions import bernoulli, gumbel
from sim.model.rules.funding.expected_yield import expected_yield
from sim.model.rules.funding.funding_effort_and_capability import recognise_paying_sources, update_capability
from sim.model.rules.funding.source_availability import is_source_available, matching_rate
from sim.model.rules.ledger.income_accounts import annual_income
from sim.model.rules.ledger.transfers_and_events import record_event, transfer
from sim.model.rules.shared.active_agencies import active_agencies_in
from sim.model.rules.shared.agency_capacity_and_unit_cost import cost_per_person

if TYPE_CHECKING:
    from sim.model.state.row_types import AgencyRow, CityRow
    from sim.model.state.world import World

SUGGESTION_DRAWS = 16
"""First number of the draws that suggest a source to an agency; one for each source."""


@rule
def update_funding_strategy(world: World, city: CityRow) -> None:
    """Let every agency of a city reallocate its effort and consider new sources."""
    quarter = world.clock[0].quarter
    for a in active_agencies_in(world, city):
        agency = world.agencies[a]
        if agency.founded == quarter or agency.staff == 0:
            continue
        recognise_paying_sources(world, agency)
        peer = most_sustainable_peer(world, agency)
        reallocate_effort(world, a, peer)
        left = update_capability(world, a)
        # Last, so that a source that was just entered is worked on for a quarter before anything is taken from it.
        if (quarter - agency.founded) % 4 == 0:
            consider_new_source(world, a, peer, left)


@rule
def diversification_propensity(world: World, agency: AgencyRow) -> float:
    """Propensity to diversify, from 0 to 1: drive x dependence x reserves.

    Dependence is the public share of income times the concentration over payers.
    """
    rules = world.rules[0]
    allowed = min(max(agency.reserve_months, 0.0) / max(rules.closing_comfortable_reserves, 1e-9), 1.0)
    return rules.strategy_drive * agency.government_share * min(agency.concentration, 1.0) * allowed


@rule
def most_sustainable_peer(world: World, agency: AgencyRow) -> int:
    """Sister agency or best member of the association, if more sustainable than the agency; index, else -1."""
    best = -1
    highest = agency.sustainability
    sister = agency.sister
    if sister >= 0 and world.agencies[sister].stage == Stage.ACTIVE and world.agencies[sister].sustainability > highest:
        best = sister
        highest = world.agencies[sister].sustainability
    if agency.association >= 0:
        other = world.associations[agency.association].best
        if (
            other >= 0
            and world.agencies[other].stage == Stage.ACTIVE
            and world.agencies[other].sustainability > highest
        ):
            best = other
    return int(best)


@rule
def imitation_weight(world: World, agency: AgencyRow, peer: int) -> float:
    """Weight of a peer's example, from 0 to 1: in proportion to how much more sustainable it is."""
    if peer < 0:
        return 0.0
    better = world.agencies[peer].sustainability - agency.sustainability
    return world.rules[0].strategy_imitation * max(better, 0.0)


@rule
def may_enter_source(world: World, agency: AgencyRow, s: int, left: int) -> bool:
    """Whether a source is new to an agency, available, and none of those `left` this quarter (a bit for each)."""
    return bool(agency.capability[s] <= 0.0 and left & (1 << s) == 0 and is_source_available(world, agency, s))


@rule
def consider_new_source(world: World, a: int, peer: int, left: int) -> None:
    """Once a year: enter a promising source where dependence is high, else the best one, else a peer's largest.

    No source is entered again in the quarter in which it was `left`.

    Parameters
    ----------
    a : int
        Index of the agency.
    peer : int
        Index of its most sustainable peer; -1 for none.
    left : int
        Sources left this quarter, a bit for each.
    """
    clock = world.clock[0]
    agency = world.agencies[a]
    if bernoulli(clock, diversification_propensity(world, agency), Stream.ENTRY, agency.id, 0):
        new = suggested_source(world, agency, left)
        if new >= 0:
            enter_source(world, a, new, Cause.DIVERSIFYING)
            return
    best = most_rewarding_source(world, agency, left)
    if best >= 0:
        gain = expected_gain(world, agency, best)
        felt = world.rules[0].strategy_opportunity * gain / (gain + entry_cost(world, agency))
        if bernoulli(clock, felt, Stream.ENTRY, agency.id, 1):
            enter_source(world, a, best, Cause.OPPORTUNITY)
            return
    if peer >= 0 and bernoulli(clock, imitation_weight(world, agency, peer), Stream.ENTRY, agency.id, 2):
        best = -1
        highest = 0
        for s in ASKED_SOURCES:
            if may_enter_source(world, agency, s, left) and annual_income(world, peer, s) > highest:
                best = s
                highest = annual_income(world, peer, s)
        if best >= 0:
            enter_source(world, a, best, Cause.IMITATION)


@rule
def entry_cost(world: World, agency: AgencyRow) -> float:
    """Cost of entering a source of funding now, fen."""
    return world.rules[0].strategy_entry_cost * world.cities[agency.city].cost_index


@rule
def expected_gain(world: World, agency: AgencyRow, s: int) -> float:
    """What an available source would bring over the years that an agency looks ahead, less the cost of entry, fen."""
    return world.rules[0].strategy_horizon * expected_yield(world, agency, s) - entry_cost(world, agency)


@rule
def suggested_source(world: World, agency: AgencyRow, left: int) -> int:
    """Source drawn in proportion to its expected yield among those that would pay for their entry; -1 for none.

    The largest sum of a logarithm and a Gumbel draw is such a choice; each source has a draw of its own.
    """
    best = -1
    highest = 0.0
    for s in ASKED_SOURCES:
        if may_enter_source(world, agency, s, left) and expected_gain(world, agency, s) > 0:
            yearly = max(expected_yield(world, agency, s), 1.0)
            drawn = log(yearly) + gumbel(world.clock[0], Stream.ENTRY, agency.id, SUGGESTION_DRAWS + s)
            if best < 0 or drawn > highest:
                best = s
                highest = drawn
    return best


@rule
def most_rewarding_source(world: World, agency: AgencyRow, left: int) -> int:
    """Source with the highest expected gain among those that an agency may enter, if above 0; -1 for none."""
    best = -1
    highest = 0.0
    for s in ASKED_SOURCES:
        if may_enter_source(world, agency, s, left):
            gain = expected_gain(world, agency, s)
            if gain > highest:
                best = s
                highest = gain
    return best


@rule
def enter_source(world: World, a: int, s: int, cause: int) -> None:
    """Enter a source, if its cost leaves a month's staff cost in cash.

    Parameters
    ----------
    a : int
        Index of the agency.
    s : int
        Source.
    cause : Cause
        Diversification, opportunity or imitation.
    """
    rules = world.rules[0]
    clock = world.clock[0]
    agency = world.agencies[a]
    needed = entry_cost(world, agency)
    if agency.cash < needed + agency.staff * cost_per_person(world, agency) / 3.0:
        return
    cost = to_fen(needed)
    transfer(world, agency, world.externals[Party.SUPPLIERS], Purpose.ENTRY, -1, cost)
    for other in ASKED_SOURCES:
        agency.effort[other] *= 1.0 - rules.strategy_first_effort
    agency.effort[s] += rules.strategy_first_effort
    agency.capability[s] = rules.strategy_first_capability
    record_event(world, Event.ENTERED, cause, a, agency.district, -1, -1, cost, agency.staff)
    world.events[clock.events - 1].source = s


@rule
def reallocate_effort(world: World, a: int, peer: int) -> None:
    """Move effort towards the share of each source in income, the other sources, and a peer's sources.

    What is matched counts with the match.

    Parameters
    ----------
    a : int
        Index of the agency.
    peer : int
        Index of its most sustainable peer; -1 for none.
    """
    rules = world.rules[0]
    agency = world.agencies[a]
    matched = 1.0 + matching_rate(world, agency)
    largest = 0
    highest = 0.0
    income = 0.0
    entered = 0
    seen = 0
    for s in ASKED_SOURCES:
        if agency.capability[s] <= 0.0:
            continue
        entered += 1
        earned = annual_income(world, a, s) * (matched if s in MATCHED_SOURCES else 1.0)
        income += earned
        if earned > highest:
            largest = s
            highest = earned
        if peer >= 0:
            seen += annual_income(world, peer, s)
    away = diversification_propensity(world, agency) if entered > 1 and income > 0 else 0.0
    follow = min(imitation_weight(world, agency, peer), 1.0 - away) if seen > 0 else 0.0
    for s in ASKED_SOURCES:
        if agency.capability[s] <= 0.0:
            continue
        earned = annual_income(world, a, s) * (matched if s in MATCHED_SOURCES else 1.0)
        paid = earned / income if income > 0 else agency.effort[s]
        aim = (1.0 - away - follow) * paid
        if away > 0 and s != largest:
            aim += away / (entered - 1)
        if follow > 0:
            aim += follow * (annual_income(world, peer, s) / seen)
        agency.effort[s] += rules.strategy_speed * (aim - agency.effort[s])
