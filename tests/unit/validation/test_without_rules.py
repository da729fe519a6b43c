"""Patterns without one rule at a time: what is run, shared and judged, and what tables say of it."""

from __future__ import annotations

import math
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from sim.declarations.input_issues import ScenarioError
from sim.experiment.execute.executor_protocol import SerialExecutor
from sim.validation.pattern_file import CheckFile, PatternEntry
from sim.validation.pattern_results import CheckResult, PatternResult
from sim.validation.replication_estimate import Estimate
from sim.validation.without_report import keep_without, without_block, without_text
from sim.validation.without_rules import COLUMNS, WithoutRules, without_rules, worst_check

OWN = """\
without:
  buying:
    section: "8.4"
    rule: Governments buy.
    changes: {policies: [{at: 2009-Q4, set: {procurement.budget_factor: 0}}]}
  nothing:
    section: "3.1"
    rule: Runs begin.
    changes: {start: 2009-Q3}
"""
BUDGET = """\
  - id: B1
    statement: There is money.
    source: Somebody 2021
    mark: B
    calibration: false
    written: 2026-11-29
    checks:
      - {says: budget, world: base, statistic: made-up-value, with: {outcome: budget, at: 2010-Q2}, band: [1, null]}
      - {says: agencies, world: base, statistic: made-up-value, with: {outcome: agencies, at: 2010-Q1}, band: [1, null]}
"""


def told(mine: Path, **options: object) -> tuple[WithoutRules, list[str]]:
    """Patterns without the rules of a file, and what was said."""
    mine.with_name("own.yaml").write_text(OWN, encoding="utf-8")
    mine.write_text(mine.read_text(encoding="utf-8") + BUDGET, encoding="utf-8")
    lines: list[str] = []
    executor = SerialExecutor()
    found = without_rules(["own.yaml"], patterns=mine, executor=executor, say=lines.append, **options)  # type: ignore[arg-type]
    return found, lines


def test_a_pattern_that_hangs_on_a_rule_fails_without_it(mine: Path) -> None:
    found, lines = told(mine, only=["B1", "M2"])
    assert list(found.table.columns) == list(COLUMNS)
    rows = found.table.set_index(["rule", "pattern"])
    row = rows.loc[("buying", "B1")]
    assert (row["base_verdict"], row["verdict"], row["differs"], row["check"]) == ("holds", "fails", True, 1)
    assert (row["says"], row["mean"]) == ("budget", 0)
    assert row["base_mean"] > 0
    assert not rows.loc["nothing"]["differs"].any()
    base, (buying, nothing) = found.base, found.rules
    assert nothing.validation.folders == base.folders
    assert buying.validation.folders["base"].name.startswith("base-without-buying-")
    assert not any("there already" in line for line in lines)
    _, again = told(_without_budget(mine), only=["B1", "M2"])
    assert [line for line in again if "already" in line] == ["runs of 2 worlds were there already and are used again"]


def _without_budget(mine: Path) -> Path:
    mine.write_text(mine.read_text(encoding="utf-8").replace(BUDGET, ""), encoding="utf-8")
    return mine


def test_tables_show_what_differs_with_its_number(mine: Path) -> None:
    found, _ = told(mine, only=["B1", "M2"])
    text = without_block(found)
    assert "| without | section | M2 | B1 |" in text
    assert "| (every rule) |  | fails | holds |" in text
    assert "| buying | 8.4 | · | fails 0 |" in text
    assert "**buying** (8.4). Governments buy. B1 holds -> fails: budget 0, with the rule " in text
    assert "**nothing** (3.1). Runs begin. No verdict differs." in text
    assert without_text(found, 80).splitlines()[:4] == [
        "without       M2  B1",
        "(every rule)   f   h",
        "buying         ·   f",
        "nothing        ·   ·",
    ]
    narrow = without_text(found, 18)
    assert narrow.count("(every rule)") == 2
    keep_without(found)
    table = pq.read_table(found.base.out / "without.parquet")
    assert table.column_names == list(COLUMNS)
    assert table.num_rows == 4
    assert table.schema.field("check").metadata[b"meaning"].startswith(b"Number of the worst check")


def test_changes_are_laid_under_the_rules(mine: Path) -> None:
    mine.with_name("less.yaml").write_text("rules: {delivery: {diversion: 0}}\n", encoding="utf-8")
    found, _ = told(mine, only="M2", changes="less.yaml")
    assert found.base.changes == ("less.yaml",)
    assert found.rules[0].validation.changes == ("less.yaml", "buying")
    assert found.rules[1].validation.folders == found.base.folders
    assert set(found.table["changes"]) == {"less.yaml"}
    assert "Changes laid over every world: less.yaml." in without_block(found)


def test_a_mistake_in_the_changes_of_a_rule_is_located_and_nothing_is_run(mine: Path) -> None:
    mine.with_name("odd.yaml").write_text(
        OWN.replace("start: 2009-Q3", "rules: {delivery: {divertion: 0}}"), encoding="utf-8"
    )
    with pytest.raises(
        ScenarioError, match=r"odd.yaml:9:34 without.nothing.changes.rules.delivery.divertion: unknown key.*'diversion'"
    ):
        without_rules(["odd.yaml"], patterns=mine, only="M1", executor=SerialExecutor())
    assert not Path("results").exists()


def _result(*checks: tuple[float, float, tuple[float | None, float | None]]) -> PatternResult:
    files = [CheckFile(says="x", world="w", statistic="s", band=band) for _, _, band in checks]
    pattern = PatternEntry(
        id="P", statement="x", source="x", mark="C", calibration=False, written="2026-11-29", checks=files
    )
    values = [Estimate(mean, mean - half, mean + half, 9, 9) for mean, half, _ in checks]
    return PatternResult(
        pattern, tuple(CheckResult(file, {}, value) for file, value in zip(files, values, strict=True))
    )


@pytest.mark.parametrize(
    ("checks", "worst"),
    [
        (((5, 1, (1, None)), (2, 0.1, (3, None)), (5, 1, (10, None))), 1),
        (((5, 1, (1, None)), (2, 1.5, (1, None))), 1),
        (((5, 1, (1, None)), (2, 0.9, (1, None))), 1),
        (((2, 0, (3, None)), (2, 0.5, (3, None))), 0),
        (((math.nan, math.nan, (3, None)), (2, 0.5, (1, None))), 0),
        (((2, 0, (1, None)), (9, 9, (None, None))), 0),
        (((2, 0.1, (1, 10)), (9.8, 0.1, (1, 10))), 1),
    ],
)
def test_the_worst_check_is_the_one_furthest_from_holding(checks: tuple, worst: int) -> None:
    assert worst_check(_result(*checks)) == worst
