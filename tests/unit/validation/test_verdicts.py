"""Verdicts of checks and patterns, and the sentences that say why one does not hold."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sim.statistics.confidence_intervals import half_width
from sim.validation.replication_estimate import Estimate
from sim.validation.verdicts import (
    MEANINGS,
    Verdict,
    band_text,
    interval_text,
    joint_verdict,
    needed_runs,
    reason_of,
    verdict_of,
)

NUMBERS = st.floats(-1e3, 1e3, allow_nan=False)
LIMITS = st.none() | NUMBERS
VERDICTS = st.lists(st.sampled_from(list(Verdict)), min_size=1)


def of(mean: float, half: float, runs: int = 20, defined: int = 20) -> Estimate:
    return Estimate(mean, mean - half, mean + half, runs, defined)


@given(NUMBERS, st.floats(0, 1e3), LIMITS, LIMITS)
def test_holding_is_lying_inside_and_failing_is_lying_outside(
    mean: float, half: float, low: float | None, high: float | None
) -> None:
    assume(low is None or high is None or low <= high)
    found = of(mean, half)
    verdict = verdict_of(found, (low, high))
    least, most = -math.inf if low is None else low, math.inf if high is None else high
    inside = least <= found.low and found.high <= most
    outside = found.high < least or found.low > most
    if low is None and high is None:
        assert verdict is Verdict.REPORTED
    else:
        assert verdict is (Verdict.HOLDS if inside else Verdict.FAILS if outside else Verdict.UNDECIDED)
    assert bool(reason_of(found, (low, high))) is (verdict in (Verdict.FAILS, Verdict.UNDECIDED))


@pytest.mark.parametrize(
    ("found", "reason"),
    [
        (Estimate(math.nan, math.nan, math.nan, 5, 0), "there is no value"),
        (Estimate(0.5, math.nan, math.nan, 5, 1), "one value is too few"),
        (Estimate(0.5, math.nan, math.nan, 5, 4), "without one of the runs"),
    ],
)
def test_too_few_values_are_undecided(found: Estimate, reason: str) -> None:
    assert verdict_of(found, (0, 1)) is Verdict.UNDECIDED
    assert reason in reason_of(found, (0, 1))
    assert "defined in" in reason_of(found, (0, 1))


@given(VERDICTS)
def test_a_pattern_holds_if_all_checks_do_and_fails_if_one_does(verdicts: list[Verdict]) -> None:
    judged = [each for each in verdicts if each is not Verdict.REPORTED]
    joint = joint_verdict(verdicts)
    if not judged:
        assert joint is Verdict.REPORTED
    elif Verdict.FAILS in judged:
        assert joint is Verdict.FAILS
    else:
        assert (joint is Verdict.HOLDS) is all(each is Verdict.HOLDS for each in judged)


def test_sentences_say_which_limit_by_how_much_and_what_would_decide() -> None:
    assert reason_of(of(0.4, 0.02), (0.5, 1.0)) == "0.400 (0.380 to 0.420) is below the lower limit 0.5 by 0.100"
    assert reason_of(of(1.4, 0.02), (0.5, 1.0)) == "1.400 (1.380 to 1.420) is above the upper limit 1 by 0.400"
    undecided = reason_of(of(0.52, 0.04, 20, 12), (0.5, 1.0))
    assert undecided.startswith("0.520 (0.480 to 0.560) reaches over the limit 0.5; about ")
    assert undecided.endswith("replications would probably decide it (it is defined in 12 of 20 runs)")
    assert "the limits 0.5 and 0.54" in reason_of(of(0.52, 0.04), (0.5, 0.54))
    assert "no number of replications" in reason_of(of(0.5, 0.04), (0.5, 1.0))


@given(st.integers(3, 200), st.floats(0.1, 10), st.floats(0.05, 0.95))
def test_the_replications_that_are_named_are_enough_and_not_many_more(n: int, half: float, share: float) -> None:
    found = of(0.0, half, n, n)
    wanted = needed_runs(found, (-half * share, None))
    if wanted is None:
        return
    unit = half / width_of(n)
    assert wanted > n
    assert unit * width_of(wanted) < half * share
    before = wanted - 1 if wanted < 100 else int(wanted * 0.89)
    assert before <= n or unit * width_of(before) >= half * share


def width_of(runs: int) -> float:
    """Half the interval of so many values with a standard deviation of 1."""
    return float(half_width(np.array(1.0), np.array(runs)))


def test_every_verdict_has_a_meaning() -> None:
    assert set(MEANINGS) == set(Verdict)


def test_numbers_are_written_as_far_as_they_are_known() -> None:
    assert interval_text(of(1234.5, 56)) == "1,234 (1,178 to 1,290)"
    assert interval_text(of(3.0, 0.0)) == "3"
    assert interval_text(Estimate(math.nan, math.nan, math.nan, 3, 0)) == "–"
    assert band_text((None, 0.5)) == "≤ 0.5"
