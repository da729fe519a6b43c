"""Growing arrays: a rule that would write past the end stops the run, and the bounds on a quarter's rows hold."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings

import sim.run
from sim.declarations.accounts import Purpose
from sim.declarations.events_and_causes import Cause, Event
from sim.engine.compilation import entry
from sim.model.quarter import advance
from sim.model.row_bounds import new_rows
from sim.model.rules.ledger.transfers_and_events import record_event, transfer
from sim.model.setup.compiled_scenario import CompiledScenario
from sim.model.state.array_growth import grow_arrays
from sim.model.state.by_reference import by_reference
from sim.model.state.row_adding import (
    CapacityError,
    add_agency,
    add_bid,
    add_bid_record,
    add_contract,
    add_panel_row,
    add_presence,
    add_refused,
    add_tie,
)
from sim.model.state.world import GROWING, GrowingArray
from sim.run import RunResult, initialise
from sim.scenario import make_scenario
from tests.support.busy_town import BUSY
from tests.support.scenario_strategies import scenarios, seeds

ROOT = Path(__file__).parents[3]


@entry
def add_rows(world, array, number):
    """Add rows to one array, as rules do."""
    world = by_reference(world)
    for _ in range(number):
        if array == GrowingArray.AGENCIES:
            add_agency(world)
        elif array == GrowingArray.CONTRACTS:
            add_contract(world)
        elif array == GrowingArray.TIES:
            add_tie(world)
        elif array == GrowingArray.PRESENCES:
            add_presence(world)
        elif array == GrowingArray.REFUSED:
            add_refused(world)
        elif array == GrowingArray.BIDS:
            add_bid(world)
        elif array == GrowingArray.BID_RECORDS:
            add_bid_record(world)
        elif array == GrowingArray.FLOWS:
            transfer(world, world.externals[0], world.externals[1], Purpose.WAGES, -1, 1)
        elif array == GrowingArray.EVENTS:
            record_event(world, Event.FOUNDED, Cause.NONE, -1, 0, -1, -1, 0, 0)
        else:
            add_panel_row(world)


@pytest.fixture(scope="module")
def town():
    return CompiledScenario.of(make_scenario(BUSY), quarters=3)


@pytest.mark.parametrize("array", GrowingArray)
def test_a_full_array_stops_the_run(array, town, monkeypatch):
    result = RunResult(town, 1, initialise(town, 1))
    result.run_to(2)
    name = GROWING[array][0]
    clock = result.world.clock[0]
    clock.free_presence = -1
    room = len(getattr(result.world, name)) - int(getattr(clock, array.counter))
    add_rows(result.world, int(array), room)
    before = [np.asarray(getattr(result.world, each)).tobytes() for each in GROWING[array]]
    monkeypatch.setattr(sim.run, "advance", lambda world, _: add_rows(world, int(array), 1))
    with pytest.raises(CapacityError) as caught:
        result.run_to(3)
    for part in (f"'{name}'", "quarter 2", "rule ", f"{len(getattr(result.world, name))} rows"):
        assert part in str(caught.value)
    assert [np.asarray(getattr(result.world, each)).tobytes() for each in GROWING[array]] == before
    assert int(getattr(clock, array.counter)) == len(getattr(result.world, name))


INTERPRETED = """
import sim.model.quarter
from sim.model.state.row_adding import CapacityError
from sim.model.setup.compiled_scenario import CompiledScenario
from sim.run import simulate, initialise, RunResult
from sim.scenario import make_scenario
from tests.support.busy_town import BUSY
town = CompiledScenario.of(make_scenario(BUSY), quarters=6)
result = RunResult(town, 1, initialise(town, 1))
result.world = result.world._replace(events=result.world.events[:30])
sim.model.quarter.has_space = lambda world: True
try:
    result.run_to(6)
except CapacityError as error:
    print(error)
"""


def test_a_bound_that_is_too_small_stops_an_interpreted_run():
    environment = os.environ | {"NUMBA_DISABLE_JIT": "1", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", INTERPRETED]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=True)
    assert "'events' is full in quarter" in done.stdout
    assert "record_event" in done.stdout


@settings(max_examples=40)
@given(scenarios(), seeds)
def test_a_quarter_adds_no_more_rows_than_the_bounds_say(values, seed):
    """Every array gets exactly the space that the bounds ask for; one row more would raise."""
    compiled = CompiledScenario.of(make_scenario(values))
    result = RunResult(compiled, seed, initialise(compiled, seed))
    for quarter in range(compiled.quarters):
        most = dict(zip(GrowingArray, map(int, new_rows(result.world)), strict=True))
        clock = result.world.clock[0]
        used = {
            array: 0 if array == GrowingArray.BIDS else int(getattr(clock, array.counter)) for array in GrowingArray
        }
        result.world = grow_arrays(result.world, most)
        tight = {
            name: getattr(result.world, name)[: used[array] + most[array]]
            for array, names in GROWING.items()
            for name in names
        }
        world = result.world._replace(**tight)
        assert advance(world, quarter + 1) == quarter + 1
        for array in GrowingArray:
            assert int(getattr(clock, array.counter)) - used[array] <= most[array]
