"""`sim story`: text on the screen, files of every kind, and what is refused with status 2 and nothing written."""

import pytest
from typer.testing import CliRunner

from sim.cli.main import app
from sim.plots.figure_source import facts_in
from tests.support.story_folders import run_folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return run_folder(tmp_path_factory.mktemp("run"), quarters=8)


def story(folder, *options, status=0):
    done = CliRunner().invoke(app, ["story", str(folder), *map(str, options)])
    assert done.exit_code == status, done.output
    return done


def test_the_typical_life_is_told_by_default(folder):
    done = story(folder, "--agency", "Mu You")
    assert done.stdout.startswith("Mu You\n======\n")
    assert "typical" in done.stdout
    assert "Its life in all runs" in done.stdout
    assert "Its life in all runs" not in story(folder, "--agency", "Mu You", "--run", 1).stdout


@pytest.mark.parametrize(
    ("ending", "start"),
    [("html", b"<!DOCTYPE html>"), ("png", b"\x89PNG"), ("svg", b"<?xml"), ("txt", b"Mu You\n")],
)
def test_files(folder, tmp_path, ending, start):
    out = tmp_path / "new" / f"life.{ending}"
    assert story(folder, "--agency", "Mu You", "--run", 0, "-o", out).stdout.strip() == str(out)
    content = out.read_bytes()
    assert content.startswith(start)
    if ending != "txt":
        assert facts_in(content)[0]["replication"] == 0


def test_a_file_that_is_there_is_not_replaced_unasked(folder, tmp_path):
    out = tmp_path / "life.txt"
    out.write_text("mine")
    assert "--overwrite" in story(folder, "--agency", "Mu You", "-o", out, status=2).stderr
    assert out.read_text() == "mine"
    story(folder, "--agency", "Mu You", "-o", out, "--overwrite")
    assert out.read_text().startswith("Mu You")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--agency", "Mo You"], "did you mean 'Mu You'"),
        ([], "no agency is named"),
        (["--agency", "Mu You", "--run", 9], "runs 0, 1, 2"),
        (["--agency", "Mu You", "--run", -1], "--run"),
        (["--agency", "Mu You", "--point", "elsewhere"], "elsewhere"),
        (["--agency", "Mu You", "-o", "life.docx"], ".html"),
        (["--agency", "Mu You", "-o", "."], ".html"),
    ],
)
def test_what_is_wrong_is_said_with_status_2(folder, tmp_path, monkeypatch, options, said):
    monkeypatch.chdir(tmp_path)
    done = story(folder, *options, status=2)
    assert said in done.stderr
    assert not list(tmp_path.iterdir())


def test_a_folder_without_results(tmp_path):
    assert story(tmp_path, "--agency", "Mu You", status=2).stderr
