"""Plane data: agencies by resource independence and operational autonomy, for `sim.plots.plane_figures`.

Of one point whose table of agencies is kept: the agencies at a few dates, the path of their median, and their moves
between quadrants.  Of several points, or without that table: the paths of the sector's medians.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.declarations.state_codes import Quadrant
from sim.experiment.results.figure_data.figure_options import FigureOptions
from sim.experiment.results.figure_data.missing_runs import missing_runs_note
from sim.experiment.results.figure_data.point_series import PointSeries, chosen_points, read_point_series
from sim.experiment.results.figure_data.prepared_figure import PreparedFigure
from sim.experiment.results.figure_data.table_rows import one_point, read_rows, runs_of, shown_year, span_of
from sim.experiment.results.population_comparison import yearly_moves
from sim.experiment.results.result_arrays import ResultArrays
from sim.experiment.store.atomic_files import StoreError
from sim.experiment.store.part_reader import QueryError
from sim.plots.plane_figures import GONE, PlaneData, PlaneMoment, plane_figure, texts
from sim.plots.plane_paths import PlanePath
from sim.scenario.parameters.composite_weights import Plane
from sim.statistics.column_quantiles import quantiles

if TYPE_CHECKING:
    import numpy.typing as npt
    import pandas as pd

AGENCIES = "agencies"
SIDES = ("resource_independence", "operational_autonomy")
MEDIANS = tuple(f"{side}_p50" for side in SIDES)
MOST_PATHS = 6
_COLUMNS = ("agency", "operating", "quadrant", *SIDES)
_AXES = {"rules.plane.resource": 0, "rules.plane.autonomy": 1}


def read_plane(results: ResultArrays, options: FigureOptions) -> PreparedFigure:
    """Read agencies of one point, or medians of several."""
    points = chosen_points(results, options.points)
    if len(points) == 1 and AGENCIES in results.tables:
        data = _of_agencies(results, options, points[0])
    else:
        data = _of_medians(results, options, points)
    return PreparedFigure(texts(data), lambda: plane_figure(data))


def plane_limits(results: ResultArrays, point: int) -> tuple[float, float]:
    """Limits of the quadrants at a point: those of its scenario, or of an axis over them."""
    row = {name: results.points[name].to_pylist()[point] for name in results.points.column_names}
    usual = Plane()
    limits = [usual.resource, usual.autonomy]
    for base in results.manifest["design"]["bases"]:
        if (base.get("scenario"), base.get("variant")) in ((row["scenario"], row["variant"]), (None, None)):
            plane = Plane.model_validate((base["values"].get("rules") or {}).get("plane") or {})
            limits = [plane.resource, plane.autonomy]
    for name, axis in (results.experiment.get("axes") or {}).items():
        for path in (axis.get("path"), *(axis.get("paths") or ())):
            if path in _AXES:
                limits[_AXES[path]] = float(row[name])
    return limits[0], limits[1]


def _of_agencies(results: ResultArrays, options: FigureOptions, point: int) -> PlaneData:
    _, title = one_point(results, options, "the plane of agencies")
    runs = runs_of(results, point)
    first, last = span_of(results, AGENCIES, point)
    year = shown_year(options, first, last)
    rows = read_rows(results, AGENCIES, _COLUMNS, point)
    rows = rows[rows["operating"]].assign(year=rows["quarter"] // 4)
    fourth = rows[(rows["quarter"] % 4 == 3) & (rows["year"] <= year)]
    if fourth.empty:
        raise QueryError(f"no agency operates in a fourth quarter up to {year}, of which the plane is")
    moments = [_moment(fourth[fourth["year"] == each], each) for each in _dates(fourth["year"].unique())]
    path = _median_path(fourth, len(runs))
    moves = yearly_moves(fourth) if fourth["year"].nunique() > 1 else None
    limits = plane_limits(results, point)
    shares = None if moves is None else _shares(moves)
    lacking = missing_runs_note(results, [point])
    return PlaneData(title, limits, len(runs), moments, [path], shares, lacking)


def _dates(years: npt.NDArray[np.int64]) -> list[int]:
    """First, middle and last year."""
    ordered = sorted(map(int, years))
    return sorted({ordered[0], ordered[(len(ordered) - 1) // 2], ordered[-1]})


def _moment(rows: pd.DataFrame, year: int) -> PlaneMoment:
    across, up = (rows[side].to_numpy(np.float64) for side in SIDES)
    counts = rows["quadrant"].value_counts()
    shares = {each.label: float(counts.get(each.label, 0)) / len(rows) for each in Quadrant}
    return PlaneMoment(f"{year}-Q4", across, up, shares)


def _median_path(fourth: pd.DataFrame, runs: int) -> PlanePath:
    """Median over agencies of each run, and of these over runs."""
    each = fourth.groupby(["year", "replication"])[list(SIDES)].median().dropna()
    middle, counts = each.groupby("year").median(), each.groupby("year").size()
    across, up = (middle[side].to_numpy(np.float64) for side in SIDES)
    return PlanePath("", np.asarray(middle.index, np.int64), across, up, np.asarray(counts, np.int64), runs)


def _shares(moves: pd.DataFrame) -> dict[tuple[str, str], float]:
    labels = [each.label for each in Quadrant]
    found: dict[tuple[str, str], float] = {}
    for before in moves.index:
        for after in (*labels, GONE):
            value: Any = moves.at[before, after] if after in moves.columns else 0.0
            found[str(before), after] = float(value)
    return found


def _of_medians(results: ResultArrays, options: FigureOptions, points: Sequence[int]) -> PlaneData:
    if len(points) > MOST_PATHS:
        raise QueryError(
            f"{len(points)} points are more than a plane can hold; name at most {MOST_PATHS} with 'points'"
        )
    series = read_point_series(results, MEDIANS, points)
    if not series:
        raise StoreError(f"no run is kept in {results.path} yet")
    limits = {plane_limits(results, each.point) for each in series}
    if len(limits) > 1:
        raise QueryError("these points divide the plane at different limits; name those of one division with 'points'")
    paths = [_series_path(each, options, len(series)) for each in series]
    title = results.title if len(series) > 1 or results.points.num_rows == 1 else f"{results.title}: {series[0].label}"
    runs = max(path.runs for path in paths)
    return PlaneData(title, limits.pop(), runs, [], paths, None, missing_runs_note(results, points))


def _series_path(series: PointSeries, options: FigureOptions, several: int) -> PlanePath:
    """Median over runs of the medians of the sector in fourth quarters."""
    quarters = [series.start + n for n in range(series.quarters)]
    year = shown_year(options, quarters[0], quarters[-1])
    chosen = np.array([n for n, each in enumerate(quarters) if each.number == 4 and each.year <= year], np.int64)
    pairs = [series.values[name][:, chosen] for name in MEDIANS]
    undefined = np.isnan(pairs[0]) | np.isnan(pairs[1])
    across, up = (quantiles(np.where(undefined, np.nan, each), [0.5])[0] for each in pairs)
    there = ~undefined.all(axis=0)
    years = np.array([quarters[n].year for n in chosen], np.int64)[there]
    counts = np.asarray((~undefined).sum(axis=0)[there], np.int64)
    label = series.label if several > 1 else ""
    return PlanePath(label, years, across[there], up[there], counts, len(series.replications))
