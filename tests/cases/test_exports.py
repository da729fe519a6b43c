"""Tables for other programs, and what stands in every results folder."""

import math

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from sim.experiment.results import export_formats, summary_file
from sim.experiment.results.result_arrays import ResultArrays
from sim.experiment.results.results import Results
from sim.experiment.results.summary_file import write_summary
from sim.experiment.results.table_export import exportable
from sim.experiment.store.atomic_files import OutputExistsError
from sim.experiment.store.part_reader import QueryError
from tests.support.in_process_cli import inside
from tests.unit.experiment.made_up_sweeps import ROWS, grid, sweep_folder, values_of

TEXTS = ["北京 agency", "=1+1", 'a "quoted", name', "", "Zhu Ren"]


def odd(runs):
    """A kept table with texts and numbers that files have trouble with."""
    n = len(runs)
    words = [TEXTS[k % len(TEXTS)] for k in range(n)]
    return pa.table(
        {
            "point": pa.array([p for p, _ in runs], pa.int32()),
            "replication": pa.array([r for _, r in runs], pa.int32()),
            "agency": pa.array(words).dictionary_encode(),
            "cash": pa.array([math.nan if k % 3 == 0 else k + 0.125 for k in range(n)]),
            "seed": pa.array([2**40 + k for k in range(n)], pa.int64()),
            "open": pa.array([k % 2 == 0 for k in range(n)]),
        }
    )


@pytest.fixture
def results(tmp_path):
    values = values_of(ROWS, 5)
    values[1, 2, :] = np.nan
    sweep_folder(tmp_path / "made-up", values=values, series=["staff"], tables={"odd": odd})
    return Results.open(tmp_path / "made-up")


def read(path, table):
    if path.suffix == ".csv":
        return pd.read_csv(path)
    return pd.read_stata(path) if path.suffix == ".dta" else pd.read_excel(path, sheet_name=table)


@pytest.mark.parametrize("kind", ["csv", "xlsx", "stata"])
def test_every_format_holds_the_same(results, kind, tmp_path):
    paths = {path.stem: path for path in results.export(kind, out=tmp_path / "out")}
    assert len(paths) == (1 if kind == "xlsx" else 4)
    want = {"runs": results.runs(), "series": results.series(), "odd": results.table("odd"), "design": results.design()}
    for name, frame in want.items():
        found = read(paths.get(name) or paths["results"], name)
        assert list(found.columns) == list(frame.columns)
        assert len(found) == len(frame)
        for column in frame.columns:
            if column == "date":
                assert (pd.to_datetime(found[column]).astype("datetime64[s]") == frame[column]).all()
            elif frame[column].dtype.kind in "biuf":
                assert found[column].to_numpy(float) == pytest.approx(frame[column].to_numpy(float), nan_ok=True)
            else:
                texts = found[column].astype(object).fillna("").tolist()
                assert texts == frame[column].astype(object).fillna("").tolist()


def test_nothing_is_overwritten_unasked_and_nothing_half_written(results, tmp_path, monkeypatch):
    out = tmp_path / "out"
    (path,) = results.export("csv", "runs", out)
    before = path.read_bytes()
    with pytest.raises(OutputExistsError, match="--overwrite"):
        results.export("csv", ["design", "runs"], out)
    assert [each.name for each in out.iterdir()] == ["runs.csv"]
    assert results.export("csv", "runs", out, overwrite=True) == [path]
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("kind", "limits", "message"),
    [
        ("xlsx", {"rows": 29}, "the table runs has 30 rows, and .xlsx holds 29; --csv holds it"),
        ("xlsx", {"columns": 20}, "columns, and .xlsx holds 20; --csv"),
        ("stata", {"rows": 29}, "30 rows, and .dta holds 29; --csv"),
    ],
)
def test_beyond_the_limits_of_a_format(results, kind, limits, message, tmp_path, monkeypatch):
    form = export_formats.FORMATS[kind]
    monkeypatch.setitem(export_formats.FORMATS, kind, export_formats.Format(**{**vars(form), **limits}))
    with pytest.raises(QueryError, match=message):
        results.export(kind, "runs", tmp_path / "out")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("name", ["a name", "x" * 33, "if", "Donors' pool", "1st"])
def test_names_that_stata_does_not_take(tmp_path, name):
    sweep_folder(tmp_path / "made-up", grid(**{name: [0.0, 1.0]}))
    results = Results.open(tmp_path / "made-up")
    with pytest.raises(QueryError, match="no name in Stata"):
        results.export("stata", out=tmp_path / "out")
    assert not (tmp_path / "out").exists()
    assert len(results.export("csv", out=tmp_path / "out")) == 2


@pytest.mark.parametrize("text", ["bell \x07", "x" * 40_000])
def test_texts_that_a_sheet_does_not_take(tmp_path, text):
    sweep_folder(tmp_path / "made-up", tables={"odd": lambda runs: pa.table({"point": [0], "text": [text]})})
    results = Results.open(tmp_path / "made-up")
    with pytest.raises(QueryError, match="--csv holds it"):
        results.export("xlsx", out=tmp_path / "out")
    assert list((tmp_path / "out").iterdir()) == []
    results.export("stata", "odd", tmp_path / "out")
    assert pd.read_stata(tmp_path / "out" / "odd.dta").text[0] == text


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ("", "give one of --csv"),
        ("--csv --xlsx", "give one of --csv"),
        ("--csv --table agences", "no table 'agences' here; there are design, runs, series, odd, failures"),
        ("--csv --table summary", "a row per run is in runs"),
        ("--csv --table ,", "names no table"),
    ],
)
def test_wrong_exports(results, options, message):
    done = inside("export", results.path, *options.split(), cwd=results.path)
    assert done.returncode == 2
    assert message in done.stderr
    assert not (results.path / "export").exists()


def test_export_on_the_command_line(results):
    done = inside("export", results.path, "--csv", "--table", "runs,design", "--table", "odd", cwd="/")
    assert (done.returncode, done.stderr) == (0, "")
    assert [line.rsplit("/", 1)[1] for line in done.stdout.split()] == ["runs.csv", "design.csv", "odd.csv"]
    assert exportable(results) == ["design", "runs", "series", "odd", "failures"]


def test_the_summary_file_says_what_the_summary_says(results):
    assert write_summary(results) == ""
    found = pd.read_csv(results.path / "summary.csv", keep_default_na=False, na_values=[""])
    want = results.summary()
    for point in range(len(ROWS)):
        rows = found[found.point == point].set_index("outcome")
        for name in results.outcomes:
            row = rows.loc[name]
            assert row["mean"] == pytest.approx(want[name][point])
            assert row["ci_high"] == pytest.approx(want[f"{name}_ci_high"][point])
            assert row["median"] == pytest.approx(want[f"{name}_p50"][point])
            assert (row["n"], row["runs"]) == (want[f"{name}_n"][point], 5)
    assert found.drive.tolist()[:: len(results.outcomes)] == want.drive.tolist()
    assert set(found.measure) == {"year"}


def test_a_summary_of_many_points_says_what_it_leaves_out(results, monkeypatch):
    monkeypatch.setattr(summary_file, "MOST_ROWS", 100)
    assert "only the outcomes that are shown" in write_summary(results)
    assert set(pd.read_csv(results.path / "summary.csv").outcome) == set(results.shown)
    monkeypatch.setattr(summary_file, "MOST_ROWS", 1)
    assert "there is no summary.csv" in write_summary(results)
    assert not (results.path / "summary.csv").exists()


def test_every_results_folder_has_its_table_and_summary(tmp_path):
    text = "title: t\nscenarios: [beijing-2010]\nquarters: 3\nreplications: 2\noutcomes: [staff]\n"
    (tmp_path / "e.yaml").write_text(text + "variants: {a: {rules: {strategy: {drive: 1}}}}\n")
    options = ("--replications", 2, "--quarters", 3, "--workers", 1)
    for command in (
        ("run", "beijing-2010", *options, "--out", "run"),
        ("compare", "beijing-2010", "late-payment", *options, "--out", "compare"),
        ("sweep", "e.yaml", "--workers", 1, "--out", "sweep"),
    ):
        done = inside(*command, cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        folder = tmp_path / command[0]
        table = (folder / "table.txt").read_text("utf-8")
        assert done.stdout.split("\n")[0].strip() == table.split("\n")[0].strip()
        found = pd.read_csv(folder / "summary.csv")
        assert len(found) == len(ResultArrays.open(folder).outcomes) * len(set(found.point))
        assert inside("verify", folder, cwd=tmp_path).returncode == 0
    assert inside("extend", "sweep", "--replications", 3, "--workers", 1, cwd=tmp_path).returncode == 0
    assert set(pd.read_csv(tmp_path / "sweep" / "summary.csv").runs) == {3}
    assert "3 replications" in (tmp_path / "sweep" / "table.txt").read_text("utf-8")


@pytest.mark.parametrize(
    ("out", "message"),
    [("file", "file is no folder"), ("file/below", "file is no folder"), ("z" * 260, "longer than the 255 bytes")],
)
def test_folders_that_cannot_be_are_wrong_input(results, out, message, tmp_path):
    (tmp_path / "file").write_text("x")
    done = inside("export", results.path, "--csv", "--table", "runs", "--out", out, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr
    assert (tmp_path / "file").read_text() == "x"
