"""Independent draws: each candidate of a choice has a draw of its own, so one more or less does not change the others.

A number drawn once and counted along a list would mean another choice as soon as anything before it in the list
changes, and two runs with the same random key would diverge for no reason in the model.
"""

from __future__ import annotations

import copy
from collections import Counter

import numpy as np
import pytest

from sim.declarations.income_sources import Source
from sim.declarations.state_codes import Route
from sim.model.rules.funding.corporate_sponsors import draw_sponsored_agency, sponsorship_appeal
from sim.model.rules.funding.funding_strategy import suggested_source
from sim.model.rules.procurement.bidding import ReadLots, read_lots_of_purchaser
from sim.model.rules.procurement.institution_commissions import draw_commissioned_agency
from sim.model.rules.procurement.proposed_communities import no_neediest
from sim.model.rules.workforce.job_moves import assign_movers
from sim.model.setup.compiled_scenario import CompiledScenario
from sim.model.state.world import World
from sim.run import simulate
from sim.scenario import load_scenario, make_scenario
from tests.support.busy_town import BUSY
from tests.support.value_strategies import Values
from tests.support.world_reading import used

QUARTERS = range(200)
"""Quarters in which the same choice is drawn again."""

Place = tuple[int, int, int, int, int, int]


@pytest.fixture
def world() -> World:
    """A busy town after two years."""
    return simulate(CompiledScenario.of(make_scenario(BUSY), 8), 1).world.copied()


def seekers(world: World) -> list[int]:
    """Nonprofits of Anping; none has a sponsor, and all ask companies, one better than the other."""
    agencies = used(world, "agencies")
    agencies["sponsor"] = -1
    agencies["capability"][:, Source.SPONSORSHIP] = 0.5
    agencies["effort"][:, Source.SPONSORSHIP] = 0.05 + 0.05 * np.arange(len(agencies))
    found = [int(a) for a in world.members[: world.cities[0].members] if sponsorship_appeal(agencies[a]) > 0]
    assert len(found) >= 4
    return found


# --- Lots ----------------------------------------------------------------------------------------------------


def lots_by_place(values: Values, seed: int) -> tuple[dict[Place, int], dict[Place, int]]:
    """Ids of a run's lots, and their order among those of their purchaser, by purchaser, quarter, place and field."""
    world = simulate(CompiledScenario.of(make_scenario(values)), seed).world
    ids, order = {}, {}
    alike: Counter[tuple[int, ...]] = Counter()
    opened: Counter[tuple[int, int]] = Counter()
    for lot in used(world, "contracts"):
        # What the city's fund buys has a community of its own only where it is bought again.
        if world.governments[lot["government"]]["level"] == 0:
            continue
        purchaser = int(lot["government"]), int(lot["institution"])
        where = (*purchaser, int(lot["called"]), int(lot["community"]), int(lot["field"]))
        place: Place = (*where, alike[where])
        ids[place], order[place] = int(lot["id"]), opened[purchaser[0], int(lot["called"])]
        alike[where] += 1
        opened[purchaser[0], int(lot["called"])] += 1
    return ids, order


@pytest.mark.parametrize("seed", range(2))
def test_a_lot_has_the_same_draws_whatever_else_is_called(seed):
    other = copy.deepcopy(BUSY)
    other["cities"]["Anping"]["each_district"]["government"]["procurement"]["budget"] *= 1.3
    (one_ids, one_order), (other_ids, other_order) = lots_by_place(BUSY, seed), lots_by_place(other, seed)
    both = one_ids.keys() & other_ids.keys()
    assert sum(one_order[place] != other_order[place] for place in both) > 20
    assert all(one_ids[place] == other_ids[place] for place in both)


@pytest.mark.parametrize("name", ["beijing-2010", "direct-purchase", "guangzhou-centres"])
def test_no_two_lots_share_their_draws(name):
    contracts = used(simulate(CompiledScenario.of(load_scenario(name).scenario), 1).world, "contracts")
    assert (contracts["route"] == Route.RENEWAL).any()
    assert len(np.unique(contracts["id"])) == len(contracts)


# --- Attention -----------------------------------------------------------------------------------------------


def studied(world: World, a: int, g: int) -> set[int]:
    """Lots of a purchaser that an agency studies, where it takes up all that it studies."""
    most = int(world.governments[g].lots)
    numbers = np.empty((3, most))
    read = ReadLots(np.empty(most, np.int64), np.empty(most, np.int64), numbers[0], numbers[1], numbers[2])
    listed = read_lots_of_purchaser(world, world.agencies[a], g, read, 0, no_neediest(world, world.cities[0]))
    return set(read.lots[:listed].tolist())


@pytest.fixture
def crowded() -> tuple[World, int, int]:
    """Beijing in a quarter with many lots of its fund; a member of an association; the city's government."""
    world = simulate(CompiledScenario.of(load_scenario("beijing-2010").scenario, 20), 1).world.copied()
    g = int(world.cities[0].government)
    # Whoever studies a lot takes it up, so that what is taken up shows what was studied.
    world.rules[0].bidding_half_chance = 0.0
    # A call of one's own contract is always noticed, so it must be somebody who held none of these.
    first, lots = int(world.governments[g].first_lot), int(world.governments[g].lots)
    held = set(world.contracts.incumbent[first : first + lots].tolist())
    members = [
        int(a) for a in world.members[: world.cities[0].members] if int(a) not in held and studied(world, int(a), g)
    ]
    assert lots >= 6
    world.rules[0].bidding_attention = 3
    return world, members[0], g


def test_a_missing_lot_affects_only_agencies_that_would_have_studied_it(crowded):
    world, a, g = crowded
    government = world.governments[g]
    moved = 0
    for quarter in QUARTERS:
        world.clock[0].quarter = quarter
        before = studied(world, a, g)
        gone = int(government.first_lot)
        government.first_lot += 1
        government.lots -= 1
        after = studied(world, a, g)
        government.first_lot -= 1
        government.lots += 1
        assert len(before) == len(after) == 3
        assert before - {gone} <= after
        moved += gone in before
    assert 0 < moved < len(QUARTERS)


def test_every_lot_is_studied_as_often(crowded):
    world, a, g = crowded
    counts: Counter[int] = Counter()
    quarters = 3000
    for quarter in range(quarters):
        world.clock[0].quarter = quarter
        counts.update(studied(world, a, g))
    lots = int(world.governments[g].lots)
    share = 3 / lots
    assert len(counts) == lots
    spread = np.sqrt(quarters * share * (1 - share))
    assert max(abs(count - quarters * share) for count in counts.values()) < 5 * spread


# --- Agencies ------------------------------------------------------------------------------------------------


def sponsored(world: World) -> int:
    """Agency that the first company finds this quarter."""
    world.clock[0].events = 0  # so that thousands of draws fit
    draw_sponsored_agency(world, world.cities[0], 0)
    agencies = used(world, "agencies")
    chosen = int(np.flatnonzero(agencies["sponsor"] == 0)[0])
    agencies["sponsor"] = -1
    return chosen


def test_a_company_finds_the_same_agency_whatever_others_apply(world):
    asking = seekers(world)
    for quarter in QUARTERS:
        world.clock[0].quarter = quarter
        chosen = sponsored(world)
        other = next(a for a in asking if a != chosen)
        world.agencies[other].sponsor = 1
        assert sponsored(world) == chosen


def test_a_company_finds_agencies_in_proportion_to_their_appeal(world):
    asking = seekers(world)
    worth = np.array([sponsorship_appeal(world.agencies[a]) for a in asking])
    quarters = 4000
    found: Counter[int] = Counter()
    for quarter in range(quarters):
        world.clock[0].quarter = quarter
        found[sponsored(world)] += 1
    expected = quarters * worth / worth.sum()
    counts = np.array([found[a] for a in asking])
    assert found.total() == counts.sum()
    assert (np.abs(counts - expected) < 5 * np.sqrt(expected) + 1).all()


def test_a_commission_goes_to_the_same_agency_whatever_others_are_suitable(world):
    city = world.cities[0]
    districts = int(city.first_district), int(city.first_district + city.districts)
    institution = world.institutions[0]
    institution.track_record = 0.0
    used(world, "agencies")["committed"] = 0.0
    chosen_ones = set()
    for quarter in QUARTERS:
        world.clock[0].quarter = quarter
        chosen = int(draw_commissioned_agency(world, institution, *districts))
        chosen_ones.add(chosen)
        others = [int(a) for a in world.members[: city.members] if a != chosen]
        gone = world.agencies[others[quarter % len(others)]]
        reputation = float(gone.reputation)
        gone.reputation = 0.0
        assert draw_commissioned_agency(world, institution, *districts) == chosen
        gone.reputation = reputation
    assert len(chosen_ones) > 2


def left(world: World, a: int, members: int) -> int:
    """Agency that somebody left whom agency `a` hired; so many agencies of the city are on the list."""
    city = world.cities[0]
    members = int(city.members)
    city.members = members
    city.movers[0] = members
    agencies = used(world, "agencies")
    for b in world.members[:members]:
        agencies[b].movers[0] = 1
    assign_movers(world, a, 1, 0)
    city.members = members
    return next(int(b) for b in world.members[:members] if agencies[b].movers[0] == 0)


def test_movers_come_from_the_same_agency_however_many_there_are(world):
    members = int(world.cities[0].members)
    last = int(world.members[members - 1])
    a = int(world.members[0])
    for quarter in QUARTERS:
        world.clock[0].quarter = quarter
        former = left(world, a, members)
        assert former == last or left(world, a, members - 1) == former


def test_the_same_source_is_suggested_whatever_others_are_available(world):
    agency = world.agencies[world.members[0]]
    agency.capability[:] = 0.0
    suggested = set()
    for quarter in QUARTERS:
        world.clock[0].quarter = quarter
        source = int(suggested_source(world, agency, 0))
        suggested.add(source)
        other = Source.SPECIAL_FUND if source != Source.SPECIAL_FUND else Source.FEES
        assert suggested_source(world, agency, 1 << int(other)) == source
    assert len(suggested) > 2
