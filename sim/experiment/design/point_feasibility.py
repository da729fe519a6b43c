"""Point feasibility: values that are valid one by one and contradict each other together."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from sim.declarations.input_issues import Issue, KeyPath, key_path
from sim.experiment.design.checked_design import Design, checked
from sim.experiment.design.experiment_file import GridDesign
from sim.scenario.checks.policy_conflicts import outside_the_run

MOST_TRIED = 500
"""Points up to which every one is tried; of more, a sample."""

SPREAD = 200
"""Points of that sample beside the extremes."""

MOST_REPORTED = 20


def infeasible_points(design: Design) -> Iterator[Issue]:
    """Contradictions between values of axes, reported once each with the first point that has it."""
    if not design.axes:
        return
    table = design.table()
    tried = sample_of(table, design)
    seen: dict[tuple[KeyPath, str], list[tuple[Issue, dict[str, Any]]]] = {}
    for point in tried:
        row = design.row(table, point)
        for issue in _found(design, row):
            seen.setdefault((issue.path, issue.allowed), []).append((issue, row))
    of = f"of {len(tried)} {'points' if len(tried) == len(table) else 'tried'}"
    for having in list(seen.values())[:MOST_REPORTED]:
        issue, row = having[0]
        where = f"{key_path(issue.path)}: {issue.what}"
        what = f"point {row['point']} ({design.words(row)}) is not feasible ({len(having)} {of}): {where}"
        yield Issue(_place(design, row, issue.path), what, issue.allowed)


def _found(design: Design, row: dict[str, Any]) -> list[Issue]:
    """What is wrong with a point; also dates of its axes that lie beyond an experiment shorter than its scenario."""
    scenario, found = checked(design.values(row), design.file.quarters)
    if scenario is None or found or design.file.quarters is None:
        return found
    shorter = scenario.model_copy(update={"quarters": design.file.quarters})
    written = {path for axis in design.axes for path in axis.targets[design.base(row).label]}
    return [issue for issue in outside_the_run(shorter) if issue.path in written]


def _place(design: Design, row: dict[str, Any], path: KeyPath) -> KeyPath:
    """Where in the file to point: at the axis that wrote the value, or else one beside it, if one did."""
    label = design.base(row).label
    for place in (path, path[:-1] or path):
        for axis in design.axes:
            if any(target[: len(place)] == place[: len(target)] for target in axis.targets[label]):
                return ("axes", axis.name)
    return ("axes",)


def corners(design: Design) -> set[int]:
    """Points of a grid at which every axis is at one of its ends: contradictions between numbers show there."""
    if not isinstance(design.file.design, GridDesign) or 2 ** len(design.axes) > MOST_TRIED:
        return set()
    found = {0}
    for axis in design.axes:
        count = len(axis.grid_levels())
        found = {count * before + end for before in found for end in (0, count - 1)}
    return found


def sample_of(table: pa.Table, design: Design) -> list[int]:
    """Points to try: all when they are few, else the extremes of every axis in every base and a spread sample."""
    if len(table) <= MOST_TRIED:
        return list(range(len(table)))
    size = len(table) // len(design.bases)
    extremes = corners(design)
    for axis in design.axes:
        order = pc.sort_indices(table.column(axis.column_name).slice(0, size))
        extremes |= {order[0].as_py(), order[-1].as_py()}
    chosen = {first + point for first in range(0, len(table), size) for point in extremes}
    return sorted(chosen.union(np.linspace(0, len(table) - 1, SPREAD).astype(int).tolist()))
