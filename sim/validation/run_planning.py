"""Run planning: which runs the worlds of patterns need, with changes laid over them or without."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from sim.validation.needed_tables import first_alike, needed_tables
from sim.validation.pattern_file import PatternEntry
from sim.validation.pattern_loading import PatternSet
from sim.validation.statistic_type import Statistic
from sim.validation.world_loading import World
from sim.validation.world_runs import WorldRuns, plan_world


def plan_runs(
    found: PatternSet,
    asked: Iterable[PatternEntry],
    statistics: Mapping[str, Statistic],
    out: Path,
    replications: int | None,
    changed: Mapping[str, World] | None = None,
    called: str = "",
) -> dict[str, WorldRuns]:
    """Runs of the worlds that patterns look at, in the order of the files; nothing is run yet.

    Parameters
    ----------
    found : PatternSet
        All patterns and worlds, which decide what runs keep.
    asked : iterable of PatternEntry
        The patterns.
    statistics : mapping of str to Statistic
        By name.
    out : Path
        Folder of the validation.
    replications : int, optional
        Instead of the worlds' own numbers.
    changed : mapping of str to World, optional
        Worlds with changes laid over them, by name; one that they leave as it is shares the runs of the original.
    called : str
        Goes into the names of the folders of changed worlds.
    """
    changed = changed or {}
    same = unchanged(found.worlds, changed)
    # Tables with a column for each field are of the fields that there are now; all else is kept as without changes.
    worlds = {
        name: changed[name] if name in changed and changed[name].fields != world.fields else world
        for name, world in found.worlds.items()
    }
    names = {name for pattern in asked for check in pattern.checks for name in (check.world, check.versus) if name}
    keeps = needed_tables(found.patterns, worlds, statistics)
    planned = {}
    for name, world in found.worlds.items():
        if name in names:
            original = name not in changed or name in same
            stem = first_alike(worlds, name) + ("" if original else f" {called}")
            chosen = world if original else replace(changed[name], name=f"{name} {called}")
            planned[name] = plan_world(chosen, keeps[name], out, stem, replications)
    return planned


def unchanged(worlds: Mapping[str, World], changed: Mapping[str, World]) -> list[str]:
    """Names of worlds that changes leave as they are."""
    return [name for name, world in changed.items() if world.same_runs(worlds[name])]
