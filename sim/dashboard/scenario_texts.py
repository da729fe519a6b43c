"""Scenario texts: which scenarios the page offers, and what the comment at the head of a file says."""

from __future__ import annotations

from pathlib import Path

from sim.dashboard.contained_paths import OutsideError, contained, scenario_files
from sim.scenario.reading.file_search import read_text, shipped

FILE_SIGN = "./"
"""What names of files of the folder begin with, so that they are no shipped names."""


def offered(folder: Path) -> dict[str, str]:
    """Scenarios by the name that a wish takes, each with its title: shipped ones, and files of a folder."""
    found = {each.name: f"{each.name}: {each.title}" for each in shipped()}
    return found | {f"{FILE_SIGN}{name}": f"file {name}" for name in scenario_files(folder)}


def path_of(name: str, folder: Path) -> Path | None:
    """The file of a scenario that the page offers; None for any other."""
    if name.startswith(FILE_SIGN):
        try:
            return contained(folder, name.removeprefix(FILE_SIGN))
        except OutsideError:
            return None
    return next((each.path for each in shipped() if each.name == name), None)


def head_comment(path: Path) -> list[str]:
    """Paragraphs of the comment at the head of a file."""
    text = read_text(path)
    lines: list[str] = []
    for line in text.splitlines() if isinstance(text, str) else ():
        if not line.startswith("#"):
            break
        lines.append(line[1:].strip())
    paragraphs = "\n".join(lines).split("\n\n")
    return [" ".join(paragraph.split()) for paragraph in paragraphs if paragraph.strip()]
