"""Point table: every scenario and variant with every combination of values, one row each.

Rows are made column by column, so that a million cost no more than a second.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from sim.declarations.input_issues import Problem, ScenarioError, listed
from sim.experiment.design.axis import Axis, Column
from sim.experiment.design.axis_values import normal
from sim.experiment.design.bases_and_variants import Base
from sim.experiment.design.experiment_file import AnyDesign, GridDesign, ListDesign
from sim.experiment.design.sampling import grid_index, size_of, unit_points

POINT, SCENARIO, VARIANT = "point", "scenario", "variant"
_RUNS = ("replication", "seed", "run", "runs", "quarter", "date", "error", "traceback")
_EFFECTS = ("base_point", "outcome", "n", "dropped", "base_median", "other_median", "difference", "ci_low", "ci_high")
RESERVED = (POINT, SCENARIO, VARIANT, *_RUNS, *_EFFECTS, "rose", "fell", "saving")
"""Columns of result tables that no axis may be named as."""


def combinations(design: AnyDesign, axes: Sequence[Axis]) -> int:
    """Points of a design for one scenario and variant."""
    if isinstance(design, GridDesign):
        return math.prod(len(axis.grid_levels()) for axis in axes)
    return len(design.points) if isinstance(design, ListDesign) else size_of(design, len(axes))


def columns(design: AnyDesign, axes: Sequence[Axis]) -> list[Column]:
    """Values of every axis at the points of one scenario and variant."""
    if isinstance(design, GridDesign):
        index = grid_index([len(axis.grid_levels()) for axis in axes])
        return [axis.array(axis.grid_levels())[numbers] for axis, numbers in zip(axes, index, strict=True)]
    if isinstance(design, ListDesign):
        return [axis.array([normal(point[axis.name], axis.kind) for point in design.points]) for axis in axes]
    shares = unit_points(design, len(axes))
    return [axis.value_at(shares[:, n]) for n, axis in enumerate(axes)]


def table_of(design: AnyDesign, bases: Sequence[Base], axes: Sequence[Axis]) -> pa.Table:
    """The table of points, scenario by scenario, variant by variant.

    Returns
    -------
    Table
        `point` (int32, from 0), `scenario`, `variant` (text), and a column for each axis: float64, int64 or text.
    """
    count = combinations(design, axes)
    total = count * len(bases)
    found: dict[str, Any] = {POINT: pa.array(np.arange(total, dtype=np.int32))}
    of_base = pa.array(np.repeat(np.arange(len(bases)), count))
    found[SCENARIO] = pa.array([base.scenario for base in bases], type=pa.string()).take(of_base)
    found[VARIANT] = pa.array([base.variant for base in bases], type=pa.string()).take(of_base)
    for axis, values in zip(axes, columns(design, axes), strict=True):
        found[axis.column_name] = pa.concat_arrays([pa.array(values)] * len(bases))
    return pa.table(found)


def counterparts(points: pa.Table, of: Sequence[str], base: tuple[object, ...]) -> dict[int, int]:
    """For each point the one that differs from it in these columns alone, where they have the values of a base.

    Points that have those values themselves, and points without such another, are left out.
    """
    rows = points.to_pylist()
    others = [name for name in points.column_names if name not in (POINT, *of)]
    levels = [tuple(row[name] for name in of) for row in rows]
    places = [tuple(row[name] for name in others) for row in rows]
    bases = {place: point for point, place in enumerate(places) if levels[point] == base}
    return {point: bases[place] for point, place in enumerate(places) if levels[point] != base and place in bases}


def joined(old: pa.Table, new: pa.Table) -> pa.Table:
    """Points of an extended experiment: the old ones as they are, and behind them those that are new.

    Parameters
    ----------
    old : Table
        Points of the experiment so far.
    new : Table
        Points that it has now; those that are among the old ones keep their numbers.

    Raises
    ------
    ScenarioError
        Where the columns differ: an axis that came or went makes other points of all.
    """
    _same_columns(old, new)
    # Designs for sensitivity hold some points twice, and their order counts: the second stands for the second.
    left = Counter(_rows(old))
    fresh = []
    for n, row in enumerate(_rows(new)):
        if left[row]:
            left[row] -= 1
        else:
            fresh.append(n)
    added = new.take(pa.array(fresh, type=pa.int64()))
    numbers = pa.array(np.arange(len(old), len(old) + len(fresh), dtype=np.int32))
    return pa.concat_tables([old, added.set_column(0, old.schema.field(POINT), numbers)]).combine_chunks()


def _same_columns(old: pa.Table, new: pa.Table) -> None:
    if old.schema.names == new.schema.names and old.schema.types == new.schema.types:
        return
    come = sorted({*new.schema.names} - {*old.schema.names})
    gone = sorted({*old.schema.names} - {*new.schema.names})
    differences = [f"{word} {listed(names)}" for word, names in (("new:", come), ("gone:", gone)) if names]
    what = "the axes are not those of the experiment so far"
    raise ScenarioError([Problem("", 0, 0, ("axes",), what, "; ".join(differences) or "their order or kind differs")])


def _rows(points: pa.Table) -> Iterator[tuple[Any, ...]]:
    """The points without their numbers."""
    columns = points.drop_columns([POINT]).columns
    return zip(*(column.to_numpy().tolist() for column in columns), strict=True)
