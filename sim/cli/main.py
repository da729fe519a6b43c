"""Main entry of the command line: one thin command per user task.

Everything heavy is imported inside the command that needs it, so that help and checks come at once.  Exit
status: 0 done; 1 something failed on the way; 2 the input is wrong, and nothing was written; 130 Ctrl-C.
"""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from sim.cli import compare_command as comparing
from sim.cli import explain_commands as explaining
from sim.cli import export_command as exporting
from sim.cli import file_writing_commands as writing
from sim.cli import input_commands as files
from sim.cli import results_commands as reading
from sim.cli import run_command as runs
from sim.cli import sweep_commands as sweeps
from sim.cli.shared_options import FAILED, INTERRUPTED

app = typer.Typer(
    name="sim",
    help="Simulate a local social work sector: agencies, governments, contracts, staff, communities.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    # Plain help comes twice as fast.
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def main() -> None:
    """Run the command line; the entry point of ``sim``."""
    try:
        app()
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    except BrokenPipeError:
        # The reader of our output has closed it (`sim scenarios | head`): there is nothing to report.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(FAILED)


def _version(wanted: bool) -> None:
    if wanted:
        from sim import __version__

        print(f"sim {__version__}")
        raise typer.Exit


@app.callback()
def _common(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version and exit.", callback=_version, is_eager=True)
    ] = False,
) -> None:
    """Take the options that stand before a command."""
    from sim.experiment.execute.process_environment import can_start_workers

    if not can_start_workers():
        print("sim: worker processes need Linux or macOS; here everything runs in one process", file=sys.stderr)


for command in (
    runs.run,
    comparing.compare,
    sweeps.sweep,
    sweeps.extend,
    sweeps.retry,
    reading.replay,
    reading.merge,
    reading.results,
    exporting.export,
    reading.verify,
    writing.new,
    files.check,
    writing.show,
    files.scenarios,
    files.experiments,
    explaining.levers,
    explaining.outcomes,
    explaining.explain,
    files.schema,
):
    app.command()(command)
