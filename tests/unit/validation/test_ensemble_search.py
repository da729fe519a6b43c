"""Ensemble search: who passes all calibrating patterns; a search that goes on; files that are written and read."""

import json

import numpy as np
import pytest

from sim.declarations.input_issues import ScenarioError
from sim.experiment.execute.executor_protocol import SerialExecutor
from sim.experiment.execute.progress_reporter import NullProgress
from sim.validation import ensemble_search
from sim.validation.ensemble_file import Ensemble, ensemble_text, read_ensemble
from sim.validation.ensemble_search import search_ensemble
from sim.validation.pattern_loading import load_patterns
from sim.validation.random_sets import held_against, random_sets
from sim.validation.set_designs import SetDesign
from sim.validation.validation_api import known_statistics

TEXT = """
worlds:
  town: {scenario: town.yaml, replications: 2}
  later: {scenario: town.yaml, changes: {rules: {people: {quit_rate: 0.03}}}, replications: 2}
patterns:
"""
PATTERN = """
  - id: {id}
    statement: There are {id}.
    source: nobody
    mark: C
    calibration: {calibration}
    written: 2026-11-29
    checks:
      - says: {id} in the last year
        world: {world}
        statistic: window-mean
        with: {{outcome: {outcome}, since: 2010-Q3, until: 2011-Q2}}
        band: {band}
"""
STATISTICS = dict(known_statistics())
SETS = 6


@pytest.fixture(scope="module")
def worlds(tmp_path_factory):
    """Patterns of which about half of the sets pass the one that says something."""
    folder = tmp_path_factory.mktemp("ensemble")
    (folder / "town.yaml").write_text("extends: beijing-2010\nquarters: 8\ndates_outside_run: true\n", encoding="utf-8")
    return folder


def _patterns(folder, limit, agencies="[1, null]"):
    entries = [("staff", "later", "staff", f"[null, {limit}]"), ("agencies", "town", "agencies", agencies)]
    text = TEXT + "".join(
        PATTERN.format(id=name, world=world, outcome=outcome, band=band, calibration="true")
        for name, world, outcome, band in entries
    )
    text += PATTERN.format(id="test", world="later", outcome="staff", band="[0, null]", calibration="false")
    file = folder / f"patterns-{len(list(folder.iterdir()))}.yaml"
    file.write_text(text, encoding="utf-8")
    return load_patterns([file], STATISTICS)


def _search(folder, patterns, **numbers):
    return search_ensemble(patterns, STATISTICS, folder / "out", SerialExecutor(), NullProgress(), sets=SETS, **numbers)


@pytest.fixture(scope="module")
def middle(worlds):
    """A limit that about half of the sets pass, found with all of them."""
    patterns = _patterns(worlds, 1e9)
    found = random_sets(
        patterns,
        patterns.patterns,
        STATISTICS,
        worlds / "all",
        SerialExecutor(),
        NullProgress(),
        sets=SETS,
        replications=1,
    )
    return float(found.checks.set_index("pattern").loc["staff", "median"])


def test_the_kept_are_those_that_pass_when_all_are_run(worlds, middle):
    patterns = _patterns(worlds, middle)
    whole = random_sets(
        patterns,
        patterns.patterns,
        STATISTICS,
        worlds / "all",
        SerialExecutor(),
        NullProgress(),
        sets=SETS,
        replications=1,
    )
    found = _search(worlds, patterns, replications=1)
    count = int(whole.patterns.set_index("pattern").loc["staff", "passed"])
    assert 0 < count < SETS
    assert len(found.kept) == count
    assert found.passed == {"agencies": (SETS, SETS), "staff": (SETS, count)}  # cheapest world first
    assert found.left_out == ("rules.people.quit_rate", "rules.people.hiring_minimum")


def test_a_tolerance_keeps_who_is_near_and_all_who_pass(worlds, middle):
    strict = _search(worlds, _patterns(worlds, middle), replications=1)
    near = _search(worlds, _patterns(worlds, middle / 1.5), replications=1, tolerance=0.5)
    assert near.kept == strict.kept  # a limit half as large again is the same limit
    wider = _search(worlds, _patterns(worlds, middle), replications=1, tolerance=1.0)
    assert set(strict.kept) <= set(wider.kept)


def test_an_interrupted_search_goes_on_with_the_batches_that_are_done(worlds, middle, monkeypatch, tmp_path):
    monkeypatch.setattr(ensemble_search, "_BATCH", 2)
    patterns = _patterns(worlds, middle)
    said = []
    whole = _search(worlds, patterns, replications=1, say=said.append)
    assert len(said) == SETS / 2

    def never(*_, **__):
        raise AssertionError("run again")

    monkeypatch.setattr(ensemble_search, "swept_worlds", never)
    assert _search(worlds, patterns, replications=1) == whole
    with pytest.raises(AssertionError):  # another band is another search
        _search(worlds, _patterns(worlds, middle + 1), replications=1)


def test_who_fails_a_pattern_is_not_run_for_the_next(worlds, monkeypatch):
    sizes = []
    real = ensemble_search.swept_worlds

    def counted(*arguments):
        sizes.append(arguments[-1].sets)
        return real(*arguments)

    monkeypatch.setattr(ensemble_search, "swept_worlds", counted)
    patterns = _patterns(worlds, 0, agencies="[null, 0]")
    found = _search(worlds, patterns, replications=1)
    assert found.kept == ()
    assert sizes == [SETS]  # the cheaper pattern left nobody
    assert found.passed == {"agencies": (SETS, 0), "staff": (0, 0)}


def test_the_sets_of_a_file_are_judged_as_they_were_found(worlds, middle, tmp_path):
    patterns = _patterns(worlds, middle)
    found = _search(worlds, patterns, replications=1)
    paths = tuple(axis["path"] for axis in found.axes.values())
    rows = tuple(tuple(float(point[name]) for name in found.axes) for point in found.points)
    file = tmp_path / "ensemble.csv"
    file.write_text(ensemble_text(Ensemble({"scenario": "town"}, paths, found.kept, rows)), encoding="utf-8")
    ensemble = read_ensemble(file)
    assert (ensemble.scenario, ensemble.paths, ensemble.numbers, ensemble.values) == ("town", paths, found.kept, rows)
    assert ensemble.points() == {"kind": "list", "points": [dict(point) for point in found.points]}
    drawn = SetDesign(ensemble.axes(), ensemble.points(), len(rows), 1)
    again = held_against(patterns, patterns.patterns, STATISTICS, tmp_path, SerialExecutor(), NullProgress(), drawn, 1)
    assert (again.patterns.set_index("pattern")["passed"] == len(rows))[["staff", "agencies"]].all()


GOOD = "# scenario: beijing-2010\nset,rules.people.quit_rate,rules.people.learning\n3,0.02,0.5\n8,0.03,0.25\n"


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("quit_rate", "quit_rat", 2, ("unknown parameter", "rules.people.quit_rate")),
        ("set,", "sets,", 2, ("'sets'", "'set'")),
        ("rules.people.learning", "rules.people.quit_rate", 2, ("two columns",)),
        ("0.25", "a quarter", 4, ("not a plain number",)),
        ("0.25", "", 4, ("no value",)),
        (",0.25", "", 4, ("2 cells", "3 columns")),
        ("8,", "3,", 4, ("second set 3",)),
        ("8,", "8.5,", 4, ("whole number",)),
        ("8,", "-8,", 4, ("whole number",)),
        ("3,0.02,0.5\n8,0.03,0.25\n", "", 0, ("holds no set",)),
        (GOOD, "", 0, ("holds no set",)),
    ],
)
def test_a_wrong_ensemble_file_is_refused_with_its_place(tmp_path, old, new, line, words):
    file = tmp_path / "ensemble.csv"
    file.write_text(GOOD.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ScenarioError) as caught:
        read_ensemble(file)
    problem = caught.value.problems[0]
    assert problem.line == line
    assert all(word in str(problem) for word in words), str(problem)


def test_a_good_file_is_read(tmp_path):
    file = tmp_path / "ensemble.csv"
    file.write_bytes(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())
    found = read_ensemble(file)
    assert found.numbers == (3, 8)
    np.testing.assert_array_equal(found.values, [[0.02, 0.5], [0.03, 0.25]])
    assert json.loads(json.dumps(found.points(1)))["points"] == [
        {"rules_people_quit_rate": 0.02, "rules_people_learning": 0.5}
    ]
