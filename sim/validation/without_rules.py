"""Without rules: patterns held against worlds in which one rule of the model at a time is switched off.

::

    from sim.validation.without_rules import without_rules

    found = without_rules(["client-knowledge", "diversion"], only=["F14"], workers=2)
    found.table[["rule", "pattern", "base_verdict", "verdict", "mean"]]
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from sim.declarations.short_repr import ShortRepr
from sim.experiment.store.part_reader import names_of
from sim.validation import validation_api as api
from sim.validation.changes_file import Changes, changed_worlds
from sim.validation.pattern_results import CheckResult, PatternResult, Validation
from sim.validation.run_planning import plan_runs, unchanged
from sim.validation.verdicts import Verdict, band_text
from sim.validation.without_file import EVERY, Switch, chosen_switches
from sim.validation.world_runs import WorldRuns, check_out

if TYPE_CHECKING:
    from sim.experiment.execute.executor_protocol import Executor
    from sim.experiment.execute.progress_reporter import ProgressReporter

_RANKS = (Verdict.REPORTED, Verdict.HOLDS, Verdict.UNDECIDED, Verdict.FAILS)
"""Verdicts of checks, the worst last."""

COLUMNS = {
    "rule": "Name of the rule that is switched off.",
    "section": "Section of docs/model.md that states it.",
    "pattern": "Id of the pattern.",
    "base_verdict": "Verdict of the pattern with every rule.",
    "verdict": "Verdict of the pattern without this rule.",
    "differs": "Whether these two differ.",
    "check": "Number of the worst check without the rule, from 1: the one that is furthest from holding.",
    "says": "What it measures.",
    "band": "Its limits, in words.",
    "base_mean": "Its number with every rule.",
    "mean": "Its number without this rule.",
    "ci_low": "Lower end of the 95 % interval of that number.",
    "ci_high": "Upper end of the 95 % interval of that number.",
    "runs": "Replications without the rule.",
    "defined": "Replications in which the statistic has a value.",
    "changes": "Files of changes that were laid over every world beside, with commas; empty for none.",
}
"""Columns of `without.parquet` and of `WithoutRules.table`, with their meaning."""


@dataclass(frozen=True)
class SwitchedOff:
    """What came of the patterns without a rule."""

    switch: Switch
    validation: Validation


@dataclass(frozen=True, repr=False)
class WithoutRules(ShortRepr):
    """Patterns with every rule, and without one at a time.

    Attributes
    ----------
    base : Validation
        With every rule.
    rules : tuple of SwitchedOff
        Without each of the rules that were asked for.
    """

    base: Validation
    rules: tuple[SwitchedOff, ...]

    def _facts(self) -> tuple[str, dict[str, object]]:
        return str(self.base.out), {"rules": len(self.rules), "patterns": len(self.base.results)}

    @cached_property
    def table(self) -> pd.DataFrame:
        """A row per rule and pattern; `COLUMNS` says what the columns are."""
        rows = [
            _row(each, base, off, self.base.changes)
            for each in self.rules
            for base, off in zip(self.base.results, each.validation.results, strict=True)
        ]
        return pd.DataFrame(rows, columns=list(COLUMNS))


def without_rules(
    rules: Iterable[str] = (EVERY,),
    scenarios: str | Iterable[str] = (),
    *,
    only: str | Iterable[str] = (),
    replications: int | None = None,
    patterns: str | Path | Sequence[str | Path] = (),
    changes: str | Path | Sequence[str | Path] = (),
    out: str | Path = api.OUT,
    workers: int | None = None,
    executor: Executor | None = None,
    reporter: ProgressReporter | None = None,
    say: api.Say | None = None,
) -> WithoutRules:
    """Run what patterns need with every rule, and without one rule at a time, or what is left of it.

    Parameters
    ----------
    rules : iterable of str
        Names of shipped rules, 'all', or files with rules of one's own.
    scenarios, only, replications, patterns, changes, out, workers, executor, reporter, say
        As for `sim.validation.validate`; `changes` are laid over the worlds with every rule, too.

    Raises
    ------
    ScenarioError, QueryError, StoreError, KeyboardInterrupt
        As `sim.validation.validate`; also for files of rules and names of rules.
    """
    say = say or (lambda _line: None)
    api.check_inputs(workers, replications)
    switches = chosen_switches(list(rules))
    task = api.read_task(names_of("scenarios", scenarios), names_of("patterns", only), patterns, changes, say)
    folder = Path(out)
    check_out(folder)
    base = task.plan(folder, replications)
    planned = [_planned(task, each, base, folder, replications) for each in switches]
    reused: list[str] = []
    api.run_all(
        [each for runs in (base, *planned) for each in runs.values()], workers, executor, reporter, say, reused.append
    )
    if reused:
        say(f"runs of {len(reused):,} worlds were there already and are used again")
    return WithoutRules(
        api.judged(task.asked, task.statistics, base, folder, task.labels),
        tuple(
            SwitchedOff(switch, api.judged(task.asked, task.statistics, runs, folder, (*task.labels, switch.name)))
            for switch, runs in zip(switches, planned, strict=True)
        ),
    )


def _planned(
    task: api.Task, switch: Switch, base: dict[str, WorldRuns], folder: Path, replications: int | None
) -> dict[str, WorldRuns]:
    """Runs without a rule; worlds that do not have it anyway share those of the base."""
    layers = (*task.layers, Changes(switch.name, switch.node))
    changed = changed_worlds(task.files, task.asked, layers, task.statistics)
    same = unchanged({name: each.world for name, each in base.items()}, changed)
    runs = plan_runs(task.found, task.asked, task.statistics, folder, replications, changed, f"without {switch.name}")
    return {name: base[name] if name in same else each for name, each in runs.items()}


def worst_check(result: PatternResult) -> int:
    """Index of the check of a pattern that is furthest from holding, in halves of its interval beyond its band."""
    return max(range(len(result.checks)), key=lambda n: _badness(result.checks[n]))


def _badness(one: CheckResult) -> tuple[int, float]:
    found = one.estimate
    low, high = one.check.band
    over = max(
        -math.inf if low is None else low - found.mean,
        -math.inf if high is None else found.mean - high,
    )
    if not math.isfinite(over):
        beyond = math.inf if math.isnan(over) else over
    elif found.half > 0:
        beyond = over / found.half
    else:
        beyond = math.copysign(math.inf, over) if over else 0.0
    return _RANKS.index(one.verdict), beyond


def _row(each: SwitchedOff, base: PatternResult, off: PatternResult, changes: Sequence[str]) -> dict[str, Any]:
    n = worst_check(off)
    one = off.checks[n]
    found = one.estimate
    return {
        "rule": each.switch.name,
        "section": each.switch.section,
        "pattern": off.pattern.id,
        "base_verdict": base.verdict.value,
        "verdict": off.verdict.value,
        "differs": base.verdict != off.verdict,
        "check": n + 1,
        "says": one.check.says,
        "band": band_text(one.check.band),
        "base_mean": base.checks[n].estimate.mean,
        "mean": found.mean,
        "ci_low": found.low,
        "ci_high": found.high,
        "runs": found.runs,
        "defined": found.defined,
        "changes": ", ".join(changes),
    }
