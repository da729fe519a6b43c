"""File loading: from a file, a text or a dictionary to a checked model, with all problems reported together.

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
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError

from sim.declarations.input_issues import Issue, KeyPath, Problem, ScenarioError
from sim.scenario.reading.combined_files import find_parts, lay_over
from sim.scenario.reading.extends_chain import Chain, read_file
from sim.scenario.reading.file_conventions import Conventions
from sim.scenario.reading.file_search import find, say_which
from sim.scenario.reading.layering import Template, apply_templates, merge, settle
from sim.scenario.reading.located_values import Node, from_python, to_problem
from sim.scenario.reading.validation_messages import issues_of
from sim.scenario.reading.yaml_reader import read

M = TypeVar("M", bound=BaseModel)

# Looking for the nearest of thousands of names is slow; more suggestions than these are of no use.
_SEVERAL = (
    "files are combined in 'sim compare' and under 'scenarios' of experiments; a file with 'extends: [A, B]' lays them "
    "over each other"
)
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

    values: dict[str, Any] = field(repr=False)
    scenario: M
    files: list[Path]
    tree: Node = field(repr=False)

    def problem(self, issue: Issue) -> Problem:
        """Give an issue that was found later (by a command, by an experiment) its position in the files."""
        return to_problem(self.tree, issue)


def load(
    source: str | Path,
    model: type[M],
    conventions: Conventions[M] | None = None,
    *,
    beside: Path | None = None,
    over: Node | None = None,
    further: Sequence[Path] = (),
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
    further
        Files that change the same base, laid over it one after the other (`combined_files`).

    Raises
    ------
    ScenarioError
        With all problems of all files.
    """
    conventions = conventions or Conventions()
    found = find(str(source), beside or Path(), conventions.shipped_folder)
    if isinstance(found, Problem):
        if isinstance(find_parts(str(source), beside or Path(), conventions.shipped_folder), list):
            found = replace(found, what="names several files, and one is expected", allowed=_SEVERAL, suggestion=None)
        raise ScenarioError([found])
    say_which(str(source), found, conventions.shipped_folder)
    node, problems = read_file(found)
    if node is None:
        raise ScenarioError(problems)
    chain = Chain(conventions.shipped_folder, problems).follow(node, found)
    if chain.layers:
        for path in further:
            lay_over(chain, path, conventions.added)
    if over is not None and chain.layers:
        chain.layers.append(over)
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
    return _finish(Chain(conventions.shipped_folder, problems).follow(node, None, beside), model, conventions)


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
    return _finish(Chain(conventions.shipped_folder, problems).follow(node, None, beside), model, conventions)


def load_tree(
    node: Node,
    model: type[M],
    conventions: Conventions[M] | None = None,
    *,
    beside: Path | None = None,
    over: Sequence[Node] = (),
) -> Loaded[M]:
    """Load values that stand in a file of another kind; they may extend files, and keep their own places.

    Parameters
    ----------
    node, model, conventions, beside
        As for `load`.
    over
        Values of further files that are laid over them, one after the other; they keep their own places too.

    Raises
    ------
    ScenarioError
        With all problems of all files.
    """
    conventions = conventions or Conventions()
    chain = Chain(conventions.shipped_folder, []).follow(node, None, beside)
    for layer in over:
        chain.follow(layer, None, beside)
    return _finish(chain, model, conventions)


def _finish(chain: Chain, model: type[M], conventions: Conventions[M]) -> Loaded[M]:
    """Merge the layers, check the result, and raise everything that was found."""
    problems = chain.problems
    if not chain.layers:
        raise ScenarioError(problems)
    tree = Node({})
    for layer in chain.layers:
        tree = merge(tree, layer, conventions.added, problems)
    exempt: set[KeyPath] = set()
    if conventions.unreached is not None:
        tree, exempt = conventions.unreached(tree, chain.layers)
    tree = apply_templates(tree, conventions.templates, problems)
    values, nulls, broken = settle(tree, conventions.free)
    problems.extend(nulls)
    scenario, found = _validated(values, model, conventions, chain.complete)
    if conventions.references is not None and chain.complete:
        found.extend(_run(conventions.references, values, valid=not found and not broken))
    whole = chain.complete and not broken
    if scenario is not None and conventions.check is not None and whole:
        found.extend(_run(conventions.check, scenario, valid=not found))
    reported = [issue for issue in found if not _under(issue.path, broken | exempt)]
    guesses = 0
    for issue in reported:
        problems.append(to_problem(tree, issue, guess=guesses < _MOST_GUESSES))
        guesses += issue.value is not None
    if conventions.beyond is not None and chain.complete:
        problems.extend(conventions.beyond(values, tree))
    if problems or scenario is None:
        raise ScenarioError(_sorted(problems, chain.names))
    return Loaded(values, scenario, chain.files, tree)


def _validated(
    values: Any, model: type[M], conventions: Conventions[M], complete: bool
) -> tuple[M | None, list[Issue]]:
    try:
        return model.model_validate_json(json.dumps(values)), []
    except ValidationError as error:
        found = issues_of(error, model, values, conventions.more_keys)
    return None, [f for f in found if complete or f.what != "required, but missing"]


def _run(check: Callable[[Any], Iterable[Issue]], values: Any, *, valid: bool) -> list[Issue]:
    found: list[Issue] = []
    try:
        found.extend(check(values))
    except (TypeError, ValueError, KeyError, IndexError, AttributeError):
        # Checks are written for valid values; on others they may fail, and those values are reported anyway.
        if valid:
            raise
    return found


def _under(path: KeyPath, broken: set[KeyPath]) -> bool:
    return any(path[:length] in broken for length in range(1, len(path) + 1))


def _sorted(problems: Iterable[Problem], names: list[str]) -> list[Problem]:
    """Order problems by file (the user's own first, its bases after it) and by position."""
    rank = {name: i for i, name in enumerate(names)}
    return sorted(problems, key=lambda p: (rank.get(p.file, len(rank)), p.line, p.column))


__all__ = ["Conventions", "Loaded", "ScenarioError", "Template", "from_values", "load", "load_text", "load_tree"]
