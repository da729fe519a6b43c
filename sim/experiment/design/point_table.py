"""The table of points: every scenario and variant with every combination of values, one row each.

Rows are made column by column, so that a million cost no more than a second.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from sim.declarations.input_issues import Problem, ScenarioError, listed
from sim.experiment.design.axis import Axis, Column
from sim.experiment.design.axis_values import normal
from sim.experiment.design.bases_and_variants import Base
from sim.experiment.design.experiment_file import GridDesign, ListDesign
from sim.experiment.design.sampling import grid_index, size_of, unit_points

if TYPE_CHECKING:
    import pyarrow as pa

    from sim.experiment.design.experiment_file import AnyDesign

POINT, SCENARIO, VARIANT = "point", "scenario", "variant"
_RUNS = ("replication", "seed", "run", "runs", "quarter", "date", "error", "traceback")
_EFFECTS = ("base_point", "outcome", "n", "dropped", "base_median", "other_median", "difference", "ci_low", "ci_high")
RESERVED = (POINT, SCENARIO, VARIANT, *_RUNS, *_EFFECTS, "rose", "fell", "saving")
"""Columns of result tables that no axis may be named as."""


def combinations(design: AnyDesign, axes: Sequence[Axis]) -> int:
    """Points of a design for one scenario and variant."""
    if isinstance(design, GridDesign):
        count = 1
        for axis in axes:
            count *= len(axis.grid_levels())
        return count
    return len(design.points) if isinstance(design, ListDesign) else size_of(design, len(axes))


def columns(design: AnyDesign, axes: Sequence[Axis]) -> list[Column]:
    """Values of every axis at the points of one scenario and variant."""
    if isinstance(design, GridDesign):
        index = grid_index([len(axis.grid_levels()) for axis in axes])
        return [axis.at_levels(numbers) for axis, numbers in zip(axes, index, strict=True)]
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
    import pyarrow as pa

    count = combinations(design, axes)
    total = count * len(bases)
    found: dict[str, Any] = {POINT: pa.array(np.arange(total, dtype=np.int32))}
    of_base = pa.array(np.repeat(np.arange(len(bases)), count))
    found[SCENARIO] = pa.array([base.scenario for base in bases], type=pa.string()).take(of_base)
    found[VARIANT] = pa.array([base.variant for base in bases], type=pa.string()).take(of_base)
    for axis, values in zip(axes, columns(design, axes), strict=True):
        found[axis.column_name] = pa.concat_arrays([axis.column(values)] * len(bases))
    return pa.table(found)


def repeated(table: pa.Table) -> list[tuple[int, int]]:
    """Points that are the same as an earlier one, each with the first that it repeats."""
    codes = _codes([table.drop_columns([POINT])])
    _, first, inverse = np.unique(codes, return_index=True, return_inverse=True)
    numbers = np.arange(len(codes))
    again = numbers != first[inverse]
    return list(zip(numbers[again].tolist(), first[inverse][again].tolist(), strict=True))


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
    import pyarrow as pa

    _same_columns(old, new)
    codes = _codes([old.drop_columns([POINT]), new.drop_columns([POINT])])
    # Designs for sensitivity hold some points twice, and their order counts: the second stands for the second.
    before, offered = (_numbered(part) for part in (codes[: len(old)], codes[len(old) :]))
    fresh = np.flatnonzero(~np.isin(offered, before))
    added = new.take(pa.array(fresh))
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


def _numbered(codes: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Numbers that distinguish the first row of a kind from the second and so on; codes are below 2**31."""
    order = np.argsort(codes, kind="stable")
    ranked = codes[order]
    first = np.searchsorted(ranked, ranked, side="left")
    turn = np.empty(len(codes), dtype=np.int64)
    turn[order] = np.arange(len(codes)) - first
    return codes + (turn << 32)


def _codes(tables: Sequence[pa.Table]) -> npt.NDArray[np.int64]:
    """A number for every row of several tables below each other, equal where rows are equal."""
    import pyarrow as pa

    whole = pa.concat_tables(tables)
    codes = np.zeros(len(whole), dtype=np.int64)
    for column in whole.columns:
        here = column.combine_chunks().dictionary_encode()
        numbers = here.indices.to_numpy(zero_copy_only=False).astype(np.int64)
        # Numbered anew after every column, so that no product of sizes can run over.
        codes = np.unique(codes * len(here.dictionary) + numbers, return_inverse=True)[1].astype(np.int64)
    return codes
