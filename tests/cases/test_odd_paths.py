"""Long names, links to nothing and titles of long comparisons: in our words, with the right status."""

import pytest

from sim.experiment.design.comparison_design import comparison_design
from tests.cases.test_names import FOLDER as NAMES
from tests.support.in_process_cli import inside

TOWN = (NAMES / "fips2.yaml").read_text(encoding="utf-8")


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "town.yaml").write_text(TOWN, encoding="utf-8")
    (tmp_path / "gone.yaml").symlink_to("nowhere.yaml")
    (tmp_path / "one.yaml").symlink_to("two.yaml")
    (tmp_path / "two.yaml").symlink_to("one.yaml")
    return tmp_path


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (["check", "gone.yaml"], "link to nowhere.yaml, which does not exist"),
        (["check", "gone"], "link to nowhere.yaml, which does not exist"),
        (["check", "one.yaml"], "link"),
        (["results", "gone.yaml"], "link to nowhere.yaml, which does not exist"),
        (["run", "town.yaml", "--out", "gone.yaml"], "link to nowhere.yaml, which does not exist"),
        (["results", "n" * 300], "longer than the 255 bytes"),
        (["verify", "\u57ce" * 90], "longer than the 255 bytes"),
        (["run", "town.yaml", "--out", "n" * 300], "longer than the 255 bytes"),
    ],
    ids=range(8),
)
def test_paths_that_cannot_be_used(folder, command, words):
    done = inside(*command, cwd=folder)
    assert (done.returncode, words in done.stderr, "Errno" in done.stderr) == (2, True, False), done.stderr


def test_names_just_within_the_limit_can_be_written(folder):
    assert inside("schema", "--out", "n" * 250, cwd=folder).returncode == 0


def test_comparisons_of_long_names_have_titles(folder):
    names = [letter * 100 for letter in "ab"]
    for name in names:
        (folder / f"{name}.yaml").write_text(TOWN, encoding="utf-8")
    paths = [str(folder / f"{name}.yaml") for name in names]
    design = comparison_design(paths[0], paths[1:], replications=2)
    assert design.file.title == f"{names[0]} and 1 other"
    assert [base.scenario for base in design.bases] == names
    assert len(comparison_design(str(folder / "town.yaml"), paths, replications=2).file.title) <= 120


@pytest.mark.parametrize("name", ["=cmd", "a\x1b[31m"])
def test_files_with_names_that_harm_are_refused(folder, name):
    (folder / f"{name}.yaml").write_text(TOWN, encoding="utf-8")
    for command in (["run", f"{name}.yaml"], ["compare", f"{name}.yaml", "town.yaml"]):
        done = inside(*command, cwd=folder)
        assert (done.returncode, "rename the file" in done.stderr, "\x1b" in done.stderr) == (2, True, False)
        assert not (folder / "results").exists()
