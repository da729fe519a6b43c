"""World differences: known answers on small tables."""

import numpy as np
import pytest

from tests.support.frame_tables import FrameTables, quarters, value_of, world


def unmet(values: list[list[float]]) -> FrameTables:
    """A world with a series of unmet need for each replication."""
    return world(
        len(values),
        sector={
            "replication": np.repeat(range(len(values)), len(values[0])),
            "quarter": quarters("2010-Q1", len(values[0])) * len(values),
            "unmet_need": np.concatenate(values),
        },
    )


def test_difference_is_taken_run_against_run() -> None:
    served, left = unmet([[0.5, 0.3], [0.4, 0.2]]), unmet([[0.9, 0.9], [0.8, 0.6]])
    given = {"outcome": "unmet_need", "since": "2010-Q2", "until": "2010-Q2"}
    assert value_of("window-difference", served, left, **given) == pytest.approx(-0.5)
    assert value_of("window-difference", served, left, **given, per=0.5) == pytest.approx(-1)


def test_a_world_with_fewer_replications_is_compared_over_those_that_both_have() -> None:
    given = {"outcome": "unmet_need", "since": "2010-Q1", "until": "2010-Q1"}
    assert value_of("window-difference", unmet([[0.5], [0.1]]), unmet([[0.9]]), **given) == pytest.approx(-0.4)


def test_what_is_left_of_an_effect() -> None:
    served, left = unmet([[0.2, 0.6], [0.4, 0.6]]), unmet([[0.8, 0.8], [0.8, 0.8]])
    assert value_of("effect-remaining", served, left, outcome="unmet_need", of="2010-Q1", at="2010-Q2") == (
        pytest.approx(0.2 / 0.5)
    )


def test_nothing_is_left_of_no_effect() -> None:
    served = unmet([[0.8, 0.6]])
    left = unmet([[0.8, 0.8]])
    assert np.isnan(value_of("effect-remaining", served, left, outcome="unmet_need", of="2010-Q1", at="2010-Q2"))
