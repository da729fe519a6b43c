"""World loading: the scenario of a world with its changes, read and checked, and the sweep that runs it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sim.declarations.calendar_quarter import Quarter
from sim.declarations.input_issues import Problem, ScenarioError
from sim.experiment.design.checked_design import Design
from sim.experiment.design.experiment_file import Keep
from sim.experiment.design.run_design import run_design
from sim.scenario import Loaded, Scenario
from sim.scenario.reading.extends_chain import EXTENDS
from sim.scenario.reading.file_loading import load_tree
from sim.scenario.reading.file_search import find
from sim.scenario.reading.located_values import Node
from sim.scenario.scenario_loading import CONVENTIONS
from sim.validation.pattern_file import WorldFile


@dataclass(frozen=True)
class World:
    """A scenario with changes, ready to be run.

    Attributes
    ----------
    name : str
        What pattern files call it.
    label : str
        Names of its scenario files, in tables of its runs.
    sources : tuple of Path
        Scenario files that it names, without what these extend.
    loaded : Loaded
        The scenario with the changes laid over it.
    replications : int
        How many runs there are.
    """

    name: str
    label: str
    sources: tuple[Path, ...]
    loaded: Loaded[Scenario] = field(repr=False)
    replications: int

    @property
    def start(self) -> Quarter:
        """First quarter of a run."""
        return self.loaded.scenario.start

    @property
    def quarters(self) -> int:
        """Length of a run."""
        return self.loaded.scenario.quarters

    @property
    def end(self) -> Quarter:
        """Last quarter of a run."""
        return self.start + (self.quarters - 1)

    @property
    def fields(self) -> tuple[str, ...]:
        """Fields of service."""
        return tuple(self.loaded.scenario.fields)

    def same_runs(self, other: World) -> bool:
        """Whether another world is the same in all but its name."""
        ours, theirs = ((each.loaded.values, each.quarters, each.replications) for each in (self, other))
        return ours == theirs

    def design(self, keep: Keep, replications: int) -> Design:
        """The sweep of one point that runs it, with the seeds that all worlds share."""
        return run_design(self.loaded, self.label, replications=replications, quarters=self.quarters, keep=keep)


def load_world(name: str, entry: WorldFile, node: Node, folder: Path, over: Sequence[Node] = ()) -> World:
    """Load the scenario of a world.

    Parameters
    ----------
    name : str
        Its name.
    entry : WorldFile
        What the pattern file says of it.
    node : Node
        The same with places.
    folder : Path
        Folder of the pattern file, beside which scenario files stand.
    over : sequence of Node
        Further changes, laid over it after its own.

    Raises
    ------
    ScenarioError
        With everything that is wrong with scenario and changes, with file, line and column.
    """
    items = dict(node.value) if isinstance(node.value, dict) else {}
    changes = items.get("changes", Node({}))
    values: dict[str, Any] = dict(changes.value) if isinstance(changes.value, dict) else {}
    if EXTENDS in values:
        what = "changes are laid over the scenario and extend nothing"
        raise ScenarioError([values[EXTENDS].problem(what, "name the files under 'scenario', as a list", at_key=True)])
    values[EXTENDS] = items["scenario"]
    if entry.quarters is not None:
        # As a file that extends the scenario says it: what is dated behind the end of a shorter run goes, and changes
        # may be dated behind the scenario's own end.
        values["quarters"] = items["quarters"]
    loaded = load_tree(Node(values, (), node.at, node.key_at), Scenario, CONVENTIONS, beside=folder, over=over)
    named = [entry.scenario] if isinstance(entry.scenario, str) else entry.scenario
    paths = [find(each, folder, CONVENTIONS.shipped_folder) for each in named]
    sources = tuple(path.resolve() for path in paths if not isinstance(path, Problem))
    label = "+".join(path.stem for path in sources)
    return World(name, label, sources, loaded, entry.replications)
