"""Population comparison: the same measures of agencies over different populations, point against point.

A median over the agencies that operate mixes change within agencies with who is left.  So each measure is compared over
those that operate, weighted by their staff, and over the *constant panel* of agencies that operate in both worlds in a
quarter; and of 100 agencies that operated before the worlds parted it is counted how many still do, and how.

::

    populations = Populations.of(Results.open("results/two-worlds"))
    populations.table()
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sim.experiment.design.comparison_design import POPULATION_COLUMNS, POPULATION_MEASURES, POPULATION_TABLE
from sim.experiment.results.paired_samples import pair_columns
from sim.experiment.results.result_arrays import ResultArrays
from sim.experiment.store.part_reader import unknown
from sim.scenario.parameters.composite_weights import Plane
from sim.statistics.confidence_intervals import CONFIDENCE
from sim.statistics.paired_differences import Pairs, compare

if TYPE_CHECKING:
    import pandas as pd

LAST = 4
"""Quarters at the end of a run over which values are averaged."""

_KEYS = ["replication", "quarter"]


@dataclass(frozen=True)
class Row:
    """One measure over one population.

    Attributes
    ----------
    measure, population : str
        What, and of whom.
    """

    measure: str
    population: str


@dataclass(frozen=True)
class Populations:
    """Two points compared over several populations.

    Attributes
    ----------
    rows : tuple of Row
        What each place of the pairs' arrays is.
    pairs : Pairs
        Over replications.
    before : str
        Last quarter in which both worlds are the same, from whose operating agencies 100 are followed; the first
        quarter where they differ from the start.
    """

    rows: tuple[Row, ...]
    pairs: Pairs
    before: str

    @classmethod
    def of(
        cls,
        results: ResultArrays,
        other: int = 1,
        base: int = 0,
        confidence: float = CONFIDENCE,
        limits: tuple[float, float] | None = None,
    ) -> Populations:
        """Compare one point with another, over their last four quarters.

        Parameters
        ----------
        results : ResultArrays
            A sweep or comparison that keeps `POPULATION_COLUMNS` of the table `agencies`.
        other, base : int
            Points.
        confidence : float
            Of the intervals, 0 to 1.
        limits : (float, float), optional
            Resource independence and operational autonomy from which an agency counts as independent and autonomous; by
            default those of `rules.plane`.

        Raises
        ------
        QueryError
            If there is no such point, or the table or a column was not kept.
        """
        for point in (base, other):
            if point not in range(results.points.num_rows):
                raise unknown("point", point, map(str, range(results.points.num_rows)))
        first, second = (agencies_of(results, point) for point in (base, other))
        shared = np.intersect1d(first["replication"], second["replication"])
        first, second = (each[each["replication"].isin(shared)] for each in (first, second))
        before = last_common_quarter(first, second)
        found = _populations(first, second) | _of_hundred(first, second, before, limits or _usual_limits())
        values = [np.column_stack([each[n].reindex(shared) for each in found.values()]) for n in (0, 1)]
        return cls(tuple(found), compare(values[0], values[1], confidence), before)

    @property
    def disagreeing(self) -> tuple[str, ...]:
        """Measures whose populations disagree in sign: what is seen depends on who is looked at."""
        found = []
        for measure in POPULATION_MEASURES:
            signs = {
                float(np.sign(self.pairs.difference[n])) for n, row in enumerate(self.rows) if row.measure == measure
            }
            if {-1.0, 1.0} <= signs:
                found.append(measure)
        return tuple(found)

    def table(self) -> pd.DataFrame:
        """A row per measure and population, with `n` pairs, both medians, the mean difference and its interval."""
        import pandas as pd

        labels = pd.DataFrame({"measure": row.measure, "population": row.population} for row in self.rows)
        return pd.concat([labels, pd.DataFrame(pair_columns([self.pairs]))], axis=1)


def _usual_limits() -> tuple[float, float]:
    plane = Plane()
    return plane.resource, plane.autonomy


def agencies_of(results: ResultArrays, point: int) -> pd.DataFrame:
    """Rows of one point's agencies: run, quarter and `POPULATION_COLUMNS`; quarters are texts in the order of time.

    Raises
    ------
    QueryError
        If the table or a column was not kept.
    """
    if POPULATION_TABLE not in results.tables:
        raise unknown("table", POPULATION_TABLE, results.tables)
    parts = results.parts(POPULATION_TABLE)
    for column in POPULATION_COLUMNS:
        if column not in parts.columns:
            raise unknown("column", column, parts.columns)
    frame = parts.whole(["point", *_KEYS, *POPULATION_COLUMNS]).to_pandas()
    frame = frame[frame["point"] == point].drop(columns="point")
    for column in ("quarter", "agency", "quadrant"):
        frame[column] = frame[column].astype(str)
    return frame


def last_common_quarter(first: pd.DataFrame, second: pd.DataFrame) -> str:
    """Last quarter up to which the agencies of two points are the same in every run; the first where none is."""
    keys = [*_KEYS, "agency"]
    joined = first.merge(second, on=keys, how="outer", suffixes=("", "_other"), indicator=True)
    differs = joined["_merge"] != "both"
    for column in ("operating", "staff", *POPULATION_MEASURES):
        one, two = joined[column], joined[f"{column}_other"]
        differs |= (one != two) & ~(one.isna() & two.isna())
    quarters = sorted(joined["quarter"].unique())
    parted = joined.loc[differs, "quarter"].min() if differs.any() else None
    place = len(quarters) if parted is None else quarters.index(parted)
    return str(quarters[max(place - 1, 0)])


def _last(frame: pd.DataFrame) -> pd.DataFrame:
    return frame[frame["quarter"].isin(sorted(frame["quarter"].unique())[-LAST:])]


def _by_run(values: pd.Series) -> pd.Series:
    """Mean over quarters, run by run, of values by run and quarter."""
    return values.groupby("replication").mean()


def _populations(first: pd.DataFrame, second: pd.DataFrame) -> dict[Row, tuple[pd.Series, pd.Series]]:
    """Values by run at both points, of each measure over each population."""
    worlds = [_operating(_last(each)) for each in (first, second)]
    keys = [*_KEYS, "agency"]
    panel = worlds[0].merge(worlds[1], on=keys, suffixes=("_0", "_1"))
    found: dict[Row, tuple[pd.Series, pd.Series]] = {}
    for measure in POPULATION_MEASURES:
        median = [_by_run(each.groupby(_KEYS)[measure].median()) for each in worlds]
        found[Row(measure, "operating, median")] = (median[0], median[1])
        weighted = [_by_run(_weighted(each.dropna(subset=[measure]), measure)) for each in worlds]
        found[Row(measure, "operating, by staff")] = (weighted[0], weighted[1])
        names = [f"{measure}_0", f"{measure}_1"]
        defined = panel.dropna(subset=names)
        means = [_by_run(defined.groupby(_KEYS)[name].mean()) for name in names]
        found[Row(measure, "constant panel, mean")] = (means[0], means[1])
    return found


def _operating(rows: pd.DataFrame) -> pd.DataFrame:
    return rows[rows["operating"]]


def _weighted(rows: pd.DataFrame, measure: str) -> pd.Series:
    total = (rows[measure] * rows["staff"]).groupby([rows[key] for key in _KEYS]).sum()
    staff = rows.groupby(_KEYS)["staff"].sum()
    return total / staff.where(staff > 0)


def _of_hundred(
    first: pd.DataFrame, second: pd.DataFrame, before: str, limits: tuple[float, float]
) -> dict[Row, tuple[pd.Series, pd.Series]]:
    """Of 100 agencies that operated in a quarter, how many do at the end: at all, independent, autonomous."""
    cuts: Sequence[tuple[str, Callable[[pd.DataFrame], pd.Series]]] = (
        ("operating", lambda rows: rows["operating"]),
        (f"resource_independence >= {limits[0]:g}", lambda rows: rows["resource_independence"] >= limits[0]),
        (f"operational_autonomy >= {limits[1]:g}", lambda rows: rows["operational_autonomy"] >= limits[1]),
    )
    found = {}
    for words, is_so in cuts:
        values = [_followed(each, before, is_so) for each in (first, second)]
        found[Row(words, f"of 100 operating in {before}")] = (values[0], values[1])
    return found


def _followed(rows: pd.DataFrame, before: str, is_so: Callable[[pd.DataFrame], pd.Series]) -> pd.Series:
    """Agencies of 100 that operate at the end and of which something is so; who is gone counts as not."""
    cohort = rows.loc[(rows["quarter"] == before) & rows["operating"], ["replication", "agency"]]
    size = cohort.groupby("replication").size()
    last = _last(rows)
    quarters = last["quarter"].nunique()
    there = last[last["operating"]].merge(cohort, on=["replication", "agency"])
    kept = there[is_so(there)].groupby("replication").size()
    return 100.0 * kept.reindex(size.index, fill_value=0) / (size * quarters)


def quadrant_moves(results: ResultArrays, point: int = 0) -> pd.DataFrame:
    """Moves of operating agencies between quadrants, from one fourth quarter to the next.

    Parameters
    ----------
    results : ResultArrays
        As for `Populations.of`.
    point : int
        Point.

    Returns
    -------
    DataFrame
        A row per quadrant and a column per quadrant a year later, `gone` among these for who no longer operates; shares
        of the row, over all runs and years.

    Raises
    ------
    QueryError
        If the table or a column was not kept.
    """
    rows = agencies_of(results, point)
    fourth = rows[rows["quarter"].str.endswith("Q4") & rows["operating"]].copy()
    fourth["year"] = fourth["quarter"].str[:4].astype(int)
    return yearly_moves(fourth)


def yearly_moves(fourth: pd.DataFrame) -> pd.DataFrame:
    """Moves between quadrants from one fourth quarter to the next, as in `quadrant_moves`.

    Parameters
    ----------
    fourth : DataFrame
        `replication`, `agency`, `year` and `quadrant` of the agencies that operate in fourth quarters.
    """
    import pandas as pd

    later = fourth[["replication", "agency", "year", "quadrant"]].copy()
    later["year"] -= 1
    begun = fourth[fourth["year"] < fourth["year"].max()]
    joined = begun.merge(later, on=["replication", "agency", "year"], how="left", suffixes=("", "_later"))
    after = joined["quadrant_later"].astype(object).fillna("gone")
    return pd.crosstab(joined["quadrant"].astype(object), after, normalize="index")
