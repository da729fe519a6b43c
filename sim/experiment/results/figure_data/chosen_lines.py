"""Chosen lines: which points a figure shows as lines, with a refusal where they are more than it can hold."""

from __future__ import annotations

from collections.abc import Sequence

from sim.declarations.input_issues import listed
from sim.experiment.results.comparison_results import point_labels
from sim.experiment.results.figure_data.figure_options import FigureOptions
from sim.experiment.results.figure_data.point_series import PointSeries, chosen_points
from sim.experiment.results.result_arrays import ResultArrays
from sim.experiment.store.atomic_files import StoreError
from sim.experiment.store.part_reader import QueryError
from sim.plots.line_looks import MOST_LINES

_NAMED = 3


def chosen_lines(results: ResultArrays, options: FigureOptions, most: int = MOST_LINES) -> list[int]:
    """Points that are asked for, or all.

    Raises
    ------
    QueryError
        If there is no such point, or there are more than a panel can hold as lines.
    """
    points = list(dict.fromkeys(chosen_points(results, options.points)))
    if len(points) > most:
        raise too_many_lines(len(points), most, point_labels(results))
    return points


def too_many_lines(count: int, most: int, labels: Sequence[str]) -> QueryError:
    """An error for more points than lines that fit."""
    examples = ", ".join(f"'{label}'" for label in labels[:_NAMED])
    return QueryError(
        f"{count:,} points are more lines than a panel can hold (at most {most}); choose with --point, once for each, "
        f"by label ({examples}, ...) or number (0 to {len(labels) - 1:,})"
    )


def only_with_runs(results: ResultArrays, found: Sequence[PointSeries], points: Sequence[int]) -> str:
    """A sentence on points that are asked for and have no run that is done; nothing where all have.

    Raises
    ------
    StoreError
        If none has.
    """
    if not found:
        raise StoreError(f"no run of these points is kept in {results.path} yet")
    there = {each.point for each in found}
    labels = point_labels(results)
    lacking = [labels[point] for point in points if point not in there]
    return f"no run is done of {listed(lacking)}" if lacking else ""
