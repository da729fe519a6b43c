"""Point feasibility: values that are valid one by one and contradict each other together."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.declarations.input_issues import Issue, KeyPath, key_path
from sim.experiment.design.checked_design import Design, checked
from sim.experiment.design.experiment_file import GridDesign

if TYPE_CHECKING:
    import pyarrow as pa

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
    seen: dict[tuple[KeyPath, str], int] = {}
    first_found: dict[tuple[KeyPath, str], tuple[Issue, dict[str, Any]]] = {}
    for point in tried:
        row = design.row(table, point)
        for issue in checked(design.values(row))[1]:
            key = (issue.path, issue.allowed)
            seen[key] = seen.get(key, 0) + 1
            first_found.setdefault(key, (issue, row))
    for key in list(first_found)[:MOST_REPORTED]:
        issue, row = first_found[key]
        count = (
            f"{seen[key]} of {len(tried)} points" if len(tried) == len(table) else f"{seen[key]} of {len(tried)} tried"
        )
        where = f"{key_path(issue.path)}: {issue.what}"
        what = f"point {row['point']} ({design.words(row)}) is not feasible ({count}): {where}"
        yield Issue(_place(design, row, issue.path), what, issue.allowed)


def _place(design: Design, row: dict[str, Any], path: KeyPath) -> KeyPath:
    """Where in the file to point: at the axis that wrote the value, if one did."""
    label = next(
        base.label for base in design.bases if (base.scenario, base.variant) == (row["scenario"], row["variant"])
    )
    for axis in design.axes:
        if any(target[: len(path)] == path or path[: len(target)] == target for target in axis.targets[label]):
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
    chosen: set[int] = set(np.linspace(0, len(table) - 1, SPREAD).astype(int).tolist())
    for first in range(0, len(table), size):
        chosen |= {first + corner for corner in corners(design)}
    for axis in design.axes:
        codes = table.column(axis.column_name).combine_chunks().dictionary_encode()
        order = np.argsort(np.asarray(codes.dictionary.to_pylist()))
        rank = np.argsort(order)[codes.indices.to_numpy(zero_copy_only=False)]
        for first in range(0, len(table), size):
            here = rank[first : first + size]
            chosen |= {first + int(here.argmin()), first + int(here.argmax())}
    return sorted(chosen)
