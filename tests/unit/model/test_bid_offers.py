"""Bid offers: what bidders offer and believe at the corners, and what their beliefs do."""

from __future__ import annotations

import copy
from typing import Any

import numpy as np
import pytest

from sim.declarations.choices import ContractForm
from sim.declarations.state_codes import Status
from sim.run import RunResult
from sim.scenario import make_scenario
from tests.invariants.world_invariants import inspected
from tests.support.busy_town import BUSY
from tests.support.world_reading import used

COMPETITIVE = {"contract": {"pricing": "competitive"}}
NOTHING_COUNTS = {"scoring": {"price": 0.0, "quality": 0.0, "relation": 0.0, "experience": 0.0}}
PRICE_COUNTS = COMPETITIVE | {"scoring": {"price": 0.8}}


def town(everywhere: dict[str, Any], seed: int = 1, quarters: int = 16, **changes: Any) -> RunResult:
    """Inspected run of the busy town with groups of levers in city and districts."""
    values = copy.deepcopy(BUSY) | {"quarters": quarters, "policies": []} | changes
    city = values["cities"]["Anping"]
    for government in (city["government"], city["each_district"]["government"]):
        for group, levers in everywhere.items():
            government[group] = government.get(group, {}) | levers
    record, _ = inspected(make_scenario(values), seed)
    return record


def test_bids_are_not_under_cost_where_no_loss_is_accepted():
    bidding = {"least_margin": 0.0, "entry_loss": 0.0}
    bids = used(town(PRICE_COUNTS, rules={"bidding": bidding}).world, "bid_records")
    assert len(bids) > 50
    # Prices are rounded to whole fen.
    assert (bids["price"] >= bids["cost_estimate"] - 1.0).all()
    # It is reserves and owners' money that make a difference.
    generous = {"bidding": {"least_margin": -0.3, "service_value": 1.0}}
    free = used(town({"scoring": {"price": 0.8}}, rules=generous).world, "bid_records")
    assert (free["price"] < free["cost_estimate"] - 1.0).any()


def test_staffing_is_one_of_four_levels_and_posts_are_whole():
    world = town({}).world
    bids, contracts = used(world, "bid_records"), used(world, "contracts")
    levels = np.array([0.8, 0.9, 1.0, 1.1])
    assert np.abs(bids["staffing"][:, None] - levels).min(axis=1).max() < 1e-12
    posts = contracts["form"][bids["contract"]] == ContractForm.POST
    assert posts.any()
    assert (bids["staffing"][posts] == 1.0).all()
    assert ((bids["believed"] > 0.0) & (bids["believed"] < 1.0)).all()


def test_who_bids_alone_learns_that_the_ceiling_wins():
    founding = dict.fromkeys(
        ("college_rate", "spin_off_rate", "conversion_rate", "for_profit_rate", "corporate_rate"), 0
    )
    values = {
        "agencies": {"Early": BUSY["agencies"]["Early"]},
        "generated": {},
        "rules": {"founding": founding | {"official_rate": 0}},
    }
    record = town(PRICE_COUNTS, quarters=24, **values)
    bids = used(record.world, "bid_records")
    contracts = used(record.world, "contracts")
    late = bids[bids["quarter"] >= 16]
    assert len(late) > 5
    assert (late["price"] == contracts["ceiling"][late["contract"]]).all()
    assert late["believed"].mean() > 0.8


@pytest.mark.parametrize("pricing", ["competitive", "fixed"])
def test_where_nothing_counts_calls_go_on(pricing: str):
    record = town({"contract": {"pricing": pricing}} | NOTHING_COUNTS)
    bids = used(record.world, "bid_records")
    assert len(bids) > 50
    # Neither price nor hours buy a chance, so nobody gives money away for it.
    if pricing == "competitive":
        assert (bids["price"] == used(record.world, "contracts")["ceiling"][bids["contract"]]).all()


def test_beliefs_stay_where_nothing_is_learned():
    still = town({}, rules={"bidding": {"learning": 0.0, "public_learning": 0.0}}).world
    assert (np.asarray(still.governments["needed"]) == 0.3).all()
    assert (np.asarray(still.governments["needed_held"]) == 0.4).all()
    assert not used(still, "ties")["lesson"].any()
    moving = town({}).world
    assert (np.asarray(moving.governments["needed"]) != 0.3).all()
    assert used(moving, "ties")["lesson"].any()


def test_believed_chances_come_near_what_is_won():
    """At rest the chances believed add up to the lots won and those that nobody bid for, which draw bidders."""
    believed = won = 0.0
    for seed in range(3):
        world = town({}, seed, quarters=40).world
        bids, contracts = used(world, "bid_records"), used(world, "contracts")
        settled = (bids["quarter"] >= 16) & (contracts["agency"][bids["contract"]] >= 0)
        believed += bids["believed"][settled].sum()
        late = contracts["called"] >= 16
        won += bids["won"][settled].sum() + (late & (contracts["status"] == Status.UNBID)).sum()
    assert abs(believed / won - 1.0) < 0.25


def test_money_that_competition_saves_is_called_again():
    competitive = town(PRICE_COUNTS).world
    assert (np.asarray(competitive.governments["price_ratio"])[1:] < 1.0).all()
    fixed = town({"scoring": {"price": 0.8}}).world
    assert np.allclose(np.asarray(fixed.governments["price_ratio"]), 1.0)
