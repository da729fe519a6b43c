"""Plan table: how many runs, how long, how much disk space, and what the axes cover."""

from __future__ import annotations

from rich import box
from rich.console import Group
from rich.table import Table
from rich.text import Text

from sim.cli.terminal.time_and_size import duration, size
from sim.experiment.design.cost_and_coverage import Coverage, Plan
from sim.statistics.number_format import number

_MISSING = "–"
_SHORT = 120
"""Seconds below which it matters that processes take some to start."""
LEAST = 0.01
"""Share below which a percentage says no more than that it is small."""


def plan_text(plan: Plan) -> Group:
    """Lay out a plan for the terminal: facts, a table of axes, remarks."""
    parts: list[Text | Table] = [Text(plan.title, style="bold"), *(Text(line) for line in plan_lines(plan))]
    if plan.coverage:
        parts.append(axes_table(plan))
    parts += [Text(f"Note: {note}", style="yellow") for note in plan.notes]
    return Group(*parts)


def plan_lines(plan: Plan) -> list[str]:
    """The facts of a plan, a line each."""
    bases = "scenario" if len(plan.bases) == 1 else "scenarios and variants"
    points = f"{plan.points:,} point{'s' * (plan.points != 1)} ({plan.design}, {len(plan.bases)} {bases})"
    replications = (
        f"{_span(plan.replications, plan.most_replications)} replication{'s' * (plan.most_replications != 1)}"
    )
    lines = [
        f"{points} × {replications} = {_span(plan.runs, plan.most_runs)} run{'s' * (plan.most_runs != 1)}"
        + ("" if plan.chunks is None else f" in {plan.chunks:,} chunk{'s' * (plan.chunks != 1)}")
    ]
    if plan.chunk_runs is not None and plan.chunk_seconds is not None:
        runs = f"{plan.chunk_runs:,} run{'s' * (plan.chunk_runs != 1)}"
        lines.append(
            f"A chunk is {runs}, about {duration(plan.chunk_seconds)} of a worker; an interrupted sweep keeps "
            "whole chunks"
        )
    if plan.seconds is not None and plan.most_seconds is not None:
        time = "a few seconds" if plan.start_seconds is None else duration(plan.start_seconds)
        start = f", and {time} to start" if plan.seconds < _SHORT or (plan.start_seconds or 0) > _SHORT else ""
        lines.append(f"Time, from a pilot: about {_both(duration(plan.seconds), duration(plan.most_seconds))}{start}")
    if plan.bytes is not None and plan.most_bytes is not None:
        lines.append(f"On the disk: about {_both(size(plan.bytes), size(plan.most_bytes))}")
    return lines


def axes_table(plan: Plan) -> Table:
    """What the points try of every axis."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold")
    table.add_column("Axis")
    table.add_column("Unit", style="dim")
    for title in ("Values", "From", "To", "Of allowed", "Default"):
        table.add_column(title, justify="right")
    for axis in plan.coverage:
        share = _MISSING if axis.share is None else "< 1%" if axis.share < LEAST else f"{axis.share:.0%}"
        table.add_row(
            axis.title, axis.unit, f"{axis.levels:,}", _cell(axis.least), _cell(axis.most), share, _default(axis)
        )
    return table


def _default(axis: Coverage) -> str:
    """The default, or that there are several, and whether it is tried."""
    single = "by place" if axis.defaults[0] is None else _cell(axis.defaults[0])
    text = single if len(axis.defaults) == 1 else "several"
    return text if axis.default_tried else f"{text} (not tried)"


def _cell(value: object) -> str:
    if isinstance(value, int | float):
        return number(value)
    return _MISSING if value is None else str(value)


def _span(least: int, most: int) -> str:
    return f"{least:,}" if least == most else f"{least:,} to {most:,}"


def _both(least: str, most: str) -> str:
    return least if least == most else f"{least} to {most}"
