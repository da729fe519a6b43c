"""Validation reports: what `sim validate` tells with `--by-scenario` and with `--random`."""

from __future__ import annotations

import json
import shlex
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from sim.cli.ending_messages import command
from sim.cli.interrupts import INTERRUPTED, last_words, say_interrupted
from sim.cli.quiet_option import all_is_well, note, progress_console
from sim.cli.shared_options import FAILED, console, wrong
from sim.cli.temporary_folder import use_temporary_folder

if TYPE_CHECKING:
    from sim.experiment.execute.progress_reporter import ProgressReporter
    from sim.validation.scenario_report import ScenarioReport
    from sim.validation.without_rules import WithoutRules


def refuse_together(option: str, others: Mapping[str, object]) -> None:
    """Refuse options that would do nothing beside another one.

    Raises
    ------
    typer.BadParameter
        If one of them was given.
    """
    for name, value in others.items():
        if value:
            raise wrong(f"{name} does nothing with {option}; leave one of them out")


def print_by_scenario(
    scenarios: Sequence[str],
    *,
    observed: Sequence[Path],
    replications: int | None,
    draws: int | None,
    count_rules: int | None,
    out: Path | None,
    workers: int | None,
    as_json: bool,
) -> None:
    """Run scenarios and print what they give beside observed series, and how the model behaves in them."""
    from sim.validation.rule_calls import calls_text, count_rule_calls
    from sim.validation.scenario_report import OUT, report_scenarios, report_text

    out = out or OUT
    with watched(out) as reporter:
        found = report_scenarios(
            scenarios,
            observed=observed,
            replications=replications,
            draws=draws,
            out=out,
            workers=workers,
            reporter=reporter,
            say=lambda line: note(f"note: {line}"),
        )
    calls = {name: count_rule_calls(name, count_rules) for name in scenarios or found.folders} if count_rules else {}
    if as_json:
        plain: dict[str, Any] = {
            name: json.loads(table.to_json(orient="records")) for name, (table, _) in found.tables.items()
        }
        plain["rules"] = {name: {"calls": each.calls, "never": list(each.never)} for name, each in calls.items()}
        print(json.dumps(plain, ensure_ascii=False, indent=2))
    else:
        print(report_text(found))
        for name, each in calls.items():
            print(f"\n{name}: calls of rules in {count_rules} quarters\n{calls_text(each)}")
        sys.stdout.flush()
    _end(found, out, as_json)


def _end(found: ScenarioReport, out: Path, quiet: bool) -> None:
    for line in found.advice:
        note(f"note: {line}")
    for name, runs in found.failures.items():
        where = shlex.quote(str(found.folders[name]))
        print(f"sim: {runs:,} runs of {name} failed and are left out: sim results {where} --failures", file=sys.stderr)
    if not quiet:
        all_is_well(f"Results: {out} (by-scenario.md, Parquet, {len(found.figures)} figures)")
    if found.failures:
        raise typer.Exit(FAILED)


def print_random(
    sets: int,
    scenarios: Sequence[str],
    only: Sequence[str],
    *,
    replications: int | None,
    patterns: Sequence[Path],
    out: Path | None,
    workers: int | None,
    as_json: bool,
) -> None:
    """Run random sets of parameters and print how many pass each pattern."""
    from sim.experiment.execute.executor_choice import opened_executor
    from sim.validation.located_file import shipped_patterns
    from sim.validation.pattern_loading import load_patterns
    from sim.validation.random_report import keep_random, random_markdown, random_text
    from sim.validation.random_sets import random_sets
    from sim.validation.validation_api import OUT, choose, known_statistics
    from sim.validation.world_runs import check_out

    out = out or OUT
    statistics = known_statistics()
    every = load_patterns([shipped_patterns(), *patterns], statistics)
    asked = choose(every, only, scenarios, lambda line: note(f"note: {line}"))
    if not asked:
        note("Nothing to do: no pattern was chosen.")
        return
    check_out(out)
    numbers = {"sets": sets} | ({} if replications is None else {"replications": replications})
    with watched(out) as reporter, opened_executor(workers) as executor:
        found = random_sets(every, asked, statistics, out, executor, reporter, **numbers)
    keep_random(found, out)
    (out / "random.md").write_text(f"# Random sets\n\n{random_markdown(found)}\n", encoding="utf-8")
    if as_json:
        tables = {"patterns": found.patterns, "checks": found.checks}
        print(json.dumps({name: json.loads(each.to_json(orient="records")) for name, each in tables.items()}, indent=2))
        return
    print(random_text(found))
    sys.stdout.flush()
    all_is_well(f"Results: {out} (random.md, random.json, Parquet)")


def print_without(
    rules: Sequence[str],
    scenarios: Sequence[str],
    inputs: Mapping[str, Any],
    *,
    replications: int | None,
    out: Path | None,
    markdown: Path | None,
    workers: int | None,
    as_json: bool,
) -> None:
    """Switch off one rule at a time, and print under which of them patterns stand otherwise."""
    from sim.validation.validation_api import OUT
    from sim.validation.validation_files import check_markdown
    from sim.validation.without_report import BEGIN, keep_without, without_text, write_without
    from sim.validation.without_rules import without_rules

    out = out or OUT
    if markdown is not None:
        check_markdown(markdown, BEGIN)
    numbers: dict[str, Any] = {"replications": replications, "out": out, "workers": workers}

    def say(line: str) -> None:
        note(f"note: {line}")

    with watched(out) as reporter:
        found = without_rules(rules, scenarios, **inputs, **numbers, reporter=reporter, say=say)
    if not found.base.results:
        note("Nothing to do: no pattern was chosen.")
        return
    keep_without(found)
    if markdown is not None:
        write_without(found, markdown)
    if as_json:
        rows = json.loads(found.table.to_json(orient="records"))
        print(json.dumps({"changes": list(found.base.changes), "without": rows}, ensure_ascii=False, indent=2))
    else:
        print(without_text(found, console().width))
        sys.stdout.flush()
        all_is_well(f"Results: {out} (runs, without.parquet, without.md)")
    _say_failures(found)


def _say_failures(found: WithoutRules) -> None:
    """Say which runs failed, once for each folder; set the exit status."""
    failed = {
        each.folder: each.runs
        for one in (found.base, *(off.validation for off in found.rules))
        for each in one.failures
    }
    for folder, runs in failed.items():
        where = shlex.quote(str(folder))
        print(f"sim: {runs:,} runs in {where} failed and are left out: sim results {where} --failures", file=sys.stderr)
    if failed:
        raise typer.Exit(FAILED)


@contextmanager
def watched(out: Path) -> Iterator[ProgressReporter]:
    """A bar on the screen; an interruption says how to go on."""
    from sim.cli.terminal.progress_display import RichProgress

    use_temporary_folder()
    words = f"Interrupted; what is finished is kept in {out}. To go on: {command(out)}"
    try:
        with last_words(lambda: words), RichProgress(progress_console()) as reporter:
            yield reporter
    except KeyboardInterrupt:
        say_interrupted(words)
        raise typer.Exit(INTERRUPTED) from None
