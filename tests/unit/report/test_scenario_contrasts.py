"""Scenario contrasts: what differs is found, at the place where it differs, and told to whom it belongs."""

from sim.report.report_sources import open_sources
from sim.report.scenario_contrasts import axis_table, contrast_table, policy_table, report_scenarios
from sim.report.set_parameters import default_table, set_table
from sim.scenario.parameters.parameter_spec import parameters_of
from sim.scenario.parameters.rule_parameters import Rules


def test_values_that_differ_stand_with_their_meaning(compared):
    scenarios = report_scenarios([compared])
    assert [one.label for one in scenarios] == ["beijing-2010", "late", "same"]
    table = contrast_table(scenarios)
    (row,) = [row for row in table.rows if "hiring_minimum" in row[0]]
    assert row[1:4] == ["3", "4", "3"]
    assert "persons/quarter" in row[0]
    assert row[4]
    assert contrast_table(scenarios[:1]) is None
    assert contrast_table([scenarios[0], scenarios[0]]) is None


def test_policies_are_told_apart_by_who_has_them(compared):
    scenarios = report_scenarios([compared])
    own, shared = policy_table(scenarios, shared=False), policy_table(scenarios, shared=True)
    assert len(own.rows) == 4
    assert {row[3] for row in own.rows} == {"late"}
    assert len(shared.rows) == len(scenarios[0].values["policies"])
    assert all(row[2] for row in own.rows)
    assert policy_table([scenarios[0], scenarios[2]], shared=False) is None


def test_axes_have_their_levels(swept):
    rows = {row[0]: row for row in axis_table(swept).rows}
    assert rows["drive"][2] == "0, 1"
    assert rows["hiring"][1:3] == ["persons/quarter", "1, 9"]


def test_parameters_are_set_or_at_their_defaults(ran):
    (scenario,) = report_scenarios([ran])
    given, rest = set_table(scenario), default_table(scenario)
    names = {row[0] for row in given.rows}
    assert "rules.people.hiring_minimum" in names
    assert "people.hiring_minimum" not in {row[0] for row in rest.rows}
    set_here = [name for name in names if name.startswith("rules.")]
    assert len(set_here) + len(rest.rows) == len(parameters_of(Rules))
    assert all(row[4] for row in rest.rows)


def test_other_dates_are_a_doubt(compared):
    assert not open_sources([compared.path]).doubts
