"""Observed folders: the shipped files of observed series and those of users, each with its scenario."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from sim.declarations.calendar_quarter import Quarter
from sim.declarations.input_issues import Problem, ScenarioError
from sim.observed.observed_series import ObservedPoint, read_observed, repeated
from sim.scenario import load_scenario
from sim.scenario.parameters.scenario_file import Scenario
from sim.scenario.reading.file_search import find, label, shipped_directory


@dataclass(frozen=True)
class ObservedSeries:
    """What was observed of the sector of one scenario.

    Attributes
    ----------
    name : str
        Name of the files, and of the scenario.
    scenario : Path
        File of the scenario.
    title : str
        The scenario's.
    start : Quarter
        First quarter of the scenario.
    quarters : int
        Its length.
    points : tuple of ObservedPoint
        In the order of the files.
    """

    name: str
    scenario: Path
    title: str
    start: Quarter
    quarters: int
    points: tuple[ObservedPoint, ...]

    @property
    def outcomes(self) -> tuple[str, ...]:
        """Outcomes that have a point, in the order of their first."""
        return tuple(dict.fromkeys(point.outcome.name for point in self.points))


def observed_directory() -> Path:
    """Folder of the observed series that are shipped."""
    return shipped_directory("experiments") / "validation" / "observed"


def load_observed(*folders: str | Path) -> list[ObservedSeries]:
    """Load the shipped observed series, and those of other folders beside them.

    Parameters
    ----------
    *folders : str or Path
        Folders of CSV files.  A file is named after its scenario: one beside it, or a shipped one, whose points it adds
        to those that are shipped.

    Returns
    -------
    list of ObservedSeries
        In the order of folders and names.

    Raises
    ------
    ScenarioError
        With every problem that was found: in files, their names, and dates outside the scenario.
    """
    found: dict[Path, list[ObservedPoint]] = {}
    problems: list[Problem] = []
    for folder in (observed_directory(), *map(Path, folders)):
        files = _csv_files(folder)
        if isinstance(files, Problem):
            problems.append(files)
            continue
        for path in files:
            points, faults = read_observed(path)
            problems += faults
            scenario = find(path.stem, path.parent, shipped_directory())
            if isinstance(scenario, Problem):
                problems.append(_nameless(path, scenario))
            else:
                found.setdefault(scenario.resolve(), []).extend(points)
    if problems:
        raise ScenarioError(problems)
    return _with_scenarios(found)


def _csv_files(folder: Path) -> list[Path] | Problem:
    allowed = "expected a folder of CSV files, each named after its scenario"
    if not folder.is_dir():
        what = "is not a folder" if folder.exists() else "no such folder"
        return Problem(label(folder), 0, 0, (), what, allowed)
    try:
        files = sorted(path for path in folder.iterdir() if path.suffix.lower() == ".csv" and path.is_file())
    except OSError as error:
        return Problem(label(folder), 0, 0, (), f"cannot be read: {(error.strerror or str(error)).lower()}", allowed)
    return files or Problem(label(folder), 0, 0, (), "holds no CSV file", allowed)


def _nameless(path: Path, problem: Problem) -> Problem:
    """A file whose name is no scenario's."""
    what = f"there is no scenario '{path.stem}' that it would be observed of ({problem.what})"
    return Problem(label(path), 0, 0, (), what, problem.allowed, problem.suggestion)


def _with_scenarios(found: dict[Path, list[ObservedPoint]]) -> list[ObservedSeries]:
    """Series with their scenarios, which are read here; repetitions over files and dates outside are problems."""
    series: list[ObservedSeries] = []
    problems: list[Problem] = []
    for path, points in found.items():
        problems += repeated(points)
        try:
            scenario = load_scenario(path)
        except ScenarioError as error:
            problems += error.problems
            continue
        problems += outside_scenario(points, scenario)
        more = scenario.title, scenario.start, scenario.quarters
        series.append(ObservedSeries(path.stem, path, *more, tuple(points)))
    if problems:
        raise ScenarioError(problems)
    return series


def outside_scenario(points: Iterable[ObservedPoint], scenario: Scenario) -> list[Problem]:
    """Problems of points whose date does not lie wholly within the run of a scenario."""
    first, last = scenario.start, scenario.start + (scenario.quarters - 1)
    problems = []
    for point in points:
        if point.date.first < first or point.date.last > last:
            whole = " as a whole" if point.date.quarters > 1 and point.date.last >= first else ""
            what = f"{point.date} is not{whole} within the scenario"
            allowed = f"expected a date from {first} to {last}"
            problems.append(Problem(point.file, point.line, point.column, ("date",), what, allowed))
    return problems


def series_of(series: Sequence[ObservedSeries], scenario: Path) -> ObservedSeries | None:
    """The observed series of a scenario's file; None where nothing was observed of it."""
    wanted = scenario.resolve()
    return next((each for each in series if each.scenario == wanted), None)
