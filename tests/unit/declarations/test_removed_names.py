"""Names that are gone are refused wherever a user writes them, and each error names what stands for them now."""

from __future__ import annotations

import pytest

from sim.declarations.removed_names import REMOVED, gone, gone_in_query
from sim.experiment.store.part_reader import unknown
from sim.output.outcome_measures import measure_column
from tests.unit.declarations.test_renamed_names import KNOWN, experiment, messages_of


def of_kind(kind: str) -> list[object]:
    return [pytest.param(each, id=each.old) for each in REMOVED if each.kind == kind]


@pytest.mark.parametrize("each", [pytest.param(each, id=f"{each.kind} {each.old}") for each in REMOVED])
def test_what_an_error_names_exists_and_what_is_gone_does_not(each):
    assert {*each.see} <= KNOWN[each.kind]
    assert each.old not in KNOWN[each.kind]


@pytest.mark.parametrize("each", of_kind("parameter"))
def test_a_key_that_is_gone(each):
    values: object = 0.5
    for key in reversed(each.old.split(".")):
        values = {key: values}
    said = str(gone("parameter", each.old))
    assert said in messages_of({"extends": "beijing-2010"} | values)
    assert said in experiment(axes={"axis": {"path": each.old, "values": [0.1, 0.2]}})


@pytest.mark.parametrize("each", of_kind("outcome"))
def test_an_outcome_that_is_gone(each):
    said = str(gone("outcome", each.old))
    policy = {"when": {"outcome": each.old, "above": 0.1}, "set": {"contract.term": 8}}
    assert said in messages_of({"extends": "beijing-2010", "policies": [policy]})
    assert said in experiment(outcomes=[each.old])
    assert said in str(unknown("outcome", each.old, ["staff"]))
    assert said in str(unknown("column", measure_column(each.old, "year"), ["staff_year"]))


@pytest.mark.parametrize("each", of_kind("column"))
def test_a_column_that_is_gone(each):
    table, _, old = each.old.rpartition(".")
    assert gone_in_query(f"select {old} from {table}") == [f"'{old}': {gone('column', each.old)}"]
