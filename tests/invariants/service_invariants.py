"""Service invariants: knowledge of clients, diversion, strength, supervisors and open posts after every quarter."""

from __future__ import annotations

import numpy as np

from sim.declarations.choices import Kind
from sim.declarations.state_codes import Stage
from sim.model.state.world import World
from tests.support.world_reading import ROUNDING, chain, used, within


def check_service(world: World) -> None:
    """Nobody knows more clients than are served, and effective hours are at most hours."""
    agencies = used(world, "agencies")
    active = agencies[agencies["stage"] == Stage.ACTIVE]
    served = active["delivered"] - active["handover_hours"] + active["extra_hours"] + active["own_hours"]
    assert (active["known_hours"] >= 0).all()
    assert (active["known_hours"] <= served * (1 + ROUNDING) + ROUNDING).all()
    assert (active["effective"] <= served * active["quality"] * (1 + ROUNDING) + ROUNDING).all()
    least = (1.0 - world.rules[0].delivery_knowledge_weight) * served * active["quality"]
    assert (active["effective"] >= least * (1 - ROUNDING) - ROUNDING).all()
    assert within(active["looseness"])
    assert (active["diverted"] >= -ROUNDING).all()
    assert not active["diverted"][active["kind"] == Kind.FOR_PROFIT].any()
    assert (active["delivered"] + active["diverted"] <= active["promised"] * (1 + ROUNDING) + ROUNDING).all()
    for agency in active:
        for n in chain(agency["first_presence"], world.presences):
            assert world.presences[n]["known"] >= 0
            assert (world.presences[n]["past"] >= 0).all()
    strength = world.communities["strength"]
    assert (strength >= world.communities["base_strength"] - ROUNDING).all()
    assert (strength <= 1).all()


def check_posts(world: World) -> None:
    """Posts are filled or stay open, supervisors are settled staff, expectations are shares."""
    agencies = used(world, "agencies")
    active = agencies[agencies["stage"] == Stage.ACTIVE]
    assert (active["unfilled"] >= 0).all()
    assert (active["unfilled"] <= active["vacancies"]).all()
    assert (active["supervisors"] >= 0).all()
    assert (active["supervisors"] <= np.maximum(active["settled"], 0)).all()
    for city in world.cities:
        assert min(city.seekers) >= 0
        assert within(np.array([city.finding, city.filled]))
