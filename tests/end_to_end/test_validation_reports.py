"""`sim validate --by-scenario` and `--random`: tables, figures, files, JSON, and options that do nothing together."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from sim.experiment.execute import executor_choice
from sim.experiment.execute.executor_protocol import Executor, SerialExecutor
from sim.validation import scenario_report
from tests.support.in_process_cli import inside

TOWN = "extends: beijing-2010\ntitle: Town\nquarters: 24\ndates_outside_run: true\n"
HEADER = "date,outcome,value,low,high,source\n"
POINTS = f"{HEADER}2010-Q3,agencies,15,1,100,mine\n2011,paid,1,,,mine\n"
PATTERNS = """
worlds:
  town: {scenario: town.yaml, quarters: 8, replications: 2}
patterns:
  - id: T1
    statement: There are agencies.
    source: nobody
    mark: C
    calibration: false
    written: 2026-11-29
    checks:
      - says: agencies
        world: town
        statistic: window-mean
        with: {outcome: agencies, since: 2010-Q3, until: 2011-Q2}
        band: [1, null]
"""


@pytest.fixture(autouse=True)
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything in this process, which is quicker for a few runs."""

    @contextlib.contextmanager
    def opened(_workers: int | None) -> Iterator[Executor]:
        yield SerialExecutor()

    for module in (scenario_report, executor_choice):
        monkeypatch.setattr(module, "opened_executor", opened)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "town.yaml").write_text(TOWN, encoding="utf-8")
    (tmp_path / "town.csv").write_text(POINTS, encoding="utf-8")
    (tmp_path / "patterns.yaml").write_text(PATTERNS, encoding="utf-8")
    return tmp_path


def sim(folder: Path, *options: object) -> Any:
    return inside("validate", *options, cwd=folder)


def by_scenario(folder: Path, *options: object) -> Any:
    return sim(folder, "town", "--by-scenario", "--observed", ".", "--replications", "2", "--out", "out", *options)


def test_a_scenario_is_told_beside_what_was_observed(folder: Path) -> None:
    done = by_scenario(folder, "--draws", "2")
    assert done.returncode == 0, done.stderr
    for words in (
        "town: 1 of 2 observed values is inside",
        "who still operates",
        "town: events",
        "2 sets of their own",
    ):
        assert words in done.stdout
    out = folder / "out"
    assert {path.suffix for path in (out / "observed").iterdir()} == {".png", ".svg"}
    kept = pd.read_parquet(out / "by-scenario-observed.parquet")
    assert kept["inside"].tolist() == [True, False]
    assert "| agencies | 2010-Q3 |" in (out / "by-scenario.md").read_text("utf-8")
    assert {"observed", "survival", "hazards", "events", "weights"} == set(
        json.loads((out / "by-scenario.json").read_text("utf-8"))
    )
    again = by_scenario(folder, "--draws", "0", "--json")
    assert "2 of 2 runs are there already" in again.stderr
    plain = json.loads(again.stdout)
    assert plain["weights"] == []
    assert plain["observed"][0]["source"] == "mine"


def test_a_scenario_of_which_nothing_was_observed_is_told_without(folder: Path) -> None:
    done = sim(folder, "town", "--by-scenario", "--replications", "1", "--draws", "0", "--out", "out")
    assert done.returncode == 0, done.stderr
    assert "observed values" not in done.stdout
    assert not (folder / "out" / "observed").exists()


def test_wrong_series_stop_it_before_anything_is_run(folder: Path) -> None:
    (folder / "town.csv").write_text(f"{HEADER}2010-Q3,agencees,many,,,mine\n", encoding="utf-8")
    done = by_scenario(folder)
    assert done.returncode == 2
    assert "town.csv:2:9 outcome: no outcome 'agencees'" in done.stderr
    assert "'many' is not a plain number" in done.stderr
    assert not (folder / "out").exists()


def test_random_sets_are_counted_and_kept(folder: Path) -> None:
    options = ("--patterns", "patterns.yaml", "--only", "T1", "--random", "3", "--replications", "1", "--out", "out")
    done = sim(folder, *options)
    assert done.returncode == 0, done.stderr
    assert "No evidence, because at least 95 % of sets pass: T1" in done.stdout
    facts = json.loads((folder / "out" / "random.json").read_text("utf-8"))
    assert (facts["sets"], facts["replications"]) == (3, 1)
    assert "| T1 |" in (folder / "out" / "random.md").read_text("utf-8")
    plain = json.loads(sim(folder, *options, "--json").stdout)
    assert plain["patterns"][0]["passed"] == 3


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--by-scenario", "--random", "3"), "--random does nothing with --by-scenario"),
        (("--by-scenario", "--only", "F1"), "--only does nothing with --by-scenario"),
        (("--by-scenario", "--markdown", "x.md"), "--markdown does nothing with --by-scenario"),
        (("--random", "3", "--markdown", "x.md"), "--markdown does nothing with --random"),
        (("--observed", "."), "--observed does nothing without --by-scenario"),
        (("--draws", "0"), "--draws does nothing without --by-scenario"),
        (("--random", "3", "--only", "F999"), "no pattern 'F999'"),
        (("--random", "0"), "--random"),
        (("--ensemble", "x.csv"), "--ensemble needs --random"),
        (("--random", "3", "--tolerance", "0.2"), "--tolerance does nothing without --ensemble"),
        (("--random", "3", "--ensemble", "x.csv", "--only", "F1"), "--only does nothing with --ensemble"),
        (("--random", "3", "--ensemble", "nowhere/x.csv"), "nowhere"),
        (("--sets", "x.csv", "--random", "3"), "--random does nothing with --sets"),
        (("--sets", "x.csv", "--by-scenario"), "--by-scenario does nothing with --sets"),
        (("--sets", "nowhere.csv"), "nowhere.csv"),
        (("nowhere", "--by-scenario"), "nowhere"),
    ],
)
def test_wrong_options_are_refused(folder: Path, options: tuple[str, ...], words: str) -> None:
    done = sim(folder, *options, "--out", "out")
    assert done.returncode == 2
    assert words in done.stderr
    assert not (folder / "out").exists()
