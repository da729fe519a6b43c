"""Changes laid over worlds: what runs, folders, tables and messages say of them."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from sim.declarations.input_issues import ScenarioError
from sim.experiment.results.results import Results
from sim.validation.validation_files import block
from tests.unit.validation.test_validation_api import told


@pytest.fixture
def less(mine: Path) -> Path:
    """Changes after which governments buy nothing."""
    path = mine.with_name("less.yaml")
    path.write_text("policies: [{at: 2009-Q4, set: {procurement.budget_factor: 0}}]\n", encoding="utf-8")
    return path


def test_changes_are_laid_over_every_world_and_said(mine: Path, less: Path) -> None:
    base, _ = told(mine, only=["M1", "S1"])
    found, lines = told(mine, only=["M1", "S1"], changes="less")
    assert not set(base.folders.values()) & set(found.folders.values())
    assert not any("leave this world as it is" in line for line in lines)
    assert found.folders["base"].name.startswith("base-with-less-")
    budget = [
        Results.open(each.folders["base"]).table("sector").groupby("quarter")["budget"].sum() for each in (base, found)
    ]
    assert budget[0]["2010-Q1"] > budget[1]["2010-Q1"]
    assert found.changes == ("less.yaml",)
    assert set(found.checks["changes"]) == {"less.yaml"}
    assert set(base.checks["changes"]) == {""}
    assert "Changes laid over every world: less.yaml." in block(found)
    assert "Changes laid" not in block(base)
    assert set(pq.read_table(found.out / "patterns.parquet")["changes"].to_pylist()) == {"less.yaml"}


def test_a_change_that_changes_nothing_is_said_and_shares_the_runs(mine: Path) -> None:
    base, _ = told(mine, only="M2")
    mine.with_name("same.yaml").write_text("start: 2009-Q3\n", encoding="utf-8")
    found, lines = told(mine, only="M2", changes=["same.yaml"])
    assert found.folders == base.folders
    assert "base: the changes leave this world as it is" in lines


def test_later_files_are_laid_over_earlier_ones_and_over_the_worlds_own_changes(mine: Path) -> None:
    for name, value in (("first", 0.1), ("second", 0.2)):
        mine.with_name(f"{name}.yaml").write_text(f"rules: {{delivery: {{diversion: {value}}}}}\n", encoding="utf-8")
    mine.write_text(
        mine.read_text().replace("changes: {policies", "changes: {rules: {delivery: {diversion: 0.3}}, policies")
    )
    found, _ = told(mine, only="M1", changes=["first.yaml", "second.yaml"])
    for folder in found.folders.values():
        text = json.dumps(json.loads((folder / "manifest.json").read_text()))
        assert '"diversion": 0.2' in text
        assert '"diversion": 0.3' not in text


def test_changes_need_to_fit_only_the_worlds_of_the_chosen_patterns(mine: Path) -> None:
    text = mine.read_text().replace("scenario: [beijing-2010]", "scenario: [guangzhou-centres]")
    mine.write_text(text.replace("    quarters: 4", "    quarters: 8"))
    mine.with_name("beijing.yaml").write_text("cities: {Beijing: {labour: {graduates: 100}}}\n", encoding="utf-8")
    assert told(mine, only="M2", changes="beijing")[0].results
    with pytest.raises(ScenarioError, match=r"beijing.yaml:1:"):
        told(mine, only="M1", changes="beijing")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "rules:\n  delivery:\n    diversoin: 0\n",
            r"odd.yaml:3:5 rules.delivery.diversoin: unknown key.*'diversion'\?$",
        ),
        ("rules: {delivery: {diversion: 2}}", r"odd.yaml:1:31 rules.delivery.diversion: "),
        ("extends: national", r"odd.yaml:1:1 extends: changes are laid over every world and extend nothing"),
        ("- 1", r"odd.yaml:1:1: found a list where changes are expected"),
        ("{}", r"odd.yaml:1:1: the file changes nothing"),
        ("", r"odd.yaml"),
        ("a: [", r"odd.yaml:1:"),
        ("quarters: 1", r"mine.yaml:16:95 .*2010-Q1 is not within.*, with the changes of odd.yaml; expected"),
    ],
)
def test_what_is_wrong_is_said_once_with_its_place(mine: Path, text: str, message: str) -> None:
    mine.with_name("odd.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(ScenarioError, match=message) as error:
        told(mine, only="M1", changes="odd.yaml")
    assert len({str(each) for each in error.value.problems}) == len(error.value.problems)
    assert not Path("results").exists()


def test_a_missing_file_gets_the_nearest_and_one_given_twice_is_refused(mine: Path, less: Path) -> None:
    with pytest.raises(ScenarioError, match=r"no such file.*did you mean 'less.yaml'"):
        told(mine, changes="lest.yaml")
    with pytest.raises(ScenarioError, match="given twice"):
        told(mine, changes=["less", less])
