"""Rule activity: events are counted a run, and what never occurs is named; rules are counted in an interpreted run."""

import pandas as pd
import pytest

from sim.declarations.events_and_causes import Cause, Event
from sim.validation.rule_activity import activity_markdown, activity_text, event_activity, silent
from sim.validation.rule_calls import RuleCallError, RuleCalls, calls_text, count_rule_calls, declared_rules


class Tables:
    replications = 3

    def table(self, name):
        assert name == "events"
        return pd.DataFrame(
            {
                "replication": [0, 0, 2, 0],
                "event": ["closed", "closed", "closed", "founded"],
                "cause": ["insolvent", "insolvent", "insolvent", "at-start"],
            }
        )


def test_events_are_counted_in_every_run():
    found = event_activity(Tables(), "town").set_index("event")
    assert list(found.index) == ["founded", "closed"]  # in the order of declaration
    closed = found.loc["closed"]
    assert (closed["a_run"], closed["least"], closed["most"], closed["runs_with"], closed["runs"]) == (1, 0, 2, 2, 3)
    assert "2 of 3" in activity_text(found.reset_index())
    assert "| closed | insolvent | 1 | 0 | 2 | 2 of 3 |" in activity_markdown(found.reset_index())


def test_what_never_occurs_in_any_scenario_is_named():
    table = event_activity(Tables(), "town")
    found = silent([table, table.assign(event="barred", cause="low-grade")])
    assert not {"closed", "founded", "barred"} & set(found.events)
    assert "assessed" in found.events
    assert "low-grade" not in found.causes
    assert "none" not in found.causes
    assert len(found.events) == len(Event) - 3
    assert len(found.causes) == len(Cause) - 1 - 3
    assert "events that never happened: not-founded" in str(found)


def test_what_no_scenario_has_is_told_of_all_together():
    table = event_activity(Tables(), "town")
    both = pd.concat([table, table.assign(scenario="other", event="barred")])
    assert "In none of" not in activity_text(table)
    for text in (activity_text(both), activity_markdown(both)):
        assert "In none of the 2 scenarios: events that never happened: not-founded" in text


def test_every_rule_has_a_name_of_its_own_file():
    names = declared_rules()
    assert "quarter.run_quarter" in names or "quarter.advance" in names
    assert len(names) > 100


@pytest.mark.slow
def test_rules_are_counted_in_an_interpreted_run():
    found = count_rule_calls("beijing-2010", 1)
    assert found.calls
    assert set(found.calls).isdisjoint(found.never)
    assert set(found.calls) | set(found.never) == declared_rules()


def test_calls_are_told_with_those_that_are_never():
    text = calls_text(RuleCalls({"rules.a.one": 12_345, "rules.a.two": 1}, ("rules.b.three",)), most=1)
    assert "rules.a.one  12,345" in text
    assert "rules.a.two" not in text
    assert "2 rules were called; never: rules.b.three" in text


def test_a_run_that_fails_says_why():
    with pytest.raises(RuleCallError, match="no-such-town"):
        count_rule_calls("no-such-town", 1)
