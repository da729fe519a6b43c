"""Pattern results: what came of every check and pattern, as plain objects and as pandas tables."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from sim.declarations.short_repr import ShortRepr
from sim.validation.pattern_file import CheckFile, PatternEntry
from sim.validation.replication_estimate import Estimate
from sim.validation.verdicts import Verdict, joint_verdict, reason_of, verdict_of


@dataclass(frozen=True)
class CheckResult:
    """What came of a check.

    Attributes
    ----------
    check : CheckFile
        What was measured, and its band.
    arguments : dict
        Arguments of its statistic, with defaults.
    estimate : Estimate
        Its value.
    """

    check: CheckFile
    arguments: Mapping[str, Any]
    estimate: Estimate

    @property
    def verdict(self) -> Verdict:
        """Whether it holds."""
        return verdict_of(self.estimate, self.check.band)

    @property
    def reason(self) -> str:
        """Why not; empty where it does."""
        return reason_of(self.estimate, self.check.band)


@dataclass(frozen=True)
class PatternResult:
    """What came of a pattern.

    Attributes
    ----------
    pattern : PatternEntry
        The pattern.
    checks : tuple of CheckResult
        Its checks.
    """

    pattern: PatternEntry
    checks: tuple[CheckResult, ...]

    @property
    def verdict(self) -> Verdict:
        """Whether it holds: if all checks do; it fails if one does."""
        return joint_verdict([check.verdict for check in self.checks])

    @property
    def reason(self) -> str:
        """Why it fails or is undecided: the checks that are so, in a sentence each; empty where it holds."""
        why = [f"{each.check.says}: {each.reason}." for each in self.checks if each.verdict == self.verdict]
        return "" if self.verdict in (Verdict.HOLDS, Verdict.REPORTED) else " ".join(why)


@dataclass(frozen=True)
class FailedWorld:
    """Runs of a world that failed: how many, and in which folder."""

    world: str
    runs: int
    folder: Path


@dataclass(frozen=True, repr=False)
class Validation(ShortRepr):
    """Patterns held against runs.

    Attributes
    ----------
    results : tuple of PatternResult
        In the order of the pattern files.
    folders : dict of str to Path
        Results folder of each world that was needed; `Results.open` reads it.
    failures : tuple of FailedWorld
        Worlds with runs that failed; they are left out of every number.
    out : Path
        Where everything is kept.
    changes : tuple of str
        Files of changes that were laid over every world, in this order.
    """

    results: tuple[PatternResult, ...]
    folders: Mapping[str, Path] = field(default_factory=dict)
    failures: tuple[FailedWorld, ...] = ()
    out: Path = Path()
    changes: tuple[str, ...] = ()

    def _facts(self) -> tuple[str, Mapping[str, object]]:
        return str(self.out), {verdict.value: self.count(verdict) for verdict in Verdict if self.count(verdict)}

    def count(self, verdict: Verdict | str) -> int:
        """How many patterns have a verdict."""
        return sum(each.verdict == verdict for each in self.results)

    @property
    def summary(self) -> str:
        """How many hold, fail and are undecided, in a line."""
        fail, undecided = self.count(Verdict.FAILS), self.count(Verdict.UNDECIDED)
        return f"{self.count(Verdict.HOLDS)} of {len(self.results)} hold, {fail} fail, {undecided} undecided"

    @property
    def under(self) -> str:
        """Which changes were laid over the worlds, in a sentence; empty for none."""
        return f"Changes laid over every world: {', '.join(self.changes)}." if self.changes else ""

    @cached_property
    def checks(self) -> pd.DataFrame:
        """A row per check; `COLUMNS` says what the columns are."""
        rows = [_row(each, n, self.changes) for each in self.results for n in range(len(each.checks))]
        return pd.DataFrame(rows, columns=list(COLUMNS))

    @cached_property
    def patterns(self) -> pd.DataFrame:
        """A row per pattern: id, statement, source, mark, calibration, written, verdict, reason."""
        names = ("id", "statement", "source", "mark", "calibration", "written")
        rows = [
            {name: getattr(each.pattern, name) for name in names}
            | {"verdict": each.verdict.value, "reason": each.reason}
            for each in self.results
        ]
        return pd.DataFrame(rows, columns=[*names, "verdict", "reason"])


COLUMNS = {
    "pattern": "Id of the pattern.",
    "statement": "The pattern in one sentence.",
    "source": "Who observed it.",
    "mark": "How good the source is: A official or peer-reviewed, B press, C weak.",
    "calibration": "Whether its band was looked at when default values were set.",
    "written": "Day on which statistic and bands were fixed.",
    "pattern_verdict": "Verdict of the whole pattern: holds, fails or undecided.",
    "check": "Number of the check within the pattern, from 1.",
    "says": "What is measured.",
    "world": "World that is measured.",
    "versus": "World that it is compared with, in the same replications; empty for none.",
    "statistic": "Name of the statistic.",
    "arguments": "Its arguments with defaults, as JSON.",
    "band_low": "Lower limit; empty for none.",
    "band_high": "Upper limit; empty for none.",
    "mean": "The number, from means over replications.",
    "ci_low": "Lower end of its 95 % interval.",
    "ci_high": "Upper end of its 95 % interval.",
    "runs": "Replications.",
    "defined": "Replications in which the statistic has a value.",
    "verdict": "Verdict of the check: holds, fails, undecided, or reported where it has no limits.",
    "reason": "Why it fails or is undecided.",
    "changes": "Files of changes that were laid over every world, with commas; empty for none.",
}
"""Columns of `patterns.parquet` and of `Validation.checks`, with their meaning."""


def _row(result: PatternResult, n: int, changes: Sequence[str]) -> dict[str, Any]:
    pattern, one = result.pattern, result.checks[n]
    check, found = one.check, one.estimate
    values: Sequence[Any] = (
        pattern.id,
        pattern.statement,
        pattern.source,
        pattern.mark,
        pattern.calibration,
        pattern.written,
        result.verdict.value,
        n + 1,
        check.says,
        check.world,
        check.versus or "",
        check.statistic,
        json.dumps(dict(one.arguments), ensure_ascii=False, sort_keys=True),
        *(float("nan") if limit is None else limit for limit in check.band),
        found.mean,
        found.low,
        found.high,
        found.runs,
        found.defined,
        one.verdict.value,
        one.reason,
        ", ".join(changes),
    )
    return dict(zip(COLUMNS, values, strict=True))
