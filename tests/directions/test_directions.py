"""Directions: every lever has the first effect that theory predicts, in paired runs; no lever is without effect."""

import pytest

from sim.model.state.government_fields import LEVERS
from tests.directions.__main__ import PAGE, row
from tests.directions.all_directions import DIRECTIONS
from tests.directions.paired_runs import Direction, measure, measure_until_clear

EACH = pytest.mark.parametrize("direction", DIRECTIONS, ids=[direction.lever for direction in DIRECTIONS])


@EACH
def test_a_lever_has_the_effect_that_theory_predicts(direction: Direction):
    for effect, found in zip(direction.effects, measure_until_clear(direction), strict=True):
        assert found.agrees(effect.sign), row(direction, effect, found)


@pytest.mark.slow
@EACH
def test_a_lever_has_it_over_all_pairs(direction: Direction):
    for effect, found in zip(direction.effects, measure(direction), strict=True):
        assert found.agrees(effect.sign), row(direction, effect, found)


def test_every_lever_is_tried():
    tried = {direction.lever for direction in DIRECTIONS}
    assert {leaf.key for leaf in LEVERS} - tried == set()


def test_the_page_describes_every_lever():
    text = PAGE.read_text(encoding="utf-8")
    for direction in DIRECTIONS:
        for effect in direction.effects:
            assert f"| `{direction.lever}` |" in text
            assert effect.why in text
