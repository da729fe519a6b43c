"""Parameter paths: what they find, and that what is written there stands there."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.declarations.input_issues import key_path
from sim.experiment.design.parameter_paths import PathError, full_path, leaf_paths, resolve, value_at, with_values
from sim.scenario import make_scenario
from tests.support.scenario_strategies import scenarios
from tests.unit.experiment.design.design_town import TOWN

FULL: dict[str, Any] = make_scenario(TOWN).model_dump(mode="json", by_alias=True)

CUT = "policies.cut.set"

keys = st.text(st.characters(codec="utf-8", exclude_characters='"\\'), min_size=1, max_size=5)
trees = st.dictionaries(
    keys,
    st.recursive(
        st.integers(),
        lambda inner: st.dictionaries(keys, inner, min_size=1, max_size=3) | st.lists(inner, min_size=1, max_size=3),
        max_leaves=8,
    ),
    min_size=1,
    max_size=4,
)


def test_a_default_is_found_although_no_file_says_it() -> None:
    assert resolve(FULL, "rules.strategy.drive") == [("rules", "strategy", "drive")]


def test_keys_may_hold_dots_and_blanks() -> None:
    assert resolve(FULL, "agencies.St. John's 2.0.staff") == [("agencies", "St. John's 2.0", "staff")]
    assert resolve(FULL, "cities.Anping.districts.West Side.wealth")[0][3] == "West Side"
    assert resolve(FULL, "policies.cut.set.procurement.budget_factor") == [
        ("policies", 1, "set", "procurement.budget_factor")
    ]


def test_the_longest_key_that_leads_on_is_taken() -> None:
    assert resolve({"a": {"b": {"c": 1}}, "a.b": {"c": 2}}, "a.b.c") == [("a.b", "c")]
    assert resolve({"a": {"b": {"d": 1}}, "a.b": {"c": 2}}, "a.b.d") == [("a", "b", "d")]


def test_items_of_a_list_have_numbers_and_policies_names() -> None:
    by_name, by_number, by_bracket = (resolve(FULL, f"policies{how}.from") for how in (".cut", ".1", "[1]"))
    assert by_name == by_number == by_bracket == [("policies", 1, "from")]


def test_every_entry_is_meant_by_a_star() -> None:
    found = resolve(FULL, "cities.*.districts.*.government.contract.term")
    assert [path[3] for path in found] == ["East", "West Side"]


def test_every_policy_means_every_one_of_the_kind() -> None:
    assert resolve(FULL, "policies.*.from") == [("policies", 1, "from")]


@pytest.mark.parametrize(
    ("text", "part", "meant"),
    [
        ("rules.strategy.drvie", "drvie", "rules.strategy.drive"),
        ("ruls.strategy.drive", "ruls", "rules.strategy.drive"),
        ("policies.cutt.from", "cutt", "policies.cut.from"),
        (
            "policies.cut.set.procurement.budget_factr",
            "procurement.budget_factr",
            "policies.cut.set.procurement.budget_factor",
        ),
        ("quarters.x", "x", None),
        ("policies.9.at", "9", None),
    ],
)
def test_a_path_that_leads_nowhere_is_mended(text: str, part: str, meant: str | None) -> None:
    with pytest.raises(PathError) as caught:
        resolve(FULL, text)
    assert (caught.value.part, caught.value.meant) == (part, meant)


def test_the_beginning_may_be_forgotten() -> None:
    assert full_path(FULL, "strategy.drive") == "rules.strategy.drive"
    assert full_path(FULL, "no.such") is None


@given(trees, st.data())
def test_what_a_message_shows_leads_back(tree: dict[str, Any], data: st.DataObject) -> None:
    """Shown paths can be copied into a file, unless keys are such that a shorter way means something else."""
    path = data.draw(st.sampled_from(list(leaf_paths(tree))))
    found = resolve(tree, ".".join(f'"{part}"' if isinstance(part, str) else str(part) for part in path))
    assert found == [path]


@given(scenarios(most_policies=2), st.data())
def test_every_parameter_of_a_scenario_has_a_path(values: dict[str, Any], data: st.DataObject) -> None:
    full = make_scenario(values).model_dump(mode="json", by_alias=True)
    path = data.draw(st.sampled_from(list(leaf_paths(full))))
    assert path in resolve(full, key_path(path))


@given(trees, st.data())
def test_a_value_that_is_set_stands_there_and_nothing_else_moves(tree: dict[str, Any], data: st.DataObject) -> None:
    before = copy.deepcopy(tree)
    everything = list(leaf_paths(tree))
    chosen = data.draw(st.lists(st.sampled_from(everything), unique=True, min_size=1))
    changed = with_values(tree, [(path, ("new", n)) for n, path in enumerate(chosen)])
    assert tree == before
    for n, path in enumerate(chosen):
        assert value_at(changed, path) == ("new", n)
    for path in set(everything) - set(chosen):
        assert value_at(changed, path) == value_at(before, path)


def test_keys_on_the_way_are_made() -> None:
    assert with_values({}, [(("rules", "strategy", "drive"), 1)]) == {"rules": {"strategy": {"drive": 1}}}
