"""Axes: which values they take, in a grid and between 0 and 1, and where those go."""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.declarations.calendar_quarter import Quarter
from sim.declarations.choices import Pricing
from sim.declarations.input_issues import IssueError
from sim.experiment.design.axis import Axis
from sim.experiment.design.axis_building import build_axis
from sim.experiment.design.axis_values import BOUNDLESS_AMOUNT
from sim.experiment.design.bases_and_variants import Base, ResolvedBase
from sim.experiment.design.declared_parameters import Declared, Kind, declared_at
from sim.experiment.design.experiment_file import AxisFile
from sim.scenario import make_scenario
from sim.scenario.parameters.parameter_spec import parameters_of
from sim.scenario.parameters.rule_parameters import Rules
from tests.support.value_strategies import LEVERS, bounds
from tests.unit.experiment.design.design_town import TOWN, design

GROUND = ResolvedBase.of(Base("town", "", TOWN), make_scenario(TOWN))
shares = st.lists(st.floats(0, 1), min_size=1, max_size=30).map(np.array)


def axis(kind: str = "grid", **said: Any) -> Axis:
    return build_axis("it", AxisFile.model_validate(said), kind, [GROUND])


def wrong(kind: str = "grid", **said: Any) -> list[str]:
    """What is wrong with an axis."""
    with pytest.raises(IssueError) as caught:
        axis(kind, **said)
    return [issue.what for issue in caught.value.issues]


@pytest.mark.parametrize(
    ("said", "kind", "levels"),
    [
        (
            {"path": "rules.strategy.drive", "low": 0.5, "high": 1, "steps": 6},
            Kind.NUMBER,
            (0.5, 0.6, 0.7, 0.8, 0.9, 1.0),
        ),
        ({"path": "rules.strategy.drive", "steps": 3}, Kind.NUMBER, (0.0, 0.5, 1.0)),
        (
            {"lever": "contract.hourly_price", "low": 10, "high": 1000, "steps": 3, "scale": "log"},
            Kind.NUMBER,
            (10, 100, 1000),
        ),
        ({"lever": "contract.term", "low": 2, "high": 5}, Kind.WHOLE, (2, 3, 4, 5)),
        ({"lever": "contract.term", "low": 1, "high": 9, "steps": 3}, Kind.WHOLE, (1, 5, 9)),
        ({"lever": "contract.pricing"}, Kind.CHOICE, ("competitive", "fixed")),
        ({"lever": "registration.attachment"}, Kind.YES_NO, ("false", "true")),
        (
            {"path": "policies.cut.from", "low": "2010-Q3", "high": "2011-Q1"},
            Kind.QUARTER,
            ("2010-Q3", "2010-Q4", "2011-Q1"),
        ),
        ({"path": "policies.cut.set.procurement.budget_factor", "values": [0, 0.5]}, Kind.NUMBER, (0.0, 0.5)),
        ({"path": "agencies.Harbour.district", "values": ["East"]}, Kind.TEXT, ("East",)),
        ({"path": "agencies.Harbour.founded", "values": ["2008-Q1"]}, Kind.QUARTER, ("2008-Q1",)),
    ],
)
def test_values_for_a_grid(said: dict[str, Any], kind: Kind, levels: tuple[object, ...]) -> None:
    made = axis(**said)
    assert made.kind is kind
    assert made.grid_levels() == pytest.approx(levels) if kind is Kind.NUMBER else made.grid_levels() == levels


@pytest.mark.parametrize(
    ("said", "what"),
    [
        ({"path": "rules.strategy.drive"}, "nothing says which values to try"),
        ({"path": "rules.strategy.drive", "low": 0, "high": 1}, "a range alone has no values for a grid"),
        (
            {"path": "rules.strategy.drive", "low": 1, "high": 0.5, "steps": 3},
            "the range ends at 0.5, where it begins or before",
        ),
        ({"path": "rules.strategy.drive", "high": 0.5, "steps": 3, "scale": "log"}, "the range begins at 0"),
        ({"lever": "contract.term", "low": 1, "high": 3, "steps": 5}, "5 steps make only 3 different whole numbers"),
        (
            {"lever": "procurement.budget", "low": 0, "steps": 5},
            "nothing says where the range ends: the largest amount of money is no end to try",
        ),
        (
            {"path": "cities.Anping.labour.entry", "steps": 5},
            "nothing says where the range begins: the bound itself is not allowed",
        ),
        ({"lever": "contract.pricing", "low": 1}, "'low' needs numbers; here stands one of the choices"),
        ({"path": "agencies.Harbour.district"}, "nothing says which values to try"),
        ({"path": "rules.strategy.drive", "values": [0.5, 1, 0.5]}, "0.5 is given twice"),
        ({"path": "rules.strategy.drive", "values": [1, 1.0]}, "1.0 is given twice"),
        ({"path": "rules.strategy.drive", "values": [True]}, "found true where a number is expected"),
        ({"path": "rules.strategy.drive", "values": [1.5]}, "1.5 is too large"),
        ({"path": "cities.Anping.labour.entry", "values": [0]}, "0 is too small"),
        ({"lever": "contract.term", "values": [4.0]}, "found 4.0 where a whole number is expected"),
        ({"lever": "contract.pricing", "values": ["fixd"]}, "'fixd' is none of the choices"),
        ({"path": "policies.cut.from", "values": [2011]}, "'2011' is a year without a quarter"),
        (
            {"path": "policies.cut.from", "low": "2010-Q1", "high": "2011-Q1", "scale": "log"},
            "a range of quarters has no ratios",
        ),
        ({"path": "rules.strategy"}, "rules.strategy is a group of values, not a single one"),
        ({"path": "agencies.Harbour.fields"}, "agencies.Harbour.fields is a group of values, not a single one"),
        (
            {"paths": ["rules.strategy.drive", "quarters"]},
            "quarters is a whole number, another place of this axis is a number",
        ),
        ({"lever": "contract.term", "in": ["Anping", "Port"]}, "unknown jurisdiction 'Port'"),
        (
            {"lever": "registration.capital", "in": "Anping"},
            "no jurisdiction named has the lever 'registration.capital'; it belongs to a district",
        ),
        ({"lever": "contract.trem"}, "unknown lever 'contract.trem'"),
    ],
)
def test_what_is_wrong_is_told(said: dict[str, Any], what: str) -> None:
    assert wrong(**said) == [what]


def test_points_of_a_list_say_the_values() -> None:
    assert axis("list", path="rules.strategy.drive").levels == ()
    assert wrong("list", path="rules.strategy.drive", low=0) == [
        "'low' does nothing: the points of a list say their values"
    ]


@given(st.sampled_from(sorted(LEVERS)), shares)
def test_a_sampled_value_is_within_bounds(lever: str, points: np.ndarray) -> None:
    """Of every lever, from end to end of what is declared, or up to 1000 where only arithmetic sets a limit."""
    low, high = bounds(LEVERS[lever])
    said: dict[str, Any] = {"lever": lever}
    annotation = LEVERS[lever].info.annotation
    boundless = np.isinf(high) or (high >= BOUNDLESS_AMOUNT and LEVERS[lever].unit.startswith("CNY"))
    if boundless and LEVERS[lever].codes is None and annotation is not bool:
        said["high"] = max(1000.0, 2 * low) if annotation is float else 1000
    made = axis("sobol", **said)
    for value in made.value_at(points):
        given_value = made.setting(value)
        assert made.declared.wrong(given_value) is None


@given(shares, st.integers(1, 30), st.integers(1, 30), st.booleans())
def test_whole_numbers_stay_in_their_range(points: np.ndarray, low: int, width: int, log: bool) -> None:
    high = min(40, low + width)
    made = axis("sobol", lever="contract.term", low=low, high=high, scale="log" if log else "linear")
    found = made.value_at(points)
    assert found.dtype == np.int64
    assert low <= found.min() <= found.max() <= high


@pytest.mark.parametrize("count", [2, 3, 5, 7])
def test_levels_have_equal_shares(count: int) -> None:
    made = axis("sobol", lever="contract.term", low=1, high=count)
    middles = (np.arange(100 * count) + 0.5) / (100 * count)
    assert np.unique(made.value_at(middles), return_counts=True)[1].tolist() == [100] * count
    # Where shares meet, rounding must not pull a share below its level.
    assert made.value_at(np.arange(count) / count).tolist() == list(range(1, count + 1))


def test_a_log_range_has_its_middle_at_the_geometric_mean() -> None:
    made = axis("sobol", lever="contract.hourly_price", low=10, high=1000, scale="log")
    assert made.value_at(np.array([0.0, 0.5, 1.0])) == pytest.approx([10, 100, 1000])


def test_a_lever_stands_in_every_jurisdiction_that_has_it() -> None:
    everywhere = axis(lever="contract.term", values=[2])
    assert len(everywhere.targets["town"]) == 3
    assert everywhere.defaults["town"] is None
    districts = axis(lever="contract.term", values=[2], **{"in": "districts"})
    assert [path[3] for path in districts.targets["town"]] == ["East", "West Side"]
    named = axis(lever="contract.term", values=[2], **{"in": ["Anping/East"]})
    assert named.targets["town"] == (("cities", "Anping", "districts", "East", "government", "contract", "term"),)
    assert named.defaults["town"] == 4


def test_bounds_of_several_places_are_the_narrowest() -> None:
    both = axis("sobol", paths=["cities.Anping.districts.East.wealth", "rules.strategy.drive"])
    assert (both.declared.low, both.declared.high) == (0, 1)
    assert len(both.targets["town"]) == 2


@pytest.mark.parametrize("leaf", parameters_of(Rules), ids=str)
def test_a_declaration_says_what_the_parameter_says(leaf: Any) -> None:
    found = declared_at(("rules", *leaf.path))
    assert isinstance(found, Declared)
    assert found.unit == leaf.unit
    assert found.meaning == leaf.info.description
    assert found.wrong(leaf.info.default) is None


def test_python_writes_what_reads_best(tmp_path: Path) -> None:
    class Word(Enum):
        FIXED = "fixed"
        COMPETITIVE = "competitive"

    axes = {
        "drive": {"path": "rules.strategy.drive", "values": (np.float32(0.5), np.int64(1))},
        "from": {"path": "policies.cut.from", "values": (Quarter(2010, 3), "2010-Q4")},
        "pricing": {"lever": "contract.pricing", "values": [Word.FIXED, Word.COMPETITIVE]},
    }
    made = design(tmp_path, axes=axes)
    row = made.row(made.table(), 6)
    assert row == {"point": 6, "scenario": "town", "variant": "", "drive": 1.0, "from_": "2010-Q4", "pricing": "fixed"}
    assert Pricing.FIXED.label == row["pricing"]
