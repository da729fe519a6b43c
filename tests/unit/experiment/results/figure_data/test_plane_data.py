"""Plane data: medians, shares of quadrants and yearly moves are those of the tables."""

import numpy as np
import pytest

from sim.experiment.results.figure_data.plane_data import plane_limits
from sim.experiment.results.population_comparison import quadrant_moves
from sim.experiment.results.results import Results
from sim.experiment.store.part_reader import QueryError
from sim.scenario.parameters.composite_weights import Plane
from tests.unit.experiment.made_up_sweeps import ROWS, sweep_folder

SIDES = ("resource_independence", "operational_autonomy")


def rows_of(figure, what):
    columns = figure.numbers
    return [row for row in zip(*columns.values(), strict=True) if row[0] == what]


def fourth(results, point=0):
    columns = ["point", "replication", "quarter", "date", "agency", "operating", "quadrant", *SIDES]
    table = results.table("agencies", columns).query("point == @point")
    return table[table.operating & table.quarter.astype(str).str.endswith("Q4")].assign(year=table.date.dt.year)


def test_the_path_is_the_median_of_the_medians(kept):
    figure = kept.plot("plane", points="0")
    each = fourth(kept).groupby(["year", "replication"])[["resource_independence", "operational_autonomy"]].median()
    wanted = each.groupby("year").median()
    rows = rows_of(figure, "median")
    assert [row[2] for row in rows] == wanted.index.tolist()
    assert [row[3] for row in rows] == pytest.approx(wanted.resource_independence.tolist())
    assert [row[4] for row in rows] == pytest.approx(wanted.operational_autonomy.tolist())
    years = {each.get_text() for axes in figure.axes for each in axes.texts}
    assert {"2009", "2012"} <= years


def test_shares_of_quadrants_and_moves_are_those_of_the_table(kept):
    figure = kept.plot("plane", points="0")
    rows = fourth(kept)
    last = rows[rows.year == 2012].quadrant.value_counts(normalize=True)
    drawn = {row[1]: row[3] for row in rows_of(figure, "share") if row[2] == "2012-Q4"}
    assert drawn == pytest.approx({label: last.get(label, 0.0) for label in drawn})
    assert sum(drawn.values()) == pytest.approx(1)
    moves = quadrant_moves(kept)
    for _, before, after, share, *_ in rows_of(figure, "move"):
        assert share == pytest.approx(moves.at[before, after] if after in moves else 0.0)


def test_limits_are_drawn_where_the_scenario_has_them(kept):
    limits = Plane()
    assert plane_limits(kept, 0) == (limits.resource, limits.autonomy)
    axes = kept.plot("plane", points="0").axes[0]
    upright = [
        line.get_xdata()[0] for line in axes.lines if len(set(line.get_xdata())) == 1 and len(line.get_xdata()) == 2
    ]
    assert limits.resource in upright


def test_several_points_are_paths_of_the_sector(kept):
    figure = kept.plot("plane")
    series = kept.series().query("point == 1")
    at = series[series.quarter.astype(str) == "2012-Q4"]
    row = next(row for row in rows_of(figure, "median") if row[1] == "drive 1.0" and row[2] == 2012)
    wanted = at[["resource_independence_p50", "operational_autonomy_p50"]].median().tolist()
    assert list(row[3:5]) == pytest.approx(wanted)
    assert {"drive 0.5", "drive 1.0"} <= {each.get_text() for each in figure.axes[0].texts}


def test_one_run_can_be_drawn(single):
    figure = single.plot("plane")
    figure.savefig(single.path / "plane.svg")
    assert figure.alternative
    assert not np.isnan([row[3] for row in rows_of(figure, "median")]).any()


def test_an_earlier_year_ends_the_path(kept):
    figure = kept.plot("plane", points="0", year=2010)
    assert [row[2] for row in rows_of(figure, "median")] == [2009, 2010]
    with pytest.raises(QueryError, match="2009-Q3 to 2012-Q4"):
        kept.plot("plane", points="0", year=2013)


def test_what_is_lacking_is_said(tmp_path):
    sweep_folder(tmp_path, ROWS, series=("closures",))
    with pytest.raises(QueryError, match="resource_independence_p50"):
        Results.open(tmp_path).plot("plane", points=["0", "1"])
