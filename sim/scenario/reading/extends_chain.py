"""Extends chain: files that extend each other, from the one asked for down to the bases."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from sim.declarations.input_issues import Problem, shown
from sim.scenario.reading.file_search import find, label, read_text, say_which
from sim.scenario.reading.located_values import BROKEN, Node
from sim.scenario.reading.normal_tree import normalised, odd_indents
from sim.scenario.reading.plain_punctuation import plain, unquoted
from sim.scenario.reading.yaml_reader import read

EXTENDS = "extends"
LONGEST_CHAIN = 20


def read_file(path: Path) -> tuple[Node | None, list[Problem]]:
    """Read one file, with whatever is wrong with its text."""
    text = read_text(path)
    return (None, [text]) if isinstance(text, Problem) else read(text, label(path))


class Chain:
    """The files that extend each other, from the one asked for down to the bases.

    Attributes
    ----------
    layers : list of Node
        What the files say, each file once: what a file extends before it, in the order in which it is named.
    files : list of Path
        The same files.
    names : list of str
        Names in messages, in the order of reading: a user's own file comes first.
    complete : bool
        False when a file is missing: then nothing can be said about missing keys.
    """

    def __init__(self, shipped_folder: Path, problems: list[Problem]) -> None:
        self.shipped_folder = shipped_folder
        self.problems = problems
        self.layers: list[Node] = []
        self.files: list[Path] = []
        self.names: list[str] = []
        self.complete = True

    def follow(self, node: Node, file: Path | None, beside: Path | None = None) -> Chain:
        """Read everything that `node` extends."""
        self.names.append(node.at.file)
        self._add(node, file, (beside or Path()) if file is None else file.parent, () if file is None else (file,))
        return self

    def _add(self, node: Node, file: Path | None, folder: Path, above: tuple[Path, ...]) -> None:
        """Add a file, after what it extends; `above` are the files that lead to it, and itself."""
        if not isinstance(node.value, dict):
            self.complete = False
            self.problems.append(node.problem(f"found {shown(node.value)} where a mapping is expected", _MAPPING))
            return
        if odd := list(odd_indents(node)):
            # The lines below are not where they seem to be: what else is found in the file helps nobody.
            self.complete = False
            self.problems[:] = odd
            return
        node = normalised(node, self.problems)
        items = dict(node.value) if isinstance(node.value, dict) else {}
        for base in self._bases(items.pop(EXTENDS, None)):
            found = self._find(base, folder, above)
            if found is None:
                self.complete = False
            elif found.resolve() not in [path.resolve() for path in self.files]:
                self._read(found, above)
        self.layers.append(replace(node, value=items))
        if file is not None:
            self.files.append(file)

    def _read(self, path: Path, above: tuple[Path, ...]) -> None:
        below, problems = read_file(path)
        self.names.append(label(path))
        self.problems.extend(problems)
        if below is None:
            self.complete = False
        else:
            self._add(below, path, path.parent, (*above, path))

    def _bases(self, named: Node | None) -> list[Node]:
        """Names of the files that a file extends."""
        if named is None:
            return []
        if not isinstance(named.value, list):
            return [named]
        if not named.value:
            self.problems.append(named.problem("found an empty list where names of files are expected", _BASES))
        return named.value

    def _find(self, base: Node, folder: Path, above: tuple[Path, ...]) -> Path | None:
        name = base.value
        if not isinstance(name, str):
            if name is not BROKEN:
                kind = "a list" if isinstance(name, list) else "a mapping" if isinstance(name, dict) else shown(name)
                self.problems.append(base.problem(f"found {kind} where the name of a file is expected", _BASES))
            return None
        found = find(name, folder, self.shipped_folder, itself=above[-1] if above else None)
        if isinstance(found, Problem):
            self.problems.append(self._missing(base, name, folder, found))
            return None
        seen = [path.resolve() for path in above]
        if found.resolve() in seen:
            circle = " -> ".join(label(path) for path in [*above[seen.index(found.resolve()) :], found])
            self.problems.append(base.problem(f"files extend each other in a circle: {circle}", _ENDS))
            return None
        if len(seen) >= LONGEST_CHAIN:
            self.problems.append(base.problem("too many files extend each other", f"at most {LONGEST_CHAIN}"))
            return None
        say_which(name, found, self.shipped_folder)
        return found

    def _missing(self, base: Node, name: str, folder: Path, found: Problem) -> Problem:
        """The problem of a file that is not there; says so where several were meant, or signs of other keyboards."""
        what, allowed, suggestion = f"{shown(name)}: {found.what}", found.allowed, found.suggestion
        parts = [part.strip() for part in re.split("[,+;]", name) if part.strip()]
        if len(parts) > 1 and all(self._is_there(part, folder) for part in parts):
            allowed, suggestion = f"several files are a list: [{', '.join(parts)}]", None
        elif (
            suggestion is None and (better := unquoted(plain(name)).strip()) != name and self._is_there(better, folder)
        ):
            suggestion = better
        return Problem(base.at.file, base.at.line, base.at.column, base.path, what, allowed, suggestion)

    def _is_there(self, name: str, folder: Path) -> bool:
        return isinstance(find(name, folder, self.shipped_folder), Path)


_MAPPING = "expected keys and values, one 'key: value' a line"
_BASES = "expected a path or the name of a shipped file, or a list of them"
_ENDS = "the last file of a chain extends nothing"
