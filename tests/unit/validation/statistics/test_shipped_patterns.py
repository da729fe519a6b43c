"""Shipped patterns: each can be measured, and stands in the list of patterns of the model."""

from pathlib import Path

import pytest

from sim.declarations.input_issues import ScenarioError
from sim.validation.pattern_loading import PatternSet, load_patterns
from tests.support.frame_tables import DECLARED

FILE = Path(__file__).parents[4] / "experiments" / "validation" / "patterns.yaml"
IDS = "F1 F3 F5 F6 F8 F9 F10 F12 F14 F15 F17 F18 F20 F21 F22 F23 F25 F27"


@pytest.fixture(scope="module")
def shipped() -> PatternSet:
    return load_patterns([FILE], DECLARED)


def test_every_pattern_of_the_evidence_is_there(shipped: PatternSet) -> None:
    assert [pattern.id for pattern in shipped.patterns] == IDS.split()


def test_every_world_is_used(shipped: PatternSet) -> None:
    assert not shipped.unused


def test_every_pattern_has_a_limit(shipped: PatternSet) -> None:
    for pattern in shipped.patterns:
        assert any(check.band != (None, None) for check in pattern.checks), pattern.id


def test_every_statistic_is_used_by_a_pattern(shipped: PatternSet) -> None:
    used = {check.statistic for pattern in shipped.patterns for check in pattern.checks}
    assert used == set(DECLARED)


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ("among: [operating, earning]", "among: [operatin, earning]", "unknown word 'operatin'.*'operating'"),
        ("years: 3, among", "years: 2.5, among", "found 2.5 where a whole number above 0 is expected"),
        ("quarters: 8", "quarters: 0", "found 0 where a whole number above 0 is expected"),
        ("column: form", "column: from", "unknown column 'from' of agencies"),
        ("y: effort_donations", "y: effort_donation", "unknown column 'effort_donation'.*'effort_donations'"),
        ("base: 2011-Q1", "base: 2001-Q1", "2001-Q1 is not within the runs"),
    ],
)
def test_a_wrong_argument_is_refused_with_its_place(tmp_path: Path, right: str, wrong: str, said: str) -> None:
    text = FILE.read_text(encoding="utf-8").replace("unbroken-service.yaml", "beijing-2010")
    line = next(n for n, each in enumerate(text.splitlines(), 1) if right in each)
    path = tmp_path / "mine.yaml"
    path.write_text(text.replace(right, wrong, 1), encoding="utf-8")
    with pytest.raises(ScenarioError, match=rf"(?s){line}:.*{said}"):
        load_patterns([path], DECLARED)
