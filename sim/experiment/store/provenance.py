"""Provenance of a folder: scenario, files that were read, versions of packages, commit of the sources, machine."""

from __future__ import annotations

import hashlib
import platform
import subprocess
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sim.scenario import Scenario

_PACKAGES = ("social-work-sim", "mesa", "numba", "numpy", "pyarrow", "pydantic")


def versions() -> dict[str, str]:
    """Versions of Python and of the packages that are used."""
    found = {"python": platform.python_version()}
    for name in _PACKAGES:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            found[name] = "unknown"
    return found


def machine() -> dict[str, str]:
    """Host, system and processor."""
    return {"host": platform.node(), "system": f"{platform.system()} {platform.machine()}", "processor": _processor()}


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor()
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.processor())


def checkout() -> dict[str, Any] | None:
    """Commit of the source tree, and whether it was modified; None for an installed package."""
    root = Path(__file__).resolve().parents[3]
    if not (root / ".git").exists():
        return None
    commit = _git(root, "rev-parse", "HEAD")
    changes = _git(root, "status", "--porcelain", "--untracked-files=no")
    return {"commit": commit or None, "modified": None if changes is None else bool(changes)}


def _git(root: Path, *arguments: str) -> str | None:
    command = ["git", "-C", str(root), *arguments]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=10, check=True)
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.strip()


def now() -> str:
    """The time, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def resolved(scenario: Scenario, quarters: int | None = None) -> dict[str, Any]:
    """Values of a scenario file that gives the same runs again.

    Parameters
    ----------
    scenario : Scenario
        What was run.
    quarters : int, optional
        Length of the runs, where it is not the scenario's own.
    """
    from sim.scenario.full_values import full_values

    return full_values(scenario if quarters is None else scenario.model_copy(update={"quarters": quarters}))


def source_record(path: Path) -> dict[str, str]:
    """Path and SHA-256 of a file that was read; no digest where it is gone."""
    try:
        return {"path": str(path), "sha256": hashlib.sha256(path.read_bytes()).hexdigest()}
    except OSError:
        return {"path": str(path), "sha256": ""}
