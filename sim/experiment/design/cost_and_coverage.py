"""Cost and coverage of an experiment, before anything is run.

>>> from sim.experiment.design.cost_and_coverage import make_plan
>>> from sim.experiment.design.experiment_loading import experiment_from_values
>>> design = experiment_from_values(
...     {
...         "title": "Eager agencies",
...         "scenarios": ["beijing-2010"],
...         "replications": 20,
...         "axes": {"drive": {"path": "rules.strategy.drive", "low": 0, "high": 0.5, "steps": 6}},
...     }
... )
>>> plan = make_plan(design, seconds_per_run=0.01, workers=2)
>>> plan.points, plan.runs, plan.seconds, plan.coverage[0].share
(6, 120, 0.6, 0.5)
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from sim.declarations.short_repr import ShortRepr
from sim.experiment.design.axis import Axis
from sim.experiment.design.axis_values import normal
from sim.experiment.design.checked_design import Design
from sim.experiment.design.declared_parameters import Kind


@dataclass(frozen=True)
class Coverage:
    """What the points try of one axis.

    Attributes
    ----------
    name, title, unit, kind : str
        The axis, and what its values are.
    levels : int
        Different values.
    least, most : value
        Extremes; None where the values are words.
    share : float, optional
        Share of what is allowed that lies between them, or of the choices that are tried; None where nothing
        bounds it.
    defaults : tuple of value
        Different values that the scenarios have without the experiment; None where places differ.
    default_tried : bool
        Whether all of them are among the values.
    """

    name: str
    title: str
    unit: str
    kind: str
    levels: int
    least: float | int | str | None
    most: float | int | str | None
    share: float | None
    defaults: tuple[object, ...]
    default_tried: bool


@dataclass(frozen=True, repr=False)
class Plan(ShortRepr):
    """An experiment in numbers.

    Attributes
    ----------
    title : str
        Title of the experiment.
    design : str
        Kind of design.
    bases : tuple of str
        Scenarios and variants.
    points : int
        Points, over all bases.
    replications, most_replications : int
        Runs of each point; the second is larger where a precision decides.
    runs, most_runs : int
        Points times replications.
    chunks : int, optional
        Pieces of work, where the size of a chunk is known.
    chunk_runs : int, optional
        Runs of a chunk; what is finished is kept chunk by chunk.
    chunk_seconds : float, optional
        Time that one worker needs for a chunk, where a pilot measured how long a run takes.
    seconds, most_seconds : float, optional
        Time with all workers, where a pilot measured how long a run takes.
    start_seconds : float, optional
        Time until workers are ready and have tried a run, where it was measured.
    bytes, most_bytes : float, optional
        Space on the disk, where a pilot measured what a run takes.
    coverage : tuple of Coverage
        The axes.
    notes : tuple of str
        Remarks of the design.
    """

    title: str
    design: str
    bases: tuple[str, ...]
    points: int
    replications: int
    most_replications: int
    runs: int
    most_runs: int
    chunks: int | None
    chunk_runs: int | None
    chunk_seconds: float | None
    seconds: float | None
    most_seconds: float | None
    start_seconds: float | None
    bytes: float | None
    most_bytes: float | None
    coverage: tuple[Coverage, ...]
    notes: tuple[str, ...]

    def _facts(self) -> tuple[str, dict[str, object]]:
        facts: dict[str, object] = {"points": f"{self.points:,}", "runs": f"{self.runs:,}"}
        if self.seconds is not None:
            facts["seconds"] = f"{self.seconds:,.3g}"
        if self.bytes is not None:
            facts["megabytes"] = f"{self.bytes / 1e6:,.3g}"
        return self.title, facts


def make_plan(
    design: Design,
    table: pa.Table | None = None,
    *,
    runs_per_chunk: int | None = None,
    seconds_per_run: float | None = None,
    bytes_per_run: float | None = None,
    bytes_beside: float = 0.0,
    seconds_to_start: float | None = None,
    workers: int = 1,
    notes: Sequence[str] = (),
) -> Plan:
    """Count what a design asks for.

    Parameters
    ----------
    design : Design
        The experiment.
    table : Table, optional
        Its points, where they are not those of the file alone (an extended experiment).
    runs_per_chunk : int, optional
        Size of a piece of work.
    seconds_per_run, bytes_per_run : float, optional
        What a pilot measured.
    bytes_beside : float
        What a folder holds once.
    seconds_to_start : float, optional
        Time until a worker is ready.
    workers : int
        Processes that share the work.
    notes : sequence of str
        Remarks beside those of the design.
    """
    table = design.table() if table is None else table
    precision = design.file.precision
    first = precision.first if precision is not None else design.file.replications or 1
    most = precision.most if precision is not None else first
    runs, most_runs = len(table) * first, len(table) * most
    chunk = 1 if runs_per_chunk is None else runs_per_chunk
    return Plan(
        title=design.file.title,
        design=design.file.design.kind,
        bases=tuple(base.label for base in design.bases),
        points=len(table),
        replications=first,
        most_replications=most,
        runs=runs,
        most_runs=most_runs,
        chunks=None if runs_per_chunk is None else -(-runs // runs_per_chunk),
        chunk_runs=runs_per_chunk,
        chunk_seconds=None if runs_per_chunk is None else _times(runs_per_chunk, seconds_per_run),
        seconds=_times(_longest(runs, chunk, workers), seconds_per_run),
        most_seconds=_times(_longest(most_runs, chunk, workers), seconds_per_run),
        start_seconds=None if seconds_to_start is None else seconds_to_start + (seconds_per_run or 0.0),
        bytes=_times(runs, bytes_per_run, bytes_beside),
        most_bytes=_times(most_runs, bytes_per_run, bytes_beside),
        coverage=tuple(coverage(axis, table.column(axis.column_name)) for axis in design.axes),
        notes=(*design.notes, *notes),
    )


def _times(runs: float, of_one: float | None, beside: float = 0.0) -> float | None:
    return None if of_one is None else runs * of_one + beside


def _longest(runs: int, chunk: int, workers: int) -> float:
    """Runs of the worker that has most to do; the last chunks may leave some without work.

    >>> _longest(3, 1, 2), _longest(1000, 10, 4), _longest(5, 10, 4)
    (2.0, 250.0, 5.0)
    >>> _longest(300, 70, 4), _longest(300, 1, 4)
    (90.0, 75.0)
    """
    whole, rest = divmod(runs, chunk)
    rounds, left = divmod(whole, workers)
    return float(rounds * chunk + (chunk if left else rest))


def coverage(axis: Axis, column: Any) -> Coverage:
    """What the values of a column cover of an axis."""
    different = pc.unique(column)
    numbers = axis.kind.ordered
    extremes = pc.min_max(different).as_py() if numbers else {"min": None, "max": None}
    defaults = {repr(value): value for value in axis.defaults.values()}
    tried = set(different.to_pylist())
    return Coverage(
        name=axis.name,
        title=axis.title,
        unit=axis.unit,
        kind=axis.kind.value,
        levels=len(different),
        least=extremes["min"],
        most=extremes["max"],
        share=_share(axis, len(different), extremes["min"], extremes["max"]),
        defaults=tuple(None if value is None else normal(value, axis.kind) for value in defaults.values()),
        default_tried=all(value is not None and normal(value, axis.kind) in tried for value in defaults.values()),
    )


def _share(axis: Axis, levels: int, least: Any, most: Any) -> float | None:
    """Share of the allowed range, or of the choices."""
    declared = axis.declared
    if axis.kind is Kind.YES_NO:
        return levels / 2
    if axis.kind is Kind.CHOICE:
        return levels / len(declared.choices)
    width = declared.high - declared.low
    if axis.kind not in (Kind.NUMBER, Kind.WHOLE) or not math.isfinite(width) or width <= 0:
        return None
    return float((most - least) / width)
