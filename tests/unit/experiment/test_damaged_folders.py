"""Folders of sweeps that are not as they should be: what is wrong is named, and the rest is read."""

import json

import pandas as pd
import pytest

from sim.experiment.results.sweep_results import SweepResults
from sim.experiment.store.atomic_files import StoreError
from sim.experiment.store.sweep_folder import Archive
from tests.unit.experiment.made_up_sweeps import ROWS, sweep_folder


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda path: (path / "manifest.json").unlink(), "holds no sweep"),
        (lambda path: (path / "manifest.json").write_text("{"), "manifest.json is damaged"),
        (lambda path: (path / "manifest.json").write_text('{"start": "2010-Q1"}'), "as 'sim run' leaves it"),
        (lambda path: (path / "manifest.json").write_text('{"kind": "sweep"}'), "does not say what is run.*readable"),
        (lambda path: (path / "manifest.json").write_text("[]"), "holds no sweep but something else"),
        (lambda path: (path / "design.parquet").unlink(), "design.parquet is missing"),
        (lambda path: (path / "design.parquet").write_bytes(b"PAR1"), "design.parquet is damaged"),
    ],
)
def test_folders_that_cannot_be_opened(tmp_path, spoil, message):
    sweep_folder(tmp_path)
    spoil(tmp_path)
    with pytest.raises(StoreError, match=message) as caught:
        SweepResults.open(tmp_path)
    assert "\n" not in str(caught.value)


def test_no_folder_at_all(tmp_path):
    with pytest.raises(StoreError, match="there is no folder"):
        SweepResults.open(tmp_path / "nothing")


def test_a_sweep_that_has_kept_nothing_yet(tmp_path):
    sweep_folder(tmp_path, chunks=())
    results = SweepResults.open(tmp_path)
    assert results.standing() == (30, 0, 0)
    assert len(results.failures()) == 0
    with pytest.raises(StoreError, match=r"no run is kept in .* yet"):
        results.summary()


def test_without_its_manifest_everything_is_still_read(tmp_path):
    sweep_folder(tmp_path, ROWS, failed={(1, 2)})
    whole = SweepResults.open(tmp_path).summary("closures")
    (tmp_path / "manifest.json").write_text("{")
    (tmp_path / "columns.json").write_text("{")
    results = SweepResults.open(tmp_path, manifest=False)
    pd.testing.assert_frame_equal(results.summary("closures"), whole)
    assert len(results.failures()) == 1
    assert results.title == tmp_path.name


@pytest.mark.parametrize("spoiled", ["cut", "flipped", "gone"])
def test_a_damaged_part_is_named(tmp_path, spoiled):
    archive = sweep_folder(tmp_path, ROWS)
    part = archive.part("summary", 2)
    data = part.read_bytes()
    results = SweepResults.open(tmp_path)
    assert results.done
    if spoiled == "gone":
        part.unlink()
    else:
        place = data.index(b"PAR1") + 40
        part.write_bytes(data[: len(data) // 2] if spoiled == "cut" else data[:place] + b"\0\0\0\0" + data[place + 4 :])
    with pytest.raises(StoreError, match=r"00002.parquet is (damaged|missing).*computes those runs again"):
        results.runs()
    part.unlink(missing_ok=True)
    assert len(SweepResults.open(tmp_path).runs("closures")) == 23


def test_a_damaged_page_of_the_failure_book_is_named(tmp_path):
    archive = sweep_folder(tmp_path, ROWS, failed={(1, 2)})
    archive.page(1).write_text("[{}]")
    with pytest.raises(StoreError, match=r"00001.json is damaged"):
        SweepResults.open(tmp_path).failures()


def test_opening_does_not_read_runs(tmp_path):
    sweep_folder(tmp_path, ROWS)
    for part in (tmp_path / "summary").iterdir():
        part.write_bytes(b"")
    assert SweepResults.open(tmp_path).title == "Made up"


def test_a_manifest_that_says_nothing_of_an_experiment(tmp_path):
    archive = Archive(tmp_path)
    sweep_folder(tmp_path)
    values = json.loads((tmp_path / "manifest.json").read_text())
    del values["design"]
    archive.write_json("manifest.json", values)
    assert "closures" not in SweepResults.open(tmp_path).shown
