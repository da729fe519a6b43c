"""Reproduction: how results were made, with which versions and seeds, which runs failed, and how to cite."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from sim.experiment.results.results import Results
from sim.experiment.store.made_with import origin, other_than_installed
from sim.experiment.store.receipts import Failure
from sim.pages.page_table import Head, PageTable, cut, numbers
from sim.report.quantity_words import counted
from sim.report.report_sources import span_words

MOST_FAILURES = 50
CITATION = "CITATION.cff"


@dataclass(frozen=True)
class Reproduction:
    """How the results of a folder can be made again.

    Attributes
    ----------
    folder, title : str
        Its name and title.
    commands : list of str
        Commands that made it, without the folder of the program.
    facts, files : PageTable
        Versions, seeds and counts; scenario files with their digests.
    caution : str
        Where it was made by other rules than those that are installed; else empty.
    """

    folder: str
    title: str
    commands: list[str]
    facts: PageTable
    files: PageTable
    caution: str


def reproductions(folders: Sequence[Results]) -> list[Reproduction]:
    """How the results of folders can be made again."""
    return [_one(folder, n) for n, folder in enumerate(folders, 1)]


def _one(folder: Results, n: int) -> Reproduction:
    manifest, progress = folder.manifest, folder.progress()
    versions = dict(manifest.get("versions") or {})
    packages = ", ".join(f"{name} {version}" for name, version in versions.items() if name != "social-work-sim")
    bases = manifest["design"]["bases"]
    counts = f"{progress.done:,} of {progress.runs:,} done, {progress.failed:,} failed, {progress.open:,} to be done"
    rows = [
        ["Made by", origin(manifest)],
        ["Python and packages", packages],
        ["Random seed", str(manifest["seed"])],
        ["Runs", counts],
        ["Length of runs", " or ".join(dict.fromkeys(span_words(folder, base["values"]) for base in bases))],
        ["Begun and ended", f"{manifest.get('started') or '–'} to {manifest.get('ended') or '–'}"],
        ["Digest of the manifest (sha256)", str(manifest.get("sha256", "–"))],
    ]
    sources = [[Path(each["path"]).name, str(each["sha256"])] for each in manifest.get("sources", [])]
    commands = [_command(each["command"]) for each in manifest.get("commands", []) if each["command"]]
    heads, files = [Head("What"), Head("")], [Head("File"), Head("sha256")]
    return Reproduction(
        str(folder.path),
        folder.title,
        list(dict.fromkeys(commands)),
        PageTable(f"made-with-{n}", "Versions, seeds and runs", heads, rows),
        PageTable(f"files-{n}", "Files that were read", files, sources),
        other_than_installed(manifest),
    )


def _command(words: Sequence[Any]) -> str:
    """A command as it is written; the path of the program says nothing to others."""
    program = Path(str(words[0])).name
    begin = ["python", "-m", "sim"] if program == "__main__.py" else [program]
    return shlex.join([*begin, *map(str, words[1:])])


def failure_table(folders: Sequence[Results]) -> PageTable | None:
    """Runs that failed and have not succeeded since, with the command that runs each of them once more."""
    found = [(folder, failure) for folder in folders for failure in folder.open_failures()]
    if not found:
        return None
    rows = [[_which(failure), str(failure.seed), failure.error, _replay(folder, failure)] for folder, failure in found]
    shown, left_out = cut(rows, MOST_FAILURES)
    notes = (f"{left_out:,} further failed runs are left out here; 'sim results FOLDER --failures' lists all.",) * bool(
        left_out
    )
    heads = [Head("Run"), *numbers("Seed"), Head("What happened"), Head("How to see it again")]
    return PageTable("failures", f"{counted(len(found), 'run')} failed", heads, shown, notes)


def _which(failure: Failure) -> str:
    where = failure.words().removesuffix(f": {failure.error}")
    return f"{failure.scenario}, {where}" if failure.scenario else where


def _replay(folder: Results, failure: Failure) -> str:
    point = ["--point", str(failure.point)] if failure.point else []
    return shlex.join(["sim", "replay", str(folder.path), *point, "--replication", str(failure.replication)])


def unfinished_words(folders: Sequence[Results]) -> list[str]:
    """What is still to be done or failed, a sentence for each folder that is not complete."""
    found = []
    for folder in folders:
        progress = folder.progress()
        if progress.open:
            found.append(
                f"{folder.path} is not finished: {progress.done:,} of {counted(progress.runs, 'run')} are done and "
                f"{progress.open:,} are still to come, which may change every number here."
            )
        if progress.failed:
            verb = "run failed and is" if progress.failed == 1 else "runs failed and are"
            found.append(
                f"{folder.path}: {progress.failed:,} {verb} left out of every number; where what failed is not chance, "
                "that may bias them."
            )
    return found


def citation(folders: Sequence[Results]) -> tuple[str, str]:
    """How to cite the program and version that made the results: a sentence, and BibTeX."""
    file = _citation_file()
    found: dict[str, Any] = yaml.safe_load(file.read_text(encoding="utf-8")) if file else {}
    title = str(found.get("title", "Social work sector simulator"))
    authors = "; ".join(_author(each) for each in found.get("authors", [])) or "The social-work-sim developers"
    made = " and ".join(dict.fromkeys(origin(folder.manifest).removeprefix("social-work-sim ") for folder in folders))
    year = max((str(folder.manifest.get("started") or "")[:4] for folder in folders), default="")
    sentence = f"{authors} ({year}). {title} (social-work-sim, version {made}) [Computer software]."
    entry = {"author": f"{{{authors}}}", "title": f"{{{title}}}", "version": made, "year": year}
    lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in entry.items())
    return sentence, f"@software{{social-work-sim,\n{lines}\n}}"


def _author(values: dict[str, Any]) -> str:
    names = [values.get("name"), values.get("family-names"), values.get("given-names")]
    return ", ".join(str(name) for name in names if name)


def _citation_file() -> Path | None:
    """The file that says how to cite: beside the package in a checkout, inside it in a wheel."""
    package = Path(__file__).resolve().parents[1]
    return next((path for path in (package / "_shipped" / CITATION, package.parent / CITATION) if path.is_file()), None)
