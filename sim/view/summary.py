"""The table on the screen: main outcomes at the start and at the end."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from rich import box
from rich.table import Table
from rich.text import Text

from sim.experiment.store import Results
from sim.outcome import Outcome
from sim.outcomes import MAIN
from sim.view.bands import quantiles

_SHARES = (0.1, 0.5, 0.9)
_MISSING = "–"


class Row(NamedTuple):
    """One outcome as it is printed: quantiles 10 %, 50 %, 90 % over replications at the start and the end."""

    outcome: Outcome
    start: tuple[float, float, float]
    end: tuple[float, float, float]


def summarise(results: Results, outcomes: Iterable[Outcome] = MAIN) -> list[Row]:
    """Quantiles of outcomes in the first and in the last quarter."""
    chosen = tuple(outcomes)
    values = results.sector(outcome.name for outcome in chosen)
    rows = []
    for outcome in chosen:
        ends = quantiles(values[outcome.name][:, [0, -1]], _SHARES)
        low, middle, high = ends.tolist()
        rows.append(Row(outcome, (low[0], middle[0], high[0]), (low[1], middle[1], high[1])))
    return rows


def summary_table(results: Results, wide: bool = True) -> Table:
    """Lay out the summary as a table for the terminal.

    Parameters
    ----------
    results : Results
        What to sum up.
    wide : bool
        Whether there is room for the band at the start too, where replications hardly differ yet.
    """
    rows = summarise(results)
    finished = sum(last - first + 1 for first, last in results.manifest["finished"])
    last = results.start + (results.quarters - 1)
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold")
    table.title = Text(_title(results, finished), style="bold")
    table.title_justify = "left"
    table.add_column("Outcome")
    table.add_column("Unit", style="dim")
    banded = (finished > 1 and wide, finished > 1)
    for quarter, with_band in zip((results.start, last), banded, strict=True):
        table.add_column(str(quarter), justify="right", no_wrap=True)
        if with_band:
            table.add_column("80 % band", justify="right", style="dim", no_wrap=True)
    for row in rows:
        unit, scale = _scale(row)
        cells = []
        for (low, middle, high), with_band in zip((row.start, row.end), banded, strict=True):
            cells.append(number(middle / scale))
            if with_band:
                cells.append(span(low / scale, high / scale))
        table.add_row(row.outcome.title, unit, *cells)
    return table


def _title(results: Results, finished: int) -> str:
    how = "one replication" if finished == 1 else f"median of {finished:,} replications"
    return f"{results.manifest['title']}: {how}"


def _scale(row: Row) -> tuple[str, float]:
    """Choose the unit to print and what to divide by: large sums of money are told in millions."""
    unit = row.outcome.unit
    largest = max((abs(v) for v in (*row.start, *row.end) if np.isfinite(v)), default=0.0)
    return (f"million {unit}", 1e6) if unit.startswith("CNY") and largest >= 1e6 else (unit, 1.0)


def number(value: float) -> str:
    """Write three digits that count, or a dash where there is no value.

    >>> number(0.8251), number(12.04), number(41.0), number(83215.0), number(float("nan"))
    ('0.825', '12.0', '41', '83,215', '–')
    """
    if not np.isfinite(value):
        return _MISSING
    size = abs(value)
    if size >= 100 or value == round(value):
        return f"{value:,.0f}"
    return f"{value:.1f}" if size >= 10 else f"{value:.3f}" if size < 1 else f"{value:.2f}"


def span(low: float, high: float) -> str:
    """Write a band from low to high.

    >>> span(0.25, 0.5), span(float("nan"), float("nan"))
    ('0.250–0.500', '–')
    """
    if not (np.isfinite(low) and np.isfinite(high)):
        return _MISSING
    return f"{number(low)}–{number(high)}"
