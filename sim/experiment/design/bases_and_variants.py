"""Bases and variants: the scenarios of an experiment, and each with every variant laid over it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, NamedTuple

from sim.declarations.input_issues import Issue, Problem, shown
from sim.experiment.design.experiment_file import ExperimentFile
from sim.scenario import Scenario, ScenarioError
from sim.scenario.reading.combined_files import SIGN, combined_name, find_parts
from sim.scenario.reading.file_loading import Loaded, load
from sim.scenario.reading.file_search import say_which
from sim.scenario.reading.located_values import Node, located
from sim.scenario.scenario_loading import CONVENTIONS


@dataclass(frozen=True)
class Base:
    """A scenario with one variant, or with none.

    Attributes
    ----------
    scenario, variant : str
        Names in the table of points; the variant is '' for the scenario as it is.
    values : dict
        Merged plain values.
    loaded : Loaded or None
        The same with its places in files, where it was read in this process; it goes to no other.
    """

    scenario: str
    variant: str
    values: dict[str, Any] = field(repr=False)
    loaded: Loaded[Scenario] | None = field(default=None, repr=False, compare=False)

    def __getstate__(self) -> dict[str, Any]:
        return vars(self) | {"loaded": None}

    @property
    def label(self) -> str:
        """Name in messages; different for every base."""
        return f"{self.scenario} / {self.variant}" if self.variant else self.scenario


class ResolvedBase(NamedTuple):
    """A base while it is examined: also its checked scenario, and plain values with every default filled in."""

    base: Base
    scenario: Scenario
    full: dict[str, Any]

    @classmethod
    def of(cls, base: Base, scenario: Scenario | None = None) -> ResolvedBase:
        """Fill in the defaults; the scenario of a base that was examined before is made again."""
        scenario = scenario or Scenario.model_validate_json(json.dumps(base.values))
        return cls(base, scenario, scenario.model_dump(mode="json", by_alias=True))


class Sources(NamedTuple):
    """What the scenario files of an experiment hold.

    Attributes
    ----------
    resolved_bases : list of ResolvedBase
        What could be read, scenario by scenario.
    files : list of Path
        Scenario files, and what they extend.
    problems : list of Problem
        What is wrong with the others.
    """

    resolved_bases: list[ResolvedBase]
    files: list[Path]
    problems: list[Problem]


def read_sources(file: ExperimentFile, tree: Node, beside: Path | None = None) -> Sources:
    """Read the scenario files that an experiment names, and lay every variant over them."""
    sources = Sources([], [], [])
    overlays: dict[str, Node | None] = {"": None}
    variants = tree.value.get("variants") if isinstance(tree.value, dict) else None
    if variants is not None and isinstance(variants.value, dict):
        overlays |= {name: node for name in file.variants if isinstance((node := variants.value[name]).value, dict)}
    paths = dict(_scenario_paths(file, tree, beside or Path(), sources.problems))
    sources.problems.extend(_same_files(file, tree, paths))
    stems = {n: combined_name(parts) for n, parts in paths.items()}
    names = [*stems.values()]
    for n, parts in paths.items():
        stem = stems[n]
        if isinstance(stem, Problem):
            sources.problems.append(stem)
            continue
        name = stem if names.count(stem) == 1 else file.scenarios[n]
        for variant, overlay in overlays.items():
            try:
                loaded = _load(parts, overlay, file.quarters)
            except ScenarioError as error:
                sources.problems.extend(error.problems)
                if not variant:
                    break  # every variant of it would have the same problems
                continue
            sources.files.extend(one for one in loaded.files if one not in sources.files)
            if variant or file.as_is:
                base = Base(name, variant, loaded.values, loaded)
                sources.resolved_bases.append(ResolvedBase.of(base, loaded.scenario))
    return sources


def _scenario_paths(
    file: ExperimentFile, tree: Node, beside: Path, problems: list[Problem]
) -> Iterator[tuple[int, list[Path]]]:
    """Numbers and paths of the scenario files that exist; several where files are combined."""
    for n, text in enumerate(file.scenarios):
        place, path = located(tree, ("scenarios", n))
        found = find_parts(text, Path(place.file).parent if place.line else beside, CONVENTIONS.shipped_folder)
        if isinstance(found, Problem):
            what = f"{shown(text)}: {found.what}"
            problems.append(Problem(place.file, place.line, place.column, path, what, found.allowed, found.suggestion))
        else:
            for part, file_path in zip([text] if len(found) == 1 else text.split(SIGN), found, strict=True):
                say_which(part.strip(), file_path, CONVENTIONS.shipped_folder)
            yield n, found


def _same_files(file: ExperimentFile, tree: Node, paths: dict[int, list[Path]]) -> Iterator[Problem]:
    """Scenarios that are one file in other words, such as ``town`` and ``./town.yaml``; not those in equal words."""
    first: dict[frozenset[Path], int] = {}
    for n, parts in paths.items():
        before = first.setdefault(frozenset(part.resolve() for part in parts), n)
        if file.scenarios[before] != file.scenarios[n]:
            place, path = located(tree, ("scenarios", n))
            what = f"{shown(file.scenarios[n])} is the same as {shown(file.scenarios[before])}"
            yield Problem(place.file, place.line, place.column, path, what, "name it once")


def _load(paths: list[Path], overlay: Node | None, quarters: int | None) -> Loaded[Scenario]:
    """A scenario with a variant, made as long as the experiment, so that later dates lie within it."""
    path, *further = paths
    loaded = load(path, Scenario, CONVENTIONS, over=overlay, further=further)
    if quarters is None or loaded.scenario.quarters >= quarters:
        return loaded
    node = overlay or Node({})
    items = node.value if isinstance(node.value, dict) else {}
    longer = replace(node, value=items | {"quarters": Node(quarters, ("quarters",), node.at)})
    return load(path, Scenario, CONVENTIONS, over=longer, further=further)


def repeated_scenarios(file: ExperimentFile) -> Iterator[Issue]:
    """Scenarios that are named twice."""
    for n, name in enumerate(file.scenarios):
        if name in file.scenarios[:n]:
            first = ("scenarios", file.scenarios.index(name))
            yield Issue(("scenarios", n), f"{shown(name)} is named twice", "name it once", other=first)


def nothing_left(file: ExperimentFile) -> Iterator[Issue]:
    """Scenarios that shall not run as they are, where there is no other way to run them."""
    if not file.as_is and not file.variants:
        yield Issue(("as_is",), "without variants nothing is left to run", "add 'variants', or take it away")


def idle_variants(file: ExperimentFile, resolved_bases: list[ResolvedBase]) -> Iterator[Issue]:
    """Variants that are the same as what they are laid over, or as another one, in every scenario."""
    contents: dict[str, dict[str, Any]] = {}
    for resolved in resolved_bases:
        contents.setdefault(resolved.base.variant, {})[resolved.base.scenario] = resolved.base.values
    names = ["", *file.variants]
    for n, name in enumerate(names[1:], start=1):
        if name not in contents:
            continue
        # A variant that could not be laid over every scenario is reported already.
        same = next((other for other in names[:n] if contents.get(other) == contents[name]), None)
        if same is not None:
            what = f"is the same as the variant {shown(same)}" if same else "changes nothing"
            yield Issue(("variants", name), what, "the scenarios as they are, are run anyway", at_key=True)
