"""Statistic arguments: what cannot be measured is refused with its place, before anything runs."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.declarations.input_issues import Problem, ScenarioError
from sim.validation.pattern_loading import load_patterns
from sim.validation.validation_api import known_statistics

DECLARED = dict(known_statistics())
"""Those of the package; tests beside this one have statistics of their own."""
ONE = """\
worlds:
  town: {{scenario: beijing-2010, quarters: 8, replications: 2}}
patterns:
  - id: G1
    statement: Agencies grow.
    source: nobody
    mark: C
    calibration: false
    written: 2026-11-29
    checks:
      - {{says: it, world: town, {versus}statistic: {statistic}, with: {{{arguments}}}, band: [1, null]}}
"""
WINDOW = "since: 2009-Q4, until: 2010-Q4"


def problems_of(path: Path) -> list[Problem]:
    with pytest.raises(ScenarioError) as caught:
        load_patterns([path], DECLARED)
    return caught.value.problems


@pytest.mark.parametrize(
    ("statistic", "arguments", "key", "words"),
    [
        ("agency-median", f"column: kind, {WINDOW}", "column", ["'kind' holds words", "column of numbers", "'staff'"]),
        ("agency-correlation", f"x: staff, y: city, {WINDOW}", "y", ["'city' holds words"]),
        ("kind-ratio", f"above: quarter, below: staff, {WINDOW}", "above", ["'quarter' holds words"]),
        ("agency-median", f"column: financial, {WINDOW}", "column", ["gone since 0.2", "resource_independence"]),
        ("agency-median", "column: staff, since: 2010-Q4, until: 2009-Q4", "until", ["2009-Q4", "before 'since'"]),
        ("window-mean", f"outcome: staff, {WINDOW}, per: 0", "per", ["found 0", "a number above 0"]),
        ("window-mean", f"outcome: financial_mean, {WINDOW}", "outcome", ["it is gone since 0.2"]),
        (
            "growth-ratio",
            "outcome: staff, base: 2009-Q3, at: 2010-Q4",
            "at",
            ["4 quarters from 2010-Q4 on end behind", "2011-Q2", "an earlier 'at', or fewer 'quarters'"],
        ),
        ("growth-ratio", "outcome: staff, base: 2009-Q3, at: 2010-Q2, quarters: 99", "base", ["99 quarters"]),
        ("ending-by-age", f"young: 9, old: 3, {WINDOW}", "old", ["'old' (3) is below 'young' (9)"]),
        ("ending-by-size", f"small_below: 9, large_from: 3, {WINDOW}", "large_from", ["small_below <= large_from"]),
        (
            "ending-by-age",
            f"young: 1, old: 3, share_from: 0.8, share_below: 0.5, {WINDOW}",
            "share_below",
            ["share_from <= share_below"],
        ),
        ("gain-by-presence", "column: strength, years: 5, plateau: 3", "plateau", ["years <= plateau"]),
        ("gain-by-presence", "column: strength, years: -1, plateau: 3", "years", ["a number above 0"]),
        (
            "entrant-share-change",
            "column: staff, words: [a], base: 2009-Q4, at: 2010-Q1, quarters: 2",
            "column",
            ["'staff' holds numbers", "column of words"],
        ),
        (
            "entrant-share-change",
            "column: kind, words: [nonproft], base: 2009-Q4, at: 2010-Q1, quarters: 2",
            "words[0]",
            ["unknown word 'nonproft'", "did you mean 'nonprofit'"],
        ),
    ],
)
def test_arguments_that_cannot_be_measured_are_refused_before_anything_runs(
    tmp_path: Path, statistic: str, arguments: str, key: str, words: list[str]
) -> None:
    path = tmp_path / "one.yaml"
    path.write_text(ONE.format(statistic=statistic, arguments=arguments, versus=""), encoding="utf-8")
    found = problems_of(path)
    assert f"patterns[0].checks[0].with.{key}" in {problem.key_path for problem in found}
    for word in words:
        assert word in "\n".join(map(str, found))


def test_a_quarter_after_the_effect_is_the_later_one(tmp_path: Path) -> None:
    path = tmp_path / "one.yaml"
    arguments = "outcome: staff, of: 2010-Q4, at: 2010-Q1"
    text = ONE.format(statistic="effect-remaining", arguments=arguments, versus="versus: base, ")
    base = "  base: {scenario: late-payment, quarters: 8, replications: 2}\n"
    path.write_text(text.replace("patterns:", f"{base}patterns:"), encoding="utf-8")
    (found,) = problems_of(path)
    assert "'at' (2010-Q1) is before 'of' (2010-Q4)" in found.what
