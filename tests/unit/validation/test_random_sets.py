"""Random sets: the same draws in every world, bands counted by hand, results kept with date and seed."""

import json

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest

from sim.engine.column_names import column_name
from sim.experiment.execute.executor_protocol import SerialExecutor
from sim.experiment.execute.progress_reporter import NullProgress
from sim.experiment.results.results import Results
from sim.experiment.store.part_reader import QueryError
from sim.scenario.parameters.parameter_spec import parameters_of
from sim.scenario.parameters.rule_parameters import Rules
from sim.validation.pattern_loading import load_patterns
from sim.validation.random_report import CHECKS, FACTS, PATTERNS, keep_random, random_markdown, random_text
from sim.validation.random_sets import CHECK_COLUMNS, PATTERN_COLUMNS, RandomSets, random_sets, within
from sim.validation.validation_api import known_statistics

WITH_RANGE = [leaf for leaf in parameters_of(Rules) if leaf.plausible]
TEXT = """
worlds:
  town: {scenario: town.yaml, replications: 2}
  later: {scenario: town.yaml, changes: {rules: {people: {quit_rate: 0.03}}}, replications: 2}
  town again: {scenario: town.yaml, replications: 3}
patterns:
  - id: always
    statement: There are agencies.
    source: nobody
    mark: C
    calibration: false
    written: 2026-11-29
    checks:
      - says: agencies in the last year
        world: town
        statistic: window-mean
        with: {outcome: agencies, since: 2010-Q3, until: 2011-Q2}
        band: [1, null]
  - id: never
    statement: There are many.
    source: nobody
    mark: C
    calibration: false
    written: 2026-11-29
    checks:
      - says: agencies in the last year
        world: later
        statistic: window-mean
        with: {outcome: agencies, since: 2010-Q3, until: 2011-Q2}
        band: [1000, null]
      - says: only told
        world: town again
        statistic: window-mean
        with: {outcome: staff, since: 2010-Q3, until: 2011-Q2}
        band: [null, null]
"""


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    folder = tmp_path_factory.mktemp("random")
    (folder / "town.yaml").write_text("extends: beijing-2010\nquarters: 8\ndates_outside_run: true\n", encoding="utf-8")
    (folder / "patterns.yaml").write_text(TEXT, encoding="utf-8")
    statistics = known_statistics()
    patterns = load_patterns([folder / "patterns.yaml"], statistics)
    more = (statistics, folder / "out", SerialExecutor(), NullProgress())
    return random_sets(patterns, patterns.patterns, *more, sets=4, replications=1)


def test_what_every_set_passes_is_no_evidence(found):
    patterns = found.patterns.set_index("pattern")
    assert list(found.patterns.columns) == list(PATTERN_COLUMNS)
    assert patterns["passed"].to_dict() == {"always": 4, "never": 0}
    assert patterns["evidence"].astype(bool).to_dict() == {"always": False, "never": True}
    assert list(found.checks.columns) == list(CHECK_COLUMNS)
    assert found.checks["pattern"].tolist() == ["always", "never"]  # what has no band is not judged
    assert (found.checks["defined"] == 4).all()


def test_worlds_have_the_same_sets(found):
    town, later = (Results.open(found.folders[name]).points.to_pandas() for name in ("town", "later"))
    drawn = [column_name(name) for name in found.parameters]
    pd.testing.assert_frame_equal(town[drawn], later[drawn])
    drawable = (leaf for leaf in WITH_RANGE if leaf.key not in ("people.quit_rate", "people.hiring_minimum"))
    assert set(found.parameters) >= {f"rules_{'_'.join(leaf.path)}" for leaf in drawable}
    low, high = next(leaf.plausible for leaf in WITH_RANGE if leaf.key == "people.learning")
    assert town["rules_people_learning"].between(low, high).all()
    assert town["rules_people_learning"].nunique() == 4


def test_worlds_that_are_run_alike_share_runs(found):
    assert found.folders["town"] == found.folders["town again"] != found.folders["later"]


def test_what_a_world_sets_is_not_drawn(found):
    assert found.left_out == ("rules.people.quit_rate", "rules.people.hiring_minimum")
    assert "rules_people_quit_rate" not in found.parameters
    assert "because a world sets it: rules.people.quit_rate, rules.people.hiring_minimum" in random_text(found)


def test_results_are_kept_with_date_version_and_seed(found, tmp_path):
    keep_random(found, tmp_path)
    facts = json.loads((tmp_path / FACTS).read_text("utf-8"))
    assert (facts["sets"], facts["replications"], facts["seed"]) == (4, 1, 1)
    assert facts["date"].startswith("20")
    assert facts["versions"]["social-work-sim"]
    assert [each["pattern"] for each in facts["patterns"]] == ["always", "never"]
    for name, table in ((CHECKS, found.checks), (PATTERNS, found.patterns)):
        kept = pq.read_table(tmp_path / name)
        assert kept.num_rows == len(table)
        assert all(field.metadata[b"meaning"] for field in kept.schema)


def test_the_report_names_what_is_no_evidence(found):
    text = random_text(found)
    assert "4 random sets of" in text
    assert "No evidence, because at least 95 % of sets pass: always" in text
    assert "| always | agencies in the last year | 100 % |" in random_markdown(found)


def test_several_checks_have_a_row_together():
    rows = [
        dict(zip(CHECK_COLUMNS, ("F1", n, f"check {n}", 2, 2, 1, 0.5, 1, 2, 3, 1.0, np.nan), strict=True))
        for n in (1, 2)
    ]
    patterns = pd.DataFrame([("F1", "x", 2, 1, 0.5, True)], columns=list(PATTERN_COLUMNS))
    text = random_text(RandomSets(pd.DataFrame(rows), patterns, 2, 1, 1, ("a",), (), {}))
    assert "all checks" in text
    assert "none of the patterns" in text


def test_bands_are_closed_and_undefined_values_are_outside():
    values = np.array([1.0, 2.0, 3.0, np.nan])
    assert within(values, (2, 3)).tolist() == [False, True, True, False]
    assert within(values, (None, 1)).tolist() == [True, False, False, False]


@pytest.mark.parametrize("wrong", [{"sets": 0}, {"sets": 3, "replications": 0}])
def test_there_is_at_least_one(wrong, tmp_path):
    with pytest.raises(QueryError, match="whole number from 1"):
        random_sets(None, (), {}, tmp_path, SerialExecutor(), NullProgress(), **wrong)
