"""Validation from Python: what is run, reused and judged, and which files are left."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from sim.experiment.execute.executor_protocol import SerialExecutor
from sim.experiment.results.results import Results
from sim.experiment.store.part_reader import QueryError
from sim.validation import Validation, validate
from sim.validation.pattern_results import COLUMNS


def told(mine: Path, **options: object) -> tuple[Validation, list[str]]:
    """A validation, and what it said."""
    lines: list[str] = []
    found = validate(patterns=mine, executor=SerialExecutor(), say=lines.append, **options)  # type: ignore[arg-type]
    return found, lines


def test_checks_are_judged_and_kept(mine: Path) -> None:
    found, _ = told(mine)
    verdicts = {each.pattern.id: each.verdict.value for each in found.results}
    assert verdicts == {"S1": "holds", "M1": "holds", "M2": "fails"}
    assert found.summary == "2 of 3 hold, 1 fail, 0 undecided"
    assert (found.count("holds"), found.count("fails")) == (2, 1)
    rows = found.checks.set_index(["pattern", "check"])
    assert rows.loc[("M2", 1), "mean"] == rows.loc[("M2", 1), "ci_high"] == 1.0
    assert (rows.loc[("M2", 2), "defined"], rows.loc[("M2", 2), "runs"]) == (2, 3)
    assert rows.loc[("M2", 3), "verdict"] == "reported"
    assert "staff over staff: 1 is below the lower limit 2" in found.patterns.set_index("id").loc["M2", "reason"]
    table = pq.read_table(found.out / "patterns.parquet")
    assert table.column_names == list(COLUMNS)
    assert table["band_high"].to_pylist()[0] is None
    notes = json.loads((found.out / "columns.json").read_text())
    assert [note["name"] for note in notes["patterns"]] == list(COLUMNS)


def test_runs_keep_what_all_patterns_need_and_no_more(mine: Path) -> None:
    found, _ = told(mine, only="M1")
    assert set(found.folders) == {"base", "poor"}
    base = Results.open(found.folders["base"])
    assert base.tables == ("agencies", "sector")
    assert {"staff", "skill_elderly"} < set(base.table("agencies").columns)
    assert set(base.table("sector").columns) == {
        "point",
        "replication",
        "quarter",
        "date",
        "agencies",
        "budget",
        "staff",
    }
    again, lines = told(mine, only=["M2"])
    assert again.folders["base"] == found.folders["base"]
    assert any("base: 3 of 3 runs are there already" in line for line in lines)


def test_more_replications_join_and_fewer_use_the_first(mine: Path) -> None:
    three, _ = told(mine, only="M2")
    five, lines = told(mine, only="M2", replications=5)
    assert five.folders == three.folders
    assert "base: 3 of 5 runs are there already" in lines[-1] or any("3 of 5" in line for line in lines)
    assert five.checks["runs"].tolist() == [5, 5, 5]
    two, _ = told(mine, only="M2", replications=2)
    assert two.checks["runs"].tolist() == [2, 2, 2]
    assert (
        two.checks["mean"][2]
        == Results.open(two.folders["base"])
        .table("sector")
        .query("quarter == '2010-Q2' and replication < 2")["staff"]
        .mean()
    )


def test_another_scenario_or_table_is_another_folder(mine: Path) -> None:
    before, _ = told(mine, only="M2")
    mine.write_text(
        mine.read_text().replace(
            "base: {scenario: beijing-2010, quarters: 4", "base: {scenario: beijing-2010, quarters: 5"
        )
    )
    longer, lines = told(mine, only="M2")
    assert longer.folders["base"] != before.folders["base"]
    assert any(str(before.folders["base"]) in line and "left as it is" in line for line in lines)
    mine.write_text(mine.read_text().replace("column: staff", "column: cash"))
    wider, _ = told(mine, only="M2")
    assert wider.folders["base"] not in (before.folders["base"], longer.folders["base"])


def test_worlds_that_are_run_alike_share_their_runs(mine: Path) -> None:
    text = mine.read_text().replace(
        "  poor:\n", "  twin: {scenario: beijing-2010, quarters: 4, replications: 2}\n  poor:\n"
    )
    mine.write_text(text.replace("world: base, statistic: made-up-rarity", "world: twin, statistic: made-up-rarity"))
    found, _ = told(mine, only="M2")
    assert found.folders["base"] == found.folders["twin"]
    assert found.checks["runs"].tolist() == [3, 2, 3]


def test_scenarios_choose_patterns(mine: Path) -> None:
    found, lines = told(mine, scenarios="national")
    assert not found.results
    assert "no pattern uses the scenario national" in lines
    assert not found.out.exists()


def test_an_unknown_pattern_gets_the_nearest(mine: Path) -> None:
    with pytest.raises(QueryError, match="did you mean 'M1'"):
        told(mine, only="m1")
    assert not (Path("results") / "validation").exists()


@pytest.mark.parametrize(("table", "replications"), [("sector", 3), ("summary", 3), ("sector", 4), ("chunks", 3)])
def test_spoiled_runs_are_done_again_and_said(mine: Path, table: str, replications: int) -> None:
    before, _ = told(mine, only="M2")
    next((before.folders["base"] / table).glob("00000.*")).unlink()
    again, lines = told(mine, only="M2", replications=replications)
    assert again.checks["runs"].tolist() == [replications] * 3
    assert table == "chunks" or any(line.startswith("base: done again: ") for line in lines)
