"""Shocks and severance: who finds a successor, whom scandals strike, what people who are laid off are due."""

from __future__ import annotations

import copy
from typing import Any

import numpy as np

from sim.declarations.choices import Kind
from sim.declarations.events_and_causes import Cause, Event
from sim.model.setup.compiled_scenario import CompiledScenario
from sim.run import simulate
from sim.scenario import make_scenario
from tests.support.busy_town import BUSY
from tests.support.world_reading import used


def events_of(seed: int = 1, **rules: dict[str, Any]) -> tuple[np.ndarray, np.ndarray]:
    """Events and agencies of a run of the busy town with other rules."""
    values = copy.deepcopy(BUSY)
    for group, numbers in rules.items():
        values["rules"][group] = values["rules"].get(group, {}) | numbers
    world = simulate(CompiledScenario.of(make_scenario(values)), seed).world
    return used(world, "events"), used(world, "agencies")


def test_without_shocks_nobody_is_struck():
    events, agencies = events_of(shocks={"director_rate": 0, "scandal_rate": 0})
    assert not np.isin(events["event"], (Event.DIRECTOR_LEFT, Event.SCANDAL)).any()
    # Only who was dormant in between has had another director.
    again = events["agency"][events["event"] == Event.REVIVED]
    assert (np.delete(agencies["directors"], again) == 1).all()


def test_without_colleagues_and_backers_nobody_takes_over():
    events, _ = events_of(shocks={"director_rate": 1, "backing": 0, "succession_size": 200})
    left = events[events["event"] == Event.DIRECTOR_LEFT]
    assert (left["cause"] == Cause.NO_SUCCESSOR).mean() > 0.8


def test_whoever_has_a_contract_finds_a_director_where_backers_always_do():
    events, agencies = events_of(shocks={"director_rate": 1, "backing": 1})
    left = events[(events["event"] == Event.DIRECTOR_LEFT) & (events["contracts"] > 0)]
    assert len(left) > 5
    assert (left["cause"] == Cause.SUCCEEDED).all()
    assert (agencies["kind"][left["agency"]] == Kind.NONPROFIT).all()


def test_a_scandal_is_fatal_or_not():
    for fatal in (0, 1):
        events, _ = events_of(shocks={"scandal_rate": 0.5, "scandal_fatal": fatal})
        scandals = (events["event"] == Event.SCANDAL).sum()
        assert scandals > 3
        assert (events["cause"] == Cause.STRUCK_OFF_FOR_CAUSE).sum() == fatal * scandals


def test_severance_is_in_proportion_to_its_rate():
    first = []
    for months in (1, 2, 0):
        events, agencies = events_of(closing={"severance": months})
        laid_off = events[events["event"] == Event.LAID_OFF]
        due = laid_off[laid_off["amount"] > 0]
        assert agencies["held"][due["agency"]].all()
        first.append(due[0] if len(due) else None)
    one, two, none = first
    assert none is None
    assert (one["quarter"], one["agency"]) == (two["quarter"], two["agency"])
    assert abs(two["amount"] - 2 * one["amount"]) <= 1
