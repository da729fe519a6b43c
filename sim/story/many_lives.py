"""Many lives: how the lives of one agency differ over the runs of a point, and which of them is typical.

Typical is the run whose path is nearest to the median path: by quarter, staff (none where it is not at work),
independence in resources and autonomy; distances are divided by their mean over all runs, so that each of the three
counts alike.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sim.declarations.calendar_quarter import Quarter
from sim.declarations.events_and_causes import Cause, Event
from sim.statistics.number_format import MISSING
from sim.story.agency_names import runs_words
from sim.story.declared_sentences import column, column_title, counted, decimal, meaning, whole
from sim.story.run_survey import PATH, RunSurvey
from sim.story.run_tables import Row
from sim.story.story_document import Head, Section, StoryTable, table_of

_MEASURES = PATH[:3]
_AGES = (0, 1, 2, 3, 5, 8, 10, 15, 20)
"""Years after its first quarter in the run at which paths are compared."""


@dataclass(frozen=True)
class ManyLives:
    """The lives of an agency over runs.

    Attributes
    ----------
    name : str
        Its name.
    looked_at : int
        Runs that were looked at.
    replications : tuple of int
        Those in which it exists.
    paths : mapping of int to list of Row
        Replication -> its quarters at work.
    ends : mapping of int to list of Row
        Replication -> events of closing, falling dormant and being revived.
    typical : int
        The replication nearest to the median path.
    """

    name: str
    looked_at: int
    replications: tuple[int, ...]
    paths: dict[int, list[Row]]
    ends: dict[int, list[Row]]
    typical: int

    @property
    def closings(self) -> list[Row]:
        """Events of closing, one for each run in which it closed."""
        return [row for each in self.replications for row in self.ends[each] if row["event"] == Event.CLOSED.label]


def many_lives(survey: RunSurvey, name: str) -> ManyLives:
    """The lives of an agency in the runs of a survey, in at least one of which it exists."""
    runs = survey.runs_of(name)
    paths = {each: survey.paths.get((each, name), []) for each in runs}
    ends = {each: survey.ends.get((each, name), []) for each in runs}
    return ManyLives(name, len(survey.replications), tuple(runs), paths, ends, _typical(runs, paths))


def _typical(runs: Sequence[int], paths: dict[int, list[Row]]) -> int:
    """The run nearest to the median path; of equals the first."""
    quarters = sorted({row["quarter"] for found in paths.values() for row in found})
    total = np.zeros(len(runs))
    for name in _MEASURES:
        values = _aligned(runs, paths, quarters, name)
        if name == "staff":
            values = np.nan_to_num(values)
        apart = np.abs(values - _median(values))
        defined = np.isfinite(apart)
        mean = np.where(defined, apart, 0).sum(1) / np.maximum(defined.sum(1), 1)
        total += mean / (mean.mean() or 1.0)
    return runs[int(np.argmin(total))]


def _aligned(
    runs: Sequence[int], paths: dict[int, list[Row]], quarters: Sequence[str], name: str
) -> npt.NDArray[np.float64]:
    """Values by run and quarter, not a number where there is none; shape (runs, quarters)."""
    place = {quarter: n for n, quarter in enumerate(quarters)}
    values = np.full((len(runs), len(quarters)), np.nan)
    for n, each in enumerate(runs):
        for row in paths[each]:
            values[n, place[row["quarter"]]] = np.nan if row[name] is None else row[name]
    return values


def _median(values: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Medians over runs, not a number where no run has a value."""
    known = np.isfinite(values).any(0)
    found = np.full(values.shape[1], np.nan)
    found[known] = np.nanmedian(values[:, known], axis=0)
    return found


def many_section(lives: ManyLives, where: str = "") -> Section:
    """How lives differ over runs, in sentences and a table by age; `where` says of which point."""
    there = len(lives.replications)
    sentences = [f"{lives.name} exists in {there} of {counted(lives.looked_at, 'run')}."]
    if there == 1 and lives.looked_at > 1:
        sentences.append("It was founded during that run; agencies that others found differ from run to run.")
    sentences += _closings(lives)
    if there > 1:
        sentences.append(
            f"Run {lives.typical} is the typical one: in staff, independence and autonomy it is nearest to the median "
            f"path of {runs_words(lives.replications)}."
        )
    tables = (_by_age(lives),) if there > 1 else ()
    return Section(f"Its life in all runs{where}", tuple(sentences), tables=tables)


def _closings(lives: ManyLives) -> Iterator[str]:
    """In how many runs it closed, of which recorded causes, and when."""
    closed = lives.closings
    causes = sorted(Counter(row["cause"] for row in closed).items(), key=lambda each: (-each[1], each[0]))
    named = "; ".join(f"{count} × {meaning(Cause, cause)}" for cause, count in causes)
    yield f"It closed in {len(closed) or 'none'} of them{f': {named}' if named else ''}."
    when = sorted(row["quarter"] for row in closed)
    if len(when) > 1:
        yield f"The first closed in {when[0]}, the last in {when[-1]}."
    elif when:
        yield f"That was in {when[0]}."


def _by_age(lives: ManyLives) -> StoryTable:
    """A row per age: in how many runs it is at work, and medians with the lowest and highest over these."""
    heads = [Head("Years at work", is_number=False), Head("At work", "runs")]
    for name in _MEASURES:
        declared = column("agencies", name)
        unit = "" if declared.unit == "0-1" else declared.unit
        heads.append(Head(column_title(name), unit, declared.meaning))
    rows = []
    for age in _AGES:
        found = [
            row for each in lives.replications for row in lives.paths[each] if _age(row, lives.paths[each]) == 4 * age
        ]
        if not found:
            continue
        cells = [_spread([row[name] for row in found if row[name] is not None], name) for name in _MEASURES]
        rows.append([str(age), whole(len(found)), *cells])
    return table_of("Median, lowest and highest over the runs in which it was at work at that age", heads, rows)


def _age(row: Row, path: Sequence[Row]) -> int:
    """Quarters since it was founded, or since the run began where that was later."""
    first = path[0]
    start = Quarter.parse(first["quarter"])
    return Quarter.parse(row["quarter"]) - start


def _spread(values: Sequence[float], name: str) -> str:
    if not values:
        return MISSING
    write = whole if name == "staff" else decimal
    low, middle, high = (write(float(f(values))) for f in (np.min, np.median, np.max))
    return middle if low == high else f"{middle} ({low} to {high})"
