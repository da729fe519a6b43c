"""Flow data: who pays whom in a year, and what for, for `sim.plots.flow_figures`."""

from __future__ import annotations

import numpy as np

from sim.declarations.accounts import Purpose
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
from sim.plots.flow_figures import Flow, FlowData, flow_figure, texts
from sim.statistics.column_quantiles import quantiles

MONEY = "money"
MOST_ROWS = 20
"""Flows that are drawn where nothing else is asked."""
_KEYS = ["payer_kind", "payee_kind", "purpose"]


def read_flows(results: ResultArrays, options: FigureOptions) -> PreparedFigure:
    """Read the flows of one point in a year, kind of payer by kind of payee by purpose."""
    point, title = one_point(results, options, "the flow of money")
    runs = runs_of(results, point)
    first, last = span_of(results, MONEY, point)
    year = shown_year(options, first, last)
    quarters = quarters_of_year(year, first, last)
    rows = read_rows(results, MONEY, [*_KEYS, "amount"], point, quarters)
    # What is held when a run begins is written in the books as a flow, and is no payment.
    rows = rows[rows["purpose"] != Purpose.OPENING.label]
    if rows.empty:
        raise QueryError(f"no money is paid in {year}")
    by_run = rows.groupby([*_KEYS, "replication"], observed=True)["amount"].sum().unstack(fill_value=0)
    by_run = by_run.reindex(columns=runs, fill_value=0.0)
    amounts = by_run.to_numpy(np.float64)
    p10, p90 = quantiles(amounts.T, [0.1, 0.9])
    flows = [
        Flow(str(key[0]), str(key[1]), str(key[2]), float(each.mean()), float(low), float(high))
        for key, each, low, high in zip(by_run.index, amounts, p10, p90, strict=True)
    ]
    flows.sort(key=lambda flow: -flow.mean)
    lacking = missing_runs_note(results, [point])
    data = FlowData(title, year, len(quarters), len(runs), flows, options.count or MOST_ROWS, lacking)
    return PreparedFigure(texts(data), lambda: flow_figure(data))
