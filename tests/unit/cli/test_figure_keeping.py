"""Figure keeping: the usual figures lie in the folder, always the same bytes; one that fails costs nothing else."""

import shutil

import pytest

from sim.cli.figure_keeping import FOLDER, keep_figures
from sim.experiment.results.figure_data import figure_making
from sim.experiment.results.figure_data.figure_making import usual_kinds
from sim.experiment.results.results import Results
from sim.plots.figure_source import facts_in
from tests.unit.experiment.made_up_sweeps import grid, sweep_folder
from tests.unit.experiment.results.figure_data.line_folders import Point, line_folder, wandering
from tests.unit.plots.sample_results import results_folder


def contents(path):
    return {file.name: file.read_bytes() for file in sorted((path / FOLDER).iterdir())}


@pytest.fixture
def compared(tmp_path):
    line_folder(tmp_path / "c", [Point(f"s{n}", {"staff": wandering(n)}) for n in range(3)])
    return tmp_path / "c"


def test_a_comparison_leaves_its_figures_and_the_same_bytes_again(compared, tmp_path):
    kept = keep_figures(compared)
    assert not kept.failed
    assert {f"{FOLDER}/{kind}.{ending}" for kind in ("scenarios", "differences") for ending in ("png", "svg")} <= {
        *kept.files
    }
    first = contents(compared)
    shutil.copytree(compared, tmp_path / "elsewhere")
    assert keep_figures(tmp_path / "elsewhere").files == kept.files
    assert contents(tmp_path / "elsewhere") == first
    facts = facts_in(first["scenarios.png"])[0]
    assert facts["seed"] == 1
    assert facts["made_by"] == "sim plot RESULTS --kind scenarios"
    assert not {"computed", "commit", "results", "results_made_by"} & {*facts}


@pytest.mark.parametrize(
    ("rows", "series", "kinds"),
    [
        (grid(variants=("",), drive=[0.0, 1.0]), (), {"axis"}),
        (grid(variants=("",), drive=[0.0, 1.0], delay=[1.0, 2.0]), (), {"axis", "heatmap"}),
        (grid(variants=("",), drive=[0.0, 1.0]), ("staff",), {"scenarios", "differences", "axis"}),
        (grid(scenarios=("a", "b")), (), {"forest"}),
        (grid(variants=("",), drive=list(range(20))), ("staff",), {"axis"}),
        (grid(variants=("",)), ("staff",), {"bands"}),
    ],
)
def test_what_varies_decides_what_is_usual(tmp_path, rows, series, kinds):
    sweep_folder(tmp_path, rows, series=series)
    assert {*usual_kinds(Results.open(tmp_path))} == kinds


def test_a_figure_that_fails_is_one_line_and_the_others_are_there(compared, monkeypatch):
    made = figure_making.make_figure

    def failing(results, kind, *rest, **options):
        if kind == "scenarios":
            raise ValueError("too\nwide")
        return made(results, kind, *rest, **options)

    monkeypatch.setattr(figure_making, "make_figure", failing)
    kept = keep_figures(compared)
    assert kept.failed == ("the figure scenarios is not drawn: too wide",)
    assert f"{FOLDER}/differences.png" in kept.files
    assert not (compared / FOLDER / "scenarios.png").exists()


def test_a_folder_that_cannot_be_read_or_written_does_not_fail(tmp_path, compared):
    assert "not drawn" in keep_figures(tmp_path / "nothing").failed[0]
    (compared / FOLDER).write_text("a file stands where the folder should be")
    kept = keep_figures(compared)
    assert not kept.files
    assert all("not drawn" in line and "\n" not in line for line in kept.failed)


def test_a_run_has_curves_instead(tmp_path):
    results_folder(tmp_path)
    assert keep_figures(tmp_path) == ((), (), ())
    assert not (tmp_path / FOLDER).exists()
