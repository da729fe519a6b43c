"""Invariants of every world after every quarter: money, people, contracts, lists, shares, outcomes.

`inspected` runs a scenario quarter by quarter and checks everything on the way; each check below is a
sentence of the model's description (`model.md`, section 8), recounted here from the records in the slowest
obvious way.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field

import numpy as np

from sim.declarations.accounts import OUTSIDE, account_number
from sim.declarations.events_and_causes import Cause, Event
from sim.declarations.state_codes import Host, Stage, Status
from sim.model.setup.compiled_scenario import CompiledScenario
from sim.model.state.agency_fields import AGENCY, SETTLED
from sim.model.state.community_fields import COMMUNITY
from sim.model.state.world import World
from sim.run import RunResult, initialise
from sim.scenario import Scenario
from tests.invariants.assessment_invariants import check_bars, check_grades, check_queues
from tests.invariants.contract_invariants import (
    check_channels,
    check_contracts,
    check_forms,
    check_payments,
    check_purchasers,
)
from tests.invariants.finance_invariants import check_finance
from tests.invariants.funding_invariants import check_funding
from tests.invariants.lifecycle_invariants import (
    check_closed,
    check_dormant,
    check_moves,
    check_placements,
    check_refused,
    check_sisters_elsewhere,
)
from tests.invariants.outcome_invariants import UNWRITTEN, check_outcomes
from tests.invariants.service_invariants import check_posts, check_service
from tests.invariants.shock_invariants import check_shocks
from tests.support.world_reading import ROUNDING, chain, used, within

KINDS = (
    "externals",
    "governments",
    "institutions",
    "associations",
    "colleges",
    "sponsors",
    "donors",
    "agencies",
    "assessors",
)
"""Arrays of account holders."""


@dataclass
class Inspector:
    """Checks a world after each quarter, and keeps what later checks need.

    Attributes
    ----------
    balances : dict of int to int
        Inflow less outflow of every account, by the ledger.
    paid : dict of int to int
        What had been paid on each contract a quarter ago.
    closed : dict of int to int
        Quarter in which each closed agency was first seen closed.
    people : list of int
        Qualified people of each city at the start.
    met : Counter
        Kinds of event and cause that were seen.
    barred : set of (int, int)
        Agencies and purchasers that bar them, a quarter ago.
    """

    world: World
    balances: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    paid: dict[int, int] = field(default_factory=dict)
    closed: dict[int, int] = field(default_factory=dict)
    people: list[int] = field(default_factory=list)
    met: Counter[tuple[str, str]] = field(default_factory=Counter)
    barred: set[tuple[int, int]] = field(default_factory=set)

    def __post_init__(self) -> None:
        add_up(used(self.world, "flows"), self.balances)
        self.people = [city_people(self.world, c) for c in range(len(self.world.cities))]
        self.world.sector.view(np.float64)[:] = UNWRITTEN

    def look(self, world: World, flows: np.ndarray) -> None:
        """Check everything about the quarter that has just been run, whose flows are given."""
        self.world = world
        quarter = int(world.clock[0].quarter) - 1
        assert (flows["quarter"] == quarter).all()
        events = used(world, "events")
        events = events[events["quarter"] == quarter]
        check_money(world, flows, self.balances)
        check_people(world, self.people)
        check_moves(world, events)
        check_service(world)
        check_posts(world)
        check_placements(world)
        check_dormant(world, flows, events, quarter)
        check_refused(world, events, quarter)
        check_sisters_elsewhere(world, flows, events)
        check_contracts(world, quarter)
        check_payments(world, flows, self.paid)
        check_purchasers(world, quarter)
        check_channels(world, flows)
        check_forms(world, flows, quarter)
        check_funding(world, flows, events)
        check_finance(world, flows, events)
        check_grades(world, events)
        check_queues(world, flows, quarter)
        self.barred = check_bars(world, quarter, self.barred)
        check_lists(world)
        check_members(world)
        check_shares(world)
        check_outcomes(world, events, quarter)
        check_shocks(world, events, quarter)
        check_closed(world, flows, events, quarter, self.closed)
        self.met.update(
            zip((Event(e).label for e in events["event"]), (Cause(c).label for c in events["cause"]), strict=True)
        )


def inspected(
    scenario: Scenario | CompiledScenario, seed: int, quarters: int | None = None
) -> tuple[RunResult, Inspector]:
    """Run a scenario, to its end or so many quarters, looking at it after every quarter."""
    compiled = scenario if isinstance(scenario, CompiledScenario) else CompiledScenario.of(scenario)
    record = RunResult(compiled, seed, initialise(compiled, seed))
    inspector = Inspector(record.world)
    for quarter in range(compiled.quarters if quarters is None else quarters):
        before, aside = int(record.world.clock[0].flows), len(record._flows)
        record.run_to(quarter + 1)
        # Where the ledger was put aside on the way, only this quarter's flows are in it.
        inspector.look(record.world, used(record.world, "flows")[before if len(record._flows) == aside else 0 :])
    return record, inspector


def add_up(flows: np.ndarray, balances: dict[int, int]) -> None:
    """Add flows to the balances of accounts."""
    for flow in flows:
        balances[int(flow["payer"])] -= int(flow["amount"])
        balances[int(flow["payee"])] += int(flow["amount"])


def check_money(world: World, flows: np.ndarray, balances: dict[int, int]) -> None:
    """Money is conserved, every balance equals the ledger, and no account inside the model is overdrawn."""
    assert (flows["amount"] > 0).all()
    assert (flows["payer"] != flows["payee"]).all()
    add_up(flows, balances)
    held: dict[int, int] = {}
    for kind in KINDS:
        for holder in used(world, kind):
            assert int(holder["account"]) not in held
            held[int(holder["account"])] = int(holder["cash"])
    assert set(balances) <= set(held)
    assert held == {account: balances.get(account, 0) for account in held}
    assert sum(held.values()) == 0
    assert all(cash >= 0 for account, cash in held.items() if account >= account_number(OUTSIDE, 0))


def city_people(world: World, c: int) -> int:
    """Qualified people of a city: seekers, people outside, staff, and government social workers."""
    city = world.cities[c]
    agencies = used(world, "agencies")
    official = sum(int(government.workers.sum()) for government in world.governments if government.city == c)
    return official + int(city.seekers.sum() + city.outside.sum() + agencies["staff"][agencies["city"] == c].sum())


def check_people(world: World, people: list[int]) -> None:
    """People are conserved; staff equal the sum of cohorts."""
    agencies = used(world, "agencies")
    cohorts = agencies["cohorts"]
    assert (cohorts >= 0).all()
    assert (agencies["staff"] == cohorts.sum(axis=(1, 2))).all()
    assert (agencies["settled"] == cohorts[:, SETTLED].sum(axis=1)).all()
    assert (agencies["licensed"] == cohorts[:, :, 1].sum(axis=1)).all()
    assert (agencies["tenure"] >= -ROUNDING * (1 + agencies["staff"])).all()
    for c, city in enumerate(world.cities):
        assert (city.seekers >= 0).all()
        assert (city.outside >= 0).all()
        assert city_people(world, c) == people[c] + int(city.trained) + int(city.imported_staff)


def check_lists(world: World) -> None:
    """Every linked list holds what it should, once."""
    agencies = used(world, "agencies")
    contracts, ties, presences = used(world, "contracts"), used(world, "ties"), used(world, "presences")
    seen_ties = seen_presences = seen_contracts = 0
    for a, agency in enumerate(agencies):
        assert agency["index"] == a
        own_ties = list(chain(agency["first_tie"], ties))
        assert all(ties[n]["agency"] == a for n in own_ties)
        assert len({int(ties[n]["purchaser"]) for n in own_ties}) == len(own_ties)
        for n in own_ties:
            assert ties[n]["income_year"] == ties[n]["income"].sum()
        own_presences = list(chain(agency["first_presence"], presences))
        assert all(presences[n]["agency"] == a for n in own_presences)
        assert len({int(presences[n]["community"]) for n in own_presences}) == len(own_presences)
        own_contracts = list(chain(agency["first_contract"], contracts, "next_of_agency"))
        assert all(contracts[k]["agency"] == a for k in own_contracts)
        running = np.flatnonzero((contracts["agency"] == a) & (contracts["status"] == Status.RUNNING))
        assert set(running) <= set(own_contracts)
        seen_ties += len(own_ties)
        seen_presences += len(own_presences)
        seen_contracts += len(own_contracts)
    free = list(chain(world.clock[0].free_presence, presences))
    assert seen_ties == len(ties)
    assert seen_presences + len(free) == len(presences)
    assert seen_contracts == int(world.clock[0].open)
    assert len(set(agencies["id"].tolist())) == len(agencies)
    assert len(set(contracts["id"].tolist())) == len(contracts)


def check_members(world: World) -> None:
    """Districts, cities, associations, colleges and sponsors count their members correctly."""
    agencies = used(world, "agencies")
    active = agencies["stage"] == Stage.ACTIVE
    idle = (agencies["contracts"] == 0) & (agencies["own_posts"] < 1)
    for g, government in enumerate(world.governments):
        home = np.flatnonzero(active & (agencies["district"] == g))
        assert sorted(chain(government.first_agency, agencies, "next_in_district")) == home.tolist()
        assert int(government.agencies) == len(home)
        assert int(government.idle_agencies) == idle[home].sum()
    for kind, count, fellow in (
        ("city", "agencies", world.cities),
        ("association", "members", world.associations),
        ("college", "affiliates", world.colleges),
        ("sponsor", "agencies", world.sponsors),
    ):
        for n, organisation in enumerate(fellow):
            mine = active & (agencies[kind] == n)
            assert int(organisation[count]) == mine.sum()
            if kind == "association":
                assert int(organisation.hosted) == (mine & (agencies["host"] == Host.ASSOCIATION)).sum()


def without_income(agencies: np.ndarray) -> np.ndarray:
    """Agencies of which nobody can say on whom they depend."""
    return agencies["income_year"] <= 0


def without_hours(agencies: np.ndarray) -> np.ndarray:
    """Agencies of which nobody can say what they decide."""
    return agencies["delivered"] + agencies["extra_hours"] + agencies["own_hours"] <= 0


UNDEFINED = {
    "resource_independence": without_income,
    "judgement": without_hours,
    "operational_autonomy": without_hours,
    "autonomy_without_voice": without_hours,
    "independence": lambda agencies: without_income(agencies) | without_hours(agencies),
}
"""Measures of agencies that are not a number, and when; the only reason for that."""


def check_shares(world: World) -> None:
    """Qualities and shares are from 0 to 1, nothing is infinite; who operates and what is undefined is as it says."""
    active = used(world, "agencies")
    active = active[active["stage"] == Stage.ACTIVE]
    assert (active["operating"] == ((active["staff"] >= 2) | (active["contracts"] > 0))).all()
    assert (active["voice"] <= active["heard"] + 1e-12).all()
    for kind, records in ((AGENCY, active), (COMMUNITY, np.asarray(world.communities))):
        for declared in kind:
            values = records[declared.name]
            if declared.name in UNDEFINED:
                undefined = UNDEFINED[declared.name](active)
                assert (np.isnan(values) == undefined).all(), declared.name
                values = values[~undefined]
            if declared.type == "f8":
                assert np.isfinite(values).all(), declared.name
            if declared.unit in ("0-1", "share"):
                assert within(values), declared.name
    assert within(used(world, "skills"))
    assert within(used(world, "ties")["relation"])
    assert within(world.needs["unmet"])
    assert np.allclose(world.split.sum(axis=1), 1.0, rtol=0, atol=ROUNDING)
    assert within(world.split)
