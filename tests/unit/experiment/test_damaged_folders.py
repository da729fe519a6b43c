"""Damaged folders: reading names what is wrong, or gives the right numbers."""

import json
import random
import shutil
from pathlib import Path

import pytest

from sim.experiment.results.results import Results
from sim.experiment.store import file_checks
from sim.experiment.store.atomic_files import StoreError
from sim.experiment.store.manifest import Manifest
from sim.experiment.store.results_folder import ResultsFolder
from sim.experiment.store.verification import verified
from tests.support.damage_campaign import DAMAGES, campaign, everything_read, files_of, sound_folder, told_or_right
from tests.unit.experiment.made_up_sweeps import ROWS, sweep_folder

FLIPS = [2, pytest.param(40, marks=pytest.mark.slow)]
"""Flipped bits of every file, the first and every fourth of them in its footer."""


@pytest.fixture(scope="module", params=["run", "sweep"])
def sound(request, tmp_path_factory):
    """The folder of a small run, and of a small sweep that keeps everything."""
    return sound_folder(tmp_path_factory.mktemp("sound") / "s", request.param)


@pytest.mark.timeout(1200)
@pytest.mark.parametrize("flips", FLIPS)
def test_a_flipped_bit_is_noticed_or_changes_nothing(sound, tmp_path, flips):
    right = everything_read(sound)
    path = tmp_path / "s"
    shutil.copytree(sound, path)
    places = random.Random(1)
    for file in files_of(path):
        data = file.read_bytes()
        for n in range(flips):
            bit = places.randrange(8 * len(data)) if n % 4 else 8 * len(data) - 1 - places.randrange(8 * 100)
            flipped = bytearray(data)
            flipped[bit // 8] ^= 1 << bit % 8
            file.write_bytes(flipped)
            for read in (lambda: everything_read(path) == right, lambda: verified(path)[1] != []):
                assert told_or_right(read), (file, bit)
        file.write_bytes(data)
    assert verified(path)[1] == []


@pytest.mark.timeout(1200)
@pytest.mark.parametrize("count", [12, pytest.param(150, marks=pytest.mark.slow)])
def test_a_damaged_file_gives_no_wrong_number_and_no_traceback(sound, tmp_path, count):
    lines = []
    assert campaign([sound], tmp_path, 1e9, count, 1, lines.append) == count
    assert {line.split()[1] for line in lines[1:]} == set(DAMAGES)


def test_a_missing_file_is_noticed(sound, tmp_path):
    path = tmp_path / "s"
    shutil.copytree(sound, path)
    for file in files_of(path):
        hidden = file.with_name(".hidden")
        file.rename(hidden)
        with pytest.raises(StoreError, match=r"is missing|cannot read|holds no results"):
            everything_read(path)
        hidden.rename(file)


def test_stray_parts_are_not_counted(sound, tmp_path):
    right = everything_read(sound)
    path = tmp_path / "s"
    shutil.copytree(sound, path)
    for folder in [each for each in path.iterdir() if each.is_dir() and any(each.iterdir())]:
        first = sorted(folder.iterdir())[0]
        shutil.copy(first, folder / f"00099{first.suffix}")
    assert everything_read(path) == right
    _, found = verified(path)
    assert all("00099" in line and "no part of these results" in line for line in found)
    assert len(found) == len(Results.open(path).receipts[0].files) + 1


def test_of_large_folders_footers_and_pages_are_checked(sound, tmp_path, monkeypatch):
    monkeypatch.setattr(file_checks, "LARGEST_HASHED", 0)
    path = tmp_path / "s"
    shutil.copytree(sound, path)
    everything_read(path)
    part = path / "summary" / "00000.parquet"
    data = part.read_bytes()
    for place in (len(data) // 4, len(data) - 60):
        part.write_bytes(data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :])
        with pytest.raises(StoreError, match=r"summary/00000.parquet is damaged"):
            everything_read(path)


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda path: (path / "manifest.json").unlink(), "holds no results"),
        (lambda path: (path / "manifest.json").write_text("{"), "manifest.json is damaged"),
        (lambda path: (path / "manifest.json").write_text('{"kind": "sweep"}'), "manifest.json is damaged"),
        (lambda path: (path / "manifest.json").write_text("[]"), "manifest.json is damaged"),
        (lambda path: (path / "design.parquet").unlink(), "design.parquet is missing"),
        (lambda path: (path / "design.parquet").write_bytes(b"PAR1"), "design.parquet is damaged"),
    ],
)
def test_folders_that_cannot_be_opened(tmp_path, spoil, message):
    sweep_folder(tmp_path)
    spoil(tmp_path)
    with pytest.raises(StoreError, match=message) as caught:
        Results.open(tmp_path)
    assert "\n" not in str(caught.value)


def test_no_folder_at_all(tmp_path):
    with pytest.raises(StoreError, match="no such folder"):
        Results.open(tmp_path / "nothing")


def test_a_sweep_that_has_kept_nothing_yet(tmp_path):
    sweep_folder(tmp_path, chunks=())
    results = Results.open(tmp_path)
    assert results.progress() == (30, 0, 0)
    assert len(results.failures()) == 0
    with pytest.raises(StoreError, match=r"no run is kept in .* yet"):
        results.summary()


def test_opening_does_not_read_runs(tmp_path):
    sweep_folder(tmp_path, ROWS)
    for part in (tmp_path / "summary").iterdir():
        part.write_bytes(b"")
    assert Results.open(tmp_path).title == "Made up"


def test_reading_needs_no_writing(sound, tmp_path):
    path = tmp_path / "s"
    shutil.copytree(sound, path)
    before = {file: file.stat().st_mtime_ns for file in path.rglob("*")}
    for each in [*path.rglob("*"), path]:
        each.chmod(0o555 if each.is_dir() else 0o444)
    try:
        everything_read(path)
        assert verified(path)[1] == []
        assert {file: file.stat().st_mtime_ns for file in path.rglob("*")} == before
    finally:
        for each in [path, *path.rglob("*")]:
            each.chmod(0o755)


def test_the_receipt_of_another_chunk_is_noticed(sound, tmp_path):
    path: Path = tmp_path / "s"
    shutil.copytree(sound, path)
    shutil.copy(path / "chunks/00000.json", path / "chunks/00001.json")
    with pytest.raises(StoreError, match=r"00001.json is damaged .it is that of chunk 0"):
        everything_read(path)
    assert json.loads((path / "chunks/00000.json").read_text())["chunk"] == 0
    assert len(Manifest.read(ResultsFolder(sound)).chunks()) > 1


@pytest.mark.parametrize("name", ["design.parquet", "manifest.json", "columns.json"])
def test_a_copy_beside_a_file_is_no_part_of_the_results(tmp_path, name):
    sweep_folder(tmp_path / "s")
    sound = verified(tmp_path / "s")
    assert sound[1] == []
    copy = tmp_path / "s" / f"12345{Path(name).suffix}"
    shutil.copy(tmp_path / "s" / name, copy)
    assert verified(tmp_path / "s") == (sound[0], [f"{copy} is no part of these results; remove it"])
