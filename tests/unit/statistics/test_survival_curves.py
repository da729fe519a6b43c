"""Survival curves: known estimates and intervals, clusters, and counts that cannot be."""

import numpy as np
import pytest

from sim.statistics.survival_curves import survival


def test_a_textbook_curve():
    # Leukaemia remission under 6-MP (Freireich and others 1963): 21 patients, events at weeks 6, 7, 10, 13, 16, 22, 23.
    at_risk, events = np.zeros((1, 36), int), np.zeros((1, 36), int)
    times = [6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35]
    stopped = [1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0]
    for time, event in zip(times, stopped, strict=True):
        at_risk[0, : time + 1] += 1
        events[0, time] += event
    curve = survival(at_risk, events)
    assert curve.survival[7] == pytest.approx(0.857, abs=5e-4)
    assert curve.survival[24] == pytest.approx(0.448, abs=5e-4)
    # The log-log interval that R's survfit gives with conf.type="log-log".
    assert (curve.low[7], curve.high[7]) == pytest.approx((0.620, 0.952), abs=2e-3)
    assert (curve.low[24], curve.high[24]) == pytest.approx((0.188, 0.680), abs=2e-3)


def test_clusters_that_agree_have_no_width_and_others_have():
    at_risk, events = np.array([[20, 10]] * 5), np.array([[4, 2]] * 5)
    same = survival(at_risk, events)
    assert same.high[1:] == pytest.approx(same.low[1:])
    events[0] = [10, 5]
    events[1] = [0, 0]
    apart = survival(at_risk, events)
    assert (apart.high[1:] - apart.low[1:] > 0.1).all()
    assert ((apart.low[1:] < apart.survival[1:]) & (apart.survival[1:] < apart.high[1:])).all()


def test_the_interval_over_clusters_holds_the_truth_as_often_as_it_says():
    rng, inside = np.random.default_rng(3), 0
    for _ in range(400):
        hazard = rng.beta(4, 16, (12, 1))  # clusters differ, mean hazard 0.2
        at_risk = np.full((12, 1), 30)
        curve = survival(at_risk, rng.binomial(at_risk, hazard))
        inside += curve.low[1] <= 0.8 <= curve.high[1]
    assert 0.91 <= inside / 400 <= 0.985


def test_nobody_stops_or_nobody_is_there():
    curve = survival(np.array([[3, 0, 2]]), np.zeros((1, 3), int))
    assert curve.survival.tolist()[:2] == [1.0, 1.0]
    assert np.isnan(curve.survival[2:]).all()
    assert np.isnan(curve.low).all()


@pytest.mark.parametrize(("at_risk", "events"), [([[1]], [[2]]), ([[1]], [[-1]]), ([[1, 2]], [[1]])])
def test_counts_that_cannot_be(at_risk, events):
    with pytest.raises(ValueError, match="at risk"):
        survival(np.array(at_risk), np.array(events))
