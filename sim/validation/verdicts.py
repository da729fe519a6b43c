"""Verdicts: whether a number holds, fails or is undecided by its band, and why, in a sentence."""

from __future__ import annotations

import math
from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from sim.statistics.confidence_intervals import half_width
from sim.statistics.number_format import digits, number, written
from sim.validation.replication_estimate import Estimate

Band = tuple[float | None, float | None]
_MOST_RUNS = 100_000
"""Replications beyond which nobody will decide it."""


class Verdict(StrEnum):
    """What comes of a check or pattern."""

    HOLDS = "holds"
    FAILS = "fails"
    UNDECIDED = "undecided"
    REPORTED = "reported"


MEANINGS = {
    Verdict.HOLDS: "The whole interval lies inside the band; of a pattern: all checks hold.",
    Verdict.FAILS: "The whole interval lies outside the band; of a pattern: a check fails.",
    Verdict.UNDECIDED: "Neither, or there are too few values; it does not count as holding.",
    Verdict.REPORTED: "The check has no limits, and decides nothing.",
}
"""What each verdict means."""


def verdict_of(found: Estimate, band: Band) -> Verdict:
    """Judge a number by its band; limits belong to the band.

    >>> verdict_of(Estimate(2.0, 1.5, 2.5, 9, 9), (1.0, None)), verdict_of(Estimate(2.0, 1.5, 2.5, 9, 9), (None, 1.0))
    (<Verdict.HOLDS: 'holds'>, <Verdict.FAILS: 'fails'>)
    """
    if band == (None, None):
        return Verdict.REPORTED
    if math.isnan(found.low) or math.isnan(found.high):
        return Verdict.UNDECIDED
    low, high = _limits(band)
    if low <= found.low and found.high <= high:
        return Verdict.HOLDS
    return Verdict.FAILS if found.high < low or found.low > high else Verdict.UNDECIDED


def joint_verdict(verdicts: Sequence[Verdict]) -> Verdict:
    """Verdict of a pattern from those of its checks.

    >>> joint_verdict([Verdict.HOLDS, Verdict.UNDECIDED]), joint_verdict([Verdict.REPORTED, Verdict.HOLDS])
    (<Verdict.UNDECIDED: 'undecided'>, <Verdict.HOLDS: 'holds'>)
    """
    for worst in (Verdict.FAILS, Verdict.UNDECIDED, Verdict.HOLDS):
        if worst in verdicts:
            return worst
    return Verdict.REPORTED


def _limits(band: Band) -> tuple[float, float]:
    return (-math.inf if band[0] is None else band[0], math.inf if band[1] is None else band[1])


def reason_of(found: Estimate, band: Band) -> str:
    """Why a check does not hold, in a sentence without its end; empty where it does."""
    verdict = verdict_of(found, band)
    counted = f" (it is defined in {found.defined:,} of {found.runs:,} runs)" if found.defined < found.runs else ""
    if verdict is Verdict.FAILS:
        low, high = _limits(band)
        below = found.high < low
        limit, mean = (low, found.mean) if below else (high, found.mean)
        side = "below the lower" if below else "above the upper"
        return f"{interval_text(found)} is {side} limit {limit_text(limit)} by {number(abs(mean - limit))}{counted}"
    if verdict is Verdict.UNDECIDED:
        return _undecided(found, band) + counted
    return ""


def _undecided(found: Estimate, band: Band) -> str:
    if math.isnan(found.mean):
        return "there is no value" if found.defined == 0 else "it has no value from the means of these runs"
    if math.isnan(found.half):
        few = "one value is too few" if found.defined < 2 else "without one of the runs it would have no value"
        return f"{number(found.mean)} has no interval: {few}"
    low, high = _limits(band)
    over = [limit_text(limit) for limit in (low, high) if found.low <= limit <= found.high]
    limits = f"the limit{'s' * (len(over) > 1)} {' and '.join(over)}"
    wanted = needed_runs(found, band)
    more = "no number of replications is likely to decide it" if wanted is None else _enough(wanted)
    return f"{interval_text(found)} reaches over {limits}; {more}"


def _enough(runs: int) -> str:
    return f"about {runs:,} replications would probably decide it"


def needed_runs(found: Estimate, band: Band) -> int | None:
    """Replications with which the interval would leave out the limits if the number stayed what it is.

    Returns
    -------
    int or None
        Rounded up to two digits; None beyond a hundred thousand.
    """
    distance = min(abs(found.mean - limit) for limit in band if limit is not None)
    n = max(found.defined, 2)
    unit = float(half_width(_array(1.0), _array(n)))
    if not distance or not unit:
        return None
    # Half of the interval of n values, for a standard deviation that makes today's what it is.
    deviation = found.half / unit
    share = found.defined / max(found.runs, 1)
    low, high = 2, 2
    while deviation * float(half_width(_array(1.0), _array(high))) >= distance:
        if high > _MOST_RUNS * share:
            return None
        low, high = high, high * 2
    while low < high:
        middle = (low + high) // 2
        wide = deviation * float(half_width(_array(1.0), _array(middle))) >= distance
        low, high = (middle + 1, high) if wide else (low, middle)
    return _rounded_up(math.ceil(high / share))


def _array(value: float) -> Any:
    import numpy as np

    return np.array(value)


def _rounded_up(runs: int) -> int:
    """Two digits that count.

    >>> _rounded_up(1234), _rounded_up(47)
    (1300, 47)
    """
    unit = 10 ** max(len(str(runs)) - 2, 0)
    return -(-runs // unit) * unit


def interval_text(found: Estimate) -> str:
    """A number with its interval, as many digits as are known.

    >>> interval_text(Estimate(0.4213, 0.4182, 0.4244, 9, 9))
    '0.4213 (0.4182 to 0.4244)'
    """
    if math.isnan(found.half):
        return number(found.mean)
    places = digits(found.half, found.mean)
    mean, low, high = (written(each, places) for each in (found.mean, found.low, found.high))
    return f"{mean} ({low} to {high})" if places is not None else mean


def band_text(band: Band) -> str:
    """A band in words.

    >>> band_text((8.0, None)), band_text((0.15, 0.25)), band_text((None, None))
    ('≥ 8', '0.15 to 0.25', '–')
    """
    low, high = band
    if low is None:
        return "–" if high is None else f"≤ {limit_text(high)}"
    return f"≥ {limit_text(low)}" if high is None else f"{limit_text(low)} to {limit_text(high)}"


def limit_text(limit: float) -> str:
    """A limit as it was written.

    >>> limit_text(0.05), limit_text(-8.0), limit_text(12000.0)
    ('0.05', '−8', '12,000')
    """
    return f"{limit:,g}".replace("-", "−")
