"""Chart data: medians and bands of outcomes as the numbers of chart series, of few digits, keyed by series.

A chart is made once (`sim.dashboard.chart_options`); while a slider is dragged only these numbers are sent.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from sim.declarations.calendar_quarter import Quarter
from sim.live.run_values import RunValues, differences_over_time
from sim.statistics.column_quantiles import quantiles

Points = list[list[float | int | None]]
_DIGITS = 4
_DAY_MS = 86_400_000
LETTERS = "ABCDEFGH"
"""What held settings are called in charts, in their order."""


@dataclass(frozen=True)
class Lines:
    """Low end, middle and high end of something by quarter; not a number where undefined."""

    low: npt.NDArray[np.float64]
    middle: npt.NDArray[np.float64]
    high: npt.NDArray[np.float64]


def lines_of(values: RunValues, outcome: str) -> Lines:
    """Median and middle 80 % of an outcome."""
    low, middle, high = quantiles(values.outcome(outcome), (0.1, 0.5, 0.9))
    return Lines(low, middle, high)


def lines_of_run(values: RunValues, outcome: str, replication: int) -> Lines | None:
    """One run; None where it is not done."""
    if replication not in values.replications:
        return None
    only = values.outcome(outcome)[values.replications.index(replication)]
    return Lines(only, only, only)


def lines_of_difference(base: RunValues, other: RunValues, outcome: str) -> Lines:
    """Mean paired difference and its confidence interval.

    Raises
    ------
    ValueError
        If there are no pairs; says why.
    """
    pairs = differences_over_time(base, other, outcome)
    return Lines(pairs.low, pairs.difference, pairs.high)


@lru_cache(maxsize=10_000)
def middle_ms(start: Quarter, number: int) -> int:
    """Middle of a quarter, in milliseconds since 1970, as charts take dates.

    >>> middle_ms(Quarter(1970, 1), 0) // _DAY_MS
    45
    """
    return (begin_ms(start + number) + begin_ms(start + (number + 1))) // 2


def begin_ms(quarter: Quarter) -> int:
    """Beginning of a quarter, in milliseconds since 1970."""
    first = np.datetime64(f"{quarter.year:04d}-{3 * quarter.number - 2:02d}-01")
    return int((first - np.datetime64("1970-01-01")).astype("timedelta64[D]").astype(int)) * _DAY_MS


def points(start: Quarter, values: Sequence[float] | npt.NDArray[np.float64]) -> Points:
    """Date and value of each quarter, the value with a few digits; nothing where it is undefined."""
    return [[middle_ms(start, n), short(float(value))] for n, value in enumerate(values)]


def short(value: float) -> float | int | None:
    """A number of a few significant digits.

    >>> short(0.123456), short(123456.0), short(float("nan"))
    (0.1235, 123500, None)
    """
    if not np.isfinite(value):
        return None
    found = float(f"{value:.{_DIGITS}g}")
    return int(found) if found.is_integer() else found


def series_data(name: str, start: Quarter, lines: Lines | None) -> dict[str, Points]:
    """Data of the three series of a line: its middle, the low end of its band and the height above it."""
    if lines is None:
        return {f"{name}:low": [], f"{name}:height": [], f"{name}:middle": []}
    # A band without height is none: one run, or an interval that is not known.
    is_band = bool(np.any(lines.high > lines.low))
    low = points(start, lines.low) if is_band else []
    return {
        f"{name}:low": low,
        f"{name}:height": points(start, lines.high - lines.low) if is_band else [],
        f"{name}:middle": points(start, lines.middle),
    }


def outcome_data(
    outcomes: Sequence[str], now: RunValues | None, held: Mapping[str, RunValues], replication: int | None
) -> dict[str, Points]:
    """Data of all series of a chart of outcomes.

    Parameters
    ----------
    outcomes : sequence of str
        What it shows.
    now : RunValues, optional
        The newest setting.
    held : mapping of str to RunValues
        Letter -> a held setting.
    replication : int, optional
        The single run that is shown beside the median.
    """
    found: dict[str, Points] = {}
    for outcome in outcomes:
        if now is not None:
            found |= series_data(outcome, now.start, lines_of(now, outcome))
            one = None if replication is None else lines_of_run(now, outcome, replication)
            found[f"{outcome}:single"] = [] if one is None else points(now.start, one.middle)
        for letter in LETTERS:
            values = held.get(letter)
            middle = [] if values is None else points(values.start, lines_of(values, outcome).middle)
            found[f"{outcome}:{letter}"] = middle
    return found


def difference_data(now: RunValues | None, held: Mapping[str, RunValues], outcome: str) -> dict[str, Points]:
    """Data of all series of the chart of differences: the newest setting less each held one."""
    found: dict[str, Points] = {}
    for letter in LETTERS:
        base = held.get(letter)
        lines = None
        if base is not None and now is not None:
            try:
                lines = lines_of_difference(base, now, outcome)
            except ValueError:
                lines = None  # the table beside the chart says why
        start = base.start if base is not None else Quarter(2000, 1)
        found |= series_data(letter, start, lines)
    return found
