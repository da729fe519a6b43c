"""Donations and sponsors: to which agencies they give, how much, for how long, and what raises it."""

from __future__ import annotations

import copy
from typing import Any

import numpy as np
import pytest

from sim.declarations.accounts import Purpose, account_holder
from sim.declarations.choices import Kind
from sim.declarations.events_and_causes import Event
from sim.declarations.income_sources import Source
from sim.declarations.state_codes import Host
from sim.model.setup.compiled_scenario import CompiledScenario
from sim.run import RunResult, initialise, simulate
from sim.scenario import make_scenario
from tests.support.busy_town import BUSY
from tests.support.value_strategies import Values
from tests.support.world_reading import used


def beijing(**changes: Any) -> CompiledScenario:
    return CompiledScenario.of(make_scenario({"extends": "beijing-2010"} | changes))


def lever(key: str, value: float) -> Values:
    """A policy in force from the start."""
    return {"policies": [{"at": "2009-Q3", "set": {key: value}}]}


def askers(**groups: Values) -> Values:
    """A town without purchasing, with groups that ask donors."""
    values = copy.deepcopy(BUSY)
    anping = values["cities"]["Anping"]
    anping["government"]["procurement"]["budget"] = 0
    anping["each_district"]["government"]["procurement"]["budget"] = 0
    anping["each_district"]["commercial_groups"] = 0
    anping["districts"] = {"East": {}}
    values |= {"agencies": groups, "generated": {}, "sponsors": {}, "colleges": {}, "policies": [], "quarters": 3}
    # What makes the form known is left out: more askers would make donors give more.
    values["rules"] |= {"chance": {"noise_scale": 0}, "founding": {"legitimacy": 1e-9, "for_profit_rate": 0}}
    # Nobody is hired, so that sizes are as given.
    values["rules"]["people"] = values["rules"].get("people", {}) | {"hiring_minimum": 0, "hiring_limit": 0.0}
    return values


ASKER: Values = {"district": "East", "origin": "converted", "staff": 6, "fields": ["youth"], "cash": 5e6}


def donated(values: Values, quarters: int = 1) -> list[int]:
    """What each agency got from donors, fen."""
    record = simulate(CompiledScenario.of(make_scenario(values), quarters), 1)
    return used(record.world, "incomes")[:, :, Source.DONATIONS].sum(axis=1).tolist()


# --- Donors


def test_equal_fundraisers_get_equal_donations():
    one, two = donated(askers(Left=ASKER, Right=ASKER))
    assert one == two > 0


def test_donations_follow_staff_and_reputation():
    large, small = donated(askers(Large=ASKER | {"staff": 12}, Small=ASKER))
    # Returns to size fall: asking goes with staff to the power of giving.size, 0.6.
    assert abs(large - 2**0.6 * small) <= 2
    known, unknown = donated(askers(Known=ASKER | {"reputation": 0.8}, Unknown=ASKER | {"reputation": 0.2}))
    assert abs(known - 4 * unknown) <= 4


def test_more_fundraisers_get_more_together_and_less_each():
    two = donated(askers(Left=ASKER, Right=ASKER))
    four = donated(askers(**dict.fromkeys(("Left", "Middle", "Right", "Top"), ASKER)))
    assert sum(four) > sum(two)
    assert max(four) < max(two)
    enough = askers(**{f"Agency {n}": ASKER | {"staff": 30} for n in range(8)})
    assert sum(donated(enough)) < 800_000 * 100 / 4


def test_only_nonprofits_get_donations():
    values = askers(Firm=ASKER | {"kind": "for-profit"}, Group=ASKER)
    firm, group = donated(values, 3)
    assert firm == 0 < group


def test_tax_relief_raises_donations():
    values = askers(Left=ASKER, Right=ASKER | {"staff": 9})
    before = donated(values)
    values["policies"] = [{"at": "2010-Q1", "set": {"giving.tax_relief": 1}}]
    after = donated(values)
    effect = make_scenario(values).rules.giving.relief_effect
    assert all(abs(new - (1 + effect) * old) <= 2 for new, old in zip(after, before, strict=True))


def test_fundraising_costs_at_most_the_cash_there_is():
    values = askers(Poor=ASKER | {"cash": 500})
    values["rules"] |= {"giving": {"asking_cost": 1e9}}
    record = simulate(CompiledScenario.of(make_scenario(values), 1), 1)
    flows = used(record.world, "flows")
    assert flows["amount"][flows["purpose"] == Purpose.FUNDRAISING].tolist() == [50_000]


def test_the_pool_grows_once_a_year():
    values = copy.deepcopy(BUSY)
    values["cities"]["Anping"]["donors"] = {"pool": 1000, "growth": 0.5}
    compiled = CompiledScenario.of(make_scenario(values))
    record = RunResult(compiled, 1, initialise(compiled, 1))
    indices = []
    for quarter in range(9):
        record.run_to(quarter + 1)
        indices.append(float(record.world.donors[0].growth_index))
    assert indices == [1, 1, 1, 1, 1.5, 1.5, 1.5, 1.5, 2.25]


# --- Companies


def spells(record: RunResult) -> tuple[int, int]:
    """How often companies came and left."""
    events = used(record.world, "events")["event"]
    return int((events == Event.SPONSOR_CAME).sum()), int((events == Event.SPONSOR_LEFT).sum())


def without_founders() -> Values:
    """The busy town without the company that founds agencies of its own, which it need not look for."""
    values = copy.deepcopy(BUSY)
    del values["sponsors"]["Beihe Works"]
    return values


def test_count_makes_companies():
    compiled = CompiledScenario.of(make_scenario(BUSY))
    assert compiled.names["sponsor"] == ["Anping Works", "Beihe Works", "Company 1", "Company 2", "Company 3"]
    world = compiled.world
    assert len(set(world.sponsors.id.tolist())) == 5
    assert (int(world.cities[0].first_sponsor), int(world.cities[0].sponsors)) == (0, 5)


def test_companies_of_several_cities_are_listed_city_by_city():
    cities = {name: {"districts": {"East": {}}, "count": 2} for name in ("Beihe", "Anping")}
    values = BUSY | {"cities": cities, "agencies": {}, "associations": {}, "colleges": {}, "policies": []}
    values["sponsors"] = {"A": {"city": "Beihe", "count": 2}, "B": {"city": "Anping"}, "C": {"city": "Beihe"}}
    compiled = CompiledScenario.of(make_scenario(values))
    assert (np.diff(compiled.world.sponsors.city) >= 0).all()
    for c, city in enumerate(compiled.world.cities):
        mine = np.flatnonzero(compiled.world.sponsors.city == c)
        assert mine.tolist() == list(range(city.first_sponsor, city.first_sponsor + city.sponsors))
    assert compiled.world.cities.sponsors.tolist() == [1, 1, 3, 3]


def test_companies_that_do_not_search_sponsor_no_agency():
    values = without_founders()
    values["rules"] |= {"giving": {"search": 0}}
    came, left = np.sum(
        [spells(simulate(CompiledScenario.of(make_scenario(values)), seed)) for seed in range(3)], axis=0
    )
    assert came == 0
    assert left <= 3


def test_less_patience_means_shorter_sponsorships():
    rates = []
    for patience in (0.3, 3, 100):
        values = without_founders()
        values["sponsors"]["Company"]["patience"] = patience
        left = paid = 0
        for seed in range(4):
            record = simulate(CompiledScenario.of(make_scenario(values)), seed)
            left += spells(record)[1]
            paid += int((used(record.world, "panel")["sponsor"] >= 0).sum())
        rates.append(left / paid)
    assert rates[0] > rates[1] > rates[2]


def test_office_space_ends_with_the_sponsorship():
    values = copy.deepcopy(BUSY)
    values["sponsors"]["Anping Works"] |= {"patience": 0.01, "agencies": 0}
    compiled = CompiledScenario.of(make_scenario(values), 4)
    world = simulate(compiled, 1).world
    gift = world.agencies[compiled.names["agency"].index("Gift")]
    assert (int(gift.sponsor), int(gift.host)) == (-1, Host.OWN)


def test_a_company_sponsors_up_to_its_number_of_agencies():
    values = without_founders()
    values["sponsors"]["Company"] |= {"count": 1, "agencies": 3, "patience": 100}
    values["rules"] |= {"giving": {"search": 1}, "strategy": {"drive": 1, "entry_cost": 0}}
    most, world = 0, None
    for seed in range(5):
        world = simulate(CompiledScenario.of(make_scenario(values)), seed).world
        most = max(most, int(world.sponsors.agencies[1]))
        flows = used(world, "flows")
        money = flows[(flows["purpose"] == Purpose.SPONSORSHIP) & (account_holder(flows["payer"])[1] == 1)]
        for quarter in np.unique(money["quarter"]):
            shares = money["amount"][money["quarter"] == quarter]
            assert np.ptp(shares) <= 2
    assert most == 3


def test_no_company_sponsors_a_for_profit():
    values = copy.deepcopy(BUSY)
    values["agencies"]["Firm"] |= {"sponsor": "Anping Works"}
    values["sponsors"]["Anping Works"] |= {"patience": 0.01}
    values["rules"] |= {"giving": {"search": 1}}
    record = simulate(CompiledScenario.of(make_scenario(values)), 1)
    events, agencies = used(record.world, "events"), used(record.world, "agencies")
    came = events["agency"][events["event"] == Event.SPONSOR_CAME]
    assert len(came)
    assert (agencies["kind"][came] == Kind.NONPROFIT).all()


# --- Encouragement, in paired runs


@pytest.mark.parametrize(
    ("key", "outcome", "least"),
    [("giving.tax_relief", "donations", 1.4), ("giving.csr_incentive", "sponsorship", 1.3)],
)
def test_incentives_raise_giving(key, outcome, least):
    base, other = beijing(**lever(key, 0)), beijing(**lever(key, 1))
    pairs = []
    for seed in range(10):
        sums = [float(simulate(compiled, seed).sector[outcome].sum()) for compiled in (base, other)]
        pairs.append(sums)
    before, after = np.array(pairs).T
    assert (after > before).mean() >= 0.9
    assert after.sum() > least * before.sum()


def test_incentives_without_donors_and_companies_have_no_effect():
    values: Values = {"cities": {"Beijing": {"donors": {"pool": 0}}}}
    base = simulate(beijing(**values, **lever("giving.tax_relief", 0)), 1)
    other = simulate(beijing(**values, **lever("giving.tax_relief", 1)), 1)
    assert base.sector.tobytes() == other.sector.tobytes()
    assert not base.sector.donations.any()


# --- Foundations' calls


def test_projects_go_one_at_a_time_and_are_paid_over_a_year():
    values = askers(Small=ASKER | {"staff": 2}, Large=ASKER | {"staff": 30})
    values["cities"]["Anping"]["donors"] |= {"pool": 4e6, "calls": 1.0, "project": 50_000}
    values["quarters"] = 12
    record = simulate(CompiledScenario.of(make_scenario(values)), 1)
    events, flows = used(record.world, "events"), used(record.world, "flows")
    granted = events[events["event"] == Event.PROJECT_GRANTED]
    # Size does not count.
    assert set(granted["agency"].tolist()) == {0, 1}
    for one in (0, 1):
        assert (np.diff(granted["quarter"][granted["agency"] == one]) >= 4).all()
    paid = flows[flows["purpose"] == Purpose.DONATION]
    first = granted[0]
    year = (paid["quarter"] >= first["quarter"]) & (paid["quarter"] < first["quarter"] + 4)
    parts = paid["amount"][year & (account_holder(paid["payee"])[1] == first["agency"])]
    assert len(parts) == 4
    assert parts.sum() == first["amount"]
