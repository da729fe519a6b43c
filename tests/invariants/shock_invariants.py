"""Shock invariants: directors who leave, scandals and closures by cause after every quarter."""

from __future__ import annotations

import numpy as np

from sim.declarations.choices import Kind
from sim.declarations.events_and_causes import Cause, Event
from sim.declarations.state_codes import Stage
from sim.model.state.world import World
from tests.support.world_reading import used

BY_CAUSE = {
    Cause.INSOLVENT: "closures_insolvent",
    Cause.NO_CONTRACT: "closures_no_contract",
    Cause.NO_STAFF: "closures_no_staff",
    Cause.LOW_RETURN: "closures_low_return",
    Cause.NO_SUCCESSOR: "closures_no_successor",
    Cause.STRUCK_OFF_FOR_CAUSE: "closures_for_cause",
    Cause.STRUCK_OFF: "closures_struck_off",
}


def check_shocks(world: World, events: np.ndarray, quarter: int) -> None:
    """Every closure has a cause that is counted; who has no director stops; who is struck off had a scandal."""
    agencies = used(world, "agencies")
    closings = events[events["event"] == Event.CLOSED]
    row = world.sector[quarter]
    assert row.closures == sum(row[name] for name in BY_CAUSE.values())
    for cause, name in BY_CAUSE.items():
        assert row[name] == (closings["cause"] == cause).sum()
    assert (agencies["closing_cause"][closings["agency"]] == closings["cause"]).all()
    assert row.closures_large <= row.closures
    check_directors(world, events, quarter)
    check_scandals(world, events, quarter)


def check_directors(world: World, events: np.ndarray, quarter: int) -> None:
    """A director leaves once a quarter at most, never a firm's; without a successor nobody works on."""
    agencies = used(world, "agencies")
    left = events[events["event"] == Event.DIRECTOR_LEFT]
    assert len(np.unique(left["agency"])) == len(left)
    struck = agencies[left["agency"]]
    assert (struck["kind"] == Kind.NONPROFIT).all()
    assert (struck["quits"] > 0).all()
    succeeded = left["cause"] == Cause.SUCCEEDED
    assert (struck["director_since"][succeeded] == quarter).all()
    assert (struck["directors"][succeeded] > 1).all()
    assert (struck["stage"][~succeeded] != Stage.ACTIVE).all()
    active = agencies["stage"] == Stage.ACTIVE
    assert (agencies["director_since"] <= quarter)[active].all()
    assert (agencies["director_since"] >= agencies["founded"])[active].all()


def check_scandals(world: World, events: np.ndarray, quarter: int) -> None:
    """Who is struck off for cause was in a scandal; others are barred at once by everybody who knows them."""
    agencies = used(world, "agencies")
    scandals = events[events["event"] == Event.SCANDAL]["agency"]
    assert len(np.unique(scandals)) == len(scandals)
    for_cause = events[events["cause"] == Cause.STRUCK_OFF_FOR_CAUSE]["agency"]
    assert np.isin(for_cause, scandals).all()
    last = quarter + int(world.rules[0].shocks_scandal_bar) - 1
    known = np.setdiff1d(scandals, for_cause)
    assert (agencies["barred_until"][known][agencies["first_tie"][known] >= 0] >= last).all()
