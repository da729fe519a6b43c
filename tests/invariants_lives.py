"""What must hold after every quarter about comings and goings."""

from __future__ import annotations

import numpy as np

from sim.agents.agency import Stage
from sim.events import Event
from sim.world import World
from tests.reading import ROUNDING, used


def check_moves(world: World, events: np.ndarray) -> None:
    """Whoever moved quit one agency and was hired by another in the same quarter; nobody is counted twice."""
    agencies = used(world, "agencies")
    active = agencies["stage"] == Stage.ACTIVE
    assert (agencies["moved_in"] <= agencies["hired"])[active].all()
    assert (agencies["lost_to_agency"] + agencies["movers"].sum(axis=1) <= agencies["quits"])[active].all()
    assert (agencies["movers"] >= 0).all()
    moves = events[events["event"] == Event.MOVED]
    assert (moves["persons"] > 0).all()
    assert (moves["agency"] != moves["other"]).all()
    assert (agencies["city"][moves["agency"]] == agencies["city"][moves["other"]]).all()
    for side, count in (("agency", "moved_in"), ("other", "lost_to_agency")):
        told = np.bincount(moves[side], weights=moves["persons"], minlength=len(agencies))
        assert (told == agencies[count])[active].all()
    for c, city in enumerate(world.cities):
        assert (city.movers >= 0).all()
        assert (city.movers >= agencies["movers"][active & (agencies["city"] == c)].sum(axis=0)).all()


def check_placements(world: World) -> None:
    """Colleges send no more students than they have, agencies take no more than they can guide."""
    agencies = used(world, "agencies")
    active = agencies["stage"] == Stage.ACTIVE
    assert (agencies["placements"] >= 0).all()
    assert (agencies["placements"] <= agencies["staff"] + agencies["quits"] + agencies["laid_off"])[active].all()
    for n, college in enumerate(world.colleges):
        sent = agencies["placements"][active & (agencies["college"] == n)].sum()
        assert sent <= college.placements * (1 + ROUNDING)
    assert not agencies["placements"][agencies["college"] < 0].any()
