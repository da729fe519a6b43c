"""Figure facts: where the numbers of a figure come from, for the file of the figure itself."""

from __future__ import annotations

import hashlib
import json
import shlex
from pathlib import Path
from typing import Any

from sim.experiment.results.figure_data.figure_options import FigureOptions
from sim.experiment.results.result_arrays import ResultArrays

_MOST_NAMED = 20


def figure_facts(
    results: ResultArrays, kind: str, options: FigureOptions, title: str, command: str = ""
) -> dict[str, Any]:
    """Kind, scenario, seeds, versions and commands behind a figure.

    Parameters
    ----------
    results : ResultArrays
        The folder that the figure is made of.
    kind : str
        Its kind.
    options : FigureOptions
        What was asked of it.
    title : str
        Its heading.
    command : str
        What made the figure: a command line or a call in Python.

    Returns
    -------
    dict
        Facts for `sim.plots.figure_source`; lists are cut after twenty entries, and say so.
    """
    manifest, progress = results.manifest, results.progress()
    git = manifest.get("git") or {}
    return {
        "figure": kind,
        "title": title,
        "options": {name: _plain(value) for name, value in options.given().items()},
        "made_by": command,
        "results": results.path.resolve().name,
        "results_title": results.title,
        "results_made_by": [_command(each["command"]) for each in manifest.get("commands", [])][-3:],
        "scenarios": _cut(sorted({str(name) for name in results.points["scenario"].to_pylist()})),
        "scenario_files": _cut([_file(each) for each in manifest.get("sources", [])]),
        "runs_asked": progress.runs,
        "runs_done": progress.done,
        "runs_failed": progress.failed,
        "seed": manifest.get("seed", ""),
        "rules_sha256": _digest((manifest.get("identity") or {}).get("code")),
        "versions": dict(manifest.get("versions") or {}),
        "commit": (git.get("commit") or "") + (" with changes" if git.get("modified") else ""),
        "computed": manifest.get("ended") or manifest.get("started") or "",
    }


def lasting_facts(facts: dict[str, Any]) -> dict[str, Any]:
    """Facts that are the same whenever and wherever the same results are computed, for pictures that lie beside them.

    Folder, commands, time and commit are in the manifest beside them.
    """
    passing = ("results", "results_made_by", "computed", "commit")
    return {name: value for name, value in facts.items() if name not in passing}


def _command(words: list[Any]) -> str:
    """A command as it is written, without the folder of the program: figures are sent to others."""
    return shlex.join([Path(str(words[0])).name, *map(str, words[1:])]) if words else ""


def _file(source: dict[str, Any]) -> str:
    return f"{Path(source['path']).name} (sha256 {source['sha256'][:16]})"


def _digest(sources: dict[str, str] | None) -> str:
    """One digest of the sources of the rules; empty where they are not noted."""
    return hashlib.sha256(json.dumps(sources, sort_keys=True).encode()).hexdigest()[:16] if sources else ""


def _cut(names: list[str]) -> list[str]:
    more = len(names) - _MOST_NAMED
    return names if more <= 0 else [*names[:_MOST_NAMED], f"and {more} more"]


def _plain(value: object) -> Any:
    return list(value) if isinstance(value, tuple) else value
