"""Outcome measures: which numbers stand for a trajectory, and the columns `OUTCOME_MEASURE` that hold them.

A measure is a name (`MEASURES`, a column of every summary), or a quarter or window of quarters, which is read from the
series of an outcome.

>>> [each.name for each in MEASURES], measure_column("closures", "mean")
(['year', 'mean', 'min', 'max'], 'closures_mean')
>>> measure_meaning("2016-Q1..2018-Q4 since 2015-Q4")
'mean of 2016-Q1 to 2018-Q4, less its value in 2015-Q4'
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from sim.declarations.calendar_quarter import Quarter
from sim.declarations.input_issues import Issue, IssueError, shown
from sim.declarations.renamed_names import called_now, renamed

TO, SINCE = "..", " since "
"""Between the ends of a window, and between a window and the earlier one that is subtracted."""


class Measure(NamedTuple):
    """A number that stands for a trajectory."""

    name: str
    meaning: str


MEASURES = (
    Measure("year", "mean of the last four quarters"),
    Measure("mean", "mean of all quarters"),
    Measure("min", "lowest quarter"),
    Measure("max", "highest quarter"),
)
QUARTERS_LEFT_OUT = "quarters in which it is undefined are left out"
"""True of every measure over several quarters; how many they are is counted from outcomes that are kept by quarter."""
_YEAR = 4
"""Quarters."""
MEASURE_NAMES = tuple(each.name for each in MEASURES)
ALLOWED = (
    f"expected {', '.join(MEASURE_NAMES)}, a quarter such as 2018-Q4, a window such as 2016-Q1..2018-Q4, or the change "
    "since an earlier one, such as '2018-Q4 since 2015-Q4'"
)


@dataclass(frozen=True)
class Window:
    """Quarters that count; outcomes that are undefined in some of them are averaged over the others.

    Attributes
    ----------
    first, last : Quarter
        Both are part of it.
    """

    first: Quarter
    last: Quarter

    @classmethod
    def parse(cls, text: str) -> Window:
        """Read ``2018-Q4`` or ``2016-Q1..2018-Q4``.

        Raises
        ------
        IssueError
            If it is neither; says what was probably meant.
        """
        first, between, last = (part.strip() for part in text.partition(TO))
        window = cls(Quarter.parse(first), Quarter.parse(last if between else first))
        if window.last < window.first:
            what = f"the end {window.last} is before the beginning {window.first}"
            raise IssueError(Issue((), what, f"expected {window.first} or later"))
        return window

    @property
    def quarters(self) -> int:
        """Number of quarters."""
        return self.last - self.first + 1

    @property
    def meaning(self) -> str:
        """What it makes of a trajectory."""
        return f"mean of {self.first} to {self.last}" if self.quarters > 1 else f"value in {self.first}"

    def __str__(self) -> str:
        return f"{self.first}{TO}{self.last}" if self.quarters > 1 else str(self.first)


@dataclass(frozen=True)
class DatedMeasure:
    """What counts of a trajectory, by date.

    Attributes
    ----------
    window : Window
        Quarters that count.
    since : Window, optional
        Earlier quarters whose mean is subtracted.
    """

    window: Window
    since: Window | None = None

    @property
    def windows(self) -> tuple[Window, ...]:
        """The quarters that are read."""
        return (self.window,) if self.since is None else (self.window, self.since)

    @property
    def meaning(self) -> str:
        """In words."""
        return self.window.meaning + (f", less its {self.since.meaning}" if self.since is not None else "")

    def __str__(self) -> str:
        return SINCE.join(map(str, self.windows))


def dated(measure: object) -> DatedMeasure | None:
    """A measure by date; None for one that has a name.

    >>> dated("year"), str(dated("2016-Q1 .. 2016-Q4"))
    (None, '2016-Q1..2016-Q4')

    Raises
    ------
    IssueError
        If it is neither; says what is allowed, and what was probably meant.
    """
    if isinstance(measure, str) and measure in MEASURE_NAMES:
        return None
    if isinstance(measure, Quarter):
        return DatedMeasure(Window(measure, measure))
    if not isinstance(measure, str) or not any(sign.isdigit() for sign in measure):
        new = renamed("measure", measure) if isinstance(measure, str) else None
        allowed = called_now(new) if new else ALLOWED
        text = measure if isinstance(measure, str) and not new else None
        raise IssueError(Issue((), f"no measure {shown(measure)}", allowed, text, MEASURE_NAMES))
    window, since, earlier = measure.partition(SINCE)
    found = DatedMeasure(Window.parse(window), Window.parse(earlier) if since else None)
    if found.since is not None and found.since.last >= found.window.first:
        what = f"{found.since} does not end before {found.window} begins"
        raise IssueError(Issue((), what, f"expected quarters before {found.window.first}"))
    return found


def measure_text(measure: object) -> str:
    """A measure as it is written down.

    Raises
    ------
    IssueError
        As `dated`.
    """
    return str(dated(measure) or measure)


def measure_meaning(measure: object) -> str:
    """What a measure makes of a trajectory, in words."""
    found = dated(measure)
    return {each.name: each.meaning for each in MEASURES}[str(measure)] if found is None else found.meaning


def measure_note(measure: object, quarters: int | None = None) -> str:
    """What a measure makes of the runs of a table, for the note below it.

    Parameters
    ----------
    measure : str
        A measure.
    quarters : int, optional
        Length of the runs, where it is known: the last year of a short run is all of it.

    Examples
    --------
    >>> measure_note("2018-Q4"), measure_note("year", 1)
    ('value in 2018-Q4', 'value in its only quarter')
    >>> measure_note("year", 3)
    'mean of its 3 quarters (quarters in which it is undefined are left out)'
    """
    meaning, found = measure_meaning(measure), dated(measure)
    if found is None and quarters == 1:
        return "value in its only quarter"
    if found is not None and all(window.quarters == 1 for window in found.windows):
        return meaning
    if measure == "year" and quarters is not None and quarters < _YEAR:
        meaning = f"mean of its {quarters} quarters"
    return f"{meaning} ({QUARTERS_LEFT_OUT})"


def measure_column(outcome: str, measure: str) -> str:
    """Name of the column that holds a measure of an outcome."""
    return f"{outcome}_{measure}"
