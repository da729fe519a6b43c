"""Commands about input files: check them, list what is shipped, print their schema."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from sim.cli.common import WRONG_INPUT, told_errors


def check(
    files: Annotated[list[str], typer.Argument(help="Scenario or experiment files, or names of shipped ones.")],
) -> None:
    """Check scenario and experiment files and print every problem with its place."""
    from sim.experiment.design import kinds_of, load_experiment
    from sim.scenario import ScenarioError, load_scenario

    wrong = False
    for file in files:
        scenario, experiment = kinds_of(file)
        for is_one, title_of in (
            # What is neither is taken for a scenario, which tells what is wrong with it.
            (scenario or not experiment, lambda name: load_scenario(name).scenario.title),
            (experiment, lambda name: load_experiment(name).file.title),
        ):
            try:
                if is_one:
                    print(f"ok: {title_of(file)}")
            except ScenarioError as error:
                wrong = True
                print(error, file=sys.stderr)
    if wrong:
        raise typer.Exit(WRONG_INPUT)


def scenarios() -> None:
    """List the scenarios that ship with the package."""
    from sim.scenario.catalogue import shipped

    _list([(each.name, each.title) for each in shipped()])


def experiments() -> None:
    """List the experiments that ship with the package."""
    from sim.experiment.design import shipped_experiments

    _list([(each.name, each.title) for each in shipped_experiments()])


def _list(found: list[tuple[str, str]]) -> None:
    width = max((len(name) for name, _ in found), default=0)
    for name, title in found:
        print(f"{name:{width}}  {title}")


def schema(
    out: Annotated[Path | None, typer.Option(help="File to write instead of the screen.")] = None,
    experiment: Annotated[bool, typer.Option("--experiment", help="Of experiment files.")] = False,
) -> None:
    """Print the JSON Schema of scenario files, or of experiment files, for editors."""
    from sim.experiment.design import experiment_schema_text
    from sim.scenario.schema import schema_text

    text = experiment_schema_text() if experiment else schema_text()
    if out is None:
        print(text, end="")
        return
    from sim.experiment.files import write_file

    with told_errors():
        write_file(out, text.encode())
