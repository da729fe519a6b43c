"""Job moves: how many people move between agencies, from which, and what they bring."""

from __future__ import annotations

import copy

import numpy as np
import pytest

from sim.declarations.events_and_causes import Cause, Event
from sim.model.setup.compiled_scenario import CompiledScenario
from sim.run import RunResult, simulate
from sim.scenario import make_scenario
from tests.support.busy_town import BUSY
from tests.support.world_reading import used

BRING_THEIR_OWN = (Cause.STAFF_LEFT_TO_FOUND, Cause.GROUP_CONVERTED)
"""Causes of founding with people of their own."""


def run(seed: int = 1, quarters: int = 24, **people: float) -> RunResult:
    values = copy.deepcopy(BUSY)
    values["rules"]["people"] = people
    return simulate(CompiledScenario.of(make_scenario(values), quarters), seed)


def test_people_hired_come_from_the_seekers():
    # Who begins with the people of a sister or of a company-form group has hired none of them.
    brought = 0
    for seed in range(3):
        record = run(seed)
        panel, rows = used(record.world, "panel"), used(record.world, "panel_rows")
        events = used(record.world, "events")
        for event in events[(events["event"] == Event.FOUNDED) & (events["cause"] != Cause.AT_START)]:
            first = panel[(rows[:, 1] == event["agency"]) & (rows[:, 0] == event["quarter"])]
            own = int(event["persons"]) if event["cause"] in BRING_THEIR_OWN else 0
            brought += own
            assert (first["staff"] == own + first["hired"] - first["laid_off"]).all()
    assert brought > 0


def moves(record: RunResult) -> np.ndarray:
    events = used(record.world, "events")
    return events[events["event"] == Event.MOVED]


def test_some_leavers_move():
    record = run()
    shares = record.sector.moved_share[~np.isnan(record.sector.moved_share)]
    assert 0 < shares.mean() < 0.5
    assert record.sector.moves.sum() == moves(record)["persons"].sum() > 0


def laid_off(record: RunResult) -> np.ndarray:
    """People laid off in each quarter."""
    events = used(record.world, "events")
    chosen = events[events["event"] == Event.LAID_OFF]
    return np.bincount(chosen["quarter"], weights=chosen["persons"], minlength=len(record.sector))


@pytest.mark.parametrize("people", [{"leave_field": 1.0}, {"quit_rate": 0.0}])
def test_where_nobody_quits_for_another_agency_only_people_laid_off_move(people):
    record = run(**people)
    assert (record.sector.moves <= laid_off(record)).all()


def test_more_people_who_stay_in_the_field_mean_more_moves():
    few = sum(run(seed, leave_field=0.9, quit_rate=0.1).sector.moves.sum() for seed in range(4))
    many = sum(run(seed, leave_field=0.1, quit_rate=0.1).sector.moves.sum() for seed in range(4))
    assert many > 2 * few


def first_difference(seed: int) -> tuple[np.ndarray, np.ndarray] | None:
    """Skills of all agencies in the first quarter in which it matters that movers bring theirs: without, and with."""
    worlds = [run(seed, skill_carry=carry).world for carry in (0.0, 1.0)]
    for quarter in range(24):
        without, carried = (used(world, "panel_skills")[used(world, "panel_rows")[:, 0] == quarter] for world in worlds)
        if not np.array_equal(without, carried):
            return without, carried
    return None


def test_movers_bring_skill_of_the_agency_they_left():
    found = [pair for pair in map(first_difference, range(6)) if pair is not None]
    # Movers from agencies with less skill bring nothing.
    assert len(found) > 3
    for without, carried in found:
        assert (carried >= without).all()
