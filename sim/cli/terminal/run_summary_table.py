"""Run summary table: main outcomes at the start and at the end."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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
from sim.statistics.run_counts import LEFT_OUT, THIN_WORDS, count_words, defined_runs, is_thin

if TYPE_CHECKING:
    from sim.declarations.calendar_quarter import Quarter
    from sim.run import RunResult

_SHARES = (0.1, 0.5, 0.9)
_NO_VALUE = f"{MISSING}: undefined."


class Row(NamedTuple):
    """One outcome as it is printed.

    Attributes
    ----------
    outcome : Outcome
        Its declaration.
    start, end : (float, float, float)
        Quantiles 10 %, 50 %, 90 % over replications in the first and in the last quarter.
    runs : (int, int)
        Replications that have a value then.
    """

    outcome: Outcome
    start: tuple[float, float, float]
    end: tuple[float, float, float]
    runs: tuple[int, int]


def summarise(results: ResultArrays, outcomes: Iterable[Outcome] = MAIN) -> list[Row]:
    """Quantiles of outcomes in the first and in the last quarter."""
    chosen = tuple(outcomes)
    values = results.trajectories(outcome.name for outcome in chosen)
    rows = []
    for outcome in chosen:
        ends = values[outcome.name][:, [0, -1]]
        low, middle, high = quantiles(ends, _SHARES).tolist()
        first, last = defined_runs(ends).tolist()
        rows.append(Row(outcome, (low[0], middle[0], high[0]), (low[1], middle[1], high[1]), (first, last)))
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
    rows = summarise(results)
    banded = (finished > 1 and wide, finished > 1)
    table = _table(_title(results, finished, runs), ends, rows, banded, finished)
    counts = np.array([row.runs for row in rows])
    words = [f"Runs: those with a value; {LEFT_OUT}."] if finished > 1 and count_words(counts, finished) else []
    words += [f"Caution: {THIN_WORDS}."] if is_thin(counts[:, [k for k in (0, 1) if banded[k]]]) else []
    if words:
        table.caption, table.caption_justify = " ".join(words), "left"
    return table


def run_table(record: RunResult) -> Table:
    """Lay out main outcomes of a single run for the terminal."""
    sector, start = record.sector, record.compiled.start
    rows = []
    for outcome in MAIN:
        first, last = float(sector[outcome.name][0]), float(sector[outcome.name][-1])
        rows.append(Row(outcome, (first, first, first), (last, last, last), (1, 1)))
    title = f"{record.compiled.title}: the run of seed {record.seed}"
    return _table(title, (start, start + (len(sector) - 1)), rows, (False, False), 1)


def _table(
    title: str, ends: tuple[Quarter, Quarter], rows: Sequence[Row], banded: tuple[bool, bool], finished: int
) -> Table:
    """A row per outcome; where some replications have no value, a column says how many have one."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold")
    table.title = Text(title, style="bold")
    table.title_justify = "left"
    table.add_column("Outcome")
    table.add_column("Unit", style="dim")
    counted = [finished > 1 and any(row.runs[k] != finished for row in rows) for k in (0, 1)]
    # A run of one quarter begins and ends with the same numbers.
    shown = (0, 1) if ends[0] != ends[1] else (1,)
    for k in shown:
        quarter = ends[k]
        table.add_column(str(quarter), justify="right", no_wrap=True)
        if banded[k]:
            table.add_column("80 % band", justify="right", style="dim", no_wrap=True)
        if counted[k]:
            table.add_column("Runs", justify="right", style="dim", no_wrap=True)
    for row in rows:
        unit, divisor = scale(row.outcome, (*row.start, *row.end))
        cells = []
        for k in shown:
            low, middle, high = (row.start, row.end)[k]
            cells.append(number(middle / divisor))
            if banded[k]:
                # A single run has no band.
                cells.append(span(low / divisor, high / divisor) if row.runs[k] > 1 else MISSING)
            if counted[k]:
                cells.append(count_words(row.runs[k], finished) or f"{finished:,}")
        table.add_row(row.outcome.title, unit, *cells)
    if finished == 1 and np.isnan([row[1:3] for row in rows]).any():
        table.caption, table.caption_justify = _NO_VALUE, "left"
    return table


def _title(results: ResultArrays, finished: int, runs: int) -> str:
    how = "one replication" if finished == 1 else f"median of {finished:,} replications"
    missing = f" (of {runs:,}; the others failed or are still to be done)" if finished < runs else ""
    return f"{results.title}: {how}{missing}"


def span(low: float, high: float) -> str:
    """Write a band from low to high.

    >>> span(0.25, 0.5), span(-0.5, -0.25), span(float("nan"), float("nan"))
    ('0.250–0.500', '−0.500 to −0.250', '–')
    """
    if np.isnan(low) or np.isnan(high):
        return MISSING
    # A dash beside a minus sign would be read as another one.
    return f"{number(low)}{' to ' if low < 0 else '–'}{number(high)}"
