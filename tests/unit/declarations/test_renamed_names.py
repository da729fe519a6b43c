"""Old names are refused wherever a user writes them, and each error says the new name, which exists."""

from __future__ import annotations

import pytest

from sim.declarations.renamed_names import (
    RENAMED,
    called_now,
    old_words_in_query,
    renamed_column,
    renamed_in_query,
)
from sim.declarations.sector_outcomes import SECTOR
from sim.docs_tables.document_blocks import CHANGELOG, CHANGELOG_TABLES, described
from sim.experiment.design.experiment_loading import experiment_from_values
from sim.experiment.store.part_reader import QueryError, unknown
from sim.output.outcome_measures import MEASURE_NAMES, measure_column
from sim.output.table_columns import TABLES
from sim.scenario import ScenarioError, make_scenario
from sim.scenario.parameters.labour_parameters import Labour
from sim.scenario.parameters.parameter_spec import parameters_of
from sim.scenario.parameters.policy_levers import CityGovernment, DistrictGovernment
from sim.scenario.parameters.rule_parameters import Rules

LEVERS = {leaf.key for group in (CityGovernment, DistrictGovernment) for leaf in parameters_of(group)}
OUTCOMES = {outcome.name for outcome in SECTOR}
KNOWN = {
    "parameter": {f"rules.{leaf.key}" for leaf in parameters_of(Rules)}
    | {f"cities.*.labour.{leaf.key}" for leaf in parameters_of(Labour)},
    "lever": LEVERS,
    "outcome": OUTCOMES,
    "measure": set(MEASURE_NAMES),
    "column": {f"{table}.{column.name}" for table, columns in TABLES.items() for column in columns},
    "word": {
        member.label
        for columns in TABLES.values()
        for column in columns
        if column.words is not None
        for member in column.words
    },
}


def of_kind(*kinds: str) -> list[object]:
    return [pytest.param(each, id=f"{each.kind} {each.old}") for each in RENAMED if each.kind in kinds]


def messages_of(values: dict[str, object], make=make_scenario) -> str:
    """What is said about values that hold an old name; that is all that is said."""
    with pytest.raises(ScenarioError) as error:
        make(values)
    (problem,) = error.value.problems
    return str(problem)


def experiment(**changes: object) -> str:
    often = {} if "precision" in changes else {"replications": 1}
    return messages_of({"title": "Old names", "scenarios": ["beijing-2010"]} | often | changes, experiment_from_values)


@pytest.mark.parametrize("each", of_kind("parameter", "lever", "outcome", "measure", "column"))
def test_new_names_exist_and_old_ones_do_not(each):
    assert each.new in KNOWN[each.kind]
    assert each.old not in KNOWN[each.kind]


@pytest.mark.parametrize("each", of_kind("word"))
def test_new_words_are_the_old_ones_with_hyphens(each):
    assert each.new == each.old.replace("_", "-")
    assert each.old not in KNOWN["word"]


@pytest.mark.parametrize("each", of_kind("parameter"))
def test_an_old_key_of_a_scenario(each):
    values: object = 0.5
    for key in reversed(each.old.replace("*", "Beijing").split(".")):
        values = {key: values}
    assert called_now(each.new.rpartition(".")[2]) in messages_of({"extends": "beijing-2010"} | values)


@pytest.mark.parametrize("each", of_kind("parameter"))
def test_an_old_path_of_an_experiment(each):
    axes = {"axis": {"path": each.old, "values": [0.1, 0.2]}}
    assert called_now(each.new.rpartition(".")[2]) in experiment(axes=axes)


@pytest.mark.parametrize("each", of_kind("lever"))
def test_an_old_lever(each):
    policy = {"at": "2012-Q1", "set": {each.old: 0.1}}
    assert called_now(each.new) in messages_of({"extends": "beijing-2010", "policies": [policy]})
    assert called_now(each.new) in experiment(axes={"axis": {"lever": each.old, "values": [0.1, 0.2]}})
    group, nested, last = each.old.split(".")
    government = {"government": {group: {nested: {last: 0.1}}}}
    values = {"extends": "beijing-2010", "cities": {"Beijing": government}}
    assert called_now(each.new.split(".")[1]) in messages_of(values)


@pytest.mark.parametrize("each", of_kind("outcome"))
def test_an_old_outcome(each):
    policy = {"when": {"outcome": each.old, "above": 0.1}, "set": {"contract.term": 8}}
    assert called_now(each.new) in messages_of({"extends": "beijing-2010", "policies": [policy]})
    assert called_now(each.new) in experiment(outcomes=[each.old])
    assert called_now(each.new) in experiment(keep={"series": [each.old]})
    assert called_now(each.new) in str(unknown("outcome", each.old, OUTCOMES))
    new = measure_column(each.new, "year")
    assert called_now(new) in str(unknown("column", f"{each.old}.end", [new]))


@pytest.mark.parametrize("each", of_kind("measure"))
def test_an_old_measure(each):
    precision = {"outcome": "closures", "measure": each.old, "width": 1.0}
    assert called_now(each.new) in experiment(precision=precision)
    assert called_now(each.new) in str(unknown("measure", each.old, MEASURE_NAMES))
    assert renamed_in_query(f'select avg("closures.{each.old}") from runs') == [
        f"'closures.{each.old}' is called 'closures_{each.new}' since 0.2"
    ]


@pytest.mark.parametrize("each", of_kind("column"))
def test_an_old_column(each):
    table, _, old = each.old.rpartition(".")
    new = each.new.rpartition(".")[2]
    assert renamed_column(old, table) == new
    assert renamed_in_query(f"select {old} from {table}") == [f"'{old}' is called '{new}' since 0.2"]


def test_columns_of_levers_in_a_query():
    query = 'select "contract.term", "procurement.channel_shares.grants" from policy'
    assert sorted(renamed_in_query(query)) == [
        "'contract.term' is called 'contract_term' since 0.2",
        "'procurement.channel_shares.grants' is called 'procurement_shares_grants' since 0.2",
    ]


@pytest.mark.parametrize("each", of_kind("word"))
def test_an_old_word_in_a_query(each):
    assert old_words_in_query(f"select * from events where event = '{each.old}'") == [(each.old, each.new)]
    assert not old_words_in_query(f"select * from events where event = '{each.new}'")


def test_errors_of_names_that_never_were_are_as_before():
    assert isinstance(unknown("outcome", "closure", OUTCOMES), QueryError)
    assert "did you mean 'closures'" in str(unknown("outcome", "closure", OUTCOMES))


def test_the_changelog_has_the_table():
    text = CHANGELOG.read_text(encoding="utf-8")
    assert described(text, CHANGELOG_TABLES) == text, "run: make docs"
    assert text.count("<!-- table: renamed names -->") == 1
