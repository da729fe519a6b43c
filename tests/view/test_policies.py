from sim.scenario.calendar import Quarter
from sim.view.policies import dated_policies, keyed
from tests.view.samples import POLICIES


def test_changes_within_the_run_are_told_by_date():
    (change,) = dated_policies(POLICIES, Quarter(2009, 3), 60)
    assert change.at == Quarter(2010, 1)
    assert change.words == (
        "Xicheng: procurement growth 0.3, registration attachment no; Beijing: special fund management fee 0.05"
    )


def test_places():
    policies = [{"at": "2010-Q1", "set": {"x": 1}}, {"at": "2010-Q1", "in": ["A", "B"], "set": {"x": 2}}]
    (change,) = dated_policies(policies, Quarter(2009, 3), 60)
    assert change.words == "everywhere: x 1; A, B: x 2"


def test_long_keys_are_cut():
    policies = [{"at": f"{year}-Q1", "set": {"procurement.growth": year}} for year in range(2010, 2030)]
    lines = keyed(dated_policies(policies, Quarter(2009, 3), 400), width=20)
    assert len(lines) == 8
    assert lines[0] == "1   2010-Q1   every…"
    lines = keyed(dated_policies(policies, Quarter(2009, 3), 400), width=80)
    assert lines[-1] == "and 13 more dates; all are in manifest.json"
    assert keyed([], 80) == []
