"""Check evaluation: what a statistic sees of the runs, and what becomes of failed and missing replications."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from sim.experiment.execute.executor_protocol import SerialExecutor
from sim.validation import validate
from sim.validation.check_evaluation import evaluate
from sim.validation.needed_tables import columns_read
from sim.validation.pattern_file import CheckFile
from sim.validation.pattern_loading import load_patterns
from sim.validation.replication_tables import ReplicationTables, TableCache
from sim.validation.run_planning import plan_runs
from sim.validation.statistic_type import STATISTICS, Rows, WorldTables
from sim.validation.world_runs import WorldRuns

OUT = Path("results") / "validation"


@pytest.fixture
def runs(mine: Path) -> dict[str, WorldRuns]:
    """Three runs of each world of the file."""
    validate(patterns=mine, only=["M1", "M2"], executor=SerialExecutor())
    found = load_patterns([mine], STATISTICS)
    return plan_runs(found, found.patterns, STATISTICS, OUT, None)


def check(**changes: object) -> CheckFile:
    usual: dict[str, object] = {"says": "staff", "world": "base", "statistic": "made-up-value", "band": (0, None)}
    return CheckFile.model_validate(usual | {"with": {"outcome": "staff", "at": "2010-Q1"}} | changes)


def test_replications_are_counted_without_gaps(runs: dict[str, WorldRuns]) -> None:
    cache, path = TableCache(), runs["base"].folder.path
    whole = ReplicationTables(cache, path, np.array([0, 1, 2]), {"agencies": ("staff",)}).table("agencies")
    some = ReplicationTables(cache, path, np.array([0, 2]), {"agencies": ("staff", "skill_FIELD")})
    table = some.table("agencies")
    assert some.replications == 2
    assert table["replication"].unique().tolist() == [0, 1]
    assert table.query("replication == 1")["staff"].tolist() == whole.query("replication == 2")["staff"].tolist()
    assert list(whole.columns) == ["replication", "quarter", "date", "staff"]
    assert "skill_elderly" in table.columns
    with pytest.raises(KeyError):
        some.table("sector")


def test_a_comparison_takes_the_replications_that_both_worlds_have(runs: dict[str, WorldRuns]) -> None:
    two = replace(runs["poor"], design=runs["poor"].world.design(runs["poor"].design.file.keep, 2))
    budget = {"with": {"outcome": "budget", "at": "2010-Q2"}}
    asked = check(statistic="made-up-difference", versus="poor", **budget)
    found = evaluate(asked, STATISTICS["made-up-difference"], {"base": runs["base"], "poor": two}, TableCache())
    assert found.estimate.runs == 2


def test_without_a_run_there_is_no_value(runs: dict[str, WorldRuns], tmp_path: Path) -> None:
    nothing = replace(runs["base"], folder=replace(runs["base"].folder, path=tmp_path / "empty"))
    found = evaluate(check(), STATISTICS["made-up-value"], {"base": nothing}, TableCache())
    assert (found.estimate.runs, found.verdict.value) == (0, "undecided")
    assert found.reason == "there is no value"


def test_a_statistic_that_gives_another_number_of_rows_is_an_error(runs: dict[str, WorldRuns]) -> None:
    def short(_world: WorldTables, **_arguments: object) -> Rows:
        return np.zeros(2)

    wrong = replace(STATISTICS["made-up-value"], measure=short)
    with pytest.raises(ValueError, match="'made-up-value' gave 2, and a row for each of 3 replications"):
        evaluate(check(), wrong, runs, TableCache())


def test_arguments_name_columns_of_their_tables() -> None:
    assert columns_read(check(), STATISTICS["made-up-value"]) == {"sector": ("staff",)}
    ratio = check(statistic="made-up-ratio", **{"with": {"column": "cash"}})
    assert columns_read(ratio, STATISTICS["made-up-ratio"]) == {"agencies": ("staff", "skill_FIELD", "cash")}
