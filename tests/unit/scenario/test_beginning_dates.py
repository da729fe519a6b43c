"""Agencies that begin later: which dates are refused, and how that is said."""

import pytest

from sim.model.setup.compiled_scenario import CompiledScenario
from sim.run import simulate
from sim.scenario import ScenarioError, make_scenario
from tests.support.busy_town import BUSY
from tests.support.world_reading import used


def town(**facts):
    """The busy town with an agency that begins in some quarter."""
    newcomer = {"district": "West", "staff": 6, "cash": 200_000, **facts}
    return BUSY | {"agencies": BUSY["agencies"] | {"Newcomer": newcomer}}


@pytest.mark.parametrize(
    ("facts", "message"),
    [
        ({"begins": "2011-Q1", "founded": "2009-Q1"}, "has a date of founding too"),
        ({"begins": "2010-Q1"}, "is not after the start"),
        ({"begins": "2005-Q1"}, "is not after the start"),
        ({"begins": "2060-Q1"}, "is after the end, .*; expected 2010-Q2 to "),
        ({"begins": "soon"}, "begins"),
    ],
)
def test_wrong_beginnings_are_errors(facts, message):
    with pytest.raises(ScenarioError, match=message):
        make_scenario(town(**facts))


def test_a_sister_that_begins_later_is_an_error():
    values = town(begins="2011-Q1")
    values["agencies"] |= {"Early": {"district": "West", "sister": "Newcomer"}}
    with pytest.raises(ScenarioError, match=r"agencies\.Early\.sister.*does not begin before 2011-Q1"):
        make_scenario(values)


def test_an_agency_begins_on_its_date_with_its_people():
    record = simulate(CompiledScenario.of(make_scenario(town(begins="2010-Q4")), 6), 1)
    number = record.compiled.names["agency"].index("Newcomer")
    agency = used(record.world, "agencies")[number]
    seen = used(record.world, "panel_rows")
    assert agency["founded"] == seen[seen[:, 1] == number, 0].min() == 3
