"""Check command: errors and warnings of scenario, experiment and pattern files, and what a run of them takes."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sim.cli.completions import input_names
from sim.cli.quiet_option import all_is_well, note
from sim.cli.shared_options import WRONG_INPUT

if TYPE_CHECKING:
    from sim.declarations.input_issues import Problem


@dataclass
class CheckedFile:
    """What a check found out about a file.

    Attributes
    ----------
    file, title : str
        As given, and as it calls itself.
    type : str
        "scenario", "experiment" or "patterns".
    errors, warnings : list of Problem
        What has to be repaired, and what is doubtful.
    needs : str
        Memory and time in words.
    """

    file: str
    type: str
    title: str = ""
    errors: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    needs: str = ""

    def as_json(self) -> dict[str, Any]:
        """For programs: every problem with its place, kind and words."""
        found: dict[str, Any] = {"file": self.file, "type": self.type, "title": self.title, "needs": self.needs}
        for name in ("errors", "warnings"):
            found[name] = [
                {
                    "place": problem.place,
                    "file": problem.file,
                    "line": problem.line,
                    "column": problem.column,
                    "path": problem.key_path,
                    "kind": problem.kind,
                    "what": problem.what,
                    "allowed": problem.allowed,
                    "suggestion": problem.suggestion,
                }
                for problem in getattr(self, name)
            ]
        return found


def check(
    files: Annotated[
        list[str],
        typer.Argument(
            help="Scenario, experiment or pattern files, or names of shipped ones.", autocompletion=input_names
        ),
    ],
    strict: Annotated[bool, typer.Option("--strict", help="Exit with status 2 where there are warnings.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON: place, kind and words of each problem.")] = False,
) -> None:
    """Check scenario, experiment and pattern files; print every problem with its place, and what a run takes."""
    checked = [one for file in files for one in checked_files(file)]
    if as_json:
        print(json.dumps([one.as_json() for one in checked], ensure_ascii=False, indent=2))
    else:
        for one in checked:
            print_checked(one, strict)
    if any(one.errors or (strict and one.warnings) for one in checked):
        raise typer.Exit(WRONG_INPUT)


def print_checked(one: CheckedFile, strict: bool = False) -> None:
    """Print what was found out about a file: problems to stderr, the rest to stdout.

    Warnings are no errors, which is what ``--quiet`` leaves, unless they are counted as such.
    """
    from sim.declarations.input_issues import ScenarioError

    if one.errors:
        print(ScenarioError(one.errors), file=sys.stderr)
        return
    all_is_well(f"ok: {one.title} ({one.needs})")
    sys.stdout.flush()
    for problem in one.warnings:
        text = f"warning: {problem}"
        if strict:
            print(text, file=sys.stderr)
        else:
            note(text)


def checked_files(file: str) -> Iterator[CheckedFile]:
    """Check a file; a shipped name may be both a scenario and an experiment."""
    from sim.experiment.design.file_type import detect_file_type
    from sim.scenario import ScenarioError
    from sim.validation.located_file import is_pattern_file

    patterns = is_pattern_file(file)
    scenario, experiment = (False, False) if patterns else detect_file_type(file)
    # What is none of them is loaded as a scenario, which reports what is wrong with it.
    for wanted, name, look in (
        (scenario or not (experiment or patterns), "scenario", check_scenario_file),
        (experiment, "experiment", check_experiment_file),
        (patterns, "patterns", check_pattern_file),
    ):
        if not wanted:
            continue
        one = CheckedFile(file, name)
        try:
            look(one)
        except ScenarioError as error:
            one.errors = error.problems
        yield one


def check_scenario_file(one: CheckedFile) -> None:
    """Load a scenario, and look for what is doubtful in it."""
    from sim.cli.terminal.time_and_size import duration, size
    from sim.declarations.input_issues import Issue, Problem
    from sim.model.setup.needed_resources import TOO_LARGE_HERE, beyond_this_machine, needed_resources
    from sim.scenario import ScenarioError, load_scenario_file
    from sim.scenario.reading.file_search import name_of
    from sim.scenario.scenario_warnings import scenario_warnings

    loaded = load_scenario_file(one.file)
    if isinstance(problem := name_of(loaded.files[-1]), Problem):
        raise ScenarioError([problem])
    one.title = loaded.scenario.title
    needed = needed_resources(loaded.scenario)
    one.needs = f"a run takes about {size(needed.bytes)} of memory and {duration(needed.seconds)}"
    one.warnings = scenario_warnings(loaded)
    large = beyond_this_machine(loaded.scenario)
    if large:
        one.warnings.append(loaded.problem(Issue(("cities",), large, at_key=True, kind=TOO_LARGE_HERE)))


def check_experiment_file(one: CheckedFile) -> None:
    """Load an experiment, and look for what is doubtful in it and in its scenarios."""
    from sim.cli.terminal.time_and_size import duration, size
    from sim.experiment.design.doubtful_designs import design_warnings, needed_by_design
    from sim.experiment.design.experiment_loading import load_experiment
    from sim.experiment.execute.process_environment import leave_pandas_out

    leave_pandas_out()
    design = load_experiment(one.file)
    one.title = design.file.title
    needed = needed_by_design(design)
    runs = f"{needed.runs:,} run{'s' * (needed.runs != 1)} at {needed.points:,} point{'s' * (needed.points != 1)}"
    one.needs = f"{runs} take about {duration(needed.seconds)} of one core, and {size(needed.bytes)} of memory each"
    one.warnings = design_warnings(design)


def check_pattern_file(one: CheckedFile) -> None:
    """Load a pattern file, beside the shipped one whose worlds it may use, and count what it asks for."""
    from sim.validation.pattern_loading import combined
    from sim.validation.validation_api import known_statistics, read_with_shipped

    files = read_with_shipped([one.file])
    found, own = combined(files, known_statistics()), files[-1]
    patterns = [pattern for pattern in found.patterns if pattern in own.patterns.values()]
    checks = [check for pattern in patterns for check in pattern.checks]
    worlds = {name for check in checks for name in (check.world, check.versus) if name is not None}
    runs = sum(found.worlds[name].replications for name in worlds)
    one.title = f"{len(patterns)} pattern{'s' * (len(patterns) != 1)}"
    one.needs = (
        f"{len(checks):,} check{'s' * (len(checks) != 1)} take {runs:,} run{'s' * (runs != 1)} of "
        f"{len(worlds)} world{'s' * (len(worlds) != 1)}"
    )
    one.warnings = own.unused_worlds(found.unused)
