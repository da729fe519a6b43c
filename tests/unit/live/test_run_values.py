"""Run values: pairs by random keys, and why there are none."""

from __future__ import annotations

import numpy as np
import pytest

from sim.declarations.calendar_quarter import Quarter
from sim.declarations.sector_outcomes import SECTOR
from sim.live.run_values import PLACES, RunValues, differences, differences_over_time, why_no_pairs


def made(seeds, add=0.0, quarters=5, start=2010):
    values = np.zeros((len(seeds), quarters, len(SECTOR)))
    values += np.array(seeds, float)[:, None, None] + add + np.arange(quarters)[None, :, None]
    return RunValues(Quarter(start, 1), tuple(range(len(seeds))), tuple(seeds), values)


def test_runs_are_paired_by_their_keys():
    pairs = differences_over_time(made([5, 6, 7]), made([7, 5], add=2.0), "agencies")
    assert pairs.n.tolist() == [2] * 5
    np.testing.assert_allclose(pairs.difference, 2.0)
    assert pairs.clear.all()


def test_measure_of_a_year_is_the_mean_of_the_last_four_quarters():
    found = made([1, 2])
    assert found.measured("year")[:, PLACES["agencies"]].tolist() == [1 + 2.5, 2 + 2.5]
    pairs = differences(found, made([1, 2], add=0.5), ["agencies", "staff"])
    np.testing.assert_allclose(pairs.difference, 0.5)


@pytest.mark.parametrize(
    ("other", "words"),
    [(made([1], start=2011), "begin in"), (made([1], quarters=3), "quarters"), (made([9]), "random keys")],
)
def test_why_there_are_no_pairs(other, words):
    assert words in why_no_pairs(made([1, 2]), other)
    with pytest.raises(ValueError, match=words):
        differences(made([1, 2]), other, ["agencies"])
