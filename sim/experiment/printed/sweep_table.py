"""Sweep table: the question of a sweep, its progress, and its results.

A few points are shown one by one.  Of many points the table of each axis is shown, with means over all points
at each of its levels: what the axis does on average over everything else that was tried.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from rich.console import Group, RenderableType
from rich.text import Text

from sim.declarations.outcome_type import Outcome
from sim.declarations.sector_outcomes import SECTOR
from sim.experiment.printed.axis_levels import Levels, levels_of, words_of
from sim.experiment.printed.table_layout import Cells, blocks
from sim.experiment.results.result_arrays import ResultArrays
from sim.experiment.store.receipts import Progress
from sim.output.outcome_measures import measure_note
from sim.statistics.grouped_statistics import Groups, Numbers, Pooled, pool
from sim.statistics.number_format import plus_minuses, scale
from sim.statistics.run_counts import LEFT_OUT, count_words

MOST_POINTS = 40
"""Points that are shown one by one."""
_UNEVEN = f" In brackets: over how many of the runs a number is; {LEFT_OUT}."


def sweep_table(
    results: ResultArrays, width: int, outcomes: Sequence[str] | None = None, measure: str = "year"
) -> Group:
    """Lay out a sweep for the screen.

    Parameters
    ----------
    results : ResultArrays
        The sweep.
    width : int
        Characters of the screen.
    outcomes : sequence of str, optional
        Which outcomes; by default those that the experiment asks about.
    measure : str
        What stands for a run: ``year``, ``mean``, ``min``, ``max``, or a quarter or window.

    Raises
    ------
    QueryError
        If there is no such outcome or measure.
    StoreError
        If a file is damaged.
    """
    parts: list[RenderableType] = [Text(results.title, style="bold")]
    if results.experiment.get("question"):
        parts.append(Text(str(results.experiment["question"]), style="italic"))
    progress = results.progress()
    parts.append(Text(progress_words(results, progress)))
    if not results.done:
        return Group(*parts)
    chosen = results.shown if outcomes is None else outcomes
    few = results.points.num_rows <= MOST_POINTS
    body, uneven = (_by_point if few else _by_axis)(results, chosen, measure, width)
    parts += [*body, Text(reading_words(results, measure, pooled=not few) + _UNEVEN * uneven, style="dim")]
    if progress.open:
        parts.append(Text(unfinished_words(results, progress), style="yellow"))
    return Group(*parts)


def progress_words(results: ResultArrays, progress: Progress) -> str:
    """How a sweep stands, in one line."""
    runs, done, failed = progress
    points = results.points.num_rows
    text = f"{_counted(points, 'point')}, {_counted(done, 'run')} kept"
    if progress.open:
        text += f" of {runs:,}; the rest has yet to be done"
    if failed:
        text += f"; {failed:,} failed"
    return f"{text}."


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def unfinished_words(results: ResultArrays, progress: Progress) -> str:
    """What a table of a sweep that is under way leaves out, in one line."""
    there, points = np.count_nonzero(results.groups.runs), results.points.num_rows
    return (
        f"Unfinished: these are {progress.done:,} of {progress.runs:,} runs, of "
        f"{there:,} of {_counted(points, 'point')}; the rest is still to come, and may change every number."
    )


def reading_words(results: ResultArrays, measure: str, pooled: bool = False) -> str:
    """How the numbers are to be read, and over how many runs they are."""
    meaning = measure_note(measure, results.quarters)
    runs = results.groups.runs[results.groups.runs > 0].tolist()
    least, most = min(runs, default=0), max(runs, default=0)
    replications = _counted(most, "replication") if least == most else f"{least:,} to {most:,} replications"
    if most == 1 and not pooled:
        return f"Values of one replication, which has no interval; a run counts with its {meaning}."
    if pooled:
        return (
            f"Mean over points and {replications} ± half of its 95 % interval over replications, with the points as "
            f"they are; a run counts with its {meaning}."
        )
    return f"Mean over {replications} ± half of its 95 % interval; a run counts with its {meaning}."


def outcome_of(name: str) -> Outcome:
    """The declaration of an outcome; a bare one for a name that this version does not know."""
    found = {outcome.name: outcome for outcome in SECTOR}
    return found.get(name) or Outcome(name, "f8", "", name, title=name)


Body = tuple[list[RenderableType], bool]
"""Tables, and whether some of their numbers are not over all runs."""


def _by_point(results: ResultArrays, outcomes: Sequence[str], measure: str, width: int) -> Body:
    """A row per point."""
    varied = results.varied or ["scenario"]
    labels = [_label(results, name, words_of(results.points[name].to_pylist())) for name in varied]
    runs = results.groups.runs
    if len(set(runs.tolist())) > 1:
        labels.append(Cells("runs", "", tuple(f"{number:,}" for number in runs.tolist())))
    columns, uneven = [], False
    for name, each in results.statistics(outcomes, measure).items():
        counts = [count_words(n, most) for n, most in zip(each.n.tolist(), runs.tolist(), strict=True)]
        columns.append(_column(name, each.mean, each.high - each.mean, counts))
        uneven |= any(counts)
    return list(blocks(labels, columns, width)), uneven


def _by_axis(results: ResultArrays, outcomes: Sequence[str], measure: str, width: int) -> Body:
    """A table per factor, with a row per level."""
    levels = {name: levels_of(results.points[name].to_pylist()) for name in results.varied}
    columns: dict[str, list[Cells]] = {name: [] for name in levels}
    uneven = False
    for outcome, values in results.values(outcomes, measure):
        for name, each in levels.items():
            pooled = pool(results.groups, each.of, results.index["replication"], values)
            counts = list(_pooled_counts(results.groups, each, pooled))
            columns[name].append(_column(outcome, pooled.mean, pooled.high - pooled.mean, counts))
            uneven |= any(counts)
    body: list[RenderableType] = []
    for name, each in levels.items():
        body.append(Text())
        labels = [_label(results, name, each.names), Cells("points", "", tuple(_point_counts(results, each)))]
        body.extend(blocks(labels, columns[name], width, title=_title(results, name)))
    return body, uneven


def _point_counts(results: ResultArrays, levels: Levels) -> Iterator[str]:
    """Points of each level that have runs, and how many there will be where some have none yet."""
    every = np.bincount(levels.of, minlength=len(levels.names)).tolist()
    there = np.bincount(levels.of[results.groups.runs > 0], minlength=len(levels.names)).tolist()
    for some, count in zip(there, every, strict=True):
        yield f"{count:,}" if some == count else f"{some:,} of {count:,}"


def _pooled_counts(groups: Groups, levels: Levels, pooled: Pooled) -> Iterator[str]:
    """Over how many runs, and of how many points, the mean of each level is, where that is not all."""
    count = len(levels.names)
    runs = np.bincount(levels.of, groups.runs, count).astype(np.int64).tolist()
    points = np.bincount(levels.of[groups.runs > 0], minlength=count).tolist()
    for k in range(count):
        words = count_words(pooled.n[k], runs[k])
        some = count_words(pooled.points[k], points[k])
        yield f"{words} runs, {some} points" if some and pooled.points[k] else words


def _label(results: ResultArrays, name: str, cells: Sequence[str]) -> Cells:
    return Cells(name, results.notes.get(name, {}).get("unit", ""), tuple(cells))


def _title(results: ResultArrays, name: str) -> str:
    meaning = results.notes.get(name, {}).get("meaning", "").rstrip(".")
    return f"{name}: {meaning}" if meaning and meaning != name else name


def _column(name: str, mean: Numbers, half: Numbers, counts: Sequence[str]) -> Cells:
    """One outcome; counts say over how many runs each number is, where that is not all of them."""
    outcome = outcome_of(name)
    unit, divisor = scale(outcome, mean.tolist())
    cells = plus_minuses((mean / divisor).tolist(), (half / divisor).tolist())
    counted = [f"{cell} ({count})" if count else cell for cell, count in zip(cells, counts, strict=True)]
    return Cells(outcome.title, unit, tuple(counted))
