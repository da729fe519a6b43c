"""Distribution data: size and dependence of the agencies that operate at the end of a year, for their figure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.experiment.results.figure_data.figure_options import FigureOptions
from sim.experiment.results.figure_data.missing_runs import missing_runs_note
from sim.experiment.results.figure_data.prepared_figure import PreparedFigure
from sim.experiment.results.figure_data.table_rows import (
    one_point,
    quarters_of_year,
    read_rows,
    runs_of,
    shown_year,
    span_of,
)
from sim.experiment.results.result_arrays import ResultArrays
from sim.experiment.store.part_reader import QueryError
from sim.plots.counted_values import CountedValues
from sim.plots.distribution_figures import Distribution, DistributionData, distribution_figure, texts
from sim.statistics.column_quantiles import quantiles
from sim.statistics.replication_bands import band

if TYPE_CHECKING:
    import numpy.typing as npt
    import pandas as pd

    Numbers = npt.NDArray[np.float64]

AGENCIES = "agencies"
_MOST_PLACES = 150
"""Places along the axis at which shares are counted."""
_SHARES = (0.1, 0.5, 0.9)
MEASURES = (
    ("staff", "Size", "staff", True),
    ("government_share", "Dependence on public money", "government share", False),
    ("concentration", "Dependence on few payers", "concentration of income over payers", False),
)
"""Column, title, words at the axis, and whether it is a size."""


def read_distributions(results: ResultArrays, options: FigureOptions) -> PreparedFigure:
    """Read size and dependence of agencies of one point in the last quarter of a year."""
    point, title = one_point(results, options, "the distribution of agencies")
    runs = runs_of(results, point)
    first, last = span_of(results, AGENCIES, point)
    quarter = quarters_of_year(shown_year(options, first, last), first, last)[-1]
    columns = ["operating", *(column for column, *_ in MEASURES)]
    rows = read_rows(results, AGENCIES, columns, point, [quarter])
    rows = rows[rows["operating"]]
    if rows.empty:
        raise QueryError(f"no agency operates in {quarter}")
    panels = [_distribution(rows, measure, runs) for measure in MEASURES]
    counts = np.bincount(np.searchsorted(runs, rows["replication"].to_numpy(np.int64)), minlength=len(runs))
    low, middle, high = quantiles(counts.astype(np.float64)[:, None], _SHARES)[:, 0].tolist()
    lacking = missing_runs_note(results, [point])
    data = DistributionData(title, str(quarter), len(runs), (low, middle, high), panels, lacking)
    return PreparedFigure(texts(data), lambda: distribution_figure(data))


def _distribution(rows: pd.DataFrame, measure: tuple[str, str, str, bool], runs: npt.NDArray[np.int64]) -> Distribution:
    column, title, axis, is_size = measure
    values = rows[column].to_numpy(np.float64)
    run = np.searchsorted(runs, rows["replication"].to_numpy(np.int64))
    by_run = [np.sort(each[~np.isnan(each)]) for n in range(len(runs)) for each in [values[run == n]]]
    undefined = int(np.isnan(values).sum())
    # Nobody is drawn at a logarithm of zero.
    below = int((values <= 0).sum()) if is_size else 0
    places = _places(np.concatenate(by_run), is_size)
    shares = np.array([_shares_up_to(each, places) for each in by_run])
    drawn = CountedValues.from_band(title, axis, band(shares), len(runs))
    marks = np.array([np.quantile(each, _SHARES) if len(each) else np.full(len(_SHARES), np.nan) for each in by_run])
    quantile = tuple(quantiles(marks, [0.5])[0].tolist())
    top = np.array([_top_tenth(each) for each in by_run]) if is_size else np.empty(0)
    held = tuple(quantiles(top[:, None], _SHARES)[:, 0].tolist()) if is_size else ()
    return Distribution(column, places, drawn, is_size, quantile, held, undefined, below, len(values))


def _places(values: Numbers, is_size: bool) -> Numbers:
    """Where shares are counted: at every value, or at some hundred of them."""
    found = np.unique(values[values > 0] if is_size else values)
    if len(found) > _MOST_PLACES:
        found = np.unique(np.quantile(found, np.linspace(0, 1, _MOST_PLACES), method="nearest"))
    if not is_size:
        found = np.unique(np.concatenate([[0.0], found, [1.0]]))
    return np.asarray(found, np.float64)


def _shares_up_to(ordered: Numbers, places: Numbers) -> Numbers:
    """Share of values that are at a place or below; not a number where there is none."""
    if not len(ordered):
        return np.full(len(places), np.nan)
    shares: Numbers = np.searchsorted(ordered, places, side="right") / len(ordered)
    return shares


def _top_tenth(ordered: Numbers) -> float:
    """Share of the whole that the largest tenth of agencies has, rounded up as in the outcome `top_decile`."""
    whole = float(ordered.sum())
    top = (len(ordered) + 9) // 10
    return float(ordered[len(ordered) - top :].sum()) / whole if whole > 0 else np.nan
