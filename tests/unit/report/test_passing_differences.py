"""Passing differences: what lasts a year, was clear, and is over or much smaller where the findings look."""

import numpy as np
import pytest

from sim.experiment.results.comparison_results import Against, Comparison
from sim.report import passing_differences as passing
from sim.report.passing_differences import passing_differences
from sim.report.report_sources import open_sources
from sim.statistics.paired_differences import compare

QUARTERS = 20


def found(monkeypatch, compared, course):
    """Phrases for a difference in staff of this course over quarters."""
    rng = np.random.default_rng(1)
    base = rng.normal(300, 10, size=(12, QUARTERS))
    other = base + np.array(course) + rng.normal(0, 0.5, size=base.shape)
    start = compared.start
    series = [
        passing.PointSeries(n, "x", start, QUARTERS, np.arange(12), {"staff": values})
        for n, values in enumerate((base, other))
    ]
    monkeypatch.setattr(passing, "read_point_series", lambda *_: series)
    year = compare(base[:, -4:].mean(axis=1)[:, None], other[:, -4:].mean(axis=1)[:, None])
    comparison = Comparison("base", (Against("other", 1, year),), ("staff",))
    ((*words,),) = passing_differences(compared, comparison, 0)
    return words, start


@pytest.mark.parametrize(
    ("course", "expected"),
    [
        ([0] * 8 + [-20, -40, -30, -20] + [0] * 8, 9),
        ([0] * 8 + [-20, -40, -30, -20] + [-15] * 8, 9),
        ([0] * 8 + [30] * 8 + [-15] * 4, None),
        ([0] * 8 + [-20, -40] + [0] * 10, -1),
        ([0] * 8 + [-20] * 12, -1),
        ([0] * 20, -1),
    ],
    ids=["over", "much smaller", "other way round", "too short", "still there", "none"],
)
def test_only_what_lasted_and_passed_is_said(monkeypatch, compared, course, expected):
    words, start = found(monkeypatch, compared, course)
    if expected == -1:
        assert words == []
        return
    (phrase,) = words
    assert phrase.startswith("Staff lower by" if min(course) < -15 else "Staff higher by")
    if expected is not None:
        assert phrase.endswith(str(start + expected))
        assert float(phrase.split()[3]) == pytest.approx(abs(course[expected]), rel=0.1)


def test_a_folder_gives_a_list_for_each_scenario(compared):
    comparison = open_sources([compared.path]).comparison
    late, same = passing_differences(compared, comparison, 0)
    assert same == []
    assert all(" by " in phrase for phrase in late)
