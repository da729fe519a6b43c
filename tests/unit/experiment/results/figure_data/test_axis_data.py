"""Outcomes against an axis: means and intervals of the folder's runs, named levels, thresholds, lacking runs."""

import numpy as np
import pytest

from sim.experiment.execute.result_collector import COLUMNS
from sim.experiment.results.figure_data.figure_making import make_figure
from sim.experiment.results.figure_data.figure_options import FigureOptions
from sim.experiment.results.results import Results
from sim.experiment.store.part_reader import QueryError
from sim.plots.line_looks import LINE_LOOKS
from sim.statistics.confidence_intervals import mean_interval
from tests.unit.experiment.made_up_sweeps import grid, sweep_folder, values_of
from tests.unit.experiment.results.figure_data.line_folders import ODD_NAMES, columns, drawn, panels, words

ROWS = grid(drive=[1.0, 0.0, 0.5])
YEAR = COLUMNS.index("closures_year")


@pytest.fixture(scope="module")
def swept(tmp_path_factory):
    """Three levels of drive, two variants, a failed run, and one without the outcome."""
    values = values_of(ROWS, 5)
    values[1, 2, YEAR] = np.nan
    path = tmp_path_factory.mktemp("axis") / "swept"
    sweep_folder(path, ROWS, values=values, failed=[(4, 0)])
    return Results.open(path)


def test_means_and_intervals_are_those_of_the_runs(swept):
    figure = swept.plot("axis", outcomes="closures")
    runs = swept.runs(["closures_year"])
    for line, variant in (("(none)", ""), ("third party", "third party")):
        shown = columns(figure, line=line)
        assert shown["level"] == ["0", "0.5", "1"]
        for n, level in enumerate((0.0, 0.5, 1.0)):
            here = runs[(runs["drive"] == level) & (runs["variant"] == variant)]["closures_year"]
            interval = mean_interval(here.to_numpy())
            assert shown["mean"][n] == pytest.approx(interval.mean)
            assert (shown["ci_low"][n], shown["ci_high"][n]) == pytest.approx((interval.low, interval.high))
            assert (shown["defined"][n], shown["runs"][n]) == (here.notna().sum(), len(here))
    assert drawn(panels(figure)[0], LINE_LOOKS[0].colour) == pytest.approx(columns(figure, line="(none)")["mean"])


def test_what_lacks_is_said(swept):
    figure = swept.plot("axis", outcomes="closures")
    assert "1 run failed and is left out" in words(figure)
    assert "Undefined in some runs, which are left out: hollow (at least 4 runs have a value)" in words(figure)
    hollow = [line for line in panels(figure)[0].get_lines() if line.get_markerfacecolor() == "white"]
    assert sum(len(line.get_xdata()) for line in hollow) == 1


def test_without_another_factor_points_are_averaged(swept):
    figure = swept.plot("axis", by="drive", outcomes="staff")
    assert "Averaged over the levels of variant" in words(figure)
    runs = swept.runs(["staff_year"]).groupby(["drive", "variant"])["staff_year"].mean()
    assert figure.numbers["mean"] == pytest.approx(runs.groupby(level="drive").mean().tolist())


def test_named_levels_stand_apart(tmp_path):
    sweep_folder(tmp_path, grid(scenarios=ODD_NAMES, variants=("",)))
    figure = make_figure(Results.open(tmp_path), "axis", FigureOptions(outcomes=("closures",))).figure
    axes = panels(figure)[0]
    assert list(axes.get_xticks()) == [0, 1, 2]
    assert axes.get_xticklabels()[0].get_text().startswith("<b>bold</b>")
    assert " ".join(ODD_NAMES[2].split()) in words(figure), "a name that is cut stands in the key"
    assert not [line for line in axes.get_lines() if line.get_linestyle() == "-"], "names are not joined"
    assert len(axes.collections[0].get_segments()) == 3


def test_a_threshold_is_a_line_and_its_crossings_are_said(swept):
    means = columns(swept.plot("axis", by="drive", outcomes="staff"))["mean"]
    middle = (means[0] + means[1]) / 2
    figure = swept.plot("axis", by="drive", outcomes="staff", threshold=middle)
    assert any(list(line.get_ydata()) == [middle, middle] for line in panels(figure)[0].get_lines())
    assert "at about 0.25" in words(figure)


def test_a_single_replication_has_no_interval(tmp_path):
    sweep_folder(tmp_path, ROWS, replications=1)
    figure = Results.open(tmp_path).plot("axis", outcomes="closures")
    assert "Mean over 1 replication;" in words(figure)
    assert np.isnan(figure.numbers["ci_low"]).all()


def test_many_levels_are_dots(tmp_path):
    sweep_folder(tmp_path, grid(variants=("",), drive=np.linspace(0, 1, 60).tolist()), replications=1)
    figure = Results.open(tmp_path).plot("axis", outcomes="closures")
    dots = [line for line in panels(figure)[0].get_lines() if line.get_marker() == "o"]
    assert len(dots[0].get_xdata()) == 60
    assert "Each dot is a point" in words(figure)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"by": "driv"}, "did you mean 'drive'"),
        ({"by": ["drive", "variant", "scenario"]}, "scenario"),
        ({"threshold": 3.0}, "one outcome"),
        ({"outcomes": ["closurs"]}, "did you mean 'closures'"),
        ({"measure": "yaer"}, "measure"),
        ({"measure": "2010-Q1"}, "kept by quarter"),
    ],
)
def test_bad_options(swept, options, message):
    with pytest.raises(QueryError, match=message):
        make_figure(swept, "axis", FigureOptions.of(**options))


def test_a_factor_with_too_many_levels_is_no_set_of_lines(tmp_path):
    sweep_folder(tmp_path, grid(variants=("",), drive=list(range(9)), delay=[1, 2]), replications=1)
    results = Results.open(tmp_path)
    with pytest.raises(QueryError, match="at most 8"):
        results.plot("axis", by=["delay", "drive"])
    assert set(results.plot("axis", outcomes="closures").numbers["line"]) == {"delay 1", "delay 2"}
