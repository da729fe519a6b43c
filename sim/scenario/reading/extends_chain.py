"""Extends chain: files that extend each other, from the one asked for down to the base."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from sim.declarations.input_issues import Problem, shown
from sim.scenario.reading.file_search import find, label, read_text
from sim.scenario.reading.located_values import BROKEN, Node
from sim.scenario.reading.normal_tree import normalised, odd_indents
from sim.scenario.reading.yaml_reader import read

EXTENDS = "extends"
LONGEST_CHAIN = 20


def read_file(path: Path) -> tuple[Node | None, list[Problem]]:
    """Read one file, with whatever is wrong with its text."""
    text = read_text(path)
    return (None, [text]) if isinstance(text, Problem) else read(text, label(path))


class Chain:
    """The chain of `extends`: files that extend each other, from the one asked for down to the base."""

    def __init__(self, shipped_folder: Path, problems: list[Problem]) -> None:
        self.shipped_folder = shipped_folder
        self.problems = problems
        self.layers: list[Node] = []
        self.files: list[Path] = []
        # Names in messages, in the order of reading: a user's own file comes first.
        self.names: list[str] = []
        # False when a file of the chain is missing: then nothing can be said about missing keys.
        self.complete = True

    def follow(self, node: Node, file: Path | None, beside: Path | None = None) -> Chain:
        """Read everything that `node` extends."""
        current: Node | None = node
        self.names.append(node.at.file)
        while current is not None:
            if file is not None:
                self.files.append(file)
            current, file = self._next(current, file, beside)
        return self

    def _next(self, node: Node, file: Path | None, beside: Path | None) -> tuple[Node | None, Path | None]:
        if not isinstance(node.value, dict):
            self.complete = False
            self.problems.append(node.problem(f"found {shown(node.value)} where a mapping is expected", _MAPPING))
            return None, None
        if odd := list(odd_indents(node)):
            # The lines below are not where they seem to be: what else is found in the file helps nobody.
            self.problems[:] = odd
            self.layers.clear()
            return None, None
        node = normalised(node, self.problems)
        items = dict(node.value) if isinstance(node.value, dict) else {}
        base = items.pop(EXTENDS, None)
        self.layers.append(replace(node, value=items))
        if base is None:
            return None, None
        folder = file.parent if file is not None else beside or Path()
        found = self._find(base, folder, file)
        if found is None:
            self.complete = False
            return None, None
        below, problems = read_file(found)
        self.names.append(label(found))
        self.problems.extend(problems)
        self.complete = self.complete and below is not None
        return below, found

    def _find(self, base: Node, folder: Path, file: Path | None) -> Path | None:
        name = base.value
        if not isinstance(name, str):
            if name is not BROKEN:
                kind = "a list" if isinstance(name, list) else shown(name)
                self.problems.append(base.problem(f"found {kind} where the name of a file is expected", _ONE_BASE))
            return None
        found = find(name, folder, self.shipped_folder, itself=file)
        if isinstance(found, Problem):
            what = f"{shown(name)}: {found.what}"
            problem = Problem(base.at.file, base.at.line, base.at.column, base.path, what, found.allowed)
            self.problems.append(replace(problem, suggestion=found.suggestion))
            return None
        seen = [path.resolve() for path in self.files]
        if found.resolve() in seen:
            circle = " -> ".join(label(path) for path in [*self.files[seen.index(found.resolve()) :], found])
            self.problems.append(base.problem(f"files extend each other in a circle: {circle}", _ENDS))
            return None
        if len(seen) >= LONGEST_CHAIN:
            self.problems.append(base.problem("too many files extend each other", f"at most {LONGEST_CHAIN}"))
            return None
        return found


_MAPPING = "expected keys and values, one 'key: value' a line"
_ONE_BASE = "expected one path or the name of a shipped file"
_ENDS = "the last file of a chain extends nothing"
