"""Policy marks: which policies a figure marks, when and how."""

import numpy as np

from sim.declarations.calendar_quarter import Quarter
from sim.plots.key_entry import KeyEntry
from sim.plots.policy_marks import dated_policies, keyed
from tests.unit.plots.sample_results import POLICIES


def test_changes_within_the_run_are_told_by_date():
    (change,) = dated_policies(POLICIES, Quarter(2009, 3), 60)
    assert change.at == Quarter(2010, 1)
    assert change.words == (
        "Xicheng: procurement growth 0.3/year, registration attachment no; Beijing: special fund management fee 0.05"
    )


def test_places():
    policies = [{"at": "2010-Q1", "set": {"x": 1}}, {"at": "2010-Q1", "in": ["A", "B"], "set": {"x": 2}}]
    (change,) = dated_policies(policies, Quarter(2009, 3), 60)
    assert change.words == "everywhere: x 1; A, B: x 2"


def test_many_policies_are_counted():
    policies = [{"at": f"{year}-Q1", "set": {"procurement.growth": year}} for year in range(2010, 2030)]
    entries = keyed(dated_policies(policies, Quarter(2009, 3), 400))
    assert [entry.sign for entry in entries] == ["1", "2", "3", "4", "5", "6", "7", ""]
    assert entries[-1].words == "and 13 more; all are in manifest.json"
    assert keyed([]) == []


def test_a_key_names_date_place_and_levers():
    levers = {"procurement.growth": 0.2, "contract.term": 12, "payment.delay": 2, "scoring.price": 0.5}
    changes = dated_policies([{"at": "2010-Q1", "set": levers}], Quarter(2009, 3), 400)
    words = (
        "2010-Q1, everywhere: procurement growth 0.2/year, contract term 12 quarters, payment delay 2 quarters, "
        "scoring price 0.5"
    )
    assert keyed(changes) == [KeyEntry("1", words)]


OVER_TIME = [
    {"from": "2010-Q2", "to": "2011-Q2", "in": "Xicheng", "ramp": {"contract.term": 8}},
    {"from": "2010-Q1", "to": "2010-Q2", "set": {"payment.delay": 2.5}},
    {"when": {"outcome": "unmet_need", "above": 0.5}, "after": 2, "set": {"contract.pricing": "fixed"}},
    {"when": {"outcome": "staff", "below": 3}, "in": "Xicheng", "set": {"contract.value": 90000}},
]


def test_ramps_pulses_and_triggers():
    fired = np.zeros((4, 8), dtype=bool)
    fired[0, 3:5] = fired[1, 4:] = fired[2, 6] = True
    triggers = {"unmet_need above 0.5, after 2 quarters": fired, "staff below 3": np.zeros((4, 8), dtype=bool)}
    pulse, ramp, trigger, never = dated_policies(OVER_TIME, Quarter(2009, 4), 8, triggers)
    assert (pulse.when, ramp.when) == ("2010-Q1 to 2010-Q2", "2010-Q2 to 2011-Q2")
    assert pulse.force == (0, 1, 1, 0, 0, 0, 0, 0)
    assert ramp.force == (0, 0, 0, 0.25, 0.5, 0.75, 1, 0)
    assert ramp.words == "Xicheng: contract term gradually to 8 quarters"
    assert trigger.at == Quarter(2010, 4)
    assert trigger.when == "2010-Q4 (median; in 3 of 4 replications)"
    assert trigger.words == "everywhere: contract pricing fixed, when unmet need above 0.5, after 2 quarters"
    assert trigger.force == (0, 0, 0, 0.25, 0.5, 0.25, 0.5, 0.25)
    assert (never.at, never.when) == (None, "never")
    assert keyed([never]) == [KeyEntry("1", "never, Xicheng: contract value 90,000 CNY/year, when staff below 3")]


def test_policies_of_before_the_start():
    """Those that are over, or hold from the very beginning, are no event; the others are marked at the start."""
    policies = [
        {"at": "2009-Q1", "set": {"contract.term": 3}},
        {"from": "2009-Q1", "to": "2009-Q4", "set": {"payment.delay": 1}},
        {"from": "2009-Q1", "to": "2010-Q2", "set": {"payment.delay": 2}},
    ]
    (pulse,) = dated_policies(policies, Quarter(2010, 1), 4)
    assert (pulse.at, pulse.when, pulse.force) == (Quarter(2010, 1), "2009-Q1 to 2010-Q2", (1, 1, 0, 0))
