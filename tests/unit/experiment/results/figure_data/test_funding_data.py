"""Funding data: areas are sums over agencies, means over runs, source by source."""

import numpy as np
import pytest
from matplotlib.collections import PolyCollection

from sim.declarations.income_sources import Source
from sim.experiment.results.figure_data.funding_data import income_column
from sim.experiment.store.part_reader import QueryError


def test_amounts_are_means_over_runs_of_sums_over_agencies(kept):
    figure = kept.plot("funding")
    numbers = figure.numbers
    columns = [income_column(source) for source in Source if income_column(source) in kept.parts("agencies").columns]
    table = kept.table("agencies", ["point", "replication", "quarter", *columns]).query("point == 0")
    sums = table.groupby(["replication", "quarter"], observed=True)[columns].sum()
    wanted = sums.groupby("quarter", observed=True).sum() / 4
    rows = zip(numbers["source"], numbers["quarter"], numbers["mean"], numbers["share"], strict=True)
    for label, quarter, mean, share in rows:
        column = f"income_{label.replace('-', '_')}"
        assert mean == pytest.approx(wanted.at[quarter, column], abs=0.01)
        assert share == pytest.approx(wanted.at[quarter, column] / wanted.loc[quarter].sum(), abs=1e-6)
    assert min(numbers["quarter"]) == "2010-Q2"


def test_areas_add_up_and_are_named(kept):
    figure = kept.plot("funding")
    money, share = figure.axes
    areas = [each for each in share.collections if isinstance(each, PolyCollection)]
    tops = [each.get_paths()[0].vertices[:, 1].max() for each in areas]
    assert tops[-1] == pytest.approx(1)
    paying = {name for name, mean in zip(figure.numbers["source"], figure.numbers["mean"], strict=True) if mean}
    assert len(areas) == len(paying)
    for axes in (money, share):
        words = " ".join(each.get_text() for each in axes.texts)
        assert all(name in words for name in paying)
    silent = set(figure.numbers["source"]) - paying
    text = " ".join(each.get_text() for each in figure.texts)
    assert all(name in text for name in silent)


def test_a_run_of_a_quarter_is_a_bar(tmp_path, kept):
    from sim.experiment.experiment_api import Experiment

    values = {"title": "$1 <b>", "scenarios": ["beijing-2010"], "quarters": 1, "replications": 1}
    results = Experiment.of(values | {"keep": {"tables": ["agencies"]}}).run(tmp_path / "short", workers=1)
    figure = results.plot("funding")
    assert any("shorter than a year" in each.get_text() for each in figure.texts)
    figure.savefig(tmp_path / "bar.png")
    assert np.isfinite(figure.numbers["mean"]).all()


def test_what_it_does_not_take_is_refused(kept):
    with pytest.raises(QueryError, match="not by"):
        kept.plot("funding", by="cohort")
    with pytest.raises(QueryError, match="one point"):
        kept.plot("funding", points=["0", "1"])
