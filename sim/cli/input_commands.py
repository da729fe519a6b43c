"""Input commands: check input files, list what is shipped, print their schema."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from sim.cli.completions import input_names
from sim.cli.shared_options import WRONG_INPUT, report_errors


def check(
    files: Annotated[
        list[str],
        typer.Argument(help="Scenario or experiment files, or names of shipped ones.", autocompletion=input_names),
    ],
) -> None:
    """Check scenario and experiment files and print every problem with its place."""
    from sim.experiment.design.file_type import detect_file_type
    from sim.scenario import ScenarioError

    wrong = False
    for file in files:
        scenario, experiment = detect_file_type(file)
        # What is neither is loaded as a scenario, which reports what is wrong with it.
        titles = [_scenario_title] * (scenario or not experiment) + [_experiment_title] * experiment
        for title_of in titles:
            try:
                print(f"ok: {title_of(file)}")
            except ScenarioError as error:
                wrong = True
                print(error, file=sys.stderr)
    if wrong:
        raise typer.Exit(WRONG_INPUT)


def _scenario_title(file: str) -> str:
    from sim.scenario import load_scenario

    return load_scenario(file).scenario.title


def _experiment_title(file: str) -> str:
    from sim.experiment.design.experiment_loading import load_experiment
    from sim.experiment.execute.process_environment import leave_pandas_out

    leave_pandas_out()
    return load_experiment(file).file.title


def scenarios() -> None:
    """List the scenarios that ship with the package."""
    from sim.scenario.reading.file_search import shipped

    _list([(each.name, each.title) for each in shipped()])


def experiments() -> None:
    """List the experiments that ship with the package."""
    from sim.scenario.reading.file_search import shipped

    _list([(each.name, each.title) for each in shipped("experiments")])


def _list(found: list[tuple[str, str]]) -> None:
    width = max((len(name) for name, _ in found), default=0)
    for name, title in found:
        print(f"{name:{width}}  {title}")


def schema(
    out: Annotated[Path | None, typer.Option(help="File to write instead of the screen.")] = None,
    experiment: Annotated[bool, typer.Option("--experiment", help="Of experiment files.")] = False,
) -> None:
    """Print the JSON Schema of scenario files, or of experiment files, for editors."""
    if experiment:
        from sim.experiment.design.experiment_schema import experiment_schema_text as text_of
    else:
        from sim.scenario.json_schema import schema_text as text_of
    text = text_of()
    if out is None:
        print(text, end="")
        return
    from sim.experiment.store.atomic_files import write_file

    with report_errors():
        write_file(out, text.encode())
