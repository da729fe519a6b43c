"""Pattern loading: pattern files to checked patterns and worlds, with all problems of all files reported together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from sim.declarations.input_issues import Issue, Problem, ScenarioError, shown
from sim.scenario.reading.located_values import Node, find_node, located, to_problem
from sim.validation.located_file import LocatedFile, read_located
from sim.validation.pattern_checks import wrong_check
from sim.validation.pattern_file import PatternEntry
from sim.validation.statistic_type import Statistic
from sim.validation.world_loading import World, load_world


@dataclass(frozen=True)
class PatternSet:
    """Patterns of one or several files, and the worlds that they are looked for in.

    Attributes
    ----------
    patterns : tuple of PatternEntry
        In the order of the files.
    worlds : dict of str to World
        By name.
    files : tuple of Path
        Files that were read.
    """

    patterns: tuple[PatternEntry, ...]
    worlds: Mapping[str, World] = field(repr=False)
    files: tuple[Path, ...]

    @property
    def unused(self) -> tuple[str, ...]:
        """Worlds that no check looks at."""
        used = {name for pattern in self.patterns for check in pattern.checks for name in (check.world, check.versus)}
        return tuple(name for name in self.worlds if name not in used)


def load_patterns(sources: Sequence[str | Path], statistics: Mapping[str, Statistic]) -> PatternSet:
    """Load pattern files that belong together.

    Parameters
    ----------
    sources : sequence of str or Path
        Files; later ones add to earlier ones.
    statistics : mapping of str to Statistic
        What checks may ask for.

    Raises
    ------
    ScenarioError
        With every problem of every file, each with file, line and column.
    """
    return combined([read_located(source) for source in sources], statistics)


def combined(files: Sequence[LocatedFile], statistics: Mapping[str, Statistic]) -> PatternSet:
    """Patterns and worlds of files that were read.

    Raises
    ------
    ScenarioError
        With every problem of every file, each with file, line and column.
    """
    worlds = _all_worlds(files)
    patterns = _all_patterns(files)
    for file in files:
        for n, pattern in file.patterns.items():
            for k, check in enumerate(pattern.checks):
                for issue in wrong_check(check, worlds, statistics):
                    file.report(replace(issue, path=("patterns", n, "checks", k, *issue.path)))
    problems = [problem for file in files for problem in _in_order(file)]
    if problems:
        raise ScenarioError(problems)
    known = {name: world for name, world in worlds.items() if world is not None}
    return PatternSet(tuple(patterns.values()), known, tuple(file.path for file in files))


def _in_order(file: LocatedFile) -> list[Problem]:
    """Problems that were found with a pattern file: those in itself by line, then those of scenarios that it names."""
    own = file.tree.at.file
    return sorted(file.problems, key=lambda problem: (problem.file != own, problem.file, problem.line, problem.column))


def _all_worlds(files: Sequence[LocatedFile]) -> dict[str, World | None]:
    """Worlds of all files; None for one that is wrong.  One of another content under the same name is an error."""
    worlds: dict[str, World | None] = {}
    places: dict[str, Node] = {}
    for file in files:
        for name, entry in file.worlds.items():
            node, _ = find_node(file.tree, ("worlds", name))
            world = None
            if entry is not None:
                try:
                    world = load_world(name, entry, node, file.path.parent)
                except ScenarioError as error:
                    file.problems += error.problems
            first = worlds.setdefault(name, world)
            before = places.setdefault(name, node)
            if first is not None and world is not None and not world.same_runs(first):
                what = f"the world {shown(name)} stands in {_place(before)} with other contents"
                file.problems.append(node.problem(what, "give one of them another name", at_key=True))
    return worlds


def _all_patterns(files: Sequence[LocatedFile]) -> dict[str, PatternEntry]:
    """Patterns of all files by id, which each has for itself."""
    patterns: dict[str, PatternEntry] = {}
    places: dict[str, str] = {}
    for file in files:
        for n, pattern in file.patterns.items():
            path = ("patterns", n, "id")
            if pattern.id in patterns:
                what = f"the id {shown(pattern.id)} stands in {places[pattern.id]} too"
                file.problems.append(to_problem(file.tree, Issue(path, what, "give one of them another id")))
                continue
            patterns[pattern.id] = pattern
            place, _ = located(file.tree, path)
            places[pattern.id] = f"{place.file}:{place.line}:{place.column}"
    return patterns


def _place(node: Node) -> str:
    return f"{node.key_at.file}:{node.key_at.line}:{node.key_at.column}"


def chosen_patterns(found: PatternSet, only: Sequence[str], scenarios: Sequence[Path]) -> Iterator[PatternEntry]:
    """Patterns that were asked for.

    Parameters
    ----------
    found : PatternSet
        All that there are.
    only : sequence of str
        Their ids; empty for all.
    scenarios : sequence of Path
        Scenario files of which a check must use one; empty for any.
    """
    asked = {path.resolve() for path in scenarios}
    for pattern in found.patterns:
        names = {name for check in pattern.checks for name in (check.world, check.versus) if name is not None}
        used = {path for name in names for path in found.worlds[name].sources}
        if (not only or pattern.id in only) and (not asked or used & asked):
            yield pattern
