"""Prove that the working tree gives every number that another commit gave, whatever they are called by now.

    make same OLD=3cf4653
    python -m tests.support.same 3cf4653 --only beijing-2010

Every shipped scenario, and those in `scenarios` for what these leave alone, is run with two seeds in both trees,
each in a process of its own, and every column of every table is compared bit for bit.  What was renamed on purpose
is in `tests.support.renamed_columns`.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from types import TracebackType
from typing import Any

import pyarrow as pa

from tests.support.renamed_columns import RENAMED
from tests.support.same_comparison import Difference, compare_run
from tests.support.same_report import Report

ROOT = Path(__file__).resolve().parents[2]
RUNNER = Path(__file__).with_name("same_runner.py")
SEEDS = (1, 2)
QUARTERS = {"national": 8}
"""Scenarios that are run for fewer quarters than they have, by their old names."""


OWN = {path.stem: path for path in sorted(Path(__file__).with_name("scenarios").glob("old/*.yaml"))}
"""Scenarios that are not shipped, as the old tree reads them; `new` has them as the working tree does."""


class TreeError(Exception):
    """A tree that cannot be run at all."""


class Tree:
    """A process that runs scenarios in one tree.

    Parameters
    ----------
    called : str
        What messages call the tree.
    root : Path
        Its folder.
    """

    def __init__(self, called: str, root: Path) -> None:
        environment = os.environ | {"PYTHONPATH": str(root)}
        if "SIM_CACHE_DIR" in environment:
            environment["SIM_CACHE_DIR"] = str(Path(environment["SIM_CACHE_DIR"]).resolve())
        self.called = called
        # -P: the runner's own folder, with the new tree's tests, is no place to import from.
        command = [sys.executable, "-P", str(RUNNER)]
        pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
        self._process = subprocess.Popen(command, cwd=root, env=environment, text=True, **pipes)
        self.scenarios: list[str] = self._answer()["scenarios"]

    def __enter__(self) -> Tree:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let the process end: it does when there are no more jobs."""
        assert self._process.stdin is not None
        if kind is not None:
            self._process.kill()
        self._process.stdin.close()
        self._process.wait()

    def _answer(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise TreeError(f"{self.called} ended with code {self._process.wait()}")
        return json.loads(line)

    def run(self, scenario: str, seed: int, quarters: int | None, folder: Path) -> dict[str, pa.Table]:
        """Tables of one run, which stay on disk until they are read.

        Raises
        ------
        RuntimeError
            With what went wrong in the run.
        """
        folder.mkdir()
        job = {"scenario": scenario, "seed": seed, "quarters": quarters, "folder": str(folder)}
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(job) + "\n")
        self._process.stdin.flush()
        answer = self._answer()
        if "error" in answer:
            raise RuntimeError(f"{self.called} failed:\n{answer['error']}")
        return {name: mapped(folder / f"{name}.arrow") for name in answer["tables"]}


def mapped(path: Path) -> pa.Table:
    """A table on disk, of which only what is looked at is read."""
    return pa.ipc.open_file(pa.memory_map(str(path))).read_all()


def git(*arguments: str) -> bytes:
    """What git answers in this checkout."""
    done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, check=False)
    if done.returncode:
        raise TreeError(done.stderr.decode().strip())
    return done.stdout


def exported(commit: str) -> Path:
    """Folder with the files of a commit.

    Compiled rules are kept by the place and date of their sources, so a commit always has the same place, and is
    compiled once only.
    """
    identity = git("rev-parse", "--verify", f"{commit}^{{commit}}").decode().strip()
    place = Path(tempfile.gettempdir()) / f"social-work-sim-{os.getuid()}-{identity}"
    if not place.exists():
        fresh = Path(tempfile.mkdtemp(prefix=f"{place.name}-"))
        with tarfile.open(fileobj=BytesIO(git("archive", "--format=tar", identity))) as archive:
            archive.extractall(fresh, filter="data")
        fresh.rename(place)
    return place


def compare_scenario(scenario: str, old: Tree, new: Tree, report: Report) -> None:
    """Run one scenario, by its old name, in both trees and report what differs."""
    quarters = QUARTERS.get(scenario)
    here, there = scenario, RENAMED.scenario(scenario)
    if path := OWN.get(scenario):
        here, there = str(path), str(path.parents[1] / "new" / path.name)
    for seed in SEEDS:
        with tempfile.TemporaryDirectory(prefix="same-") as name:
            try:
                before = old.run(here, seed, quarters, Path(name) / "old")
                after = new.run(there, seed, quarters, Path(name) / "new")
            except RuntimeError as problem:
                report.failed(scenario, seed, str(problem))
                continue
            report.run(scenario, seed, before, list(compare_run(before, after, RENAMED)))


def unmatched(old: Tree, new: Tree) -> Iterator[Difference]:
    """Scenarios that only one tree has, though no rename says so."""
    expected = {RENAMED.scenario(name) for name in old.scenarios if name not in RENAMED.removed_scenarios}
    for name in sorted(expected - set(new.scenarios)):
        yield Difference("", name, "missing", "scenario is missing")
    for name in sorted(set(new.scenarios) - expected - RENAMED.added_scenarios):
        yield Difference("", name, "extra", "scenario is not in the old tree")


def compare_trees(old: Tree, new: Tree, only: list[str]) -> Report:
    """Run scenarios in both trees, one after the other, and report what differs."""
    report = Report()
    report.scenarios(list(unmatched(old, new)))
    shared = [name for name in old.scenarios if RENAMED.scenario(name) in new.scenarios]
    for scenario in (*shared, *OWN):
        if not only or scenario in only:
            compare_scenario(scenario, old, new, report)
    return report


def main() -> int:
    """Compare, and say 0 where all is the same."""
    parser = argparse.ArgumentParser(prog="python -m tests.support.same", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("old", help="commit to compare the working tree with")
    parser.add_argument("--only", nargs="+", default=[], metavar="SCENARIO", help="scenarios, by their old names")
    asked = parser.parse_args()
    began = time.monotonic()
    try:
        with Tree(f"old tree ({asked.old})", exported(asked.old)) as old, Tree("working tree", ROOT) as new:
            if unknown := set(asked.only) - {*old.scenarios, *OWN}:
                raise TreeError(f"no such scenario: {', '.join(sorted(unknown))}")
            report = compare_trees(old, new, asked.only)
    except TreeError as problem:
        print(f"same: {problem}", file=sys.stderr)
        return 2
    report.close(asked.old, time.monotonic() - began)
    return 0 if report.is_same else 1


if __name__ == "__main__":
    sys.exit(main())
