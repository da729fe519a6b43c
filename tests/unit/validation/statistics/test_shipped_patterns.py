"""Shipped patterns: each can be measured, and stands in the list of patterns of the model."""

from pathlib import Path

import pytest

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


def test_an_unknown_population_is_refused_with_its_place(tmp_path: Path) -> None:
    from sim.declarations.input_issues import ScenarioError

    text = FILE.read_text(encoding="utf-8").replace("unbroken-service.yaml", "beijing-2010")
    line = next(n for n, each in enumerate(text.splitlines(), 1) if "among: [operating, earning]" in each)
    path = tmp_path / "mine.yaml"
    path.write_text(text.replace("[operating, earning]", "[operatin, earning]", 1), encoding="utf-8")
    with pytest.raises(ScenarioError, match=rf"(?s){line}:.*unknown word 'operatin'.*operating"):
        load_patterns([path], DECLARED)
