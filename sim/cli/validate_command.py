"""The command `sim validate`: observed patterns held against runs of the worlds that they speak of."""

from __future__ import annotations

import json
import math
import shlex
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from sim.cli.ending_messages import command
from sim.cli.ensemble_reports import print_ensemble_search, print_sets
from sim.cli.interrupts import INTERRUPTED, last_words, say_interrupted
from sim.cli.quiet_option import all_is_well, note, progress_console
from sim.cli.shared_options import FAILED, console, names_in, not_an_experiment, report_errors, wrong
from sim.cli.sweep_commands import Workers
from sim.cli.temporary_folder import use_temporary_folder
from sim.cli.validate_options import (
    AsJson,
    ByScenario,
    Changes,
    CountRules,
    Draws,
    EnsembleOut,
    Markdown,
    Observed,
    Only,
    Out,
    Patterns,
    Random,
    Replications,
    Scenarios,
    Sets,
    Tolerance,
    Without,
)
from sim.cli.validation_reports import print_by_scenario, print_random, print_without, refuse_together

if TYPE_CHECKING:
    from sim.validation import Validation


def validate(
    scenarios: Scenarios = None,
    only: Only = None,
    replications: Replications = None,
    patterns: Patterns = None,
    changes: Changes = None,
    without: Without = None,
    out: Out = None,
    markdown: Markdown = None,
    as_json: AsJson = False,
    workers: Workers = None,
    random: Random = None,
    ensemble: EnsembleOut = None,
    tolerance: Tolerance = 0.0,
    sets: Sets = None,
    by_scenario: ByScenario = False,
    observed: Observed = None,
    draws: Draws = None,
    count_rules: CountRules = None,
) -> None:
    """Hold observed patterns against runs: which hold, fail or are undecided; given again, it goes on with the runs."""
    from sim.experiment.execute.process_environment import stay_light

    stay_light()
    names = _named(only, "--only names no pattern")
    rules = _named(without, "--without names no rule; expected 'all', names with commas, or a file")
    _check_together(by_scenario, random, only, patterns, changes, without, markdown, observed, draws, count_rules)
    shared: dict[str, Any] = {"replications": replications, "out": out, "workers": workers, "as_json": as_json}
    inputs = {"only": names, "patterns": list(patterns or ()), "changes": list(changes or ())}
    other_questions = {"--by-scenario": by_scenario, "--without": without, "--markdown": markdown}
    choices = {"--only": only, "--patterns": patterns, "--changes": changes}
    _check_sets(random, ensemble, tolerance, sets, scenarios, choices, other_questions)
    with report_errors():
        for scenario in scenarios or ():
            not_an_experiment(scenario)
        if by_scenario:
            shared |= {"observed": observed or (), "draws": draws, "count_rules": count_rules}
            print_by_scenario(scenarios or (), **shared)
        elif without:
            print_without(rules, scenarios or (), inputs, markdown=markdown, **shared)
        elif random and ensemble:
            print_ensemble_search(random, ensemble, tolerance=tolerance, **shared)
        elif sets:
            print_sets(sets, scenarios or (), names, patterns=patterns or (), **shared)
        elif random:
            print_random(random, scenarios or (), names, patterns=patterns or (), **shared)
        else:
            found = _validated(list(scenarios or ()), inputs, replications, out, markdown, workers)
            _print(found, as_json)
            _end(found, as_json)


def _named(texts: list[str] | None, none: str) -> list[str]:
    """Names of an option with commas between them; an option that is there and names nothing is refused."""
    names = [name for text in texts or () for name in names_in(text)]
    if texts and not names:
        raise wrong(none)
    return names


def _print(found: Validation, as_json: bool) -> None:
    """Print what came of patterns."""
    if as_json:
        print(json.dumps(as_plain(found), ensure_ascii=False, indent=2))
    elif found.results:
        from sim.cli.terminal.validation_table import validation_table

        screen = console()
        screen.print(validation_table(found, screen.width))
        sys.stdout.flush()


def _check_together(
    by_scenario: bool,
    random: int | None,
    only: list[str] | None,
    patterns: list[Path] | None,
    changes: list[str] | None,
    without: list[str] | None,
    markdown: Path | None,
    observed: list[Path] | None,
    draws: int | None,
    count_rules: int | None,
) -> None:
    """Refuse options that would do nothing together."""
    if by_scenario:
        others = {"--random": random, "--only": only, "--patterns": patterns, "--markdown": markdown}
        refuse_together("--by-scenario", others | {"--changes": changes, "--without": without})
        return
    for name, given in (("--observed", observed), ("--draws", draws is not None), ("--count-rules", count_rules)):
        if given:
            raise wrong(f"{name} does nothing without --by-scenario")
    if random:
        refuse_together("--random", {"--markdown": markdown, "--changes": changes, "--without": without})


def _check_sets(
    random: int | None,
    ensemble: Path | None,
    tolerance: float,
    sets: Path | None,
    scenarios: list[str] | None,
    choices: Mapping[str, object],
    other_questions: Mapping[str, object],
) -> None:
    """Refuse what cannot stand with an ensemble that is searched for, or with one that is read."""
    if ensemble is not None:
        if not random:
            raise wrong("--ensemble needs --random SETS, which says how many sets are drawn")
        refuse_together("--ensemble", {**choices, **other_questions, "SCENARIO": scenarios})
    elif tolerance:
        raise wrong("--tolerance does nothing without --ensemble")
    if sets is not None:
        refuse_together("--sets", {"--random": random, "--changes": choices["--changes"], **other_questions})


def _validated(
    scenarios: list[str],
    inputs: Mapping[str, Any],
    replications: int | None,
    out: Path | None,
    markdown: Path | None,
    workers: int | None,
) -> Validation:
    """Do what is left to do, with a bar on the screen, and keep what came of it."""
    from sim.cli.terminal.progress_display import RichProgress
    from sim.validation.validation_api import OUT
    from sim.validation.validation_api import validate as validated
    from sim.validation.validation_files import check_markdown, write_markdown
    from sim.validation.world_runs import WorldsInterruptedError

    if markdown is not None:
        check_markdown(markdown)
    path = out or OUT
    use_temporary_folder()
    try:
        kept = "what is finished is kept"
        with last_words(lambda: _interrupted(kept, path)), RichProgress(progress_console()) as reporter:
            found = validated(
                scenarios,
                **inputs,
                replications=replications,
                out=path,
                workers=workers,
                reporter=reporter,
                say=lambda line: note(f"note: {line}"),
            )
    except WorldsInterruptedError as error:
        say_interrupted(_interrupted(str(error), path))
        raise typer.Exit(INTERRUPTED) from None
    if markdown is not None and found.results:
        write_markdown(found, markdown)
    return found


def _interrupted(kept: str, path: Path) -> str:
    return f"Interrupted; {kept} in {path}. To go on: {command(path)}"


def _end(found: Validation, quiet: bool) -> None:
    """Say which runs failed, and where everything is; set the exit status.

    Raises
    ------
    typer.Exit
        If runs failed.
    """
    for each in found.failures:
        runs = f"{each.runs:,} run{'s' * (each.runs != 1)}"
        where = shlex.quote(str(each.folder))
        print(
            f"sim: {runs} of the world {each.world} failed and are left out. See why: sim results {where} --failures; "
            f"try again: sim retry {where}",
            file=sys.stderr,
        )
    if not found.results:
        note("Nothing to do: no pattern was chosen.")
    elif not quiet:
        all_is_well(f"Results: {found.out} (runs, patterns.parquet, validation.md)")
    if found.failures:
        raise typer.Exit(FAILED)


def as_plain(found: Validation) -> dict[str, Any]:
    """A validation as plain values for JSON; what is not a number is null."""
    checks = found.checks.to_dict("records")
    own = [name for name in found.checks.columns if name not in (*found.patterns.columns, "pattern", "pattern_verdict")]
    beside = ("verdict", "reason", "versus")
    patterns = [
        {str(name): value for name, value in row.items()}
        | {
            "checks": [
                {name: _plain(name, check[name]) for name in dict.fromkeys((*own, *beside))}
                for check in checks
                if check["pattern"] == row["id"]
            ]
        }
        for row in found.patterns.to_dict("records")
    ]
    failures = [{"world": each.world, "runs": each.runs, "folder": str(each.folder)} for each in found.failures]
    folders = {name: str(path) for name, path in found.folders.items()}
    return {
        "summary": found.summary,
        "out": str(found.out),
        "changes": list(found.changes),
        "patterns": patterns,
        "worlds": folders,
        "failures": failures,
    }


def _plain(name: str, value: Any) -> Any:
    if name == "arguments":
        return json.loads(value)
    return None if isinstance(value, float) and not math.isfinite(value) else value
