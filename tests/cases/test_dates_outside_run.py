"""Runs that start later, or end earlier, than their base: their resolved values are a scenario file of equal runs."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from sim.experiment.design.full_files import full_scenario
from sim.experiment.store.provenance import resolved
from sim.run import simulate
from sim.scenario import ScenarioError, load_scenario, load_scenario_file, make_scenario, read_scenario

TINY = yaml.safe_load((Path(__file__).parent / "mesa" / "tiny.yaml").read_text())
POLICIES = [
    {"at": "2010-Q3", "set": {"procurement.budget": 700_000}},
    {"at": "2010-Q4", "set": {"procurement.budget": 800_000}},
    {"from": "2011-Q1", "to": "2013-Q4", "ramp": {"contract.term": 12, "procurement.budget": 2_000_000}},
    {"from": "2011-Q1", "for": 7, "set": {"payment.delay": 6}},
    {"at": "2014-Q1", "set": {"payment.oversight": 1.0}},
]


@pytest.fixture
def later(tmp_path):
    """A file that starts later and ends earlier than its base."""
    base = TINY | {"quarters": 20, "policies": POLICIES}
    (tmp_path / "base.yaml").write_text(yaml.safe_dump(base, sort_keys=False))
    (tmp_path / "later.yaml").write_text("extends: base.yaml\nstart: 2012-Q2\nquarters: 5\n")
    return tmp_path / "later.yaml"


def same_run(one, other):
    return simulate(one, 1).sector.tobytes() == simulate(other, 1).sector.tobytes()


def test_resolved_values_are_a_scenario(later):
    scenario = load_scenario(later)
    values = resolved(scenario)
    assert values["dates_outside_run"]
    again = make_scenario(values)
    assert (again.start, again.quarters) == (scenario.start, scenario.quarters)
    assert same_run(scenario, again)
    assert resolved(scenario, 3)["quarters"] == 3


def test_the_full_file_is_a_scenario(later):
    text = full_scenario(load_scenario_file(later), "later.yaml")
    assert same_run(load_scenario(later), read_scenario(text))


def test_dates_within_the_run_need_no_key():
    assert not resolved(make_scenario(TINY | {"quarters": 20, "policies": POLICIES}))["dates_outside_run"]
    with pytest.raises(ScenarioError, match="is outside the run"):
        make_scenario(TINY | {"start": "2012-Q2", "policies": POLICIES})
