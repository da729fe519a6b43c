"""The table of points: its columns, its order, and how it grows."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.experiment.design.point_table import joined
from sim.scenario import ScenarioError
from tests.unit.experiment.design.design_town import DRIVE, design, town

TERM = {"lever": "contract.term", "values": [2, 6]}
cells = st.lists(st.tuples(st.sampled_from([0.0, 0.5, 1.0]), st.sampled_from(["a", "b"])), max_size=12)


def table(rows: list[tuple[float, str]]) -> pa.Table:
    """A table of points with one axis of numbers and one of words."""
    return pa.table(
        {
            "point": pa.array(range(len(rows)), type=pa.int32()),
            "scenario": pa.array(["town"] * len(rows), type=pa.string()),
            "variant": pa.array([""] * len(rows), type=pa.string()),
            "share": pa.array([share for share, _ in rows], type=pa.float64()),
            "word": pa.array([word for _, word in rows], type=pa.string()),
        }
    )


def rows_of(points: pa.Table) -> list[tuple[float, str]]:
    return list(zip(points["share"].to_pylist(), points["word"].to_pylist(), strict=True))


def test_points_are_scenarios_by_variants_by_combinations(tmp_path: Path) -> None:
    made = design(
        tmp_path,
        scenarios=[town(tmp_path, "one"), town(tmp_path, "two")],
        variants={"poor": {"cities": {"Anping": {"government": {"procurement": {"budget": 1000}}}}}},
        axes={"drive": DRIVE, "term": TERM, "attached": {"lever": "registration.attachment"}},
    )
    points = made.table()
    assert made.points == len(points) == 2 * 2 * 3 * 2 * 2
    assert points.schema.names == ["point", "scenario", "variant", "drive", "term", "attached"]
    types = [pa.int32(), pa.string(), pa.string(), pa.float64(), pa.int64(), pa.string()]
    assert points.schema.types == types
    assert points["point"].to_pylist() == list(range(48))
    keys = list(zip(*(points[name].to_pylist() for name in points.schema.names[1:]), strict=True))
    assert keys == sorted(set(keys))


def test_without_axes_every_base_is_a_point(tmp_path: Path) -> None:
    assert design(tmp_path, axes={}).table().num_rows == 1


@given(cells, cells)
def test_an_extension_keeps_old_points_and_adds_what_is_new(
    old: list[tuple[float, str]], new: list[tuple[float, str]]
) -> None:
    both = joined(table(old), table(new))
    assert both["point"].to_pylist() == list(range(len(both)))
    assert rows_of(both)[: len(old)] == old
    for row in {*old, *new}:
        assert rows_of(both).count(row) == max(old.count(row), new.count(row))


def test_a_grown_design_for_sensitivity_keeps_its_order_in_every_scenario(tmp_path: Path) -> None:
    made = design(
        tmp_path,
        scenarios=[town(tmp_path, "one"), town(tmp_path, "two")],
        axes={"drive": {"path": "rules.strategy.drive"}, "term": {"lever": "contract.term"}},
        design={"kind": "morris", "trajectories": 6},
    )
    more = made.with_points(11)
    both = joined(made.table(), more.table())
    assert both.slice(0, len(made.table())).equals(made.table())
    for name in ("one", "two"):
        wanted = [row for row in more.table().to_pylist() if row["scenario"] == name]
        found = [row for row in both.to_pylist() if row["scenario"] == name]
        assert [(row["drive"], row["term"]) for row in found] == [(row["drive"], row["term"]) for row in wanted]


def test_other_axes_are_no_extension() -> None:
    with pytest.raises(ScenarioError, match="new: 'word'"):
        joined(table([(0.0, "a")]).drop_columns(["word"]), table([(0.0, "a")]))
    with pytest.raises(ScenarioError, match="their order or kind differs"):
        joined(table([]), table([]).select(["point", "scenario", "variant", "word", "share"]))


def test_many_points_are_made_without_a_loop(tmp_path: Path) -> None:
    """A million points at once: a loop over points would take minutes."""
    axes = {
        name: {"path": f"rules.strategy.{name}", "low": 0, "high": 0.04, "steps": 100} for name in ("drive", "give_up")
    }
    axes["first_effort"] = {"path": "rules.strategy.first_effort", "low": 0.1, "high": 0.2, "steps": 100}
    assert len(design(tmp_path, axes=axes).table()) == 1_000_000
