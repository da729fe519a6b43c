"""Trend and level sentences: numbers are those of the runs, and nothing unclear is called a change."""

import numpy as np
import pytest

from sim.experiment.results.effects import Effects
from sim.experiment.results.figure_data.point_series import PointSeries, read_point_series
from sim.report.level_sentences import level_findings
from sim.report.trend_sentences import trend_findings


def test_trends_are_paired_within_runs(ran):
    (series,) = read_point_series(ran, ["staff", "agencies", "unmet_need"])
    found = trend_findings(series, ["staff", "agencies", "unmet_need"])
    values = series.values["staff"]
    change = (values[:, 4:].mean(axis=1) - values[:, :4].mean(axis=1)).mean()
    (staff,) = [one for one in found.clear if one.outcome == "staff"]
    assert staff.direction == np.sign(change)
    assert float(staff.short.split()[1].replace(",", "")) == pytest.approx(abs(change), rel=0.05)
    assert found.cautions


def test_one_run_claims_nothing(ran):
    (series,) = read_point_series(ran, ["staff"])
    one = PointSeries(
        0, "x", series.start, series.quarters, series.replications[:1], {"staff": series.values["staff"][:1]}
    )
    found = trend_findings(one, ["staff"])
    assert not found.clear
    assert not found.unclear


def test_an_outcome_that_is_never_defined_has_no_trend(ran):
    (series,) = read_point_series(ran, ["staff"])
    empty = PointSeries(0, "x", series.start, 8, series.replications, {"staff": np.full((3, 8), np.nan)})
    assert trend_findings(empty, ["staff"]).missing == ["Staff"]


def test_levels_are_compared_all_else_the_same(swept):
    found = {each.title.partition(":")[0]: each for each in level_findings(swept, ["staff", "unmet_need"], "year")}
    assert set(found) == {"Drive to diversify", "hiring"}
    effects = Effects.of(swept, ["staff"], "hiring")
    clear = sum(int(pairs.clear[0]) for pairs in effects.pairs)
    said = [one for one in found["hiring"].clear if one.outcome == "staff"]
    assert bool(said) == bool(clear)
    if clear == len(effects.pairs):
        assert "all of them" in said[0].words
    sizes = sorted(abs(float(pairs.difference[0])) for pairs in effects.pairs if pairs.clear[0])
    if sizes:
        words = said[0].words.partition("by ")[2].split()
        assert float(words[0].replace(",", "")) == pytest.approx(sizes[0], rel=0.1)
