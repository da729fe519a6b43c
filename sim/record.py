"""One run: a blueprint and a seed become a record of everything that was observed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.build.blueprint import Blueprint
from sim.declare import Records
from sim.opening import open_world
from sim.quarter import COUNTERS, advance, room_wanted
from sim.world import World, grown


def begin(blueprint: Blueprint, seed: int) -> World:
    """The world of a blueprint at its first quarter, for one seed."""
    world = blueprint.world.copied()
    open_world(world, np.uint64(seed), blueprint.community_starts, blueprint.agency_starts, blueprint.branches)
    return world


def go_on(world: World, until: int) -> World:
    """Run a world to a quarter, giving its arrays room where they want it."""
    while advance(world, until) < until:
        world = grown(world, dict(zip(COUNTERS, map(int, room_wanted(world)), strict=True)))
    return world
