"""Main entry of the command line: one thin command per user task.

Everything heavy is imported inside the command that needs it, so that help and checks come at once.  Exit
status: 0 done; 1 something failed on the way; 2 the input is wrong, and nothing was written; 130 interrupted.
"""

from __future__ import annotations

import sys
from collections.abc import Collection
from typing import Annotated

import typer

from sim.cli import check_command as checking
from sim.cli import compare_command as comparing
from sim.cli import dashboard_command as showing
from sim.cli import explain_commands as explaining
from sim.cli import export_command as exporting
from sim.cli import file_writing_commands as writing
from sim.cli import input_commands as files
from sim.cli import plot_command as plotting
from sim.cli import report_command as reporting
from sim.cli import results_commands as reading
from sim.cli import run_command as runs
from sim.cli import story_command as telling
from sim.cli import sweep_commands as sweeps
from sim.cli import validate_command as validating
from sim.cli.interrupts import INTERRUPTED, end_at_once, handle_signals, interrupted_words, leave, say_interrupted
from sim.cli.output_streams import (
    flush_output,
    forgive_error_stream,
    give_up_output,
    is_reader_gone,
    output_error,
    write_all_or_fail,
)
from sim.cli.quiet_option import Quiet, be_quiet, with_quiet
from sim.cli.shared_options import FAILED, wrong
from sim.cli.terminal.encoding_stand_ins import install as install_stand_ins
from sim.experiment.execute.pending_interrupts import is_taken, take_interrupt

app = typer.Typer(
    name="sim",
    help="Simulate a local social work sector: agencies, governments, contracts, staff, communities.",
    epilog="Exit status: 0 done; 1 something failed on the way; 2 the input is wrong, and nothing was written; "
    "130 interrupted (Ctrl-C, SIGTERM, SIGHUP), what is finished is kept.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    # Plain help comes twice as fast.
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def main(signals: Collection[int] = ()) -> None:
    """Run the command line, and end with the status that says how it went; `sim.cli.start` is the entry point.

    Parameters
    ----------
    signals : collection of int
        Signals that interrupt it.
    """
    write_all_or_fail()
    forgive_error_stream()
    install_stand_ins()
    handle_signals(signals)
    status: str | int | None = 0
    try:
        app()
    except SystemExit as end:
        status = end.code
    except KeyboardInterrupt:
        status = INTERRUPTED
    except MemoryError:
        status = FAILED
        print("sim: not enough memory; 'sim check FILE' says what a run takes", file=sys.stderr)
    except OSError as error:
        status = FAILED
        _report(error)
    if not is_taken():
        # Whatever else went wrong did so because of it.
        take_interrupt()
        say_interrupted(interrupted_words())
        status = INTERRUPTED
    unwritten = flush_output()
    if unwritten is not None:
        status = status or FAILED
        _report(unwritten)
    if status == INTERRUPTED:
        leave(INTERRUPTED)
    end_at_once(signals, INTERRUPTED)
    sys.exit(status)


def _report(error: OSError) -> None:
    """Say what is wrong with the output, unless nobody reads it any more."""
    give_up_output()
    if not is_reader_gone(error):
        print(f"sim: {output_error(error)}", file=sys.stderr)


def _print_version(verbose: bool) -> None:
    if verbose:
        from sim.cli.version_report import version_report

        print(version_report())
        return
    from sim import __version__

    print(f"sim {__version__}")


@app.callback(invoke_without_command=True)
def _common(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Print the version and exit.")] = False,
    verbose: Annotated[
        bool, typer.Option("--verbose", help="With --version: all that a report of a mistake should say.")
    ] = False,
    quiet: Quiet = False,
) -> None:
    """Take the options that stand before a command."""
    if version:
        _print_version(verbose)
        raise typer.Exit
    if verbose:
        raise wrong("--verbose goes with --version")
    if context.invoked_subcommand is None:
        raise wrong("expected a command; 'sim --help' lists them")
    be_quiet(context, quiet)
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
    plotting.plot,
    reporting.report,
    telling.story,
    exporting.export,
    reading.verify,
    validating.validate,
    showing.dashboard,
    writing.new,
    checking.check,
    writing.show,
    files.scenarios,
    files.experiments,
    explaining.levers,
    explaining.outcomes,
    explaining.explain,
    files.schema,
):
    app.command()(with_quiet(command))
