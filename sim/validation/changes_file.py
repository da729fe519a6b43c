"""Changes file: a layer in the language of scenarios, laid over every world of patterns, after its own changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from sim.declarations.input_issues import Problem, ScenarioError, listed, shown, suggest
from sim.scenario.reading.extends_chain import EXTENDS, read_file
from sim.scenario.reading.file_search import find, label
from sim.scenario.reading.located_values import Node, to_problem
from sim.validation.located_file import LocatedFile
from sim.validation.pattern_checks import wrong_check
from sim.validation.pattern_file import PatternEntry
from sim.validation.statistic_type import Statistic
from sim.validation.world_loading import World, load_world

_MAPPING = "expected keys of scenarios, such as 'rules: {delivery: {diversion: 0}}'"


@dataclass(frozen=True)
class Changes:
    """A layer that is laid over worlds.

    Attributes
    ----------
    label : str
        What tables call it: the file, or the name of a rule that it switches off.
    node : Node
        Its values with their places.
    """

    label: str
    node: Node = field(repr=False)


def read_changes(sources: Sequence[str | Path]) -> tuple[Changes, ...]:
    """Read files of changes; what they say is checked when it is laid over a world.

    Parameters
    ----------
    sources : sequence of str or Path
        Files, with or without their ending.

    Raises
    ------
    ScenarioError
        With every file that is missing, unreadable, empty, given twice or no layer.
    """
    layers: dict[Path, Changes] = {}
    problems: list[Problem] = []
    for source in sources:
        path = _found(str(source))
        if isinstance(path, Problem):
            problems.append(path)
            continue
        if path.resolve() in layers:
            problems.append(Problem(label(path), 0, 0, (), "is given twice", "give each file of changes once"))
            continue
        node, wrong = read_file(path)
        problems += wrong
        if node is not None:
            problems += no_layer(node)
            layers[path.resolve()] = Changes(label(path), node)
    if problems:
        raise ScenarioError(problems)
    return tuple(layers.values())


def _found(name: str) -> Path | Problem:
    """The file that is meant; nothing is shipped, so the nearest name is one beside."""
    path = find(name, Path(), Path())
    if isinstance(path, Problem) and path.what == "no such file":
        beside = [str(each) for each in sorted(Path(name).parent.glob("*.y*ml"))]
        known = f"expected a YAML file of changes{f'; here are {listed(beside)}' if beside else ''}"
        return replace(path, allowed=known, suggestion=suggest(name, beside))
    return path


def no_layer(node: Node) -> Iterator[Problem]:
    """Why what was read is no layer."""
    if not isinstance(node.value, dict):
        yield node.problem(f"found {shown(node.value)} where changes are expected", _MAPPING)
    elif not node.value:
        yield node.problem("the file changes nothing", _MAPPING)
    elif EXTENDS in node.value:
        what = "changes are laid over every world and extend nothing"
        yield node.value[EXTENDS].problem(what, f"leave out '{EXTENDS}'", at_key=True)


def changed_worlds(
    files: Sequence[LocatedFile],
    asked: Sequence[PatternEntry],
    changes: Sequence[Changes],
    statistics: Mapping[str, Statistic],
) -> dict[str, World]:
    """Worlds that patterns look at, with changes laid over them one after the other.

    Parameters
    ----------
    files : sequence of LocatedFile
        Pattern files without a mistake.
    asked : sequence of PatternEntry
        The patterns; other worlds are not touched, so that changes need not fit them.
    changes : sequence of Changes
        The layers.
    statistics : mapping of str to Statistic
        What checks ask for; a check whose quarters or fields are no longer there is a mistake too.

    Raises
    ------
    ScenarioError
        With every mistake, once for all worlds that have it.
    """
    names = {name for pattern in asked for check in pattern.checks for name in (check.world, check.versus) if name}
    worlds: dict[str, World | None] = {}
    problems: list[Problem] = []
    for file in files:
        for name, entry in file.worlds.items():
            if name not in names or name in worlds or entry is None:
                continue
            node = _world_node(file, name)
            try:
                worlds[name] = load_world(name, entry, node, file.path.parent, [each.node for each in changes])
            except ScenarioError as error:
                worlds[name] = None
                problems += error.problems
    ids = {pattern.id for pattern in asked}
    for file in files:
        problems += _wrong_checks(file, ids, worlds, statistics, changes)
    if problems:
        raise ScenarioError(list({(each.file, each.line, each.column, each.what): each for each in problems}.values()))
    return {name: world for name, world in worlds.items() if world is not None}


def _world_node(file: LocatedFile, name: str) -> Node:
    worlds = file.tree.value["worlds"] if isinstance(file.tree.value, dict) else Node({})
    return worlds.value[name] if isinstance(worlds.value, dict) else Node({})


def _wrong_checks(
    file: LocatedFile,
    ids: set[str],
    worlds: Mapping[str, World | None],
    statistics: Mapping[str, Statistic],
    changes: Sequence[Changes],
) -> Iterator[Problem]:
    """What checks ask for that changed worlds do not have."""
    under = f"with the changes of {', '.join(each.label for each in changes)}"
    for n, pattern in file.patterns.items():
        for k, check in enumerate(pattern.checks) if pattern.id in ids else ():
            for issue in wrong_check(check, worlds, statistics):
                path = ("patterns", n, "checks", k, *issue.path)
                yield to_problem(file.tree, replace(issue, path=path, what=f"{issue.what}, {under}"))
