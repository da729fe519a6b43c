"""Paired runs: the same seeds with a lever at one value and at another."""

from __future__ import annotations

import json
import warnings
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from math import sqrt
from typing import Any

import numpy as np

from sim.model.setup.compiled_scenario import CompiledScenario
from sim.run import simulate
from sim.scenario import Scenario
from tests.directions.directions_town import CHANGE, START, merged, town

SEEDS = 120
"""Pairs of runs."""
LOOKS = ((30, 1.75), (60, 1.5), (SEEDS, 1.0))
"""Pairs that are enough for an effect so many half widths of its interval away from zero: of fewer pairs, more."""

Values = dict[str, Any]
"""Levers, or parts of a scenario, by key."""

T_95 = 2.0
"""Quantile of Student's t for a 95 % interval at that many pairs."""


@dataclass(frozen=True)
class Effect:
    """One expected effect.

    Attributes
    ----------
    outcome : str
        Outcome of the sector.
    sign : int
        1 if it should rise, -1 if it should fall.
    why : str
        The theory in a few words.
    first, last : int
        Quarters over which it is averaged, counted from the change; to the end of the run by default.
    """

    outcome: str
    sign: int
    why: str
    first: int = 4
    last: int | None = None


@dataclass(frozen=True)
class Direction:
    """A lever, two settings, and what should come of the second.

    Attributes
    ----------
    lever : str
        Key of the lever or parameter.
    off, on : mapping
        Values of levers at the change; `town` says how keys name places.
    effects : tuple of Effect
        What should happen.
    world : mapping
        Values laid over the town, the same on both sides.
    rules_off, rules_on : mapping
        Rules of behaviour, for what is no lever of a government.
    world_off, world_on : mapping
        Values laid over the town from the start, for what is neither.
    """

    lever: str
    off: Mapping[str, Any]
    on: Mapping[str, Any]
    effects: tuple[Effect, ...]
    world: Mapping[str, Any] = field(default_factory=dict)
    rules_off: Mapping[str, Any] = field(default_factory=dict)
    rules_on: Mapping[str, Any] = field(default_factory=dict)
    world_off: Mapping[str, Any] = field(default_factory=dict)
    world_on: Mapping[str, Any] = field(default_factory=dict)


def lever(
    name: str, on: object, *effects: Effect, off: object = None, world: Values | None = None, **others: object
) -> Direction:
    """Declare a direction: the lever at its default or `off`, then `on`; `others` hold on both sides."""
    both = {key.replace("__", "."): value for key, value in others.items()}
    first = dict(both) if off is None else {**both, name: off}
    return Direction(name, first, {**both, name: on}, effects, world or {})


@dataclass(frozen=True)
class Measured:
    """What came of one effect.

    Attributes
    ----------
    before, after : float
        Mean over runs without and with.
    difference, half_width : float
        Mean of the paired difference, and half of its 95 % interval.
    """

    before: float
    after: float
    difference: float
    half_width: float

    def agrees(self, sign: int, times: float = 1.0) -> bool:
        """Whether the whole interval, or one so many times as wide, lies on the expected side of zero."""
        return sign * self.difference > times * self.half_width


def run_all(scenario: Scenario, seeds: range) -> np.ndarray:
    """Sector outcomes of many runs; records, shape (seeds, quarters)."""
    compiled = CompiledScenario.of(scenario)
    return np.stack([simulate(compiled, seed, detailed=False).world.sector.view(np.ndarray) for seed in seeds])


@lru_cache(maxsize=8)
def run_town(given: str, seeds: range) -> np.ndarray:
    """Runs of the town with what is given in JSON; many directions have the same runs without the lever."""
    return run_all(town(*json.loads(given)), seeds)


def run_pairs(direction: Direction, seeds: range) -> tuple[np.ndarray, np.ndarray]:
    """Outcomes without and with the lever, from the same seeds."""
    worlds = [merged(direction.world, over) for over in (direction.world_off, direction.world_on)]
    off = run_town(json.dumps([worlds[0], dict(direction.off), dict(direction.rules_off)]), seeds)
    on = run_all(town(worlds[1], direction.on, direction.rules_on), seeds)
    return off, on


def measure(direction: Direction, seeds: int = SEEDS) -> list[Measured]:
    """Run the pairs of a direction and measure each of its effects."""
    pairs = run_pairs(direction, range(seeds))
    return [compare(effect, *pairs) for effect in direction.effects]


def measure_until_clear(direction: Direction) -> list[Measured]:
    """As `measure`, from the first pairs alone where they leave no doubt of any effect."""
    pairs: list[tuple[np.ndarray, np.ndarray]] = []
    found: list[Measured] = []
    done = 0
    for seeds, times in LOOKS:
        pairs.append(run_pairs(direction, range(done, seeds)))
        done = seeds
        off, on = (np.concatenate(side) for side in zip(*pairs, strict=True))
        found = [compare(effect, off, on) for effect in direction.effects]
        if all(one.agrees(effect.sign, times) for effect, one in zip(direction.effects, found, strict=True)):
            break
    return found


def compare(effect: Effect, off: np.ndarray, on: np.ndarray) -> Measured:
    """Difference of an outcome's mean over its window, run by run."""
    begin = quarters_between(START, CHANGE)
    window = slice(begin + effect.first, None if effect.last is None else begin + effect.last)
    with warnings.catch_warnings():
        # A run in which there is nothing to measure, as of firms where none is left, has no mean and is left out.
        warnings.filterwarnings("ignore", "Mean of empty slice", RuntimeWarning)
        before = np.nanmean(off[effect.outcome][:, window], axis=1)
        after = np.nanmean(on[effect.outcome][:, window], axis=1)
    gap = (after - before)[np.isfinite(after - before)]
    half = T_95 * float(gap.std(ddof=1)) / sqrt(len(gap))
    return Measured(float(np.nanmean(before)), float(np.nanmean(after)), float(gap.mean()), half)


def quarters_between(first: str, last: str) -> int:
    """Quarters from one date to another."""
    (y1, q1), (y2, q2) = ((int(year), int(number)) for year, number in (d.split("-Q") for d in (first, last)))
    return 4 * (y2 - y1) + q2 - q1
