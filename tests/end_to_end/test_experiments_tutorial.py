"""The tutorial on experiments runs: its files, commands and Python, in its order and in one empty folder."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sim.cli.main import app
from sim.docs_tables.document_blocks import EXPERIMENT_TABLES, EXPERIMENTS, described
from sim.experiment.design.experiment_loading import load_experiment
from sim.observed.observed_series import read_observed
from sim.validation.changes_file import read_changes
from sim.validation.pattern_loading import load_patterns
from sim.validation.validation_api import known_statistics
from sim.validation.without_file import read_without
from tests.support.in_process_cli import inside

ROOT = Path(__file__).parents[2]
TEXT = EXPERIMENTS.read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```", TEXT, flags=re.DOTALL | re.MULTILINE)
COMMANDS = {
    "compare",
    "check",
    "sweep",
    "extend",
    "retry",
    "replay",
    "results",
    "merge",
    "verify",
    "validate",
    "experiments",
    "schema",
}


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An environment in which `sim` is the command of this checkout."""
    tools = tmp_path_factory.mktemp("tools")
    command = tools / "sim"
    command.write_text(f'#!/bin/sh\nexec {sys.executable} -m sim "$@"\n', encoding="utf-8")
    command.chmod(0o755)
    return {**os.environ, "PATH": f"{tools}:{os.environ['PATH']}", "PYTHONPATH": str(ROOT), "COLUMNS": "120"}


def commands_in(block: str) -> list[str]:
    """Commands of a block of shell; one that goes on in the next line is one."""
    return [line for line in block.replace("\\\n", " ").splitlines() if shlex.split(line, comments=True)]


def shell(command: str, folder: Path, environment: dict[str, str]) -> str:
    """Give a command and return what it prints: inside this process where it is one of ours and starts no cluster."""
    words = shlex.split(command, comments=True)
    if words[0] != "sim" or "--dask" in words or not {"|", ">", "&&", ";"}.isdisjoint(words):
        return checked(["sh", "-ec", command], folder, environment)
    done = inside(*words[1:], cwd=folder)
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def checked(command: list[str], folder: Path, environment: dict[str, str]) -> str:
    """Run a program and return what it prints."""
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.mark.timeout(600)
def test_it_runs_from_top_to_bottom(environment: dict[str, str], tmp_path: Path) -> None:
    output = ""
    for number, (language, text) in enumerate(BLOCKS):
        if language == "yaml":
            name = re.match(r"# (\w+\.yaml)\n", text)
            assert name is not None, "a file of the tutorial begins with its name"
            (tmp_path / name[1]).write_text(text, encoding="utf-8")
            if text.startswith(f"# {name[1]}\nworlds:"):
                load_patterns([tmp_path / name[1]], known_statistics())
            elif text.startswith(f"# {name[1]}\nwithout:"):
                assert read_without(tmp_path / name[1])
            elif text.startswith(f"# {name[1]}\nrules:"):
                assert read_changes([tmp_path / name[1]])
            else:
                load_experiment(tmp_path / name[1])
            continue
        if language == "csv":
            (tmp_path / "beijing-2010.csv").write_text(text, encoding="utf-8")
            points, problems = read_observed(tmp_path / "beijing-2010.csv")
            assert points
            assert not problems
            continue
        if language == "bash":
            # For another machine; here it is only read.
            subprocess.run(["bash", "-n"], input=text, text=True, check=True)
            for script in re.findall(r"<<'PYTHON'\n(.*?)^PYTHON$", text, flags=re.DOTALL | re.MULTILINE):
                compile(script, "start_cluster.py", "exec")
            continue
        if language == "sh":
            output += "".join(shell(command, tmp_path, environment) for command in commands_in(text))
            continue
        assert language == "python"
        script = tmp_path / f"block{number}.py"
        # As it stands: workers must not run the script again.
        script.write_text(text, encoding="utf-8")
        output += checked([sys.executable, script.name], tmp_path, environment)
    assert "36 runs, 0 of them computed now" in output, "a sweep that is done is only read"
    assert "48 runs, 12 of them computed now" in output, "an extension computes what is new"
    assert "No run failed." in output
    assert {path.name for path in (tmp_path / "results").iterdir()} >= {"joined", "shared", "dask", "timing", "why"}


def test_commands_exist() -> None:
    named = set(re.findall(r"\bsim ([a-z]+)\b", "\n".join(re.findall(r"`(?:``sh\n)?(sim .*?)`", TEXT, re.DOTALL))))
    assert named >= COMMANDS
    for command in COMMANDS:
        assert CliRunner().invoke(app, [command, "--help"]).exit_code == 0


def test_its_table_is_what_the_declarations_give() -> None:
    assert described(TEXT, EXPERIMENT_TABLES) == TEXT, "run: make docs"
    assert re.findall(r"^<!-- table: (.+?) -->$", TEXT, re.M) == list(EXPERIMENT_TABLES)
