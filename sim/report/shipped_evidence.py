"""Shipped evidence: checks of a validation run that come with the package, marked with the version that they are of.

``python -m sim.report.shipped_evidence results/validation`` writes them anew from the folder of ``sim validate``.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from sim.experiment.store.atomic_files import StoreError, WrongInputError, write_file
from sim.experiment.store.made_with import origin
from sim.experiment.store.results_folder import ResultsFolder
from sim.validation.pattern_results import COLUMNS
from sim.validation.validation_files import PATTERNS

FILE = Path(__file__).parent / "evidence.json"
_RULES = ("declarations/", "engine/", "model/", "scenario/parameters/")
"""Sources that decide what patterns find."""


@dataclass(frozen=True)
class Evidence:
    """Checks of patterns, and by which rules they were made.

    Attributes
    ----------
    checks : tuple of mapping
        A row each, as in `sim.validation.pattern_results.COLUMNS`.
    origin : str
        Version and commit.
    made : str
        Day.
    rules : str
        Digest of the sources of the rules (`rules_digest`).
    """

    checks: tuple[Mapping[str, Any], ...]
    origin: str
    made: str
    rules: str


def rules_digest(manifest: Mapping[str, Any]) -> str:
    """Digest of the rules that made a folder; empty where its manifest does not name them."""
    code = (manifest.get("identity") or {}).get("code") or {}
    rules = {name: digest for name, digest in sorted(code.items()) if name.startswith(_RULES)}
    return hashlib.sha256(json.dumps(rules).encode()).hexdigest()[:16] if rules else ""


@cache
def shipped() -> Evidence:
    """The evidence that comes with the package."""
    found = json.loads(FILE.read_text(encoding="utf-8"))
    return Evidence(tuple(found["checks"]), found["origin"], found["made"], found["rules"])


def read_evidence(folder: Path) -> Evidence:
    """Read what `sim validate` left in a folder.

    Raises
    ------
    WrongInputError
        If it holds no validation, worlds were changed, or its worlds were not all run by the same rules.
    StoreError
        If a file is damaged.
    """
    path = folder / PATTERNS
    if not path.is_file():
        raise WrongInputError(f"{folder} holds no {PATTERNS}; 'sim validate --out {folder}' makes it")
    checks = _rows(path)
    if any(check["changes"] for check in checks):
        raise WrongInputError(f"{folder} is of worlds with changes, so it says nothing of the rules as they are")
    last, rules = _rules_of(folder, path, len({check[key] for check in checks for key in ("world", "versus")} - {""}))
    return Evidence(tuple(checks), origin(last), str(last.get("ended") or "")[:10], rules)


def _rows(path: Path) -> list[dict[str, Any]]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        rows: list[dict[str, Any]] = pq.read_table(path).to_pylist()
    except (OSError, pa.ArrowException) as error:
        raise StoreError(f"cannot read {path}: {error}") from error
    if rows and not {*COLUMNS} <= {*rows[0]}:
        raise WrongInputError(f"{path} is of another version; 'sim validate' writes it anew")
    return rows


def _rules_of(folder: Path, path: Path, worlds: int) -> tuple[dict[str, Any], str]:
    """Manifest of the world that was run last before the table was written, and the rules of it and all others.

    Raises
    ------
    WrongInputError
        If so many worlds were not run by these rules.
    """
    files = [world / "manifest.json" for world in sorted(folder.iterdir())]
    before = [file.parent for file in files if file.is_file() and file.stat().st_mtime <= path.stat().st_mtime]
    found = [ResultsFolder(world).read_manifest() for world in before]
    last = max(found, key=lambda each: str(each.get("ended") or ""), default={})
    rules = rules_digest(last)
    if not rules or sum(rules_digest(each) == rules for each in found) < worlds:
        raise WrongInputError(
            f"the worlds in {folder} were not all run by the same rules; 'sim validate' runs them anew"
        )
    return last, rules


def write_shipped(folder: Path, target: Path = FILE) -> None:
    """Write the evidence that ships with the package from the folder of a validation.

    Raises
    ------
    WrongInputError, StoreError
        As `read_evidence`, or if the file cannot be written.
    """
    found = read_evidence(folder)
    values = {"origin": found.origin, "made": found.made, "rules": found.rules, "checks": list(found.checks)}
    text = json.dumps(values, ensure_ascii=False, indent=1)
    write_file(target, f"{text}\n".encode())


if __name__ == "__main__":
    write_shipped(Path(sys.argv[1]))
