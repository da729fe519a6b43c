"""Difference sentences: only clear differences are called so, and every number is one of the comparison."""

import dataclasses
import re

import numpy as np
import pytest

from sim.experiment.printed.sweep_table import outcome_of
from sim.experiment.results.comparison_results import Against, Comparison
from sim.report.difference_sentences import difference_findings
from sim.report.quantity_words import interval_words, reading, title_of
from sim.report.report_sources import open_sources
from sim.statistics.paired_differences import compare

OUTCOMES = ("staff", "government_share", "closures", "unmet_need", "budget", "wage")


def made_up(shift, runs=20):
    """A comparison in which each outcome differs by a part of its spread."""
    rng = np.random.default_rng(3)
    base = rng.normal(size=(runs, len(OUTCOMES))) * [30, 0.1, 2, 0.05, 1e6, 100] + [300, 0.6, 5, 0.7, 3e7, 5000]
    other = base + shift + rng.normal(size=base.shape) * [3, 0.01, 0.2, 0.005, 1e5, 10]
    return Comparison("base", (Against("other", 1, compare(base, other)),), OUTCOMES)


def numbers_in(words):
    return [float(each.replace(",", "").replace("−", "-")) for each in re.findall(r"[−+]?[\d,]*\.?\d+", words)]


def test_clear_differences_are_those_of_the_comparison():
    comparison = made_up([-20, 0.05, 0, 0, 2e6, -300])
    (found,) = difference_findings(comparison)
    pairs = comparison.others[0].pairs
    assert [one.outcome for one in found.clear] == [name for k, name in enumerate(OUTCOMES) if pairs.clear[k]]
    assert {one.outcome for one in found.higher} == {"government_share", "budget"}
    assert {one.outcome for one in found.lower} == {"staff", "wage"}
    assert {one.outcome for one in found.unclear} == {"closures", "unmet_need"}
    assert not any(one.short for one in found.unclear)


@pytest.mark.parametrize("name", OUTCOMES)
def test_numbers_are_those_of_the_comparison(name):
    comparison = made_up([-20, 0.05, 1, -0.1, 2e6, -300])
    pairs, k = comparison.others[0].pairs, OUTCOMES.index(name)
    (finding,) = [one for one in difference_findings(comparison)[0].clear if one.outcome == name]
    how = reading(outcome_of(name), float(pairs.base[k]))
    size, base = abs(pairs.difference[k]) * how.factor, pairs.base[k] * how.factor
    said = numbers_in(finding.words)
    assert said[0] == pytest.approx(size, rel=0.05)
    assert any(each == pytest.approx(base, rel=0.01) for each in said)
    assert interval_words(float(pairs.low[k]), float(pairs.high[k]), how) in finding.words
    if how.relative:
        assert any(each == pytest.approx(100 * size / base, abs=0.6) for each in said)
    assert numbers_in(finding.short)[0] == said[0]


def test_flows_are_read_by_year_and_shares_in_points():
    (found,) = difference_findings(made_up([0, 0.05, 1, 0, 0, 0]))
    words = {one.outcome: one for one in found.clear}
    assert "agencies a year" in words["closures"].short
    assert numbers_in(words["closures"].short)[0] == pytest.approx(4, abs=0.5)
    assert "percentage points" in words["government_share"].short
    assert words["closures"].title == title_of(outcome_of("closures"))


def test_what_is_the_same_or_unknown_is_no_difference():
    base = np.array([[1.0, np.nan, 2.0], [1.0, 3.0, 3.0]])
    comparison = Comparison("a", (Against("b", 1, compare(base, base)),), ("staff", "wage", "agencies"))
    (found,) = difference_findings(comparison)
    assert not found.clear
    assert found.same == ["Staff", "Wage", "Agencies"]
    one = Comparison("a", (Against("b", 1, compare(base[1:], base[1:] + 1)),), ("staff", "wage", "agencies"))
    (found,) = difference_findings(one)
    assert found.missing == ["Staff", "Wage", "Agencies"]
    assert not found.clear
    assert not found.unclear
    assert found.cautions


def test_runs_without_a_value_are_said():
    base = np.array([[1.0], [2.0], [np.nan], [4.0]])
    comparison = Comparison(
        "a", (Against("b", 1, compare(base, base + np.array([[5.0], [5.1], [1.0], [4.9]]))),), ("staff",)
    )
    (finding,) = difference_findings(comparison)[0].clear
    assert "3 of 4 pairs" in finding.words


def test_chance_is_warned_of_and_few_pairs_too():
    many = made_up([0] * 6)
    few = dataclasses.replace(made_up([0] * 6, runs=3))
    assert len(difference_findings(few)[0].cautions) > len(difference_findings(many)[0].cautions)


def test_a_folder_with_a_scenario_that_changes_nothing(compared):
    sources = open_sources([compared.path])
    late, same = difference_findings(sources.comparison, sources.whole)
    assert not same.clear
    assert not same.unclear
    assert len(same.same) == len(sources.comparison.outcomes) + len(sources.whole.outcomes)
    assert late.clear or late.unclear
