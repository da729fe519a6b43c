"""Ensemble file: sets of parameters under which calibrating patterns hold, or nearly, as CSV with how they were found.

Remarks (``# name: value``) at the top say to which scenario the sets belong and how they were made; the header
names paths of parameters, and each line is a set.
"""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sim.declarations.input_issues import UNKNOWN_KEY, Issue, Problem, ScenarioError, suggest
from sim.observed.csv_reading import cell_starts, csv_lines, csv_rows
from sim.observed.observed_cells import read_number
from sim.scenario.reading.file_search import label, shipped_directory
from sim.validation.drawn_designs import plausible_axes

SET = "set"
"""Column with the number of a set among all that were drawn, from 0."""
SCENARIO = "scenario"
"""Remark that says to which scenario the sets belong."""
_EXPECTED = f"expected '{SET}' and paths of parameters that have a plausible range, such as 'rules.people.quit_rate'"


@dataclass(frozen=True)
class Ensemble:
    """Sets of parameters.

    Attributes
    ----------
    facts : dict of str to str
        How they were found: `scenario`, `command`, `date` and more, in the order of the file.
    paths : tuple of str
        Parameters that the sets give values to.
    numbers : tuple of int
        Number of each set among all that were drawn.
    values : tuple of tuple of float
        A row per set, a value per path.
    """

    facts: Mapping[str, str]
    paths: tuple[str, ...]
    numbers: tuple[int, ...]
    values: tuple[tuple[float, ...], ...]

    @property
    def scenario(self) -> str:
        """The scenario to which the sets belong; empty where the file does not say."""
        return self.facts.get(SCENARIO, "")

    def axes(self) -> dict[str, dict[str, Any]]:
        """The parameters as axes of an experiment."""
        named = {axis["path"]: (name, axis) for name, axis in plausible_axes().items()}
        return dict(named[path] for path in self.paths)

    def points(self, most: int | None = None) -> dict[str, Any]:
        """The sets, or the first so many of them, as a `design` of an experiment."""
        axes = self.axes()
        whole = [isinstance(axis["low"], int) for axis in axes.values()]
        rows = self.values[:most]
        points = [
            {name: int(value) if is_whole else value for name, is_whole, value in zip(axes, whole, row, strict=True)}
            for row in rows
        ]
        return {"kind": "list", "points": points}


def shipped_ensemble() -> Path:
    """The ensemble file that comes with the package."""
    return shipped_directory("experiments") / "validation" / "ensemble.csv"


def ensemble_text(ensemble: Ensemble) -> str:
    """An ensemble as the text of its file."""
    out = io.StringIO()
    for name, value in ensemble.facts.items():
        out.write(f"# {name}: {value}\n")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([SET, *ensemble.paths])
    writer.writerows([number, *map(repr, row)] for number, row in zip(ensemble.numbers, ensemble.values, strict=True))
    return out.getvalue()


def read_ensemble(path: Path) -> Ensemble:
    """Read an ensemble file.

    Raises
    ------
    ScenarioError
        With everything that is wrong with it.
    """
    name = label(path)
    lines = csv_lines(path, remarks=True)
    if isinstance(lines, Problem):
        raise ScenarioError([lines])
    facts = dict(_facts(lines))
    plain = ["" if line.startswith("#") else line for line in lines]
    rows = csv_rows(plain, name)
    header = next(rows, None)
    if header is None:
        raise ScenarioError([Problem(name, 0, 0, (), "holds no set", _EXPECTED)])
    if isinstance(header, Problem):
        raise ScenarioError([header])
    problems = list(_header_problems(name, *header))
    if problems:
        raise ScenarioError(problems)
    return _read_sets(name, header[1], plain, rows, facts)


def _facts(lines: Sequence[str]) -> Iterator[tuple[str, str]]:
    for line in lines:
        key, colon, value = line.removeprefix("#").partition(":")
        if line.startswith("#") and colon:
            yield key.strip(), value.strip()


def _header_problems(name: str, line: int, found: Sequence[str]) -> Iterator[Problem]:
    known = [str(axis["path"]) for axis in plausible_axes().values()]
    if found[0] != SET:
        yield Problem(name, line, 1, (), f"the first column is '{found[0]}'", f"expected '{SET}'")
    for column in found[1:]:
        if column not in known:
            what = f"unknown parameter '{column}'" if column else "a column without a name"
            yield Problem(name, line, 0, (), what, _EXPECTED, suggest(column, known), UNKNOWN_KEY)
        elif found.count(column) > 1:
            yield Problem(name, line, 0, (), f"two columns '{column}'", "keep one of them")
    if len(found) < 2:
        yield Problem(name, line, 0, (), "no parameter", _EXPECTED)


def _read_sets(
    name: str, columns: Sequence[str], lines: Sequence[str], rows: Iterator[Any], facts: Mapping[str, str]
) -> Ensemble:
    numbers: list[int] = []
    values: list[tuple[float, ...]] = []
    problems: list[Problem] = []
    for each in rows:
        if isinstance(each, Problem):
            problems.append(each)
            break
        line, cells = each
        if len(cells) != len(columns):
            what = f"{len(cells)} cells in a line of {len(columns)} columns"
            problems.append(Problem(name, line, 0, (), what, "expected a number in each"))
            continue
        row = list(_row(name, line, columns, cells, cell_starts(lines[line - 1])))
        faults = [cell for cell in row if isinstance(cell, Problem)]
        problems += faults
        found = [cell for cell in row if not isinstance(cell, Problem)]
        if not faults:
            number = int(found[0])
            if number in numbers:
                problems.append(Problem(name, line, 1, (SET,), f"a second set {number}", "keep one of them"))
            numbers.append(number)
            values.append(tuple(found[1:]))
    if not values and not problems:
        problems.append(Problem(name, 0, 0, (), "holds no set", "expected a line for each set"))
    if problems:
        raise ScenarioError(problems)
    return Ensemble(facts, tuple(columns[1:]), tuple(numbers), tuple(values))


def _row(
    name: str, line: int, columns: Sequence[str], cells: Sequence[str], starts: Sequence[int]
) -> Iterator[float | Problem]:
    """Numbers of a line; a problem in place of each that is none."""
    whole = {SET} | {str(axis["path"]) for axis in plausible_axes().values() if isinstance(axis["low"], int)}
    for column, cell, start in zip(columns, cells, starts, strict=False):
        found = read_number(cell)
        if not isinstance(found, Issue) and column in whole and (found != math.floor(found) or found < 0):
            found = Issue((), f"{cell} is no whole number", "expected a whole number from 0")
        if isinstance(found, Issue):
            yield Problem(name, line, start, (column,), found.what, found.allowed, found.repair(), found.kind)
        else:
            yield found
