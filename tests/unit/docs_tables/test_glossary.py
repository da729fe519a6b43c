"""docs/glossary.md names what exists, and leaves nothing out that it promises to name."""

from __future__ import annotations

import re

import pytest

from sim.declarations.income_sources import Source
from sim.scenario import Scenario
from sim.scenario.parameters.policy_levers import CityGovernment, DistrictGovernment
from tests.support.declared_names import COLUMNS, ENUMERATIONS, PACKAGES, ROOT, exists

ROW = re.compile(r"^\| (?P<term>[^|]+) \| (?P<names>[^|]+) \| (?P<meaning>[^|]+) \|$", re.MULTILINE)
ROWS = [row for row in ROW.findall((ROOT / "docs" / "glossary.md").read_text("utf-8")) if "`" in row[1]]
NAMES = [name for _, names, _ in ROWS for name in re.findall("`([^`]+)`", names)]
LEVER_GROUPS = {name for level in (CityGovernment, DistrictGovernment) for name in level.model_fields}


@pytest.mark.parametrize("name", NAMES)
def test_every_name_exists(name):
    assert exists(name)


@pytest.mark.parametrize(
    "name", ["agencies.employees", "Form.branch", "Shape", "contract.length", "sim.chance", "sim/view", "unmet"]
)
def test_a_name_that_is_gone_is_noticed(name):
    assert not exists(name)


def test_terms_are_there_once():
    terms = [term for term, _, _ in ROWS]
    assert len(set(terms)) == len(terms)


@pytest.mark.parametrize(
    "expected",
    [
        pytest.param(ENUMERATIONS.keys(), id="enumerations"),
        pytest.param({f"Source.{source.label}" for source in Source}, id="sources of income"),
        pytest.param(COLUMNS.keys(), id="tables"),
        pytest.param(Scenario.model_fields.keys(), id="keys of a scenario"),
        pytest.param(PACKAGES, id="packages"),
    ],
)
def test_nothing_is_left_out(expected):
    assert set(expected) - set(NAMES) == set()


def test_every_group_of_levers_has_its_line():
    assert LEVER_GROUPS - {name.partition(".")[0] for name in NAMES} == set()
