"""Every Python block in README runs, every YAML block loads, and the commands that it names exist and run."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

from sim.cli.main import app
from sim.experiment.results.results import Results
from sim.scenario import read_scenario

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    """Code blocks of a language."""
    return re.findall(rf"```{language}\n(.*?)```", README, flags=re.DOTALL)


EXPERIMENT = next(text for text in blocks("yaml") if "\naxes:" in text)
SCENARIOS = [text for text in blocks("yaml") if text != EXPERIMENT]


@pytest.fixture
def narrow(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[pytest.CaptureFixture[str]]:
    """What is printed on a terminal of eighty columns, where pandas leaves out what does not fit."""
    monkeypatch.setenv("COLUMNS", "80")
    with pd.option_context("display.max_columns", 0, "display.width", 80):
        yield capsys


@pytest.mark.parametrize("code", [code for code in blocks("python") if "Experiment" not in code])
def test_python_blocks_run(code: str, narrow: pytest.CaptureFixture[str]) -> None:
    exec(compile(code, "README.md", "exec"), {"__name__": "readme"})
    assert "..." not in narrow.readouterr().out


def test_the_experiment_runs_as_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, narrow: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "prompt.yaml").write_text(EXPERIMENT, encoding="utf-8")
    (commands,) = [text for text in blocks("sh") if "prompt.yaml" in text]
    for line in commands.splitlines():
        done = CliRunner().invoke(app, shlex.split(line, comments=True)[1:])
        assert done.exit_code == 0, done.output
    (code,) = [code for code in blocks("python") if "Experiment" in code]
    narrow.readouterr()
    exec(compile(code, "README.md", "exec"), {"__name__": "readme"})
    assert "..." not in narrow.readouterr().out
    assert set(Results.open("results/prompt").summary().runs) == {20}


@pytest.mark.parametrize("text", SCENARIOS)
def test_yaml_blocks_load(text: str) -> None:
    scenario = read_scenario(text)
    assert ("Hope" in scenario.agencies) == ("Hope: null" not in text)
    assert scenario.policies[-1].set


def test_every_kind_of_policy_is_shown() -> None:
    shown = [policy for text in SCENARIOS for policy in read_scenario(text).policies]
    assert {
        "ramp" if policy.ramp else "step" if policy.at else "trigger" if policy.when else "pulse" for policy in shown
    } == {"step", "ramp", "pulse", "trigger"}
    assert any(policy.after == 2 and policy.until for policy in shown)


def test_commands_exist() -> None:
    named = set(re.findall(r"\.venv/bin/sim (\w+)", README))
    assert named >= {"run", "check", "schema", "scenarios", "compare", "sweep", "results", "extend"}
    for command in named:
        assert CliRunner().invoke(app, [command, "--help"]).exit_code == 0


def test_pictures_are_there() -> None:
    for path in re.findall(r"\]\(([^)]+\.png)\)", README):
        assert (ROOT / path).stat().st_size < 400_000
