"""Pattern evidence: each shipped check bears on some outcome, and what has no evidence is said to have none."""

import json
from pathlib import Path

import pytest

from sim.declarations.sector_outcomes import SECTOR
from sim.experiment.store.atomic_files import WrongInputError
from sim.report.pattern_evidence import (
    OF_COLUMNS,
    OF_STATISTICS,
    checks_table,
    evidence_of,
    evidence_table,
    outcomes_of,
    without_evidence,
)
from sim.report.shipped_evidence import read_evidence, rules_digest, shipped
from sim.validation.located_file import read_located, shipped_patterns
from sim.validation.validation_api import known_statistics

KNOWN = {outcome.name for outcome in SECTOR}


def test_what_is_declared_exists():
    assert {name for names in OF_COLUMNS.values() for name in names} <= KNOWN
    assert {name for names in OF_STATISTICS.values() for name in names} <= KNOWN
    assert {*OF_STATISTICS} <= {*known_statistics()}


@pytest.mark.parametrize("check", shipped().checks, ids=lambda check: f"{check['pattern']}-{check['check']}")
def test_every_shipped_check_bears_on_an_outcome(check):
    assert {*outcomes_of(check)} <= KNOWN
    assert outcomes_of(check)


def test_shipped_evidence_is_of_the_shipped_patterns():
    patterns = read_located(shipped_patterns()).patterns
    there = {(check["pattern"], check["check"], check["says"]) for check in shipped().checks}
    expected = {(one.id, n, check.says) for one in patterns.values() for n, check in enumerate(one.checks, 1)}
    assert there == expected
    assert shipped().origin.startswith("social-work-sim ")
    assert shipped().rules


def test_verdicts_are_counted_and_what_served_calibration_is_no_test():
    turnover, closures, staff = evidence_of(["turnover", "closures", "staff"], shipped().checks)
    assert staff.checks == ()
    assert without_evidence([turnover, closures, staff]) == ["Staff"]
    assert {check["pattern"] for check in turnover.checks} >= {"F5", "F8"}
    assert {check["pattern"] for check in closures.checks} == {"F23"}
    judged = [check for check in closures.checks if check["verdict"] != "reported"]
    holds = sum(check["verdict"] == "holds" for check in judged)
    assert closures.words.startswith(f"{holds} of {len(judged)} ")
    table = evidence_table([turnover, closures, staff])
    assert [row[0] for row in table.rows] == ["Yearly turnover", "Agencies closed"]
    assert evidence_table([staff]) is None
    assert checks_table([staff]) is None
    assert len(checks_table([turnover, closures]).rows) == len(turnover.checks) + len(closures.checks)


def test_a_driver_is_not_what_is_tested():
    arguments = json.dumps({"outcome": "agencies", "plus": "dormant", "driver": "budget"})
    assert outcomes_of({"statistic": "elasticity", "arguments": arguments}) == ("agencies",)


def test_a_folder_without_a_validation_is_refused(tmp_path):
    with pytest.raises(WrongInputError, match="sim validate"):
        read_evidence(Path(tmp_path))


def test_rules_are_told_apart_by_their_sources():
    code = {"model/quarter.py": "1", "output/table_columns.py": "1"}
    one = rules_digest({"identity": {"code": code}})
    assert one == rules_digest({"identity": {"code": code | {"output/table_columns.py": "2"}}})
    assert one != rules_digest({"identity": {"code": code | {"model/quarter.py": "2"}}})
    assert rules_digest({}) == ""
