"""Contained paths: what a chooser of the page offers and takes lies below one folder, links resolved."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from sim.experiment.store.results_folder import MANIFEST

MOST_OFFERED = 300
_DEEPEST = 3


class OutsideError(ValueError):
    """A path leads out of the folder that it must stay in, or nowhere."""


def contained(root: Path, name: str) -> Path:
    """The path below a folder that a name means.

    Parameters
    ----------
    root : Path
        The folder.
    name : str
        Relative to it.

    Raises
    ------
    OutsideError
        If it is not below the folder once all links are resolved, or does not exist.
    """
    try:
        home = root.resolve(strict=True)
        found = (home / name).resolve(strict=True)
    except (OSError, ValueError, RuntimeError):
        raise OutsideError(f"there is no '{name}' below {root}") from None
    if found != home and home not in found.parents:
        raise OutsideError(f"'{name}' is not below {root}")
    return found


def results_folders(root: Path) -> list[str]:
    """Names, relative to the root, of the folders of results below it; those that links lead out of it to are left out.

    A folder inside the results of another is part of these.
    """
    with contextlib.suppress(OSError):
        home = root.resolve(strict=True)
        found = sorted(str(path.relative_to(home)) for path in _walk(home, home, 0))
        return found[:MOST_OFFERED]
    return []


def _walk(home: Path, folder: Path, depth: int) -> Iterator[Path]:
    if (folder / MANIFEST).is_file():
        yield folder
        return
    if depth == _DEEPEST:
        return
    for below in sorted(folder.iterdir()):
        with contextlib.suppress(OSError, OutsideError):
            if below.is_dir() and contained(home, str(below.relative_to(home))) == below:
                yield from _walk(home, below, depth + 1)


def scenario_files(folder: Path) -> list[str]:
    """Names of the YAML files in a folder that are not hidden, for the choice of scenarios."""
    with contextlib.suppress(OSError):
        found = [path for path in sorted(folder.iterdir()) if path.suffix in (".yaml", ".yml") and path.is_file()]
        return [path.name for path in found if not path.name.startswith(".")][:MOST_OFFERED]
    return []
