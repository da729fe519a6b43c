"""Set designs: sets of parameters as one sweep for each world, the same sets in every world."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from sim.experiment.store.atomic_files import make_folder, write_file
from sim.scenario.full_values import full_values
from sim.validation.drawn_designs import drawn_design, folder_of, plausible_axes, swept
from sim.validation.needed_tables import first_alike, needed_tables
from sim.validation.pattern_file import PatternEntry
from sim.validation.pattern_loading import PatternSet
from sim.validation.point_tables import WorldPoints
from sim.validation.statistic_type import Statistic
from sim.validation.world_loading import World

if TYPE_CHECKING:
    from sim.experiment.design.checked_design import Design
    from sim.experiment.execute.executor_protocol import Executor
    from sim.experiment.execute.progress_reporter import ProgressReporter


@dataclass(frozen=True)
class SetDesign:
    """Sets of parameters that are run in several worlds.

    Attributes
    ----------
    axes : mapping of str to dict
        What they give values to, as axes of an experiment.
    points : mapping
        The `design` of the experiment: a hypercube, or a list of sets.
    sets, replications : int
        How many sets, and runs of each.
    """

    axes: Mapping[str, Mapping[str, Any]]
    points: Mapping[str, Any]
    sets: int
    replications: int


def drawn_axes(worlds: Iterable[World]) -> tuple[dict[str, dict[str, Any]], tuple[str, ...]]:
    """What is drawn: all that has a plausible range and that no world sets, because a draw would undo what it is about.

    Returns
    -------
    dict of str to dict, tuple of str
        Axes, and paths of what is left out.
    """
    values = [world.loaded.values for world in worlds]
    axes = plausible_axes()
    left_out = {name for name, axis in axes.items() if any(_stands(each, axis["path"].split(".")) for each in values)}
    kept = {name: axis for name, axis in axes.items() if name not in left_out}
    return kept, tuple(str(axes[name]["path"]) for name in axes if name in left_out)


def _stands(values: Any, keys: Sequence[str]) -> bool:
    """Whether a path stands in the values of a scenario.

    >>> _stands({"cities": {"Here": {"labour": {"pool": 9}}}}, ["cities", "*", "labour", "pool"])
    True
    """
    if not keys:
        return True
    if not isinstance(values, Mapping):
        return False
    if keys[0] == "*":
        return any(_stands(each, keys[1:]) for each in values.values())
    return keys[0] in values and _stands(values[keys[0]], keys[1:])


def worlds_of(asked: Iterable[PatternEntry], worlds: Mapping[str, World]) -> list[str]:
    """Names of the worlds that patterns look at."""
    named = {name for pattern in asked for check in pattern.checks for name in (check.world, check.versus) if name}
    return [name for name in worlds if name in named]


def set_designs(
    found: PatternSet,
    names: Iterable[str],
    statistics: Mapping[str, Statistic],
    out: Path,
    drawn: SetDesign,
) -> dict[str, Design]:
    """The sweep of each world, from a file of its scenario that is written into a folder; worlds run alike share it.

    Parameters
    ----------
    found : PatternSet
        Worlds, and all patterns, which decide what is kept.
    names : iterable of str
        Worlds.
    statistics : mapping of str to Statistic
        By name.
    out : Path
        The folder.
    drawn : SetDesign
        The sets.
    """
    keeps = needed_tables(found.patterns, found.worlds, statistics)
    make_folder(out)
    designs: dict[str, Design] = {}
    shared: dict[str, Design] = {}
    for name in names:
        world, first = found.worlds[name], first_alike(found.worlds, name)
        if first in shared:
            designs[name] = shared[first]
            continue
        number = list(found.worlds).index(first)
        file = out / f"scenario-{number}.yaml"
        text = yaml.safe_dump(full_values(world.loaded.scenario), allow_unicode=True, sort_keys=False)
        write_file(file, text.encode())
        values = {
            "title": f"Random sets: {first}"[:120],
            "scenarios": [str(file.resolve())],
            "quarters": world.quarters,
            "replications": drawn.replications,
            "keep": keeps[name].model_dump(),
        }
        designs[name] = shared[first] = drawn_design(values, drawn.axes, drawn.points, out)
    return designs


def swept_worlds(
    found: PatternSet,
    names: Sequence[str],
    statistics: Mapping[str, Statistic],
    out: Path,
    executor: Executor,
    reporter: ProgressReporter,
    drawn: SetDesign,
) -> tuple[dict[str, Path], dict[str, WorldPoints]]:
    """Run all sets in these worlds, or what is left of it: folders and tables by world.

    Raises
    ------
    ScenarioError
        If a set cannot be run in a world.
    StoreError
        If a folder cannot be written.
    KeyboardInterrupt
        As it comes; what is done stays.
    """
    designs = set_designs(found, names, statistics, out, drawn)
    folders = {name: folder_of(design, out, "world") for name, design in designs.items()}
    named = {path: name for name, path in folders.items()}
    done = {path: WorldPoints(swept(designs[name], path, executor, reporter)) for path, name in named.items()}
    return folders, {name: done[path] for name, path in folders.items()}
