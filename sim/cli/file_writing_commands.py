"""File-writing commands: `sim new`, a file to begin with, and `sim show`, a file with every default filled in."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from sim.cli.completions import input_names, scenario_names
from sim.cli.shared_options import load, report_errors, wrong
from sim.declarations.input_issues import Problem

_ENDINGS = (".yaml", ".yml")
_OTHER = "choose another name"


def new(
    file: Annotated[Path, typer.Argument(help="File to write, such as town.yaml; one that is there stays.")],
    extends: Annotated[
        str | None,
        typer.Option(
            help="Scenario that it changes: a file, or a shipped name.",
            show_default=False,
            autocompletion=scenario_names,
        ),
    ] = None,
    experiment: Annotated[bool, typer.Option("--experiment", help="Write an experiment file.")] = False,
    scenario: Annotated[
        str | None,
        typer.Option(
            help="With --experiment: the scenario that it is about.  [default: beijing-2010]",
            show_default=False,
            autocompletion=scenario_names,
        ),
    ] = None,
) -> None:
    """Write a commented file to begin with: a small scenario, a change of another, or an experiment."""
    from sim.experiment.design import starting_files as files

    if extends is not None and experiment:
        raise wrong("--extends and --experiment cannot stand together; an experiment names its --scenario")
    if scenario is not None and not experiment:
        raise wrong("--scenario needs --experiment; a scenario that changes another names it by --extends")
    about = "beijing-2010" if scenario is None else scenario
    _refuse(file)
    with report_errors():
        if experiment:
            text = files.starting_experiment(file.name, _beside(about, file), load(about).scenario)
        elif extends is not None:
            text = files.starting_variant(file.name, _beside(extends, file), load(extends).scenario)
        else:
            text = files.starting_scenario(file.name)
        _write(file, text)
    print(f"{file} is written; 'sim check {file}' checks it")


def show(
    file: Annotated[
        str,
        typer.Argument(help="Scenario or experiment file, or the name of a shipped one.", autocompletion=input_names),
    ],
    out: Annotated[
        Path | None, typer.Option(help="File to write instead of the screen; one that is there stays.")
    ] = None,
) -> None:
    """Show a file as it is understood, with every default filled in: a valid file that gives the same runs."""
    from sim.experiment.design.experiment_loading import load_experiment
    from sim.experiment.design.file_type import detect_file_type
    from sim.experiment.design.full_files import full_experiment, full_scenario

    if out is not None:
        _refuse(out)
    with report_errors():
        scenario, experiment = detect_file_type(file)
        if scenario and experiment:
            print(f"{file} is a scenario and an experiment; this is the scenario", file=sys.stderr)
        if experiment and not scenario:
            text = full_experiment(load_experiment(file), file)
        else:
            text = full_scenario(load(file), file)
        if out is None:
            print(text, end="")
        else:
            _write(out, text)


def _beside(source: str, file: Path) -> str:
    """A scenario as a file in another folder names it."""
    import os

    from sim.scenario.reading.file_search import find, shipped_directory

    found = find(source, Path(), shipped_directory())
    if not isinstance(found, Path) or found.parent == shipped_directory():
        return source
    return os.path.relpath(found, file.parent)


def _refuse(file: Path) -> None:
    """Refuse a file that is there, or has another ending or a name that is unfit, or whose folder is missing."""
    from sim.experiment.store.atomic_files import check_new_file
    from sim.scenario import ScenarioError
    from sim.scenario.reading.file_search import name_of

    with report_errors():
        check_new_file(file)
        if isinstance(problem := name_of(file), Problem):
            raise ScenarioError([replace(problem, allowed=problem.allowed.replace("rename the file", _OTHER))])
    if file.suffix not in _ENDINGS:
        better = file.with_suffix(file.suffix.lower() if file.suffix.lower() in _ENDINGS else f"{file.suffix}.yaml")
        raise wrong(f"{file}: expected a name that ends in .yaml; did you mean '{better}'?")
    if file.exists() or file.is_symlink():
        raise wrong(f"{file} is there already; nothing is overwritten, so choose another name")


def _write(file: Path, text: str) -> None:
    from sim.experiment.store.atomic_files import write_file

    write_file(file, text.encode())
