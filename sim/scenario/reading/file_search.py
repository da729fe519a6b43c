"""File search: beside the file that names an input file, or among those shipped with the package."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path
from typing import NamedTuple

from sim.declarations.input_issues import Problem, listed, suggest
from sim.scenario.reading.file_encoding import decoded
from sim.scenario.reading.text_forms import name_fault, normal_text
from sim.scenario.reading.yaml_reader import first_value

# Ten thousand agencies in full are about 5 MB; a larger file is likely the wrong one.
MOST_BYTES = 10_000_000
_ENDINGS = ("", ".yaml", ".yml")


class Shipped(NamedTuple):
    """A file that comes with the package."""

    name: str
    path: Path
    title: str


def shipped_directory(kind: str = "scenarios") -> Path:
    """Return the folder of shipped files (``scenarios`` or ``experiments``).

    A wheel carries it inside the package, a checkout beside it. The plain path is used rather than
    `importlib.resources`: the package is never run from a zip file, and start-up stays short.
    """
    package = Path(__file__).resolve().parents[2]
    installed = package / "_shipped" / kind
    return installed if installed.is_dir() else package.parent / kind


def shipped(kind: str = "scenarios", directory: Path | None = None) -> list[Shipped]:
    """List the shipped files by name, with the title each gives itself ("" when it has none)."""
    folder = shipped_directory(kind) if directory is None else directory
    out = []
    for path in _yaml_files(folder):
        text = read_text(path)
        out.append(Shipped(path.stem, path, first_value(text, "title") if isinstance(text, str) else ""))
    return out


def _yaml_files(folder: Path) -> list[Path]:
    try:
        return sorted(p for p in folder.iterdir() if p.suffix in _ENDINGS[1:] and p.is_file())
    except OSError:
        return []


def name_of(path: Path) -> str | Problem:
    """The name of a file in tables and titles, without its ending; a problem where it is unfit for them."""
    name = normal_text(path.stem)
    fault = name_fault(name)
    if fault is None:
        return name
    what = f"the name of the file {fault[0]}"
    return Problem(label(path), 0, 0, (), what, f"{fault[1]}; rename the file")


def label(path: Path) -> str:
    """Return the path as messages show it: short where it lies under the working directory."""
    try:
        return str(path.relative_to(Path.cwd()))
    except ValueError:
        return os.path.normpath(path)


def find(name: str, beside: Path, directory: Path, *, itself: Path | None = None) -> Path | Problem:
    """Find the file that `name` means.

    Parameters
    ----------
    name
        A path, with or without its ending, relative to `beside`; or the name of a file in `directory`.
    beside
        The folder of the file that names it, or the working directory.
    directory
        The folder of shipped files.
    itself
        The file that names it. It cannot mean itself while a shipped file has the same name: that is how a
        user's ``base.yaml`` can extend the shipped ``base``.

    Returns
    -------
    Path or Problem
        The problem has no position; its words fit a name from the command line and one in a file.
    """
    near = [path for path in (_entry(beside / (name + ending)) for ending in _ENDINGS) if name and _is_file(path)]
    far = [path for path in _yaml_files(directory) if name in (path.stem, path.name)]
    others = [path for path in near + far if itself is None or not _same(path, itself)]
    if others or near:
        return (others or near)[0]
    path = beside / name
    if name and _exists(path):
        what = "is a directory" if path.is_dir() else "is not a regular file"
        return Problem(label(path), 0, 0, (), what, "expected a YAML file")
    if name and (link := _broken_link(path)):
        return Problem(label(path), 0, 0, (), link, "expected a YAML file")
    names = [path.stem for path in _yaml_files(directory)]
    known = f"expected a path or one of the shipped files: {listed(names)}" if names else "expected a path"
    return Problem(name, 0, 0, (), "no such file", known, suggest(name, names))


_said: set[tuple[str, Path]] = set()


def say_which(name: str, found: Path, directory: Path) -> None:
    """Say once on the standard error that a file was taken which hides the shipped one of its name."""
    hidden = [path for path in _yaml_files(directory) if name in (path.stem, path.name) and not _same(path, found)]
    if hidden and not _same(found.parent, directory) and (name, found) not in _said:
        _said.add((name, found))
        sys.stderr.write(f"sim: '{name}' is the file {label(found)}, which hides the shipped one of that name\n")


def _entry(path: Path) -> Path:
    """The path, or that of the file whose name is the same in another coding of its accents, as macOS makes them."""
    if path.name.isascii() or _exists(path):
        return path
    try:
        names = os.listdir(path.parent)
    except (OSError, ValueError):
        return path
    wanted = normal_text(path.name)
    return next((path.with_name(name) for name in sorted(names) if normal_text(name) == wanted), path)


def _is_file(path: Path) -> bool:
    # A name can be too long or hold a null character; then it is no file's name.
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def _broken_link(path: Path) -> str:
    """What a link that leads to no file leads to; the empty text for anything else."""
    for each in (path.with_name(path.name + ending) if path.name else path for ending in _ENDINGS):
        with contextlib.suppress(OSError, ValueError):
            if each.is_symlink():
                return f"is a link to {os.readlink(each)}, which does not exist"
    return ""


def _same(a: Path, b: Path) -> bool:
    return a.resolve() == b.resolve()


def read_text(path: Path) -> str | Problem:
    """Read a file as UTF-8, or say why it cannot be read."""
    name = label(path)
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        return Problem(name, 0, 0, (), f"cannot be read: {(error.strerror or str(error)).lower()}")
    except ValueError:
        return Problem(name, 0, 0, (), "cannot be read: its name holds a null character")
    if len(data) > MOST_BYTES:
        return Problem(name, 0, 0, (), "is too large", f"expected at most {MOST_BYTES // 1_000_000} MB")
    return decoded(data, name)
