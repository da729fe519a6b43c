"""The manifest: everything needed to know what a results folder holds, and to make it again."""

from __future__ import annotations

import hashlib
import platform
import subprocess
import sys
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.experiment.execute.run_chunk import Failure, replication_seed

if TYPE_CHECKING:
    from sim.scenario import Loaded, Scenario

FORMAT = 1
"""Raised when a reader of older folders would misunderstand newer ones."""

_PACKAGES = ("social-work-sim", "mesa", "numba", "numpy", "pyarrow", "pydantic")


@dataclass(frozen=True)
class Order:
    """What is to be run.

    Attributes
    ----------
    loaded : Loaded
        The checked scenario and where it came from.
    replications : int
        How many runs that differ in their luck.
    seed : int
        Seed of the experiment, from which each replication's follows.
    quarters : int
        Length of each.
    workers : int
        Processes; changes nothing in the results.
    """

    loaded: Loaded[Scenario]
    replications: int
    seed: int
    quarters: int
    workers: int


def opening(order: Order) -> dict[str, Any]:
    """Write down what is to be run and with what; `closing` completes it."""
    scenario = order.loaded.scenario
    return {
        "format": FORMAT,
        "title": scenario.title,
        "status": "running",
        "complete": False,
        "start": str(scenario.start),
        "quarters": order.quarters,
        "replications": order.replications,
        "finished": [],
        "failures": [],
        "seed": order.seed,
        "seeds": [replication_seed(order.seed, i) for i in range(order.replications)],
        "sources": [_source(path) for path in order.loaded.files],
        "command": sys.argv,
        "versions": versions(),
        "git": checkout(),
        "workers": order.workers,
        "started": _now(),
        "ended": None,
        "seconds": None,
        "rows": 0,
        "scenario": resolved(scenario),
    }


def resolved(scenario: Scenario) -> dict[str, Any]:
    """Values that give the same runs again as they are, for the number of quarters that stands beside them.

    Where a file shortened a run, a policy of its base may be under way at the end; the values then have the
    quarters that it needs, because only an extension may cut it off.
    """
    ends = [policy.last - scenario.start + 1 for policy in scenario.policies if policy.last is not None]
    # Without nulls: a file may not hold any.
    values = scenario.model_dump(mode="json", by_alias=True, exclude_none=True)
    return values | {"quarters": max([scenario.quarters, *ends])}


def closing(
    manifest: dict[str, Any], *, status: str, finished: list[int], failures: list[Failure], rows: int
) -> dict[str, Any]:
    """Complete the manifest at the end of a run.

    Parameters
    ----------
    manifest : dict
        As `opening` made it.
    status : str
        ``complete``, ``interrupted`` or ``failed``.
    finished : list of int
        Replications whose rows are on the disk.
    failures : list of Failure
        Replications that raised an error.
    rows : int
        Rows of all tables.
    """
    ended = _now()
    seconds = datetime.fromisoformat(ended) - datetime.fromisoformat(manifest["started"])
    return manifest | {
        "status": status,
        "complete": status == "complete",
        "finished": ranges(finished),
        "failures": [asdict(failure) for failure in failures],
        "ended": ended,
        "seconds": round(seconds.total_seconds(), 3),
        "rows": rows,
    }


def ranges(numbers: list[int]) -> list[list[int]]:
    """First and last of every unbroken stretch.

    >>> ranges([0, 1, 2, 5, 7, 8])
    [[0, 2], [5, 5], [7, 8]]
    """
    out: list[list[int]] = []
    for number in sorted(numbers):
        if out and number == out[-1][1] + 1:
            out[-1][1] = number
        else:
            out.append([number, number])
    return out


def versions() -> dict[str, str]:
    """Versions of Python, of the packages that shape results, and the machine they ran on."""
    found = {"python": platform.python_version(), "machine": f"{platform.system()} {platform.machine()}"}
    for name in _PACKAGES:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            found[name] = "unknown"
    return found


def checkout() -> dict[str, Any] | None:
    """Commit of the source tree, and whether it was modified; None for an installed package."""
    root = Path(__file__).resolve().parents[3]
    if not (root / ".git").exists():
        return None
    commit = _git(root, "rev-parse", "HEAD")
    changes = _git(root, "status", "--porcelain", "--untracked-files=no")
    return {"commit": commit or None, "modified": None if changes is None else bool(changes)}


def _git(root: Path, *arguments: str) -> str | None:
    try:
        done = subprocess.run(
            ["git", "-C", str(root), *arguments], capture_output=True, text=True, timeout=10, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.strip()


def _source(path: Path) -> dict[str, str]:
    return {"path": str(path), "sha256": hashlib.sha256(path.read_bytes()).hexdigest()}


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
