"""Every Python block in README runs, every YAML block loads, and the commands that it names exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sim.cli import app
from sim.scenario import read_scenario

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    """Code blocks of a language."""
    return re.findall(rf"```{language}\n(.*?)```", README, flags=re.DOTALL)


@pytest.mark.parametrize("code", blocks("python"))
def test_python_blocks_run(code: str) -> None:
    exec(compile(code, "README.md", "exec"), {"__name__": "readme"})


@pytest.mark.parametrize("text", blocks("yaml"))
def test_yaml_blocks_load(text: str) -> None:
    scenario = read_scenario(text)
    assert ("Hope" in scenario.agencies) == ("Hope: null" not in text)
    assert scenario.policies[-1].set


def test_every_kind_of_policy_is_shown() -> None:
    shown = [policy for text in blocks("yaml") for policy in read_scenario(text).policies]
    assert {
        "ramp" if policy.ramp else "step" if policy.at else "trigger" if policy.when else "pulse" for policy in shown
    } == {"step", "ramp", "pulse", "trigger"}
    assert any(policy.after == 2 and policy.until for policy in shown)


def test_commands_exist() -> None:
    named = set(re.findall(r"\.venv/bin/sim (\w+)", README))
    assert named >= {"run", "check", "schema", "scenarios"}
    for command in named:
        assert CliRunner().invoke(app, [command, "--help"]).exit_code == 0


def test_pictures_are_there() -> None:
    for path in re.findall(r"\]\(([^)]+\.png)\)", README):
        assert (ROOT / path).stat().st_size < 400_000
