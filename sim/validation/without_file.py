"""Without file: rules of the model that can be switched off, where they are stated, and the neutral values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import Field

from sim.declarations.input_issues import ScenarioError
from sim.experiment.store.part_reader import unknown
from sim.scenario.parameters.name_types import Name
from sim.scenario.parameters.parameter_spec import Group
from sim.scenario.reading.file_conventions import Conventions
from sim.scenario.reading.file_loading import load
from sim.scenario.reading.file_search import shipped_directory
from sim.scenario.reading.located_values import Node, find_node
from sim.validation.changes_file import no_layer
from sim.validation.pattern_file import Words

EVERY = "all"
_KEY = "without"
_ENDINGS = (".yaml", ".yml")


class SwitchFile(Group):
    """A rule that can be switched off."""

    section: str = Field(pattern=r"^\d+(\.\d+)*$", description="Section of docs/model.md that states it.")
    rule: Words = Field(description="What it says, with its source or reason.")
    changes: dict[str, Any] = Field(min_length=1, description="Changes of a scenario that switch it off.")


class WithoutFile(Group):
    """A whole file of rules that can be switched off."""

    without: dict[Name, SwitchFile] = Field(min_length=1, description="Rules by name.")


@dataclass(frozen=True)
class Switch:
    """A rule that can be switched off.

    Attributes
    ----------
    name : str
        What the command line calls it.
    section : str
        Section of docs/model.md that states it.
    rule : str
        What it says, with its source or reason.
    node : Node
        The changes that switch it off, with their places.
    """

    name: str
    section: str
    rule: str
    node: Node = field(repr=False)


def shipped_without() -> Path:
    """The file of rules that comes with the package."""
    return shipped_directory("experiments") / "validation" / "without.yaml"


def read_without(source: str | Path) -> tuple[Switch, ...]:
    """Read a file of rules; what their changes say is checked when they are laid over a world.

    Raises
    ------
    ScenarioError
        With everything that is wrong with the file.
    """
    folder = shipped_without().parent
    loaded = load(source, WithoutFile, Conventions(directory=folder, free=(_KEY,)))
    nodes = {name: find_node(loaded.tree, (_KEY, name, "changes"))[0] for name in loaded.scenario.without}
    if problems := [problem for node in nodes.values() for problem in no_layer(node)]:
        raise ScenarioError(problems)
    entries = loaded.scenario.without.items()
    return tuple(Switch(name, entry.section, entry.rule, nodes[name]) for name, entry in entries)


def chosen_switches(names: Sequence[str]) -> tuple[Switch, ...]:
    """Rules that were asked for, in the order of asking, each once.

    Parameters
    ----------
    names : sequence of str
        Names of shipped rules, 'all' for every one of them, or files with rules of the user's own (``mine.yaml``).

    Raises
    ------
    QueryError
        If there is no shipped rule of a name.
    ScenarioError
        With everything that is wrong with a file, or a rule that stands in two files under one name.
    """
    shipped = {each.name: each for each in read_without(shipped_without())}
    chosen: dict[str, Switch] = {}
    for name in names:
        if name.endswith(_ENDINGS):
            several = read_without(name)
        elif name == EVERY:
            several = tuple(shipped.values())
        elif name in shipped:
            several = (shipped[name],)
        else:
            raise unknown("rule to switch off", name, [EVERY, *shipped])
        for each in several:
            before = chosen.setdefault(each.name, each)
            if before.node != each.node:
                place = before.node.key_at
                what = f"the rule '{each.name}' stands in {place.file}:{place.line} with other changes"
                raise ScenarioError([each.node.problem(what, "give one of them another name", at_key=True)])
    return tuple(chosen.values())
