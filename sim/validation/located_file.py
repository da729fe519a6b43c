"""Located file: a pattern file as far as it is valid by itself, with the places where its values stand."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from sim.declarations.input_issues import Issue, Problem, ScenarioError
from sim.scenario.reading.extends_chain import read_file
from sim.scenario.reading.file_conventions import Conventions
from sim.scenario.reading.file_loading import load
from sim.scenario.reading.file_search import find, shipped_directory
from sim.scenario.reading.located_values import Node, to_problem
from sim.validation.pattern_file import PatternEntry, PatternFile, WorldFile

Entry = TypeVar("Entry", WorldFile, PatternEntry)
UNUSED = "unused-world"
"""Kind of the remark on a world that nothing looks at."""
_SECTIONS = ("worlds", "patterns")


@dataclass
class LocatedFile:
    """What a pattern file says, entry by entry.

    Attributes
    ----------
    path : Path
        The file.
    tree : Node
        Its values with their places.
    worlds : dict of str to WorldFile or None
        Worlds by name; None for one that is wrong by itself.
    patterns : dict of int to PatternEntry
        Patterns that are right by themselves, by their place in the list.
    problems : list of Problem
        What is wrong with the others.
    """

    path: Path
    tree: Node
    worlds: dict[str, WorldFile | None] = field(default_factory=dict)
    patterns: dict[int, PatternEntry] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def report(self, issue: Issue) -> None:
        """Note what is wrong, with its place in the file."""
        self.problems.append(to_problem(self.tree, issue))

    def unused_worlds(self, unused: Collection[str]) -> list[Problem]:
        """Remarks on worlds of the file that no check looks at."""
        what, allowed = "no check looks at this world", "leave it out, or name it in a check"
        issues = (Issue(("worlds", name), what, allowed, at_key=True, kind=UNUSED) for name in self.worlds)
        return [to_problem(self.tree, issue) for issue in issues if issue.path[1] in unused]


def shipped_patterns() -> Path:
    """The pattern file that comes with the package."""
    return shipped_directory("experiments") / "validation" / "patterns.yaml"


def is_pattern_file(source: str | Path) -> bool:
    """Whether a path, or the name of a shipped file, is that of a pattern file."""
    path = find(str(source), Path(), shipped_patterns().parent)
    node = None if isinstance(path, Problem) else read_file(path)[0]
    return node is not None and isinstance(node.value, dict) and _SECTIONS[1] in node.value


def read_located(source: str | Path) -> LocatedFile:
    """Read a pattern file; what is wrong with it is among its `problems`.

    Parameters
    ----------
    source : str or Path
        The file.
    """
    path = find(str(source), Path(), shipped_patterns().parent)
    read = LocatedFile(Path(source) if isinstance(path, Problem) else path, Node({}))

    def beyond(values: Any, tree: Node) -> Iterator[Problem]:
        read.tree = tree
        _take_valid(read, values)
        return iter(())

    conventions: Conventions[PatternFile] = Conventions(
        directory=shipped_patterns().parent, free=_SECTIONS, beyond=beyond
    )
    try:
        load(source, PatternFile, conventions)
    except ScenarioError as error:
        read.problems += error.problems
    return read


def _take_valid(read: LocatedFile, values: Any) -> None:
    """Take over the entries of a file that are valid by themselves, and the names of the other worlds."""
    worlds, patterns = (values.get(name) if isinstance(values, dict) else None for name in _SECTIONS)
    for name, entry in worlds.items() if isinstance(worlds, dict) else ():
        read.worlds[name] = _valid(WorldFile, entry)
    for n, entry in enumerate(patterns if isinstance(patterns, list) else ()):
        pattern = _valid(PatternEntry, entry)
        if pattern is not None:
            read.patterns[n] = pattern


def _valid(model: type[Entry], values: Any) -> Entry | None:
    try:
        return model.model_validate_json(json.dumps(values))
    except ValidationError:
        return None
