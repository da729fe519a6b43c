"""Small multiples of agencies: medians of operating agencies by group, as pandas finds them in the folder."""

import numpy as np
import pytest

from sim.experiment.results.figure_data.agency_groups import GROUPINGS
from sim.experiment.results.figure_data.figure_kinds import kind_named
from sim.experiment.results.figure_data.figure_making import make_figure
from sim.experiment.results.figure_data.figure_options import FigureOptions
from sim.experiment.store.part_reader import QueryError
from tests.unit.experiment.results.figure_data.line_folders import columns, panels, words


def agencies(results, point=0):
    """Operating agencies of a point."""
    return results.table("agencies").query("point == @point and operating")


def medians(table, by, column):
    """Median over agencies, then over runs, by quarter."""
    runs = table.groupby([by, "date", "replication"], observed=True)[column].median()
    return runs.groupby(level=[0, 1]).median()


@pytest.mark.parametrize("by", ["district", "origin"])
def test_lines_are_medians_of_operating_agencies(kept, by):
    figure = kept.plot("panels", by=by)
    expected = medians(agencies(kept), by, "resource_independence").dropna()
    shown = columns(figure, line="Resource independence")
    found = [value for value in shown["median"] if not np.isnan(value)]
    groups = list(dict.fromkeys(shown["panel"]))
    assert found == pytest.approx([value for group in groups for value in expected[group].tolist()])
    counts = agencies(kept).groupby(by, observed=True).size()
    assert list(counts[groups]) == sorted(counts[groups], reverse=True), "the largest group first"


def test_agencies_are_counted_in_every_panel(kept):
    figure = kept.plot("panels")
    table = agencies(kept)
    last = table[table["date"] == table["date"].max()]
    sizes = last.groupby(["district", "replication"], observed=True).size().unstack(fill_value=0)
    for district in dict.fromkeys(figure.numbers["panel"]):
        middle = float(np.median(sizes.loc[district])) if district in sizes.index else 0.0
        said = f"{middle:,.0f}" if middle == int(middle) else f"{middle:,.1f}"
        assert f"0-1; {said} agenc" in words(figure)
    assert len({axes.get_ylim() for axes in panels(figure)}) == 1, "small multiples have one scale"


def test_cohorts_are_years_of_founding(kept):
    figure = kept.plot("panels", by="cohort", points=["1"])
    names = list(dict.fromkeys(figure.numbers["panel"]))
    assert names[0] == "founded before 2009-Q3"
    assert set(names[1:]) <= {f"founded {year}" for year in range(2009, 2013)}
    table = agencies(kept, 1)
    before = table[table["founded"] < 0]
    shown = columns(figure, panel=names[0], line="Operational autonomy")["median"]
    runs = before.groupby(["date", "replication"])["operational_autonomy"].median().groupby(level=0).median()
    assert shown == pytest.approx(runs.tolist())


def test_small_groups_are_said(kept):
    assert "Fewer than 3 agencies as a rule" in words(kept.plot("panels", by="origin"))


def test_measures_of_several_units_have_panels_of_their_own(kept):
    figure = kept.plot("panels", by="kind", outcomes=["staff", "reserve_months"])
    kinds = agencies(kept)["kind"].nunique()
    assert len(panels(figure)) == 2 * kinds
    assert "persons;" in words(figure)
    assert "months;" in words(figure)


def test_one_run_has_no_band(single):
    figure = single.plot("panels", by="kind")
    assert "one replication" in words(figure)
    assert not [each for axes in panels(figure) for each in axes.collections]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"outcomes": ["resource_indepence"]}, "did you mean 'resource_independence'"),
        ({"outcomes": ["district"]}, "'district' of agencies is no number"),
        ({"by": ["distict"]}, "did you mean 'district'"),
        ({"by": ["district", "origin"]}, "one property"),
        ({"points": ["0", "1"]}, "one point"),
        (
            {"outcomes": ["cash", "staff", "wage", "hours", "quality", "mission", "lines", "sources", "bids"]},
            "at most 8",
        ),
    ],
)
def test_bad_options(kept, options, message):
    with pytest.raises(QueryError, match=message):
        make_figure(kept, "panels", FigureOptions.of(**options))


def test_every_grouping_can_be_read(kept):
    for by in GROUPINGS:
        assert kind_named("panels").read(kept, FigureOptions(by=(by,))).texts
