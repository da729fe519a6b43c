"""Funding invariants after every quarter: effort, capability, donors, sponsors.

Recounted here from the records and the ledger in the slowest obvious way; `tests.invariants.world_invariants` calls it.
"""

from __future__ import annotations

import numpy as np

from sim.declarations.accounts import Party, Purpose, account_holder
from sim.declarations.choices import Kind
from sim.declarations.events_and_causes import Cause, Event
from sim.declarations.income_sources import EFFORTS, Source
from sim.declarations.state_codes import Stage
from sim.model.state.world import World
from tests.support.world_reading import ROUNDING, used, within

PARTIES = {
    Purpose.DONATION: (Party.DONORS, Party.AGENCY),
    Purpose.SPONSORSHIP: (Party.SPONSOR, Party.AGENCY),
    Purpose.FEES: (Party.HOUSEHOLDS, Party.AGENCY),
    Purpose.FUNDRAISING: (Party.AGENCY, Party.SUPPLIERS),
    Purpose.ENTRY: (Party.AGENCY, Party.SUPPLIERS),
}
"""Payer and payee of each purpose."""


def check_funding(world: World, flows: np.ndarray, events: np.ndarray) -> None:
    """Everything about sources of funding."""
    payers, payees = account_holder(flows["payer"]), account_holder(flows["payee"])
    for purpose, (payer, payee) in PARTIES.items():
        of_purpose = flows["purpose"] == purpose
        assert (payers[0][of_purpose] == payer).all()
        assert (payees[0][of_purpose] == payee).all()
    check_portfolios(world)
    check_entries(world, flows, events)
    check_donors(world, flows)
    check_sponsors(world, flows, events)


def check_portfolios(world: World) -> None:
    """Effort adds up to one over the sources entered; nothing is known of the others."""
    for agency in used(world, "agencies"):
        if agency["stage"] == Stage.PLANNED:
            continue
        effort, capability = agency["effort"], agency["capability"]
        assert effort.shape == capability.shape == (EFFORTS,)
        assert within(effort)
        assert within(capability)
        assert abs(effort.sum() - 1.0) <= ROUNDING
        assert not effort[capability == 0].any()
        assert (capability[[Source.DISTRICT_CONTRACTS, Source.SPECIAL_FUND]] > 0).all()
        if agency["stage"] == Stage.ACTIVE:
            income = world.incomes[agency["index"]].sum(axis=0)
            # The year's income is summarised in the quarter of closure too, but a closed agency keeps none.
            assert int(agency["income_donations"]) == int(income[Source.DONATIONS])
            total = max(int(income.sum()), 1)
            assert int(agency["sources"]) == (income / total >= 0.05).sum()
            assert abs(float(agency["source_concentration"]) - ((income / total) ** 2).sum()) <= ROUNDING


def check_entries(world: World, flows: np.ndarray, events: np.ndarray) -> None:
    """A source is entered at its price, once, and only one that there is."""
    entries = events[events["event"] == Event.ENTERED]
    paid = flows["amount"][flows["purpose"] == Purpose.ENTRY]
    assert paid.sum() == entries["amount"].sum()
    assert len(set(entries["agency"].tolist())) == len(entries)
    assert set(entries["cause"]) <= {Cause.DIVERSIFYING, Cause.OPPORTUNITY, Cause.IMITATION}
    for entry in entries:
        source, agency = entry["source"], world.agencies[entry["agency"]]
        assert agency.capability[source] > 0
        assert entry["cash"] >= 0
        if source in (Source.DONATIONS, Source.SPONSORSHIP):
            assert agency.kind == Kind.NONPROFIT
            there = world.donors[agency.city].pool if source == Source.DONATIONS else world.cities[agency.city].sponsors
            assert there > 0
    assert (events["source"][events["event"] != Event.ENTERED] == -1).all()


def check_donors(world: World, flows: np.ndarray) -> None:
    """What donors give comes in and goes out the same quarter, to nonprofits that ask."""
    given = flows[flows["purpose"] == Purpose.DONATION]
    for city, donors in enumerate(world.donors):
        assert int(donors.city) == city
        agencies = used(world, "agencies")
        promised = agencies["project_left"][(agencies["city"] == city) & (agencies["stage"] == Stage.ACTIVE)]
        assert donors.cash >= promised.sum()
        assert donors.calls > 0 or donors.cash == 0
        received = flows[flows["payee"] == donors.account]
        assert (received["purpose"] == Purpose.ALLOCATION).all()
        assert donors.given == given["amount"][given["payer"] == donors.account].sum()
        kept = given["amount"][given["payer"] == donors.account].sum() - received["amount"].sum()
        assert donors.calls > 0 or kept == 0
        assert donors.asked >= 0
        assert np.isfinite(donors.asked)
        relief = 1.0 + world.rules[0].giving_relief_effect * world.governments[city].giving_tax_relief
        economy = np.exp(donors.cycle * world.cities[city].economy)
        part = donors.asked / (donors.asked + donors.reach) * (1.0 + world.rules[0].giving_match_effect)
        assert received["amount"].sum() <= donors.pool / 4.0 * donors.growth_index * economy * relief * part * (
            1 + ROUNDING
        )
    for a in account_holder(given["payee"])[1]:
        agency = world.agencies[a]
        assert agency.kind == Kind.NONPROFIT
        assert agency.capability[Source.DONATIONS] > 0


def check_sponsors(world: World, flows: np.ndarray, events: np.ndarray) -> None:
    """Companies pay their own agencies, keep nothing, and take no more agencies than they would pay."""
    for c, city in enumerate(world.cities):
        mine = np.flatnonzero(world.sponsors.city == c)
        assert len(mine) == city.sponsors
        if len(mine):
            assert mine.tolist() == list(range(int(city.first_sponsor), int(city.first_sponsor + city.sponsors)))
    came = events[events["event"] == Event.SPONSOR_CAME]
    assert len(set(came["other"].tolist())) == len(came)
    assert len(set(came["agency"].tolist())) == len(came)
    for event in came:
        agency, sponsor = world.agencies[event["agency"]], world.sponsors[event["other"]]
        assert agency.kind == Kind.NONPROFIT
        assert agency.sponsor == event["other"]
        assert agency.city == sponsor.city
        assert 0 < sponsor.agencies <= sponsor.agencies_limit or agency.stage != Stage.ACTIVE
    for event in events[events["event"] == Event.SPONSOR_LEFT]:
        assert event["party"] == Party.SPONSOR
    for flow in flows[flows["purpose"] == Purpose.SPONSORSHIP]:
        agency = world.agencies[account_holder(flow["payee"])[1]]
        assert agency.sponsor == account_holder(flow["payer"])[1]
    assert (world.sponsors.cash == 0).all()
