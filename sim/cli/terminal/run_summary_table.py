"""Run summary table: main outcomes at the start and at the end."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from rich import box
from rich.table import Table
from rich.text import Text

from sim.declarations.outcome_type import Outcome
from sim.declarations.sector_outcomes import MAIN
from sim.experiment.results.result_arrays import ResultArrays
from sim.statistics.column_quantiles import quantiles
from sim.statistics.number_format import MISSING, number, scale

if TYPE_CHECKING:
    from sim.declarations.calendar_quarter import Quarter
    from sim.run import RunResult

_SHARES = (0.1, 0.5, 0.9)


class Row(NamedTuple):
    """One outcome as it is printed: quantiles 10 %, 50 %, 90 % over replications at the start and the end."""

    outcome: Outcome
    start: tuple[float, float, float]
    end: tuple[float, float, float]


def summarise(results: ResultArrays, outcomes: Iterable[Outcome] = MAIN) -> list[Row]:
    """Quantiles of outcomes in the first and in the last quarter."""
    chosen = tuple(outcomes)
    values = results.trajectories(outcome.name for outcome in chosen)
    rows = []
    for outcome in chosen:
        ends = quantiles(values[outcome.name][:, [0, -1]], _SHARES)
        low, middle, high = ends.tolist()
        rows.append(Row(outcome, (low[0], middle[0], high[0]), (low[1], middle[1], high[1])))
    return rows


def summary_table(results: ResultArrays, wide: bool = True) -> Table:
    """Lay out the summary as a table for the terminal.

    Parameters
    ----------
    results : ResultArrays
        What to sum up.
    wide : bool
        Whether there is room for the band at the start too, where replications hardly differ yet.
    """
    finished, runs = results.done, results.progress().runs
    ends = (results.start, results.start + (results.quarters - 1))
    return _table(_title(results, finished, runs), ends, summarise(results), (finished > 1 and wide, finished > 1))


def run_table(record: RunResult) -> Table:
    """Lay out main outcomes of a single run for the terminal."""
    sector, start = record.sector, record.compiled.start
    rows = []
    for outcome in MAIN:
        first, last = float(sector[outcome.name][0]), float(sector[outcome.name][-1])
        rows.append(Row(outcome, (first, first, first), (last, last, last)))
    title = f"{record.compiled.title}: the run of seed {record.seed}"
    return _table(title, (start, start + (len(sector) - 1)), rows, (False, False))


def _table(title: str, ends: tuple[Quarter, Quarter], rows: Iterable[Row], banded: tuple[bool, bool]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold")
    table.title = Text(title, style="bold")
    table.title_justify = "left"
    table.add_column("Outcome")
    table.add_column("Unit", style="dim")
    for quarter, with_band in zip(ends, banded, strict=True):
        table.add_column(str(quarter), justify="right", no_wrap=True)
        if with_band:
            table.add_column("80 % band", justify="right", style="dim", no_wrap=True)
    for row in rows:
        unit, divisor = scale(row.outcome, (*row.start, *row.end))
        cells = []
        for (low, middle, high), with_band in zip((row.start, row.end), banded, strict=True):
            cells.append(number(middle / divisor))
            if with_band:
                cells.append(span(low / divisor, high / divisor))
        table.add_row(row.outcome.title, unit, *cells)
    return table


def _title(results: ResultArrays, finished: int, runs: int) -> str:
    how = "one replication" if finished == 1 else f"median of {finished:,} replications"
    missing = f" (of {runs:,}; the others failed or are still to be done)" if finished < runs else ""
    return f"{results.title}: {how}{missing}"


def span(low: float, high: float) -> str:
    """Write a band from low to high.

    >>> span(0.25, 0.5), span(float("nan"), float("nan"))
    ('0.250–0.500', '–')
    """
    if not (np.isfinite(low) and np.isfinite(high)):
        return MISSING
    return f"{number(low)}–{number(high)}"
