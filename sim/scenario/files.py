"""From a file, a text or a dictionary to a checked model, with every problem told at once.

>>> from pydantic import BaseModel, ConfigDict
>>> class Town(BaseModel):
...     model_config = ConfigDict(extra="forbid", strict=True)
...     agencies: int
>>> load_text("agencies: 12", Town).scenario
Town(agencies=12)
>>> try:
...     load_text("agencees: twelve", Town)
... except ScenarioError as error:
...     print(error)
<text>:1:1 agencies: required, but missing; expected a whole number
<text>:1:1 agencees: unknown key; known here: 'agencies'; did you mean 'agencies'?

Values are validated as JSON, in pydantic's strict mode: that is exactly YAML's view of types. A whole number
may stand for a float, a list for a tuple, a word for an enumeration; the text "3" is no number and true is
not 1.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError

from sim.scenario.catalogue import find, label, read_text
from sim.scenario.conventions import EXTENDS, Conventions, ValueCheck
from sim.scenario.layers import Template, apply_templates, merge, settle
from sim.scenario.messages import findings
from sim.scenario.problems import Finding, KeyPath, Problem, ScenarioError, shown
from sim.scenario.tree import BROKEN, Node, from_python, to_problem
from sim.scenario.yaml12 import read

M = TypeVar("M", bound=BaseModel)

LONGEST_CHAIN = 20
# Looking for the nearest of thousands of names is slow; nobody reads more suggestions than these.
_MOST_GUESSES = 100


@dataclass(frozen=True)
class Loaded(Generic[M]):
    """A checked input.

    Attributes
    ----------
    values
        Merged plain values, without ``extends`` and templates.
    scenario
        The validated model.
    files
        The files read, base first; empty for values from Python.
    tree
        The merged tree, which knows positions.
    """

    values: dict[str, Any]
    scenario: M
    files: list[Path]
    tree: Node = field(repr=False)

    def problem(self, finding: Finding) -> Problem:
        """Give a later finding (of the command line, of an experiment) its position in the files."""
        return to_problem(self.tree, finding)


def load(
    source: str | Path,
    model: type[M],
    conventions: Conventions[M] | None = None,
    *,
    beside: Path | None = None,
    over: Node | None = None,
) -> Loaded[M]:
    """Load a file, or a shipped file by its name, with everything it extends.

    Parameters
    ----------
    source
        Path or name.
    model, conventions
        What it may say.
    beside
        Folder that a path is relative to; by default the working directory.
    over
        Values of another file that are laid over it, as if they extended it; they keep their own places.

    Raises
    ------
    ScenarioError
        With all problems of all files.
    """
    conventions = conventions or Conventions()
    found = find(str(source), beside or Path(), conventions.shelf)
    if isinstance(found, Problem):
        raise ScenarioError([found])
    node, problems = _read_file(found)
    if node is None:
        raise ScenarioError(problems)
    chain = _Chain(conventions.shelf, problems).follow(node, found)
    if over is not None:
        chain.layers.insert(0, over)
        chain.names.insert(0, over.at.file)
    return _finish(chain, model, conventions)


def load_text(
    text: str,
    model: type[M],
    conventions: Conventions[M] | None = None,
    *,
    name: str = "<text>",
    beside: Path | None = None,
) -> Loaded[M]:
    """Load YAML from a string. Paths in ``extends`` are relative to `beside` (the working directory)."""
    conventions = conventions or Conventions()
    node, problems = read(text, name)
    if node is None:
        raise ScenarioError(problems)
    return _finish(_Chain(conventions.shelf, problems).follow(node, None, beside), model, conventions)


def from_values(
    values: Mapping[str, Any],
    model: type[M],
    conventions: Conventions[M] | None = None,
    *,
    beside: Path | None = None,
) -> Loaded[M]:
    """Load values written in Python. They may extend files; their own problems show the key path only."""
    conventions = conventions or Conventions()
    node, problems = from_python(values)
    return _finish(_Chain(conventions.shelf, problems).follow(node, None, beside), model, conventions)


def _read_file(path: Path) -> tuple[Node | None, list[Problem]]:
    text = read_text(path)
    return (None, [text]) if isinstance(text, Problem) else read(text, label(path))


class _Chain:
    """The files that extend each other, from the one asked for down to the base."""

    def __init__(self, shelf: Path, problems: list[Problem]) -> None:
        self.shelf = shelf
        self.problems = problems
        self.layers: list[Node] = []
        self.files: list[Path] = []
        # Names in messages, in the order of reading: a user's own file comes first.
        self.names: list[str] = []
        # False when a file of the chain is missing: then nothing can be said about missing keys.
        self.complete = True

    def follow(self, node: Node, file: Path | None, beside: Path | None = None) -> _Chain:
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
        items = dict(node.value)
        base = items.pop(EXTENDS, None)
        self.layers.append(replace(node, value=items))
        if base is None:
            return None, None
        folder = file.parent if file is not None else beside or Path()
        found = self._find(base, folder, file)
        if found is None:
            self.complete = False
            return None, None
        below, problems = _read_file(found)
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
        found = find(name, folder, self.shelf, itself=file)
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


def _finish(chain: _Chain, model: type[M], conventions: Conventions[M]) -> Loaded[M]:
    """Merge the layers, check the result, and raise everything that was found."""
    problems = chain.problems
    if not chain.layers:
        raise ScenarioError(problems)
    tree = chain.layers[-1]
    for layer in reversed(chain.layers[:-1]):
        tree = merge(tree, layer, conventions.added)
    tree = apply_templates(tree, conventions.templates, problems)
    values, nulls, broken = settle(tree, conventions.free)
    problems.extend(nulls)
    scenario, found = _validated(values, model, conventions, chain.complete)
    if conventions.references is not None and chain.complete:
        found.extend(_run(conventions.references, values, sound=not found and not broken))
    whole = chain.complete and not broken
    if scenario is not None and conventions.check is not None and whole:
        found.extend(conventions.check(scenario))
    told = [finding for finding in found if not _under(finding.path, broken)]
    guesses = 0
    for finding in told:
        problems.append(to_problem(tree, finding, guess=guesses < _MOST_GUESSES))
        guesses += finding.value is not None
    if conventions.beyond is not None and chain.complete:
        problems.extend(conventions.beyond(values, tree))
    if problems or scenario is None:
        raise ScenarioError(_sorted(problems, chain.names))
    return Loaded(values, scenario, chain.files[::-1], tree)


def _validated(
    values: Any, model: type[M], conventions: Conventions[M], complete: bool
) -> tuple[M | None, list[Finding]]:
    try:
        return model.model_validate_json(json.dumps(values)), []
    except ValidationError as error:
        found = findings(error, model, values, conventions.more_keys)
    return None, [f for f in found if complete or f.what != "required, but missing"]


def _run(check: ValueCheck, values: Any, *, sound: bool) -> list[Finding]:
    found: list[Finding] = []
    try:
        found.extend(check(values))
    except (TypeError, ValueError, KeyError, IndexError, AttributeError):
        # Checks are written for sound values; on others they may stumble, and those are reported anyway.
        if sound:
            raise
    return found


def _under(path: KeyPath, broken: set[KeyPath]) -> bool:
    return any(path[:length] in broken for length in range(1, len(path) + 1))


def _sorted(problems: Iterable[Problem], names: list[str]) -> list[Problem]:
    """Order problems by file (the user's own first, its bases after it) and by position."""
    rank = {name: i for i, name in enumerate(names)}
    return sorted(problems, key=lambda p: (rank.get(p.file, len(rank)), p.line, p.column))


__all__ = ["Conventions", "Loaded", "ScenarioError", "Template", "from_values", "load", "load_text"]
