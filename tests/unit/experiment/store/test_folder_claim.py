"""Claims on folders to write into: nothing overwritten, nothing of another format touched."""

from datetime import date

import pytest

from sim.experiment.execute.merging import merge
from sim.experiment.results.results import Results
from sim.experiment.store.atomic_files import OutputExistsError, StoreError, WrongInputError
from sim.experiment.store.folder_claim import claimed, usual_folder
from sim.experiment.store.results_folder import ResultsFolder
from sim.experiment.store.verification import verified

TODAY = date(2026, 11, 22)


def everything(path):
    return sorted(str(p.relative_to(path)) for p in path.rglob("*"))


def test_usual_folders_are_numbered(tmp_path):
    root = tmp_path / "results"
    names = [usual_folder("city", TODAY, root).name for _ in range(3)]
    assert names == ["city-2026-11-22-1", "city-2026-11-22-2", "city-2026-11-22-3"]
    (root / names[0]).rmdir()
    assert usual_folder("city", TODAY, root).name == "city-2026-11-22-1"


def test_usual_folder_where_nothing_can_be_made(tmp_path):
    (tmp_path / "results").touch()
    with pytest.raises(StoreError, match="cannot make the folder"):
        usual_folder("city", TODAY, tmp_path / "results")


def claim(path):
    with claimed(ResultsFolder(path)) as there:
        return there


def test_a_folder_may_be_new_or_empty(tmp_path):
    for _ in range(2):
        assert claim(tmp_path / "new" / "one") is False


@pytest.mark.parametrize(
    ("name", "message"),
    [("full", "is not empty"), ("file", "is a file, not a folder"), ("file/below", "Not a directory")],
)
def test_a_folder_with_something_else_is_refused_and_left_alone(tmp_path, name, message):
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "notes.txt").touch()
    (tmp_path / "file").touch()
    before = everything(tmp_path)
    with pytest.raises(OutputExistsError, match=message):
        claim(tmp_path / name)
    assert everything(tmp_path) == before


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"format": 1, "kind": "sweep"}', r"version 0\.1\.0.*commit [0-9a-f]{8}"),
        ('{"format": 1, "title": "x", "start": "2010-Q1", "quarters": 2, "finished": []}', r"version 0\.1\.0"),
        ('{"format": 3}', "later version"),
    ],
)
def test_folders_of_other_formats_are_refused(tmp_path, text, message):
    (tmp_path / "manifest.json").write_text(text)
    for use in (claim, Results.open, verified, lambda path: merge([path], tmp_path / "out")):
        with pytest.raises(WrongInputError, match=message):
            use(tmp_path)
    assert everything(tmp_path) == ["manifest.json"]
