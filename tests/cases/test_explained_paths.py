"""Names as users meet them are explained: columns of measures, paths of messages, keys of experiment files."""

import pytest

from sim.docs_tables.declared_terms import find_terms
from sim.experiment.design.experiment_file import ExperimentFile
from tests.support.in_process_cli import inside


@pytest.mark.parametrize(
    ("word", "name", "kind"),
    [
        ("staff_year", "runs.staff_year", "column"),
        ("runs.gini_max", "runs.gini_max", "column"),
        ("cities.Beijing.donors.pool", "donors.pool", "parameter"),
        ('policies[0].set."contract.term"', "contract.term", "lever"),
        ("policies[12].ramp.contract.term", "contract.term", "lever"),
        ('cities."My city".districts.East.government.procurement.budget', "procurement.budget", "lever"),
        ("agencies.Hope.staff", "agencies.staff", "parameter"),
        ("variants.v.rules.strategy.drive", "rules.strategy.drive", "parameter"),
        ("replications", "replications", "key"),
        ("axes.NAME.lever", "axes.NAME.lever", "key"),
    ],
)
def test_what_is_meant(word, name, kind):
    found = find_terms(word)[0]
    assert (found.name, found.kind) == (name, kind)
    assert found.meaning


def test_every_key_of_an_experiment_has_its_meaning():
    for name, info in ExperimentFile.model_fields.items():
        if info.description:
            assert find_terms(name), name


@pytest.mark.parametrize("word", ["agencies.staff_year", "agencies.nope", "staff_p51"])
def test_what_nothing_is_called_has_a_suggestion(word, tmp_path):
    done = inside("explain", word, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "did you mean" in done.stderr


@pytest.mark.parametrize("word", ["", "  "])
def test_no_name_is_an_error(word, tmp_path):
    done = inside("explain", word, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "no name to explain" in done.stderr
