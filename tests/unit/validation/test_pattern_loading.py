"""Pattern loading: each kind of bad input is reported with its place, what is allowed and the nearest name."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.declarations.input_issues import Problem, ScenarioError
from sim.validation.pattern_loading import load_patterns
from sim.validation.statistic_type import STATISTICS

BAD = """\
worlds:
  base: {scenario: beijing-2010, quarters: 4, replications: 3}
  lost: {scenario: bejing-2010, replications: 3}
  odd: {scenario: beijing-2010, replications: 0, colour: red}
  wrong changes:
    scenario: beijing-2010
    changes: {rules: {strategy: {drve: 0.5}}}
    replications: 2
patterns:
  - id: B1
    statement: Much is wrong here.
    source: Nobody 2020
    mark: D
    calibration: maybe
    written: 2026-13-29
    checks:
      - {says: upside down, world: base, statistic: made-up-value, with: {outcome: staff, at: 2010-Q1}, band: [2, 1]}
  - id: B2
    statement: Names are wrong here.
    source: Nobody 2020
    mark: C
    calibration: false
    written: 2026-11-29
    checks:
      - {says: world, world: bse, statistic: made-up-value, with: {outcome: staff, at: 2010-Q1}, band: [0, 1]}
      - {says: statistic, world: base, statistic: made-up-vale, with: {outcome: staff, at: 2010-Q1}, band: [0, 1]}
      - {says: outcome, world: base, statistic: made-up-value, with: {outcome: staf, at: 2010-Q1}, band: [0, 1]}
      - {says: quarter, world: base, statistic: made-up-value, with: {outcome: staff, at: 2019-Q1}, band: [0, 1]}
      - {says: no quarter, world: base, statistic: made-up-value, with: {outcome: staff, at: 2010 Q1}, band: [0, 1]}
      - {says: more, world: base, statistic: made-up-value, with: {outcome: staff, at: 2010-Q1, to: 3}, band: [0, 2]}
      - {says: missing, world: base, statistic: made-up-value, with: {outcome: staff}, band: [0, 1]}
      - {says: number, world: base, statistic: made-up-ratio, with: {column: staff, scale: much}, band: [0, 1]}
      - {says: words, world: base, statistic: made-up-ratio, with: {column: staff, among: 3}, band: [0, 1]}
      - {says: column, world: base, statistic: made-up-ratio, with: {column: skill_elderl}, band: [0, 1]}
      - {says: no versus, world: base, statistic: made-up-difference, with: {outcome: staff, at: 2010-Q1}, band: [0, 1]}
      - {says: versus, world: base, versus: lost, statistic: made-up-rarity, band: [0, 1]}
      - says: itself
        world: base
        versus: base
        statistic: made-up-difference
        with: {outcome: staff, at: 2010-Q1}
        band: [0, 1]
  - id: B3
    statement: Nothing is judged here.
    source: Nobody 2020
    mark: C
    calibration: false
    written: 2026-11-29
    checks:
      - {says: reported, world: base, statistic: made-up-rarity, band: [null, null]}
"""

EXPECTED = [
    (3, "worlds.lost.scenario", "no such file", "beijing-2010"),
    (4, "worlds.odd.replications", "0 is too small", None),
    (4, "worlds.odd.colour", "unknown key", None),
    (7, 'worlds."wrong changes".changes.rules.strategy.drve', "unknown key", "drive"),
    (13, "patterns[0].mark", "none of the choices", None),
    (14, "patterns[0].calibration", "true or false", None),
    (15, "patterns[0].written", "is no date", None),
    (17, "patterns[0].checks[0].band", "the lower limit 2 is above", None),
    (25, "patterns[1].checks[0].world", "unknown world 'bse'", "base"),
    (26, "patterns[1].checks[1].statistic", "unknown statistic", "made-up-value"),
    (27, "patterns[1].checks[2].with.outcome", "unknown outcome 'staf'", "staff"),
    (28, "patterns[1].checks[3].with.at", "not within the runs of the world 'base'", None),
    (29, "patterns[1].checks[4].with.at", "not written as a quarter", "2010-Q1"),
    (30, "patterns[1].checks[5].with.to", "unknown argument", None),
    (31, "patterns[1].checks[6].with", "needs 'at'", None),
    (32, "patterns[1].checks[7].with.scale", "a number is expected", None),
    (33, "patterns[1].checks[8].with.among", "a list of words is expected", None),
    (34, "patterns[1].checks[9].with.column", "unknown column 'skill_elderl' of agencies", "skill_elderly"),
    (35, "patterns[1].checks[10]", "'versus' is missing", None),
    (36, "patterns[1].checks[11].versus", "looks at one world", None),
    (39, "patterns[1].checks[12].versus", "compared with itself", None),
    (50, "patterns[2].checks", "no check of it has a limit", None),
]


def problems_of(*paths: Path) -> list[Problem]:
    with pytest.raises(ScenarioError) as caught:
        load_patterns(paths, STATISTICS)
    return caught.value.problems


def test_every_problem_has_its_place_and_the_nearest_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "bad.yaml").write_text(BAD, encoding="utf-8")
    found = problems_of(tmp_path / "bad.yaml")
    assert {problem.file for problem in found} == {"bad.yaml"}
    assert all(problem.column for problem in found)
    assert [(problem.line, problem.key_path, problem.suggestion) for problem in found] == [
        (line, path, near) for line, path, _, near in EXPECTED
    ]
    for problem, (_, _, what, _) in zip(found, EXPECTED, strict=True):
        assert what in problem.what, problem
        assert problem.allowed or "is expected" in problem.what, problem


def test_an_id_is_given_once(mine: Path) -> None:
    mine.write_text(mine.read_text().replace("id: M2", "id: M1"))
    (found,) = problems_of(mine)
    assert "the id 'M1' stands in mine.yaml:9:9 too" in found.what
    assert found.line == 23


def test_the_same_id_in_two_files_tells_both_places(mine: Path) -> None:
    other = mine.with_name("other.yaml")
    other.write_text(mine.read_text().replace("id: M2", "id: M3"), encoding="utf-8")
    (found,) = problems_of(mine, other)
    assert (found.file, found.line) == ("other.yaml", 9)
    assert "mine.yaml:9:9" in found.what


def test_a_world_of_other_contents_tells_both_places(mine: Path) -> None:
    other = mine.with_name("other.yaml")
    text = mine.read_text().replace("id: M", "id: N")
    other.write_text(text, encoding="utf-8")
    assert len(load_patterns([mine, other], STATISTICS).patterns) == 4
    other.write_text(text.replace("quarters: 4", "quarters: 5", 1), encoding="utf-8")
    (found,) = problems_of(mine, other)
    assert (found.file, found.line) == ("other.yaml", 2)
    assert "mine.yaml:2:3" in found.what


def test_worlds_of_another_file_can_be_used(mine: Path) -> None:
    other = mine.with_name("other.yaml")
    text = mine.read_text().replace("id: M", "id: N")
    other.write_text(text[text.index("patterns:") :], encoding="utf-8")
    assert [each.id for each in load_patterns([mine, other], STATISTICS).patterns] == ["M1", "M2", "N1", "N2"]


def test_scenarios_beside_the_file_and_lists_are_laid_over_each_other(mine: Path) -> None:
    folder = mine.parent / "below"
    folder.mkdir()
    (folder / "town.yaml").write_text("extends: beijing-2010\nquarters: 7\n", encoding="utf-8")
    (folder / "later.yaml").write_text("extends: beijing-2010\nquarters: 6\n", encoding="utf-8")
    text = mine.read_text().replace("base: {scenario: beijing-2010, quarters: 4", "base: {scenario: [town.yaml, later]")
    path = folder / "mine.yaml"
    path.write_text(text, encoding="utf-8")
    base = load_patterns([path], STATISTICS).worlds["base"]
    assert (base.label, base.quarters, str(base.end)) == ("town+later", 6, "2010-Q4")


def test_changes_may_be_dated_behind_the_end_of_a_shorter_scenario(mine: Path) -> None:
    mine.with_name("town.yaml").write_text("extends: beijing-2010\nquarters: 4\n", encoding="utf-8")
    late = "changes: {policies: [{at: 2012-Q1, set: {procurement.budget_factor: 0}}]}\n    quarters: 20"
    text = mine.read_text().replace("scenario: [beijing-2010]", "scenario: town.yaml")
    mine.write_text(
        text.replace("changes: {policies: [{at: 2010-Q1, set: {procurement.budget_factor: 0}}]}\n    quarters: 4", late)
    )
    assert load_patterns([mine], STATISTICS).worlds["poor"].quarters == 20


def test_syntax_and_missing_files_are_reported(mine: Path) -> None:
    broken = mine.with_name("broken.yaml")
    broken.write_text("worlds: {a: [}\n", encoding="utf-8")
    found = problems_of(broken, mine.with_name("nowhere.yaml"), mine)
    assert any(problem.file == "broken.yaml" and problem.line == 1 for problem in found)
    assert any("no such file" in problem.what for problem in found)
