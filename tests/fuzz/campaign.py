"""A campaign of mutated inputs: `python -m tests.fuzz.campaign SECONDS [SEED]` prints what failed and how to repeat it.

Every case follows from the seed of the campaign and its number alone.  A case fails if a command raises an error, does
not end in time, or ends with another status than 0, 1 (something failed), 2 (wrong input, said in words), or, where it
only looks at input, with 1.
"""

import contextlib
import os
import random
import shutil
import signal
import sys
import tempfile
import time
import traceback
from pathlib import Path

import yaml
from typer.testing import CliRunner

from sim.cli.main import app
from sim.experiment.store.file_checks import sealed, unsealed
from sim.experiment.store.results_folder import COLUMNS, MANIFEST, record_of
from tests.fuzz.mutations import TEXTS, changed_bytes, changed_text, changed_values, json_bytes

ROOT = Path(__file__).parents[2]
TOWN = ROOT / "tests" / "cases" / "names" / "fips2.yaml"
SECONDS_A_CASE = 60
EXPERIMENT = """title: Eager agencies
scenarios: [town.yaml]
quarters: 4
axes:
  drive: {path: rules.strategy.drive, values: [0.5, 1.0]}
  term: {lever: contract.term, in: ["0110"], values: [4, 8]}
replications: 2
outcomes: [agencies, unmet_need]
keep: {series: [agencies]}
"""
OPTIONS = {
    "check": [],
    "results": ["--sql", "--failures", "--outcomes", "--measure"],
    "verify": [],
    "replay": ["--replication", "--point", "--out"],
    "story": ["--agency", "--run", "--point", "--out"],
    "schema": ["--out", "--experiment"],
    "scenarios": [],
    "experiments": [],
    "merge": ["--out"],
    "sweep": ["--shard", "--workers", "--out"],
    "compare": ["--until-ci", "--most", "--measure", "--outcomes", "--seed"],
    "extend": ["--replications"],
    "retry": [],
    "run": ["--seed", "--quarters", "--replications"],
}
LOOKS = ("check", "schema", "scenarios", "experiments")
FLAGS = ("--failures", "--experiment", "--plan")


class SlowError(Exception):
    """A case that did not end in time."""


def prepared(folder):
    """Write the inputs, and the results of a short run and of a short sweep."""
    shutil.copy(TOWN, folder / "town.yaml")
    (folder / "sweep.yaml").write_text(EXPERIMENT, encoding="utf-8")
    short = ["--workers", "1", "--out"]
    for command in (
        ["run", "town.yaml", "--replications", "2", "--quarters", "2", *short, "run"],
        ["sweep", "sweep.yaml", *short, "swept"],
    ):
        status, said = called(command, folder)
        assert status == 0, said
    return folder


def called(command, folder):
    """Give a command inside a folder: its status, and what it printed; errors that it does not report are raised."""

    def late(*_):
        raise SlowError(f"no end after {SECONDS_A_CASE} s")

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(SECONDS_A_CASE)
    try:
        with contextlib.chdir(folder):
            done = CliRunner(env={"COLUMNS": "100"}).invoke(app, command)
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.exit_code, done.output


def mutated_file(folder, rng):
    """A scenario or experiment with slips in its text, values or bytes, to be checked."""
    name = rng.choice(["town.yaml", "sweep.yaml"])
    text = (folder / name).read_text(encoding="utf-8")
    kind = rng.choice(["text", "text", "values", "bytes"])
    if kind == "text":
        data = changed_text(text, rng).encode(errors="surrogatepass")
    elif kind == "values":
        data = json_bytes(changed_values(yaml.safe_load(text), rng))
    else:
        data = changed_bytes(text.encode(), rng)
    (folder / "odd.yaml").write_bytes(data)
    return ["check", "odd.yaml"], [f"odd.yaml: {data[:2000]!r}"]


def mutated_folder(folder, rng):
    """A copy of a results folder in which a JSON file is odd, with the right checksum or not, to be read."""
    odd = folder / "odd"
    shutil.rmtree(odd, ignore_errors=True)
    shutil.copytree(folder / rng.choice(["run", "swept"]), odd)
    path = rng.choice([odd / MANIFEST, odd / MANIFEST, odd / COLUMNS, *sorted((odd / "chunks").glob("*.json"))])
    data = path.read_bytes()
    if rng.random() < 0.2:
        data = changed_bytes(data, rng)
    elif path.name == COLUMNS:
        data = json_bytes(changed_values(yaml.safe_load(data), rng))
    else:
        data = sealed(changed_values(unsealed(data), rng))
    path.write_bytes(data)
    if path.name == COLUMNS:
        manifest = unsealed((odd / MANIFEST).read_bytes())
        manifest["files"][COLUMNS] = [record_of(data)._asdict()]
        (odd / MANIFEST).write_bytes(sealed(manifest))
    commands = [
        ["results", "odd"],
        ["results", "odd", "--failures"],
        ["results", "odd", "--outcomes", "agencies"],
        ["verify", "odd"],
        ["replay", "odd", "--replication", "0"],
        ["story", "odd", "--agency", "Alpha"],
        ["merge", "odd", "--out", "joined"],
        ["run", "town.yaml", "--replications", "2", "--quarters", "2", "--workers", "1", "--out", "odd"],
        ["sweep", "sweep.yaml", "--workers", "1", "--out", "odd"],
        ["extend", "odd", "--replications", "3"],
        ["retry", "odd"],
    ]
    shutil.rmtree(folder / "joined", ignore_errors=True)
    return rng.choice(commands), [f"{path.relative_to(folder)} changed"]


def mutated_command(folder, rng):
    """A command with wrong, odd or missing words."""
    name = rng.choice([*OPTIONS])
    words = ["town.yaml", "sweep.yaml", "run", "swept", "nowhere", ".", "beijing-2010", *TEXTS]
    arguments = [rng.choice(words) for _ in range(rng.choice([0, 1, 1, 2]))]
    for option in OPTIONS[name]:
        if rng.random() < 0.4:
            # Whole numbers that would be right are left out of what runs, which would take as long as they say.
            arguments += [option] if option in FLAGS else [option, rng.choice([*TEXTS, "0", "-1", "1e9", "x=1", "1/2"])]
    if name in ("sweep", "compare", "run", "extend", "retry"):
        arguments += {"sweep": ["--plan"], "run": ["--replications", "x"], "compare": ["--replications", "1"]}.get(
            name, ["--workers", "0"]
        )
    command = [name, *arguments]
    return [word.replace("\ud800", "?") for word in command if "\x00" not in word], []


KINDS = (mutated_file, mutated_folder, mutated_command)


def case(folder, seed, number):
    """Do one case; the lines that say how it failed, none where it did not."""
    rng = random.Random(f"{seed} {number}")
    command, notes = rng.choice(KINDS)(folder, rng)
    try:
        status, said = called(command, folder)
    except Exception:  # whatever it is, it is what is looked for
        return [f"case {number}: sim {command}", *notes, traceback.format_exc(limit=-6)]
    good = status in ((0, 2) if command[0] in LOOKS else (0, 1, 2))
    if good and "Traceback" not in said and (status == 0 or said.strip()):
        return []
    return [f"case {number}: sim {command} ended with {status}", *notes, said[-2000:]]


def campaign(seconds, seed, most=None):
    """Do cases until the time is over, or as many as there may be; their number and the lines of those that failed."""
    failed = []
    number = 0
    with tempfile.TemporaryDirectory() as name:
        folder = prepared(Path(name))
        end = time.monotonic() + seconds
        while time.monotonic() < end and (most is None or number < most):
            failed += case(folder, seed, number)
            number += 1
    return number, failed


def main():
    """Run a campaign from the command line."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 60.0
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else int.from_bytes(os.urandom(4), "big")
    print(f"seed {seed}: python -m tests.fuzz.campaign {seconds:g} {seed} repeats it", flush=True)
    number, failed = campaign(seconds, seed)
    print("\n".join(failed))
    print(f"{number} cases, {sum(line.startswith('case ') for line in failed)} failed")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
