"""Corporate sponsors: companies that fund an agency for their social responsibility, with the business cycle.

A company with money for another agency looks for one among those that apply; it ends a sponsorship the sooner,
the poorer the agency's reputation.
"""

from __future__ import annotations

from math import log
from typing import TYPE_CHECKING

from sim.declarations.accounts import Party, Purpose
from sim.declarations.choices import Kind
from sim.declarations.events_and_causes import Cause, Event
from sim.declarations.income_sources import Source
from sim.declarations.random_streams import Stream
from sim.declarations.state_codes import Host
from sim.engine.arithmetic import exponential, to_fen_down
from sim.engine.compilation import rule
from sim.engine.rng.distributions import bernoulli, gumbel
from sim.model.rules.funding.funding_effort_and_capability import skilled_effort
from sim.model.rules.funding.source_availability import seeks_another_agency
from sim.model.rules.ledger.income_accounts import record_income
from sim.model.rules.ledger.transfers_and_events import record_event, transfer
from sim.model.rules.shared.active_agencies import active_agencies_in
from sim.model.rules.shared.rates_and_half_lives import rate_to_probability

if TYPE_CHECKING:
    from sim.model.state.row_types import AgencyRow, CityRow
    from sim.model.state.world import World


@rule
def encouragement(world: World, city: CityRow) -> float:
    """Factor of the city's incentive on companies' budgets and on their search."""
    return 1.0 + world.rules[0].giving_incentive_effect * world.governments[city.government].giving_csr_incentive


@rule
def match_sponsors(world: World, city: CityRow) -> None:
    """Let companies end sponsorships, look for other agencies, and set the quarter's money aside."""
    for a in active_agencies_in(world, city):
        agency = world.agencies[a]
        if agency.sponsor >= 0:
            consider_ending_sponsorship(world, a, city)
    encouraged = encouragement(world, city)
    for n in range(city.first_sponsor, city.first_sponsor + city.sponsors):
        sponsor = world.sponsors[n]
        searching = world.rules[0].giving_search * encouraged
        if seeks_another_agency(sponsor) and bernoulli(world.clock[0], searching, Stream.SPONSOR_MATCH, sponsor.id, 0):
            draw_sponsored_agency(world, city, n)
        if sponsor.agencies > 0:
            budget = sponsor.budget / 4.0 * exponential(sponsor.cycle * city.economy) * encouraged
            companies = world.externals[Party.COMPANIES]
            transfer(world, companies, sponsor, Purpose.ALLOCATION, -1, to_fen_down(budget))


@rule
def consider_ending_sponsorship(world: World, a: int, city: CityRow) -> None:
    """Draw whether a company ends its sponsorship.

    On average it does so after its `patience`; sooner in bad times and for a poor reputation.
    """
    agency = world.agencies[a]
    sponsor = world.sponsors[agency.sponsor]
    rate = 2.0 * (1.0 - agency.reputation) / (4.0 * sponsor.patience) * exponential(-sponsor.cycle * city.economy)
    if bernoulli(world.clock[0], rate_to_probability(rate), Stream.PATIENCE, agency.id, 0):
        record_event(
            world,
            Event.SPONSOR_LEFT,
            Cause.PATIENCE_SPENT,
            a,
            agency.district,
            Party.SPONSOR,
            agency.sponsor,
            0,
            agency.staff,
        )
        sponsor.agencies -= 1
        agency.sponsor = -1
        if agency.host == Host.SPONSOR:
            agency.host = Host.OWN


@rule
def draw_sponsored_agency(world: World, city: CityRow, n: int) -> None:
    """Draw an agency among those that apply and have no sponsor, in proportion to the appeal of their application.

    The largest sum of a logarithm and a Gumbel draw is such a choice; each agency has a draw of its own.
    """
    sponsor = world.sponsors[n]
    chosen = -1
    highest = 0.0
    for a in active_agencies_in(world, city):
        worth = sponsorship_appeal(world.agencies[a])
        if worth <= 0.0:
            continue
        drawn = log(worth) + gumbel(world.clock[0], Stream.SPONSOR_MATCH, sponsor.id, world.agencies[a].id)
        if chosen < 0 or drawn > highest:
            chosen = a
            highest = drawn
    if chosen < 0:
        return
    agency = world.agencies[chosen]
    agency.sponsor = n
    sponsor.agencies += 1
    record_event(
        world,
        Event.SPONSOR_CAME,
        Cause.ASKED_AND_MATCHED,
        chosen,
        agency.district,
        Party.SPONSOR,
        n,
        0,
        agency.staff,
    )


@rule
def sponsorship_appeal(agency: AgencyRow) -> float:
    """Appeal of a nonprofit's application to companies; 0 for agencies that have a sponsor."""
    if agency.sponsor >= 0 or agency.kind != Kind.NONPROFIT:
        return 0.0
    return skilled_effort(agency, Source.SPONSORSHIP) * agency.reputation


@rule
def receive_sponsorship(world: World, a: int) -> None:
    """Receive an equal part of the sponsor's money for this quarter."""
    agency = world.agencies[a]
    sponsor = world.sponsors[agency.sponsor]
    amount = sponsor.cash // max(sponsor.agencies - sponsor.served, 1)
    sponsor.served += 1
    transfer(world, sponsor, agency, Purpose.SPONSORSHIP, -1, amount)
    record_income(world, a, Source.SPONSORSHIP, amount)


@rule
def return_unused_sponsorship(world: World, city: CityRow) -> None:
    """Return what sponsors did not pay out to their companies."""
    for n in range(city.first_sponsor, city.first_sponsor + city.sponsors):
        sponsor = world.sponsors[n]
        transfer(world, sponsor, world.externals[Party.COMPANIES], Purpose.RETURN, -1, sponsor.cash)
        sponsor.served = 0
