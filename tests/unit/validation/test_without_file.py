"""Files of rules that can be switched off: the shipped one fits parameters and worlds, and mistakes are located."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sim.declarations.input_issues import ScenarioError
from sim.experiment.store.part_reader import QueryError
from sim.validation.changes_file import Changes, changed_worlds
from sim.validation.located_file import read_located
from sim.validation.pattern_loading import combined
from sim.validation.run_planning import unchanged
from sim.validation.without_file import chosen_switches, read_without, shipped_without

ROOT = Path(__file__).parents[3]
ENTRY = "  mine: {{section: '8.24', rule: A rule., changes: {changes}}}\n"


@pytest.fixture
def made_up() -> None:
    """The declared statistics, because the shipped patterns ask for them."""


def test_every_shipped_rule_fits_every_world_of_the_shipped_patterns_and_changes_it() -> None:
    import sim.validation.statistics  # noqa: F401  (declares them)
    from sim.validation.statistic_type import STATISTICS

    file = read_located(ROOT / "experiments" / "validation" / "patterns.yaml")
    found = combined([file], STATISTICS)
    for each in read_without(shipped_without()):
        worlds = changed_worlds([file], found.patterns, [Changes(each.name, each.node)], STATISTICS)
        assert len(worlds) == len(found.worlds), each.name
        assert not unchanged(found.worlds, worlds), each.name


def test_every_shipped_rule_names_a_section_of_the_model() -> None:
    headings = re.findall(r"^### (\d+\.\d+) ", (ROOT / "docs" / "model.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert {each.section for each in read_without(shipped_without())} <= set(headings)


def test_rules_are_chosen_by_name_all_or_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("own.yaml").write_text("without:\n" + ENTRY.format(changes="{rules: {credit: {months: 1}}}"), encoding="utf-8")
    assert [each.name for each in chosen_switches(["diversion", "own.yaml", "diversion"])] == ["diversion", "mine"]
    assert len(chosen_switches(["all", "diversion"])) == len(read_without(shipped_without()))
    with pytest.raises(QueryError, match="did you mean 'diversion'"):
        chosen_switches(["divertion"])
    Path("other.yaml").write_text(
        "without:\n" + ENTRY.format(changes="{rules: {credit: {months: 2}}}"), encoding="utf-8"
    )
    with pytest.raises(ScenarioError, match=r"other.yaml:2:.* the rule 'mine' stands in own.yaml:2 with other changes"):
        chosen_switches(["own.yaml", "other.yaml"])


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{}", "own.yaml:1:1 without: required"),
        ("without: {}", "own.yaml:1:10 without: "),
        ("without:\n  mine: {section: 8.24.x, rule: A., changes: {a: 1}}", r"own.yaml:2:\d+ without.mine.section"),
        ("without:\n  mine: {section: '8.24', rule: A., change: {a: 1}}", "did you mean 'changes'"),
        ("without:\n" + ENTRY.format(changes="{}"), r"own.yaml:2:\d+ without.mine.changes"),
        ("without:\n" + ENTRY.format(changes="{extends: national}"), r"own.yaml:2:\d+ .*extend nothing"),
    ],
)
def test_what_is_wrong_with_a_file_is_said_with_its_place(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ScenarioError, match=message):
        read_without(path)
