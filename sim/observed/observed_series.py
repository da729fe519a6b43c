"""Observed series: what was counted in a real sector, read from CSV files and checked.

A file is named after its scenario and has the columns of `COLUMNS`.  A date is a quarter or a year; over a year a flow
is summed and any other outcome averaged.  `low` and `high` hold the range that a source gives; one of them alone
leaves the other side open ("more than 150 million").  Lines that begin with ``#`` are remarks.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sim.declarations.input_issues import MISSING_KEY, UNKNOWN_KEY, Issue, Problem, listed, suggest
from sim.declarations.outcome_type import Outcome
from sim.observed.csv_reading import cell_starts, csv_lines, csv_rows
from sim.observed.observed_cells import ObservedDate, beyond_scale, read_date, read_number, read_outcome
from sim.scenario.reading.file_search import label
from sim.scenario.reading.text_forms import control_character, sign

COLUMNS = ("date", "outcome", "value", "low", "high", "source")
_SEPARATORS = {";": "semicolons", "\t": "tabs", "\uff0c": "full-width commas", "|": "bars"}
_EXPECTED = f"expected the columns {', '.join(COLUMNS)}"


@dataclass(frozen=True)
class ObservedPoint:
    """One observed value.

    Attributes
    ----------
    date : ObservedDate
        A quarter, or a year.
    outcome : Outcome
        What was observed.
    value : float
        In the unit of the outcome, over the whole of the date for a flow.
    low, high : float
        Range that the source gives; the value itself where it gives none, infinite where a side is open.
    source : str
        In short form: author or body, and year.
    file, line : str, int
        Where it stands.
    column : int
        Column of text at which its date begins; 0 where that is not known.
    """

    date: ObservedDate
    outcome: Outcome
    value: float
    low: float
    high: float
    source: str
    file: str
    line: int
    column: int = 0


class _Row:
    """A line of a file with its cells by column, and the problems that are found in it."""

    def __init__(self, file: str, line: int, cells: Mapping[str, str], places: Mapping[str, int]) -> None:
        self.file, self.line, self.cells, self.places = file, line, cells, places
        self.problems: list[Problem] = []

    def refuse(self, column: str, issue: Issue) -> None:
        """Note what is wrong in a column."""
        place = self.places.get(column, 0)
        more = issue.what, issue.allowed, issue.repair(), issue.kind
        self.problems.append(Problem(self.file, self.line, place, (column,), *more))

    def number(self, column: str) -> float | None:
        """The number in a column; a problem where it is none."""
        found = read_number(self.cells[column])
        if isinstance(found, Issue):
            self.refuse(column, found)
            return None
        return found


def read_observed(path: Path) -> tuple[list[ObservedPoint], list[Problem]]:
    """Read a file of observed series.

    Parameters
    ----------
    path : Path
        A CSV file in UTF-8.

    Returns
    -------
    list of ObservedPoint, list of Problem
        Points in the order of the file, and everything that is wrong with it; use no points where there is a problem.
    """
    name = label(path)
    lines = csv_lines(path)
    if isinstance(lines, Problem):
        return [], [lines]
    rows = csv_rows(lines, name)
    header = next(rows, None)
    if header is None:
        return [], [Problem(name, 0, 0, (), "is empty", _EXPECTED)]
    if isinstance(header, Problem):
        return [], [header]
    faults = list(_header_problems(name, *header, cell_starts(lines[header[0] - 1])))
    if faults:
        return [], faults
    return _points(name, header[1], lines, rows)


def _header_problems(name: str, line: int, found: Sequence[str], starts: Sequence[int]) -> Iterator[Problem]:
    for separator, words in _SEPARATORS.items() if len(found) == 1 else ():
        if separator in found[0]:
            yield Problem(name, line, 1, (), f"cells are separated by {words}", "expected commas between cells")
            return
    places = dict(zip(reversed(found), reversed(starts), strict=False)) if len(found) == len(starts) else {}
    missing = [column for column in COLUMNS if column not in found]
    for column in dict.fromkeys(found):
        if column not in COLUMNS:
            what = f"unknown column '{column}'" if column else "a column without a name"
            near = suggest(column, missing or COLUMNS)
            yield Problem(name, line, places.get(column, 1), (), what, _EXPECTED, near, UNKNOWN_KEY)
        elif found.count(column) > 1:
            yield Problem(name, line, places.get(column, 1), (), f"two columns '{column}'", _EXPECTED)
    if missing:
        what = f"the column{'s' * (len(missing) > 1)} {listed(missing)} {'are' if len(missing) > 1 else 'is'} missing"
        yield Problem(name, line, 1, (), what, f"{_EXPECTED} in the first line", kind=MISSING_KEY)


def _points(
    name: str, columns: Sequence[str], lines: Sequence[str], rows: Iterable[tuple[int, list[str]] | Problem]
) -> tuple[list[ObservedPoint], list[Problem]]:
    points: list[ObservedPoint] = []
    problems: list[Problem] = []
    for each in rows:
        if isinstance(each, Problem):
            problems.append(each)
            break
        line, cells = each
        if len(cells) != len(columns):
            what = f"{len(cells)} cell{'s' * (len(cells) != 1)} in a line of {len(columns)} columns"
            problems.append(Problem(name, line, 1, (), what, "text with a comma in it needs quotes around it"))
            continue
        places = dict(zip(columns, cell_starts(lines[line - 1]), strict=False))
        row = _Row(name, line, dict(zip(columns, cells, strict=True)), places)
        point = _point(row)
        problems += row.problems
        if point is not None:
            points.append(point)
    if not points and not problems:
        problems.append(Problem(name, 0, 0, (), "holds no point", "expected a line for each value that was observed"))
    return points, problems + list(repeated(points))


def _point(row: _Row) -> ObservedPoint | None:
    """The point of a line; None where it has a problem."""
    if not any(row.cells.values()):
        row.refuse("date", Issue((), "a line of empty cells", "leave it out"))
        return None
    date, outcome = read_date(row.cells["date"]), read_outcome(row.cells["outcome"])
    for column, found in (("date", date), ("outcome", outcome)):
        if isinstance(found, Issue):
            row.refuse(column, found)
    value = row.number("value")
    ends = [row.number(column) if row.cells[column] else math.nan for column in ("low", "high")]
    control = control_character(row.cells["source"])
    if control is not None:
        row.refuse("source", Issue((), f"here stands {sign(control)}", "write plain text, in one line"))
    elif not row.cells["source"]:
        row.refuse("source", Issue((), "no source", "expected author or body and year, such as 'APSW 2017'"))
    if isinstance(outcome, Outcome):
        _check_scale(row, outcome, {"value": value, "low": ends[0], "high": ends[1]})
    low, high = ends
    if value is None or low is None or high is None:
        return None
    low, high = _range(row, value, low, high)
    if row.problems or isinstance(date, Issue) or isinstance(outcome, Issue):
        return None
    return ObservedPoint(
        date, outcome, value, low, high, row.cells["source"], row.file, row.line, row.places.get("date", 0)
    )


def _check_scale(row: _Row, outcome: Outcome, numbers: Mapping[str, float | None]) -> None:
    for column, number in numbers.items():
        issue = beyond_scale(outcome, number) if number is not None and not math.isnan(number) else None
        if issue is not None:
            row.refuse(column, issue)


def _range(row: _Row, value: float, low: float, high: float) -> tuple[float, float]:
    """Ends of the range of a value: itself where a source gives none, infinite where it leaves a side open."""
    if low > high:
        row.refuse(
            "low", Issue((), f"the low end {low:.15g} is above the high end {high:.15g}", "expected low <= high")
        )
    elif value < low or value > high:
        words = f"{row.cells['low'] or 'no end'} to {row.cells['high'] or 'no end'}"
        row.refuse(
            "value", Issue((), f"{value:.15g} is outside its own range, {words}", "expected low <= value <= high")
        )
    if math.isnan(low) and math.isnan(high):
        return value, value
    return (-math.inf if math.isnan(low) else low), (math.inf if math.isnan(high) else high)


def repeated(points: Iterable[ObservedPoint]) -> Iterator[Problem]:
    """Problems of points that repeat date and outcome of an earlier one."""
    first: dict[tuple[ObservedDate, str], ObservedPoint] = {}
    for point in points:
        before = first.setdefault((point.date, point.outcome.name), point)
        if before is not point:
            what = (
                f"a second value of '{point.outcome.name}' in {point.date}; the first is at {before.file}:{before.line}"
            )
            yield Problem(
                point.file,
                point.line,
                point.column,
                ("date",),
                what,
                "keep one, with the range of both as low and high",
            )
