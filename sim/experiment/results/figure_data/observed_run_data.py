"""Observed run data: what was counted in a real sector over the runs of one point, for `sim.plots.observed_figures`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sim.declarations.input_issues import ScenarioError
from sim.experiment.results.figure_data.figure_options import FigureOptions
from sim.experiment.results.figure_data.point_policies import policies_of
from sim.experiment.results.figure_data.point_series import PointSeries, kept_by_quarter, read_point_series
from sim.experiment.results.figure_data.prepared_figure import PreparedFigure
from sim.experiment.results.figure_data.table_rows import one_point
from sim.experiment.results.result_arrays import ResultArrays
from sim.experiment.store.atomic_files import StoreError
from sim.experiment.store.part_reader import QueryError, unknown
from sim.observed.observed_figure_data import observed_figure_data
from sim.observed.observed_folders import ObservedSeries, observed_directory
from sim.observed.observed_series import ObservedPoint, read_observed
from sim.plots.observed_figures import observed_figure, texts


def read_observed_runs(results: ResultArrays, options: FigureOptions) -> PreparedFigure:
    """Read observed points, of a file or those that are shipped with the scenario, and runs of one point.

    Raises
    ------
    QueryError
        If nothing was observed of the scenario, or nothing within its runs.
    ScenarioError
        With everything that is wrong in the file of observed series.
    """
    point, title = one_point(results, options, "a figure of observed series")
    path = _file(results, options, point)
    points, problems = read_observed(path)
    if problems:
        raise ScenarioError(problems)
    chosen = _chosen(points, options.outcomes, path)
    kept = kept_by_quarter(results)
    lacking = list(dict.fromkeys(each.outcome.name for each in chosen if each.outcome.name not in kept))
    names = list(dict.fromkeys(each.outcome.name for each in chosen if each.outcome.name in kept))
    # What is asked for by name must be there; read_point_series says how to keep it.
    found = read_point_series(results, list(options.outcomes) or names or lacking[:1], [point])
    if not found:
        raise StoreError(f"no run of this point is kept in {results.path} yet")
    shown = [each for each in chosen if each.outcome.name in names]
    inside = _within(shown, found[0])
    if not inside:
        last = found[0].start + (found[0].quarters - 1)
        raise QueryError(f"nothing in {path.name} lies within the runs, which last from {found[0].start} to {last}")
    series = ObservedSeries(path.stem, path, title, found[0].start, found[0].quarters, tuple(inside))
    asked = results.progress().runs // results.points.num_rows
    data = observed_figure_data(series, found[0].values, policies_of(results, found[0]), asked)
    notes = _notes(path, lacking, len(shown) - len(inside))
    return PreparedFigure(texts(data), lambda: observed_figure(data), notes)


def _file(results: ResultArrays, options: FigureOptions, point: int) -> Path:
    """The file that is asked for, or that which is shipped with the scenario of a point."""
    if options.observed is not None:
        return Path(options.observed)
    name = Path(str(results.points["scenario"].to_pylist()[point])).stem
    shipped = sorted(path.stem for path in observed_directory().glob("*.csv"))
    if name not in shipped:
        raise QueryError(
            f"nothing that was observed of '{name}' is shipped (there is {', '.join(shipped)}); "
            "name a file of observed series with 'observed' (--observed FILE.csv)"
        )
    return observed_directory() / f"{name}.csv"


def _chosen(points: Sequence[ObservedPoint], asked: Sequence[str], path: Path) -> list[ObservedPoint]:
    """Points of the outcomes that are asked for; all where none is."""
    known = list(dict.fromkeys(each.outcome.name for each in points))
    for name in asked:
        if name not in known:
            raise unknown(f"outcome in {path.name}", name, known)
    return [each for each in points if not asked or each.outcome.name in asked]


def _within(points: Sequence[ObservedPoint], series: PointSeries) -> list[ObservedPoint]:
    """Points whose date lies wholly within the runs."""
    last = series.start + (series.quarters - 1)
    return [each for each in points if series.start <= each.date.first and each.date.last <= last]


def _notes(path: Path, lacking: Sequence[str], outside: int) -> list[str]:
    notes = []
    if lacking:
        notes.append(f"observed in {path.name}, but not kept by quarter here and left out: {', '.join(lacking)}")
    if outside:
        verb = "value of {0} is" if outside == 1 else "values of {0} are"
        notes.append(f"{outside} {verb.format(path.name)} left out: not as a whole within the runs")
    return notes
