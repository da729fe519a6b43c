"""Contained paths: nothing outside the folder is offered or taken, whatever links and names say."""

from __future__ import annotations

import pytest

from sim.dashboard.contained_paths import OutsideError, contained, results_folders, scenario_files


@pytest.fixture
def root(tmp_path):
    for folder in ("root/run", "root/group/sweep", "outside/secret"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "manifest.json").write_text("{}")
    (tmp_path / "root" / "link").symlink_to(tmp_path / "outside" / "secret")
    (tmp_path / "root" / "inner").symlink_to(tmp_path / "root" / "run")
    return tmp_path / "root"


def test_folders_below_are_offered_and_taken(root):
    assert results_folders(root) == ["group/sweep", "run"]
    assert contained(root, "group/sweep") == (root / "group" / "sweep").resolve()
    assert contained(root, "inner") == (root / "run").resolve()


@pytest.mark.parametrize("name", ["link", "../outside/secret", "/etc", "run/../../outside", "no-such", "a\0b", "~"])
def test_what_leads_out_or_nowhere_is_refused(root, name):
    with pytest.raises(OutsideError):
        contained(root, name)


def test_root_that_is_a_link_or_missing(root, tmp_path):
    (tmp_path / "alias").symlink_to(root)
    assert results_folders(tmp_path / "alias") == ["group/sweep", "run"]
    assert results_folders(tmp_path / "none") == []


def test_scenario_files_are_those_of_the_folder_itself(tmp_path):
    for name in ("b.yaml", "a.yml", ".hidden.yaml", "c.txt"):
        (tmp_path / name).write_text("title: x\n")
    (tmp_path / "sub.yaml").mkdir()
    assert scenario_files(tmp_path) == ["a.yml", "b.yaml"]
