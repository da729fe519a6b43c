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
from sim.scenario.reading.file_loading import load
from sim.scenario.reading.file_search import find
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
    """

    scenario: str
    variant: str
    values: dict[str, Any] = field(repr=False)

    @property
    def label(self) -> str:
        """Name in messages; different for every base."""
        return label_of(self.scenario, self.variant)


def label_of(scenario: str, variant: str) -> str:
    """Label of a base.

    >>> label_of("beijing-2010", ""), label_of("beijing-2010", "third party")
    ('beijing-2010', 'beijing-2010 / third party')
    """
    return f"{scenario} / {variant}" if variant else scenario


class ResolvedBase(NamedTuple):
    """A base while it is examined: also its checked scenario, and plain values with every default filled in."""

    base: Base
    scenario: Scenario
    full: dict[str, Any]

    @classmethod
    def of(cls, base: Base, scenario: Scenario) -> ResolvedBase:
        """Fill in the defaults."""
        return cls(base, scenario, scenario.model_dump(mode="json", by_alias=True))

    @classmethod
    def again(cls, base: Base) -> ResolvedBase:
        """Take up a base that was examined before."""
        return cls.of(base, Scenario.model_validate_json(json.dumps(base.values)))


class Sources:
    """The scenario files that an experiment names, read once for every variant.

    Attributes
    ----------
    resolved_bases : list of ResolvedBase
        What could be read, scenario by scenario.
    files : list of Path
        Scenario files, and what they extend.
    problems : list of Problem
        What is wrong with the others.
    """

    def __init__(self, file: ExperimentFile, tree: Node, beside: Path | None = None) -> None:
        self.resolved_bases: list[ResolvedBase] = []
        self.files: list[Path] = []
        self.problems: list[Problem] = []
        self._quarters = file.quarters
        self._as_is = file.as_is
        self._beside = beside or Path()
        variants = tree.value.get("variants") if isinstance(tree.value, dict) else None
        written = variants.value if variants is not None else None
        overlays = {name: written[name] for name in file.variants} if isinstance(written, dict) else {}
        found = list(self._find(file, tree))
        for name, path in zip(_names([path for _, path in found], [text for text, _ in found]), found, strict=True):
            self._read(name, path[1], overlays)

    def _find(self, file: ExperimentFile, tree: Node) -> Iterator[tuple[str, Path]]:
        for n, text in enumerate(file.scenarios):
            place, path = located(tree, ("scenarios", n))
            folder = Path(place.file).parent if place.line else self._beside
            found = find(text, folder, CONVENTIONS.shipped_folder)
            if isinstance(found, Problem):
                what = f"{shown(text)}: {found.what}"
                problem = Problem(place.file, place.line, place.column, path, what, found.allowed)
                self.problems.append(replace(problem, suggestion=found.suggestion))
            else:
                yield text, found

    def _read(self, name: str, path: Path, overlays: dict[str, Node]) -> None:
        plain = self._read_one(name, "", path, None)
        if plain is None:
            return
        if self._as_is:
            self.resolved_bases.append(plain)
        for variant, overlay in overlays.items():
            changed = self._read_one(name, variant, path, overlay) if isinstance(overlay.value, dict) else None
            if changed is not None:
                self.resolved_bases.append(changed)

    def _read_one(self, name: str, variant: str, path: Path, overlay: Node | None) -> ResolvedBase | None:
        try:
            loaded = load(path, Scenario, CONVENTIONS, over=overlay)
            if self._quarters is not None and loaded.scenario.quarters < self._quarters:
                loaded = load(path, Scenario, CONVENTIONS, over=_longer(overlay, self._quarters))
        except ScenarioError as error:
            self.problems.extend(error.problems)
            return None
        self.files.extend(file for file in loaded.files if file not in self.files)
        return ResolvedBase.of(Base(name, variant, loaded.values), loaded.scenario)


def _longer(overlay: Node | None, quarters: int) -> Node:
    """An overlay that also makes the run as long as the experiment, so that later dates lie within it."""
    node = Node({}) if overlay is None else overlay
    items = dict(node.value) if isinstance(node.value, dict) else {}
    return replace(node, value=items | {"quarters": Node(quarters, ("quarters",), node.at)})


def _names(paths: list[Path], texts: list[str]) -> list[str]:
    """Short names of scenario files; what the experiment says where two are alike."""
    stems = [path.stem for path in paths]
    return [stem if stems.count(stem) == 1 else text for stem, text in zip(stems, texts, strict=True)]


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
