"""Weight sensitivity: how far headline measures hang on the weights and limits that they are made of.

Weights are drawn from their plausible ranges, with common seeds.  A level says little of the sector where its range
over draws is wide; a change over time says something where most draws agree on its sign.  Where rules read a measure,
its weights change what agencies do too, and that is part of what is reported.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd

from sim.declarations.calendar_quarter import Quarter
from sim.experiment.store.part_reader import QueryError
from sim.scenario import load_scenario
from sim.statistics.number_format import few_digits
from sim.validation.drawn_designs import drawn_design, folder_of, hypercube, plausible_axes, swept
from sim.validation.plain_tables import markdown_table, span, text_table

if TYPE_CHECKING:
    from sim.experiment.execute.executor_protocol import Executor
    from sim.experiment.execute.progress_reporter import ProgressReporter

MEASURES = (
    "resource_independence_p50",
    "operational_autonomy_p50",
    "sustainability_median",
    "independence_median",
)
"""Headline measures."""
GROUPS = ("independence", "resource", "autonomy", "sustainability")
"""Groups of parameters that they are made of."""
YEAR = 4
_TEN_YEARS = 40
COLUMNS = {
    "scenario": "Scenario",
    "measure": "Outcome",
    "draws": "Sets of weights",
    "replications": "Runs of each",
    "level": "Mean of the last year; the median over draws",
    "level_least": "Its least value over draws",
    "level_most": "Its greatest value",
    "since": "Quarter before which the year lies that the change is from",
    "change": "Last year less that year; the median over draws",
    "change_least": "Its least value over draws",
    "change_most": "Its greatest value",
    "same_sign": "Share of draws in which the change has the sign of the median",
}
"""Columns of the table."""
_HEADER = ("measure", "level", "range", "since", "change", "range", "same sign")


def weight_sensitivity(
    scenario: str | Path,
    out: Path,
    executor: Executor,
    reporter: ProgressReporter,
    *,
    draws: int = 100,
    replications: int = 3,
    since: Quarter | None = None,
    seed: int = 1,
) -> pd.DataFrame:
    """Headline measures under weights that are drawn from their plausible ranges.

    Parameters
    ----------
    scenario : str or Path
        A shipped scenario or a file.
    out : Path
        Folder in which the sweep is kept and gone on with.
    executor, reporter : Executor, ProgressReporter
        Where it is computed, and who hears of progress.
    draws, replications : int
        Sets of weights, and runs of each; run r has the same seed in every set.
    since : Quarter, optional
        Date of a policy: changes are from the year before it.  By default ten years before the end, or the first year
        of a shorter run.
    seed : int
        Of the draws.

    Returns
    -------
    DataFrame
        With the columns of `COLUMNS`: a row for each measure.

    Raises
    ------
    QueryError
        If `since` leaves no year before it, or none after it.
    StoreError
        If the folder cannot be written.
    """
    loaded = load_scenario(scenario)
    split = first_year_after(loaded.start, loaded.quarters, since)
    values = {
        "title": f"Weights of measures: {loaded.title}"[:120],
        "scenarios": [str(scenario)],
        "replications": replications,
        "keep": {"series": list(MEASURES)},
    }
    design = drawn_design(values, plausible_axes(GROUPS), hypercube(draws, seed), Path())
    name = Path(scenario).stem
    results = swept(design, folder_of(design, out, f"weights-{name}"), executor, reporter)
    series = results.series(list(MEASURES)).sort_values(["point", "replication", "quarter"], kind="stable")
    labels = {"scenario": name, "replications": replications, "since": str(loaded.start + split)}
    rows = [{**labels, "measure": each, **_spread(levels_of(series, each, split))} for each in MEASURES]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def first_year_after(start: Quarter, quarters: int, since: Quarter | None) -> int:
    """Number of the quarter, from the start of a run, before which the earlier year lies.

    >>> first_year_after(Quarter(2009, 3), 60, None), first_year_after(Quarter(2009, 3), 60, Quarter(2013, 1))
    (20, 14)

    Raises
    ------
    QueryError
        If no year lies before it, or none from it on.
    """
    split = max(quarters - _TEN_YEARS, YEAR) if since is None else since.index(start)
    if not YEAR <= split <= quarters - YEAR:
        first, last = start + YEAR, start + (quarters - YEAR)
        where = "too short for two years" if quarters < 2 * YEAR else f"expected a quarter from {first} to {last}"
        raise QueryError(f"no change since {start + max(split, 0)}: a year is needed before and after it; {where}")
    return split


def levels_of(series: pd.DataFrame, measure: str, split: int) -> npt.NDArray[np.float64]:
    """Level and change of a measure in every draw, means over replications in which it is defined.

    Parameters
    ----------
    series : DataFrame
        `point`, `replication` and the measure, in the order of quarters.
    measure : str
        Its column.
    split : int
        Quarter, from the start, before which the earlier year lies.

    Returns
    -------
    float array, shape (draws, 2)
        Mean of the last year, and that less the mean of the year before `split`.
    """
    runs = series.groupby(["point", "replication"], sort=True)[measure]
    last = runs.apply(lambda values: values.iloc[-YEAR:].mean())
    before = runs.apply(lambda values: values.iloc[split - YEAR : split].mean())
    both = pd.DataFrame({"level": last, "change": last - before}).groupby("point").mean()
    found: npt.NDArray[np.float64] = both.to_numpy(np.float64)
    return found


def _spread(found: npt.NDArray[np.float64]) -> dict[str, object]:
    """Medians and ranges over draws."""
    level, change = (column[np.isfinite(column)] for column in found.T)
    nothing = float("nan")
    middle = float(np.median(change)) if len(change) else nothing
    return {
        "draws": len(found),
        "level": float(np.median(level)) if len(level) else nothing,
        "level_least": float(level.min()) if len(level) else nothing,
        "level_most": float(level.max()) if len(level) else nothing,
        "change": middle,
        "change_least": float(change.min()) if len(change) else nothing,
        "change_most": float(change.max()) if len(change) else nothing,
        "same_sign": float((np.sign(change) == np.sign(middle)).mean()) if len(change) else nothing,
    }


def weights_text(table: pd.DataFrame) -> str:
    """The table for a terminal, a block for each scenario."""
    return "\n\n".join(
        f"{_title(str(name), rows)}\n{text_table(_HEADER, _cells(rows))}"
        for name, rows in table.groupby("scenario", sort=False)
    )


def weights_markdown(table: pd.DataFrame) -> str:
    """The same for a document."""
    return "\n\n".join(
        f"{_title(f'`{name}`', rows)}.\n\n{markdown_table(_HEADER, _cells(rows))}"
        for name, rows in table.groupby("scenario", sort=False)
    )


def _title(name: str, rows: pd.DataFrame) -> str:
    draws, replications = int(rows["draws"].iloc[0]), int(rows["replications"].iloc[0])
    runs = "1 run" if replications == 1 else f"{replications} runs"
    return f"{name}: measures under {draws} sets of their own weights, {runs} each"


def _cells(rows: pd.DataFrame) -> Sequence[Sequence[str]]:
    return [
        [
            row["measure"],
            few_digits(row["level"]),
            span(row["level_least"], row["level_most"]),
            row["since"],
            few_digits(row["change"]),
            span(row["change_least"], row["change_most"]),
            f"{row['same_sign']:.0%}".replace("%", " %") if np.isfinite(row["same_sign"]) else "–",
        ]
        for row in rows.to_dict("records")
    ]
