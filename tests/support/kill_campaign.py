"""Kill campaign: commands that are ended at any moment, and gone on with, leave the bytes of one that was not.

``python -m tests.support.kill_campaign --seconds 60`` or ``--count 20``; ``make kills SECONDS=60``.  Prints its seed,
so that a failure can be looked for again, and a line for each try.
"""

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.support.interruptible_programs import restore_interrupts
from tests.support.process_families import children, left_behind
from tests.unit.experiment.sweep.conftest import digests

EXPERIMENT = """
title: Long enough to be killed
scenarios: [beijing-2010]
quarters: 8
axes:
  drive: {path: rules.strategy.drive, low: 0.0, high: 1.0, steps: 8}
replications: 10
keep: {series: [agencies]}
"""
OTHER = "extends: beijing-2010\ntitle: Another\nrules: {strategy: {drive: 0.9}}\n"
COMMANDS = {
    "run": ["run", "beijing-2010", "--replications", "60", "--quarters", "8"],
    "compare": ["compare", "beijing-2010", "other.yaml", "--replications", "100", "--quarters", "8"],
    "sweep": ["sweep", "long.yaml"],
    "extend": ["extend", "out", "--replications", "20"],
    "merge": ["merge", "part1", "part2"],
}
EXECUTORS = {
    "serial": ["--workers", "1"],
    "processes": ["--workers", "2"],
    "dask": ["--workers", "2", "--dask", "local"],
}
SIGNALS = (signal.SIGKILL, signal.SIGTERM, signal.SIGINT)
MOST_KILLS = 3
"""Times that one command is ended before it may finish."""
PROMPT = 10.0
"""Seconds in which a signal that can be handled must have ended a command; a busy machine is given more than a user."""


class WrongEndError(Exception):
    """What a command did that it must not do."""


def arguments(name, executor):
    """Arguments of a command; merging computes nothing, and a run takes no Dask."""
    given = list(COMMANDS[name])
    if name != "merge":
        given += EXECUTORS["processes" if name == "run" and executor == "dask" else executor]
    return given if name == "extend" else [*given, "--out", "out"]


def begin(name, executor, folder):
    """Start a command in a folder."""
    return subprocess.Popen(
        [sys.executable, "-m", "sim", *arguments(name, executor)],
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=restore_interrupts,
    )


def finish(name, executor, folder):
    """Let a command come to its end."""
    return begin(name, executor, folder).communicate(timeout=600)[1]


class Right:
    """What commands leave when nobody disturbs them; made when it is first asked for."""

    def __init__(self, root):
        self.root = root
        self.inputs = root / "inputs"
        self.inputs.mkdir()
        (self.inputs / "long.yaml").write_text(EXPERIMENT)
        (self.inputs / "other.yaml").write_text(OTHER)
        self._found = {}

    def begun(self, name, folder):
        """A folder with what a command begins with."""
        shutil.copytree(self.inputs, folder)
        if name == "extend":
            shutil.copytree(self.of("sweep")[1] / "out", folder / "out")
        for shard in (1, 2) if name == "merge" else ():
            command = ["sweep", "long.yaml", "--shard", f"{shard}/2", "--out", f"part{shard}"]
            subprocess.run([sys.executable, "-m", "sim", *command], cwd=folder, check=True, capture_output=True)
        return folder

    def of(self, name):
        """Digests of what a command leaves, and the folder that it was given in."""
        if name not in self._found:
            folder = self.begun(name, self.root / f"right-{name}")
            errors = finish(name, "processes", folder)
            self._found[name] = (found(folder / "out"), folder)
            if not self._found[name][0] or "Traceback" in errors:
                raise WrongEndError(f"{name} does not run at all: {errors}")
        return self._found[name]


def found(out):
    """Digests of a folder's results; curves are drawn anew each time."""
    return {name: digest for name, digest in digests(out).items() if not name.startswith("curves")}


def end_somewhere(process, sent, longest, places):
    """Send a signal at some moment; say what is wrong with how the command ended."""
    time.sleep(places.uniform(0.1, longest))
    if process.poll() is not None:
        process.communicate()
        return "had ended"
    family = children(process.pid)
    began = time.monotonic()
    # As in a terminal or from a batch system, all processes get what can be handled.
    (process.send_signal if sent == signal.SIGKILL else lambda number: os.killpg(process.pid, number))(sent)
    process.wait(timeout=120)
    took = time.monotonic() - began
    errors = process.communicate(timeout=120)[1]
    if left := left_behind(family):
        raise WrongEndError(f"processes {left} were left behind")
    if "Traceback" in errors and "in _run_module" not in errors:
        raise WrongEndError(f"a traceback:\n{errors}")
    if sent != signal.SIGKILL and (process.returncode not in (0, 130, -sent) or took > PROMPT):
        raise WrongEndError(f"status {process.returncode} after {took:.1f} s:\n{errors}")
    return f"{took:.1f} s"


def one_try(root, right, places, number):
    """End one command up to a few times, go on, and compare; return a line on what was done."""
    name = places.choice(list(COMMANDS))
    folder = right.begun(name, root / f"try-{number}")
    done = []
    longest = {"merge": 3.0}.get(name, 12.0)
    for _ in range(places.randint(1, MOST_KILLS)):
        executor = places.choice(list(EXECUTORS))
        sent = places.choice(SIGNALS)
        ended = end_somewhere(begin(name, executor, folder), sent, longest, places)
        done.append(f"{executor} {sent.name} {ended}")
    errors = finish(name, places.choice(["serial", "processes"]), folder)
    if "Traceback" in errors:
        raise WrongEndError(f"a traceback when it went on:\n{errors}")
    if found(folder / "out") != right.of(name)[0]:
        raise WrongEndError(f"other bytes in {folder}:\n{errors}")
    shutil.rmtree(folder)
    return f"{name}: {'; '.join(done)}"


def campaign(seconds, count, seed, report=print):
    """Try until the time or the count is up; return how many tries were made.

    Raises
    ------
    WrongEndError
        At the first try that is wrong; its folder stays.
    """
    places, end = random.Random(seed), time.monotonic() + seconds
    root = Path(tempfile.mkdtemp(prefix="kills-"))
    report(f"seed {seed}, in {root}")
    right = Right(root)
    number = 0
    while number < count and (number == 0 or time.monotonic() < end):
        number += 1
        report(f"{number}: {one_try(root, right, places, number)}")
    shutil.rmtree(root)
    return number


def main():
    """Read the arguments and run the campaign."""
    parser = argparse.ArgumentParser(description="End commands at any moment, go on, and compare.")
    parser.add_argument("--seconds", type=float, default=300.0)
    parser.add_argument("--count", type=int, default=sys.maxsize)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    given = parser.parse_args()
    try:
        tried = campaign(given.seconds, given.count, given.seed, lambda line: print(line, flush=True))
    except WrongEndError as wrong:
        sys.exit(f"wrong: {wrong}")
    print(f"{tried} commands were ended and gone on with; all left the same bytes, no process and no traceback")


if __name__ == "__main__":
    main()
