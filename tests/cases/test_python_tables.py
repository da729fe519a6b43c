"""What a sweep from Python leaves beside its results: the same files as that of the command, or a warning."""

import warnings
from pathlib import Path

import pytest

from sim import Experiment
from sim.experiment.experiment_api import NotKeptWarning
from sim.experiment.results import summary_file
from tests.support.in_process_cli import inside

TOWN = Path(__file__).parent / "tiny_town" / "tiny.yaml"
TEXT = """\
title: Tiny
scenarios: [tiny.yaml]
axes: {drive: {path: rules.strategy.drive, values: [0, 1]}}
quarters: 4
replications: 2
outcomes: [staff]
measure: 2010-Q2
keep: {series: [staff]}
"""


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    (tmp_path / "tiny.yaml").write_bytes(TOWN.read_bytes())
    (tmp_path / "e.yaml").write_text(TEXT)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_table_and_summary_are_those_of_the_command(folder):
    with warnings.catch_warnings():
        warnings.simplefilter("error", NotKeptWarning)
        Experiment.load("e.yaml").run("python", workers=0)
    assert inside("sweep", "e.yaml", "--workers", 1, "--out", "command", cwd=folder).returncode == 0
    for name in ("table.txt", "summary.csv"):
        assert (folder / "python" / name).read_bytes() == (folder / "command" / name).read_bytes() != b""
    assert "a run counts with its value in 2010-Q2" in (folder / "python" / "table.txt").read_text("utf-8")


def test_what_cannot_be_written_is_said(folder):
    experiment = Experiment.load("e.yaml")
    experiment.run("out", workers=0)
    for name in ("table.txt", "summary.csv"):
        (folder / "out" / name).unlink()
        (folder / "out" / name).mkdir()
        with pytest.warns(NotKeptWarning, match=f"the table is not kept in the folder: cannot write out/{name}"):
            results = experiment.run("out", workers=0)
        assert results.runs()["staff_mean"].notna().all()
        (folder / "out" / name).rmdir()


def test_what_is_left_out_is_said(folder, monkeypatch):
    monkeypatch.setattr(summary_file, "MOST_ROWS", 1)
    with pytest.warns(NotKeptWarning, match=r"holds only the outcomes that are shown|there is no summary.csv"):
        Experiment.load("e.yaml").run("out", workers=0)
