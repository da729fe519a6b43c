"""Kept columns: what of a table is kept where columns are named, and which names are refused with their place."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest

from sim.experiment.design.experiment_file import Keep
from sim.experiment.design.kept_columns import ALWAYS_KEPT, kept_by_quarter, kept_of, table_columns
from tests.unit.experiment.design.design_town import design, messages_of

ROWS = pa.table({name: [0] for name in (*ALWAYS_KEPT, "agency", "staff", "cash")})


def test_what_is_named_is_kept_beside_run_and_quarter() -> None:
    keep = Keep(tables=["agencies", "bids"], columns={"agencies": ["cash", "agency", "quarter"]})
    assert kept_of(ROWS, keep, "agencies").column_names == [*ALWAYS_KEPT, "agency", "cash"]
    assert kept_of(ROWS, keep, "bids").column_names == ROWS.column_names
    assert kept_of(ROWS, Keep(tables=["agencies"], columns={"agencies": []}), "agencies").column_names == [*ALWAYS_KEPT]


def test_columns_by_field_of_service_are_named_as_in_tables() -> None:
    assert table_columns("agencies", ["old age", "youth"])[-2:] == ("skill_old_age", "skill_youth")


@pytest.mark.parametrize(
    ("keep", "expected"),
    [
        (Keep(series=["staff"]), {"staff"}),
        (Keep(tables=["sector"]), {"staff", "wage"}),
        (Keep(series=["staff"], tables=["sector"], columns={"sector": ["date", "wage"]}), {"staff", "wage"}),
        (Keep(tables=["sector"], columns={"sector": []}), set()),
    ],
)
def test_outcomes_by_quarter_are_those_of_series_and_sector(keep: Keep, expected: set[str]) -> None:
    assert kept_by_quarter(keep, ["staff", "wage"]) == expected


def test_wrong_names_are_reported_with_the_nearest(tmp_path: Path) -> None:
    columns = {"agencies": ["stff", "cash", "cash", "skill_yuth"], "bids": ["score"], "agncies": []}
    found = messages_of(tmp_path, keep={"tables": ["agencies"], "columns": columns})
    assert len(found) == 5
    for start, end in [
        ("keep.columns.agencies[0]: unknown column 'stff'", "did you mean 'staff'?"),
        ("keep.columns.agencies[2]: 'cash' is named twice", "name it once"),
        ("keep.columns.agencies[3]: unknown column 'skill_yuth'", "did you mean 'skill_youth'?"),
        ("keep.columns.bids: the table 'bids' is not kept", "expected one of 'agencies'"),
        ("keep.columns.agncies: the table 'agncies' is not kept", "did you mean 'agencies'?"),
    ]:
        assert any(line.startswith(start) and line.endswith(end) for line in found), (start, found)


def test_a_date_needs_its_outcome_among_the_columns(tmp_path: Path) -> None:
    asked = {"measure": "2010-Q2", "outcomes": ["staff"]}
    design(tmp_path, **asked, keep={"tables": ["sector"], "columns": {"sector": ["staff"]}})
    found = messages_of(tmp_path, **asked, keep={"tables": ["sector"], "columns": {"sector": ["agencies"]}})
    assert "needs the series of 'staff'" in found[0]


def test_where_no_scenario_can_be_read_its_fields_are_not_judged(tmp_path: Path) -> None:
    keep = {"tables": ["agencies"], "columns": {"agencies": ["skill_any", "stff"]}}
    found = messages_of(tmp_path, scenarios=["nowhere"], keep=keep)
    assert ["stff" in line for line in found if "column" in line] == [True]
