"""The command `sim plot`: files of the kinds that are asked for; bad input is refused in a line, nothing is written."""

import json

import pytest

from tests.support.in_process_cli import inside
from tests.unit.experiment.made_up_sweeps import grid, sweep_folder
from tests.unit.experiment.results.figure_data.line_folders import Point, line_folder, wandering


@pytest.fixture(scope="module")
def cwd(tmp_path_factory):
    """A comparison, a large sweep, and folders that are no results or damaged."""
    path = tmp_path_factory.mktemp("plot")
    line_folder(path / "c", [Point(f"s{n}", {"staff": wandering(n)}) for n in range(3)])
    sweep_folder(path / "large", grid(variants=("",), drive=list(range(20))), series=("staff",))
    sweep_folder(path / "begun", grid(), chunks=())
    (path / "empty").mkdir()
    (path / "other").mkdir()
    (path / "other" / "notes.txt").write_text("no results")
    line_folder(path / "older", [Point("s", {"staff": wandering(1)})])
    values = json.loads((path / "older" / "manifest.json").read_text())
    (path / "older" / "manifest.json").write_text(json.dumps(values | {"format": 1}))
    line_folder(path / "half", [Point(f"s{n}", {"staff": wandering(n)}) for n in range(2)])
    part = path / "half" / "series" / "00000.parquet"
    part.write_bytes(part.read_bytes()[:-50])
    (path / "there.png").write_bytes(b"mine")
    return path


def everything(path):
    return {str(file.relative_to(path)) for file in path.rglob("*")}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("c --kind scenaros", "did you mean 'scenarios'"),
        ("c --kind scenarios --outcomes staf", "did you mean 'staff'"),
        ("c --kind scenarios --outcomes wage", "not kept by quarter"),
        ("c --kind scenarios --point s9", "no point 's9'"),
        ("c --kind differences --base nowhere", "no point 'nowhere'"),
        ("c --kind scenarios --by drive", "no factor that varies 'drive'"),
        ("c --kind runs --count 0", "--count"),
        ("c --kind axis --threshold 3", "one outcome"),
        ("c --kind scenarios --threshold 3", "kinds that take threshold"),
        ("c --kind panels", "it needs the table agencies"),
        ("large --kind scenarios", "at most 8"),
        ("empty", "empty"),
        ("other", "other"),
        ("nowhere", "nowhere"),
        ("begun", "no run is kept"),
        ("older", "was written by version"),
        ("half --kind scenarios", "00000.parquet"),
        ("c --kind scenarios --out there.png", "--overwrite replaces it"),
        ("c --kind scenarios --out picture.jpg", "no format of figures"),
        ("c --out one.png", "names one file"),
    ],
)
def test_bad_input(cwd, arguments, message):
    before = everything(cwd)
    done = inside("plot", *arguments.split(), cwd=cwd)
    assert done.returncode != 0
    assert message in " ".join((done.stderr + done.stdout).split())
    assert "Traceback" not in done.stderr
    assert everything(cwd) == before
    assert (cwd / "there.png").read_bytes() == b"mine"


def test_files_of_several_kinds_and_formats(cwd, tmp_path):
    done = inside("plot", cwd / "c", "--kind", "scenarios,runs", "--format", "svg,pdf", "--out", tmp_path, cwd=cwd)
    assert done.returncode == 0, done.stderr
    assert everything(tmp_path) == {"scenarios.svg", "scenarios.pdf", "runs.svg", "runs.pdf"}


def test_of_the_usual_kinds_those_are_drawn_that_can_be(tmp_path):
    rows = grid(variants=("",), drive=list(range(70)), delay=[1.0, 2.0])
    sweep_folder(tmp_path / "wide", rows, replications=1)
    done = inside("plot", "wide", "--outcomes", "closures", "--format", "svg", "--out", "figures/", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "note: heatmap is not drawn: drive has 70 levels" in done.stderr
    assert [file for file in everything(tmp_path) if file.endswith(".svg")]
