"""Input commands: list what is shipped, print the schema of input files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sim.cli.shared_options import report_errors


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
    if out is None:
        print(text_of(), end="")
        return
    from sim.experiment.store.atomic_files import check_new_file, write_file

    with report_errors():
        path = check_new_file(out)
        write_file(path, text_of().encode())
