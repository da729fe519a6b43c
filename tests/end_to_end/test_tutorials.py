"""The tutorials run from top to bottom, each in an empty folder, and print what they show."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.tutorial_outputs import ROOT, TUTORIALS, pictures, run_tutorial, tidy


def test_there_are_tutorials():
    assert {path.stem for path in TUTORIALS} >= {"first_scenario", "paper_figure", "with_mesa", "an_experiment"}


@pytest.mark.parametrize("path", TUTORIALS, ids=lambda path: path.stem)
def test_it_prints_what_it_shows(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("COLUMNS", "100")
    text = path.read_text("utf-8")
    for step, output in run_tutorial(text, tmp_path):
        if step.shown is not None:
            assert tidy(output) == text[step.shown], "if it should: python -m tests.support.tutorial_outputs"
    for name in pictures(text):
        assert (tmp_path / name).stat().st_size > 1000
        assert (ROOT / "docs" / "images" / f"tutorial-{name}").is_file()
