"""Damage campaign: whatever happens to a file of results, reading says so or gives the right numbers.

``python -m tests.support.damage_campaign --seconds 60`` or ``--count 500``; ``make damage SECONDS=60``.  Prints its
seed, so that a failure can be looked for again.
"""

import argparse
import random
import shutil
import sys
import tempfile
import time
from pathlib import Path

from sim.cli.terminal.run_summary_table import summarise
from sim.experiment.design.run_design import run_design
from sim.experiment.execute import requests
from sim.experiment.execute.coordinator import Context
from sim.experiment.execute.executor_protocol import SerialExecutor
from sim.experiment.execute.progress_reporter import NullProgress
from sim.experiment.results.results import Results
from sim.experiment.store.atomic_files import StoreError
from sim.experiment.store.verification import verified
from sim.scenario import load_scenario_file
from tests.unit.experiment.sweep.sweep_towns import town

FOOTER = 100
"""Bytes at the end of a file that a quarter of the flipped bits is in."""


class UnnoticedError(Exception):
    """Damage that was not noticed and changed what was read."""


def everything_read(path):
    """All that can be read from a folder, as text."""
    results = Results.open(path)
    found = [results.design(), results.runs(), results.failures(), results.notes, results.progress(), results.title]
    found += [results.table(name) for name in results.tables]
    if results.kind == "run":
        found.append(summarise(results))
    else:
        found.append(results.series())
    return [each.to_csv() if hasattr(each, "to_csv") else repr(each) for each in found]


def files_of(path):
    """Files with a checksum; others are made from these."""
    files = (file for file in sorted(path.rglob("*")) if file.suffix in (".parquet", ".json"))
    return [file for file in files if file.is_file() and not file.name.startswith(".")]


def told_or_right(read):
    """Whether reading says that something is wrong, or comes to the right numbers."""
    try:
        return read()
    except StoreError:
        return True


def flip(file, places):
    """Change one bit, one time in four near the end."""
    data = bytearray(file.read_bytes())
    bits = 8 * len(data)
    bit = bits - 1 - places.randrange(min(bits, 8 * FOOTER)) if places.random() < 0.25 else places.randrange(bits)
    data[bit // 8] ^= 1 << bit % 8
    file.write_bytes(data)


def cut(file, places):
    """Leave out the end."""
    data = file.read_bytes()
    file.write_bytes(data[: places.randrange(len(data))])


def zero(file, places):
    """Make a stretch zero, as a lost block does."""
    data = bytearray(file.read_bytes())
    start = places.randrange(len(data))
    length = min(places.choice([16, 512, 4096]), len(data) - start)
    data[start : start + length] = bytes(length)
    file.write_bytes(data)


def stray(file, places):
    """Put a copy beside it under a number that no chunk has."""
    shutil.copy(file, file.with_name(f"{places.randrange(10_000, 99_999)}{file.suffix}"))


def swap(file, places):
    """Put another file of the folder in its place."""
    others = [each for each in files_of(file.parent) if each != file]
    if others:
        shutil.copy(places.choice(others), file)


DAMAGES = {
    "flip": flip,
    "cut": cut,
    "zero": zero,
    "empty": lambda file, _: file.write_bytes(b""),
    "missing": lambda file, _: file.unlink(),
    "stray": stray,
    "swap": swap,
}


def campaign(sounds, root, seconds, count, seed, report=print):
    """Damage copies of sound folders until the time or the count is up; return how many tries were made.

    Raises
    ------
    UnnoticedError
        At the first damage that changes what is read; any error but `StoreError` is raised as it is.
    """
    places, end = random.Random(seed), time.monotonic() + seconds
    report(f"seed {seed}")
    right = [everything_read(sound) for sound in sounds]
    number = 0
    while number < count and (number == 0 or time.monotonic() < end):
        which = places.randrange(len(sounds))
        path = root / f"damaged-{number}"
        shutil.copytree(sounds[which], path)
        file = places.choice(files_of(path))
        # Each kind in its turn, so that a short campaign has them all.
        kind = list(DAMAGES)[number % len(DAMAGES)]
        number += 1
        report(f"{number}: {kind} {file}")
        before = contents(path)
        DAMAGES[kind](file, places)
        changed = contents(path) != before
        for what, read in (
            ("wrong numbers", lambda path=path, which=which: everything_read(path) == right[which]),
            ("not found by verify", lambda path=path, changed=changed: not changed or verified(path)[1] != []),
        ):
            if not told_or_right(read):
                raise UnnoticedError(f"{what}: {kind} of {file}, seed {seed}")
        shutil.rmtree(path)
    return number


def contents(path):
    """Every file with its bytes."""
    return {file: file.read_bytes() for file in files_of(path)}


def sound_folder(path, kind):
    """Make a small run, or a small sweep that keeps everything; return its folder."""
    if kind == "run":
        design = run_design(load_scenario_file("beijing-2010"), "beijing-2010", replications=3, quarters=2)
        requests.run(design, path, 1, NullProgress())
    else:
        keep = {"series": ["agencies"], "tables": ["agencies", "money"]}
        requests.sweep(town(2, 2, 2, keep=keep), path, Context(SerialExecutor(), NullProgress()))
    return path


def main():
    """Read the arguments and run the campaign."""
    parser = argparse.ArgumentParser(description="Damage files of results and read them.")
    parser.add_argument("--seconds", type=float, default=300.0)
    parser.add_argument("--count", type=int, default=sys.maxsize)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="damage-") as folder:
        root = Path(folder)
        tries = []
        try:
            sounds = [sound_folder(root / kind, kind) for kind in ("run", "sweep")]
            tried = campaign(sounds, root, given.seconds, given.count, given.seed, tries.append)
        except UnnoticedError as error:
            sys.exit(f"wrong: {error}")
    print(f"{tried:,} damaged folders (seed {given.seed}): no wrong number and no traceback")


if __name__ == "__main__":
    main()
