"""Commands inside the process of the tests: the same as in one of their own, only sooner."""

import contextlib
import subprocess

from typer.testing import CliRunner

from sim.cli.main import app


def inside(*arguments, cwd):
    """Give a command as in a folder; an error that the command does not report itself is raised."""
    with contextlib.chdir(cwd):
        done = CliRunner(env={"COLUMNS": "100"}).invoke(app, [str(each) for each in arguments])
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return subprocess.CompletedProcess(arguments, done.exit_code, done.stdout, done.stderr)
