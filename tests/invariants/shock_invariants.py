"""Shock invariants: directors, scandals, reorganised purchasers, commitments, closures by cause after every quarter."""

from __future__ import annotations

import numpy as np

from sim.declarations.choices import Kind
from sim.declarations.events_and_causes import Cause, Event
from sim.declarations.state_codes import Host, Stage
from sim.model.state.world import World
from tests.support.world_reading import ROUNDING, used

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
    check_reorganised(world, events, quarter)
    check_commitments(world)


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


def check_reorganised(world: World, events: np.ndarray, quarter: int) -> None:
    """A government that was reorganised renews nothing and has no incumbents; while it pauses it calls nothing."""
    contracts = used(world, "contracts")
    new = contracts[(contracts["called"] == quarter) & (contracts["institution"] < 0)]
    struck = events[events["event"] == Event.REORGANISED]["government"]
    for g, government in enumerate(world.governments):
        theirs = new[new["government"] == g]
        begun = int(government.reorganised_until) - 4
        assert (begun == quarter) == (g in struck)
        if quarter < government.reorganised_until:
            assert (theirs["incumbent"] < 0).all()
            assert quarter >= begun + int(world.rules[0].shocks_reorganisation_pause) or not len(theirs)
    assert world.sector[quarter].purchasers_reorganised == (world.governments.reorganised_until > quarter).sum()


def check_commitments(world: World) -> None:
    """Severance is due from who held contracts and laid people off; who never held one runs up no debts."""
    agencies = used(world, "agencies")
    active = agencies[agencies["stage"] == Stage.ACTIVE]
    assert (active["severed"] <= active["laid_off"]).all()
    assert (active["severance"] >= 0).all()
    assert active["held"][active["severance"] > 0].all()
    assert (active["severed"] > 0)[active["severance"] > 1].all()
    assert active["held"][active["contracts"] > 0].all()
    assert (active["seats"] >= active["staff"] - ROUNDING).all()
    assert (active["seats"] == active["staff"])[active["host"] != Host.OWN].all()
    founders = active[(active["kind"] == Kind.NONPROFIT) & ~active["held"]]
    assert not (founders["overdue_wages"] + founders["overdue_bills"]).any()
