"""Weight sensitivity: levels, changes and signs with known answers, and a small sweep."""

import numpy as np
import pandas as pd
import pytest

from sim.declarations.calendar_quarter import Quarter
from sim.experiment.execute.executor_protocol import SerialExecutor
from sim.experiment.execute.progress_reporter import NullProgress
from sim.experiment.store.part_reader import QueryError
from sim.scenario.parameters.composite_weights import Autonomy
from sim.validation.drawn_designs import plausible_axes
from sim.validation.weight_sensitivity import (
    MEASURES,
    first_year_after,
    levels_of,
    weight_sensitivity,
    weights_markdown,
    weights_text,
)

START = Quarter(2010, 1)


def test_levels_and_changes_are_means_over_runs():
    quarters = np.arange(12.0)
    rows = [
        pd.DataFrame({"point": point, "replication": r, "x": quarters * (point + 1) + r})
        for point in (0, 1)
        for r in (0, 2)
    ]
    found = levels_of(pd.concat(rows), "x", split=4)
    assert found.tolist() == [[9.5 + 1, 8.0], [19.0 + 1, 16.0]]


def test_undefined_runs_are_left_out():
    rows = [pd.DataFrame({"point": 0, "replication": r, "x": [value] * 8}) for r, value in ((0, 0.25), (1, np.nan))]
    assert levels_of(pd.concat(rows), "x", split=4).tolist() == [[0.25, 0.0]]


@pytest.mark.parametrize(("quarters", "since", "split"), [(60, None, 20), (20, None, 4), (60, START + 30, 30)])
def test_a_change_is_from_the_year_before(quarters, since, split):
    assert first_year_after(START, quarters, since) == split


@pytest.mark.parametrize(("quarters", "since"), [(60, START + 3), (60, START + 57), (6, None), (60, START + (-8))])
def test_a_change_needs_a_year_on_both_sides(quarters, since):
    with pytest.raises(QueryError, match="a year is needed before and after"):
        first_year_after(START, quarters, since)


def test_axes_are_the_plausible_ranges_of_a_group():
    axes = plausible_axes(["autonomy"])
    assert axes["rules_autonomy_design"] == {"path": "rules.autonomy.design", "low": 0.5, "high": 2.0}
    assert len(axes) == len(Autonomy.model_fields)
    every = plausible_axes()
    assert set(axes) < set(every)
    assert any(axis["path"] == "cities.*.labour.exit_rate" for axis in every.values())
    assert isinstance(every["rules_closing_patience"]["low"], int)


def test_a_small_sweep_is_kept_and_read_again(tmp_path):
    town = tmp_path / "town.yaml"
    town.write_text("extends: beijing-2010\nquarters: 12\ndates_outside_run: true\n", encoding="utf-8")
    first, second = (
        weight_sensitivity(town, tmp_path / "out", SerialExecutor(), NullProgress(), draws=3, replications=1)
        for _ in range(2)
    )
    assert first.equals(second)
    assert first["measure"].tolist() == list(MEASURES)
    assert (first["level_least"] <= first["level"]).all()
    assert (first["level"] <= first["level_most"]).all()
    assert first["same_sign"].between(0, 1).all()
    assert len(list((tmp_path / "out").iterdir())) == 1
    assert "town: measures under 3 sets of their own weights, 1 run each" in weights_text(first)
    assert "| sustainability_median |" in weights_markdown(first)
