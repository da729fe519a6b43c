"""Names explained, and completed in a shell."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from sim.declarations.events_and_causes import Cause
from sim.declarations.renamed_names import RENAMED
from sim.declarations.sector_outcomes import SECTOR
from sim.docs_tables.declared_terms import all_terms, find_terms, lever_terms, outcome_terms
from sim.model.state.government_fields import LEVERS
from sim.output.table_columns import TABLES
from sim.scenario.parameters.parameter_spec import parameters_of
from sim.scenario.parameters.rule_parameters import Rules
from tests.support.in_process_cli import inside

ROOT = Path(__file__).resolve().parents[2]


def sim(*arguments):
    return inside(*arguments, cwd="/")


def test_every_declaration_is_explained():
    names = {term.name for term in all_terms()}
    assert {leaf.key for leaf in LEVERS} <= names
    assert {f"rules.{leaf.key}" for leaf in parameters_of(Rules)} <= names
    assert {outcome.name for outcome in SECTOR} <= names
    assert {member.label for member in Cause} <= names
    assert {f"{table}.{column.name}" for table, columns in TABLES.items() for column in columns} <= names
    for term in all_terms():
        assert term.meaning, term.name
        assert term in find_terms(term.name)


def test_levers_and_parameters_say_all_that_is_declared():
    for term in (*lever_terms(), *(term for term in all_terms() if term.name.startswith("rules."))):
        facts = dict(term.facts)
        assert {"unit", "allowed", "default", "source", "where", "used in"} <= set(facts), (term.name, facts)


@pytest.mark.parametrize("word", ["contract.term", "CONTRACT_TERM", "contract-term", "term"])
def test_a_lever(word):
    done = sim("explain", word)
    assert (done.returncode, done.stderr) == (0, "")
    for part in ("contract.term: lever", "Length of a contract.", "quarters", "≥ 1, ≤ 40", "create_lot"):
        assert part in done.stdout


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("unmet_need", ["unmet_need: outcome", "unmet_need_year", "0-1"]),
        ("strategy.drive", ["rules.strategy.drive: parameter", "0.3"]),
        ("drive", ["rules.strategy.drive", "colleges.drive", "sponsors.drive"]),
        ("no-contract", ["no-contract: cause"]),
        ("fixed", ["fixed: pricing", "contract.pricing"]),
        ("year", ["year: measure", "last four quarters"]),
        ("events", ["events: table"]),
        ("events.cause", ["events.cause: column", "no-work"]),
        ("staff", ["staff: outcome", "agencies.staff"]),
    ],
)
def test_names_of_every_kind(word, parts):
    done = sim("explain", word)
    assert done.returncode == 0
    for part in parts:
        assert part in done.stdout


def test_a_word_of_meanings_lists_names():
    done = sim("explain", "paid late")
    assert done.returncode == 0
    assert "Nothing is called 'paid late'" in done.stderr
    assert "payment.delay" in done.stdout


@pytest.mark.parametrize(
    ("command", "message"),
    [
        ("explain contract.trem", "did you mean 'contract.term'"),
        ("explain closurs", "did you mean 'closures'"),
        ("explain hazard", "'closure_hazard' since"),
        ("explain zzzz", "nothing is called 'zzzz'"),
        ("levers contract.trem", "did you mean 'contract.term'"),
        ("outcomes closurs", "did you mean 'closures'"),
        ("outcomes zzzz", "'sim outcomes' lists all"),
        ("levers --no-such", "No such option"),
        ("swep x", "Did you mean 'sweep'"),
        ("run beijing-2010 --replicatons 3", "--replications"),
        ("results . --mesure mean", "--measure"),
    ],
)
def test_near_names(command, message):
    done = sim(*command.split())
    assert done.returncode == 2
    assert message in " ".join(done.stderr.split())


@pytest.mark.parametrize("each", [one for one in RENAMED if one.kind in ("lever", "outcome")], ids=lambda one: one.old)
def test_old_names_say_what_they_are_called_now(each):
    done = sim("explain", each.old)
    assert each.new.rpartition(".")[2] in done.stderr + done.stdout


def test_lists():
    levers, outcomes = sim("levers").stdout.splitlines(), sim("outcomes").stdout.splitlines()
    assert [line.split()[0] for line in levers] == [term.name for term in lever_terms()]
    assert [line.split()[0] for line in outcomes] == [term.name for term in outcome_terms()]
    assert all("payment" in line or "paid" in line.lower() for line in sim("levers", "payment.").stdout.splitlines())


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("sim run beij", ["beijing-2010"]),
        ("sim run tow", ["town.yaml"]),
        ("sim run below/to", ["below/town.yml"]),
        ("sim compare beijing-2010 late-p", ["late-payment"]),
        ("sim sweep divers", ["diversification"]),
        ("sim results x --outcomes staff,wage_r", ["staff,wage_ratio"]),
        ("sim levers contract.ter", ["contract.term"]),
        ("sim outcomes closure_h", ["closure_hazard"]),
        ("sim explain hourly_pr", ["hourly_price"]),
        ("sim export x --table runs,trig", ["runs,triggers"]),
        ("sim exper", ["experiments"]),
    ],
)
def test_completion_in_a_shell(typed, found, tmp_path):
    (tmp_path / "below").mkdir()
    for file in ("town.yaml", "below/town.yml", "town.txt"):
        (tmp_path / file).touch()
    script = "import sys; sys.argv[0] = 'sim'; from sim.cli.main import main; main()"
    asked = {"_SIM_COMPLETE": "complete_bash", "COMP_WORDS": typed, "COMP_CWORD": str(len(typed.split()) - 1)}
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT), **asked},
        capture_output=True,
        text=True,
    )
    assert done.stdout.split() == found, done.stderr
