"""Funding data: income of agencies by source over time, for `sim.plots.funding_figures`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.declarations.calendar_quarter import Quarter
from sim.declarations.income_sources import PUBLIC_SOURCES, Source
from sim.engine.column_names import column_name
from sim.experiment.results.figure_data.figure_options import FigureOptions
from sim.experiment.results.figure_data.missing_runs import missing_runs_note
from sim.experiment.results.figure_data.prepared_figure import PreparedFigure
from sim.experiment.results.figure_data.table_rows import one_point, read_rows, runs_of, span_of
from sim.experiment.results.result_arrays import ResultArrays
from sim.plots.funding_figures import FundingData, FundingSource, funding_figure, texts
from sim.statistics.column_quantiles import quantiles

if TYPE_CHECKING:
    import numpy.typing as npt
    import pandas as pd

AGENCIES = "agencies"
_YEAR = 4
"""Quarters over which the columns add income up."""


def income_column(source: Source) -> str:
    """Column of the table of agencies that holds income from a source in four quarters.

    >>> income_column(Source.DISTRICT_CONTRACTS)
    'income_district_contracts'
    """
    return f"income_{column_name(source.label)}"


def read_funding(results: ResultArrays, options: FigureOptions) -> PreparedFigure:
    """Read income by source of the agencies of one point."""
    point, title = one_point(results, options, "the mix of funding")
    runs = runs_of(results, point)
    first, last = span_of(results, AGENCIES, point)
    kept = results.parts(AGENCIES).columns
    # Sources that a version did not know yet, or that a scenario lacks, have no column.
    known = [source for source in Source if income_column(source) in kept] or list(Source)
    rows = read_rows(results, AGENCIES, [income_column(source) for source in known], point)
    begin = first + min(_YEAR - 1, last - first)
    sources = [_source(rows, source, runs, begin, last) for source in known]
    lacking = missing_runs_note(results, [point])
    data = FundingData(title, begin, last - begin + 1, len(runs), sources, begin - first + 1, lacking)
    return PreparedFigure(texts(data), lambda: funding_figure(data))


def _source(
    rows: pd.DataFrame, source: Source, runs: npt.NDArray[np.int64], begin: Quarter, last: Quarter
) -> FundingSource:
    """Mean over runs of what all agencies have from a source, with the band of eight runs in ten."""
    quarters = last - begin + 1
    place = rows["quarter"].to_numpy(np.int64) - begin.ordinal
    inside = place >= 0
    run = np.searchsorted(runs, rows["replication"].to_numpy(np.int64))
    amounts = rows[income_column(source)].to_numpy(np.float64)
    cell = (run * quarters + place)[inside]
    added = np.bincount(cell, amounts[inside], minlength=len(runs) * quarters).astype(np.float64)
    total = added.reshape(len(runs), quarters)
    p10, p90 = quantiles(total, [0.1, 0.9])
    return FundingSource(source.label, source in PUBLIC_SOURCES, total.mean(axis=0), p10, p90)
