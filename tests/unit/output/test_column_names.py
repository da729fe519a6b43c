"""Column names of every table: what SQL, R, Stata and Python take as they are, unique in their table."""

from __future__ import annotations

import keyword
import re

import duckdb
import pytest

from sim.declarations.sector_outcomes import SECTOR
from sim.engine.column_names import LONGEST, column_name, same_columns
from sim.experiment.design.experiment_loading import experiment_from_values
from sim.experiment.store.column_notes import column_notes
from sim.output.outcome_measures import MEASURES, measure_column
from sim.output.table_columns import TABLES, notes
from sim.scenario import ScenarioError, make_scenario
from tests.unit.scenario.scenario_town import TOWN

FIELDS = ["children-youth", "elderly", "people with a disability", "老年"]

R_WORDS = """if else repeat while function for next break true false null inf nan na na_integer_ na_real_ na_complex_
na_character_ in"""
STATA_WORDS = """_all _b _coef _cons _n _pi _pred _rc _skip byte double float if in int long strl str using with"""
POSTGRESQL_WORDS = """all analyse analyze and any array as asc asymmetric both case cast check collate column constraint
create current_catalog current_date current_role current_time current_timestamp current_user default deferrable desc
distinct do else end except false fetch for foreign from grant group having in initially intersect into lateral leading
limit localtime localtimestamp not null offset on only or order placing primary references returning select
session_user some symmetric table then to trailing true union unique user using variadic when where window with"""
SQLITE_WORDS = """add all alter and as autoincrement between case check collate commit constraint create default
deferrable delete distinct drop else escape except exists foreign from group having in index insert intersect into is
isnull join limit not notnull null on or order primary references select set table then to transaction union unique
update using values when where"""


def reserved() -> set[str]:
    """Reserved words in lower case, from other places than the list in the package."""
    keywords = duckdb.sql("select keyword_name from duckdb_keywords() where keyword_category = 'reserved'").fetchall()
    words = {word for (word,) in keywords} | {word.lower() for word in keyword.kwlist}
    for text in (R_WORDS, STATA_WORDS, POSTGRESQL_WORDS, SQLITE_WORDS):
        words |= set(text.split())
    return words


def sweep_tables() -> dict[str, list[str]]:
    """Columns of all tables of a sweep that keeps everything it can, with axes named as badly as may be."""
    drive = {"path": "rules.strategy.drive", "values": [0, 0.5]}
    other = {"path": "rules.strategy.imitation", "values": [0, 0.5]}
    third = {"path": "rules.strategy.learning", "values": [0.1, 0.5]}
    experiment = experiment_from_values(
        {
            "title": "All tables",
            "scenarios": ["beijing-2010"],
            "axes": {"order": drive, "2nd.axis of an experiment with a name that is long": other, "in": third},
            "replications": 1,
            "keep": {
                "series": [outcome.name for outcome in SECTOR],
                "tables": [name for name in TABLES if name != "sector"],
            },
        }
    )
    design = experiment.table().column_names
    return {table: [each["name"] for each in notes] for table, notes in column_notes(experiment).items()} | {
        "points": design
    }


@pytest.fixture(scope="module")
def tables() -> dict[str, list[str]]:
    runs = {f"run {name}": [each["name"] for each in notes(columns, FIELDS)] for name, columns in TABLES.items()}
    return runs | {f"sweep {name}": columns for name, columns in sweep_tables().items()}


def test_every_name_suits_every_tool(tables):
    words = reserved()
    assert len(words) > 150
    for table, columns in tables.items():
        for name in columns:
            assert re.fullmatch(r"[A-Za-z][A-Za-z0-9_]*", name, re.ASCII), (table, name)
            assert len(name) <= 32, (table, name)
            assert name.lower() not in words, (table, name)


def test_names_of_a_table_differ_whatever_their_case(tables):
    for table, columns in tables.items():
        assert len({name.lower() for name in columns}) == len(columns), table


def test_every_measure_of_every_outcome_is_a_column(tables):
    assert {measure_column(outcome.name, each.name) for outcome in SECTOR for each in MEASURES} <= {
        *tables["sweep summary"]
    }


def test_the_notes_of_a_sweep_are_of_its_columns():
    found = sweep_tables()
    assert found["points"] == found["design"] == ["point", "scenario", "variant", *found["points"][3:]]


@pytest.mark.parametrize("word", ["order", "Group", "in", "TRUE", "function", "strL", "lambda", "from"])
def test_a_reserved_word_is_changed(word):
    assert column_name(word) == f"{word}_"
    assert word.lower() in reserved()


def test_a_long_key_is_cut_and_a_strange_one_folded():
    assert column_name("skill", "x" * 80) == "skill_" + "x" * 26
    assert len(column_name("x" * 80)) == LONGEST
    assert column_name("unmet", "老年") == "unmet___"
    assert same_columns(["a-b", "a b", "ab", "A_B"]) == [(1, 0), (3, 0)]


@pytest.mark.parametrize(
    ("one", "other"), [("mental-health", "mental_health"), ("Old", "old"), ("老年", "青年"), ("x" * 30, "x" * 31)]
)
def test_fields_that_fold_together_are_an_error_with_its_place(one, other):
    some = next(iter(TOWN["fields"].values()))
    with pytest.raises(ScenarioError) as error:
        make_scenario(TOWN | {"fields": TOWN["fields"] | {one: some, other: some}})
    (problem,) = error.value.problems
    assert problem.path == ("fields", other)
    assert one in problem.what
    assert column_name("skill", other) in problem.what
