"""Checked design of an experiment: what to run, without files and without anything that ran."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
from pydantic import ValidationError

from sim.declarations.input_issues import Issue, Problem
from sim.declarations.short_repr import ShortRepr
from sim.experiment.design.axis import Axis
from sim.experiment.design.bases_and_variants import Base
from sim.experiment.design.experiment_file import SAMPLED, ExperimentFile, LatinHypercubeDesign, MorrisDesign
from sim.experiment.design.parameter_paths import with_values
from sim.experiment.design.point_table import SCENARIO, VARIANT, combinations, table_of
from sim.scenario import Scenario, ScenarioError
from sim.scenario.checks.consistency_checks import check_scenario, ends_in_time
from sim.scenario.checks.name_checks import check_values
from sim.scenario.checks.policy_conflicts import outside_the_run
from sim.scenario.reading.validation_messages import issues_of

if TYPE_CHECKING:
    from sim.experiment.design.prepared_base import PreparedBase
    from sim.model.setup.compiled_scenario import CompiledScenario

Row = Mapping[str, Any]
"""One point: `point`, `scenario`, `variant` and a value for every axis."""


@dataclass(frozen=True, repr=False)
class Design(ShortRepr):
    """What an experiment runs; small, and the same in every process.

    Attributes
    ----------
    file : ExperimentFile
        What the file says.
    bases : tuple of Base
        Scenarios as they are and with every variant, scenario by scenario.
    axes : tuple of Axis
        What varies, in the order of the file.
    sources : tuple of Path
        Files that were read: the experiment with what it extends, then scenarios.
    notes : tuple of str
        What a user should know although it is no error.
    """

    file: ExperimentFile
    bases: tuple[Base, ...]
    axes: tuple[Axis, ...]
    sources: tuple[Path, ...] = ()
    notes: tuple[str, ...] = ()

    def _facts(self) -> tuple[str, dict[str, object]]:
        replications = self.file.replications or "by precision"
        axes = ", ".join(axis.name for axis in self.axes) or "none"
        return self.file.title, {"points": self.points, "axes": axes, "replications": replications}

    @cached_property
    def _known(self) -> dict[tuple[str, str], Base]:
        return {(base.scenario, base.variant): base for base in self.bases}

    @cached_property
    def _prepared(self) -> dict[str, PreparedBase | None]:
        return {}

    def __getstate__(self) -> dict[str, Any]:
        """Without what was compiled: another process prepares the bases that it needs."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    def base(self, row: Row) -> Base:
        """The scenario and variant of a point."""
        return self._known[row[SCENARIO], row[VARIANT]]

    @property
    def points(self) -> int:
        """Number of points, without making them."""
        return combinations(self.file.design, self.axes) * len(self.bases)

    def table(self) -> pa.Table:
        """The table of points (`sim.experiment.design.point_table.table_of`)."""
        return table_of(self.file.design, self.bases, self.axes)

    @staticmethod
    def row(table: pa.Table, point: int) -> dict[str, Any]:
        """One point of a table, which may also be one that was extended."""
        found: dict[str, Any] = table.slice(point, 1).to_pylist()[0]
        return found

    def words(self, row: Row) -> str:
        """A point in words, for messages."""
        said = [row[SCENARIO], row[VARIANT]] if len(self.bases) > 1 else []
        for axis in self.axes:
            cell = row[axis.column_name]
            said.append(f"{axis.name} {cell:g}" if isinstance(cell, float) else f"{axis.name} {cell}")
        return ", ".join(filter(None, said))

    def values(self, row: Row) -> dict[str, Any]:
        """Plain values of a point's scenario; what no axis touches is shared with other points."""
        base = self.base(row)
        changes = [change for axis in self.axes for change in axis.changes(base.label, row[axis.column_name])]
        return with_values(base.values, changes)

    def scenario(self, row: Row) -> Scenario:
        """The checked scenario of a point.

        Raises
        ------
        ScenarioError
            Where the values of the axes make no valid scenario together; every message begins with them.
        """
        quick = self._quickly(row)
        if quick is not None:
            return quick
        scenario, found = self.checked_point(row)
        if scenario is None or found:
            raise ScenarioError([self._problem(row, issue) for issue in found])
        return scenario

    def checked_point(self, row: Row) -> tuple[Scenario | None, list[Issue]]:
        """The scenario of a point, and all that is wrong with it, dates among it that axes put outside the run."""
        scenario, found = checked(self.values(row), self.file.quarters)
        return scenario, [*found, *(() if scenario is None else self._misplaced_dates(row, scenario))]

    def _misplaced_dates(self, row: Row, scenario: Scenario) -> list[Issue]:
        """Dates that an axis wrote and that lie outside the run, which an experiment may make shorter."""
        if not ends_in_time(scenario):
            return []
        written = {path for axis in self.axes for path in axis.targets[self.base(row).label]}
        # With its beginning the end moves of what says how long it takes.
        moved = written | {(*path[:2], "for") for path in written if path[0] == "policies" and path[-1] == "from"}
        found = [issue for issue in outside_the_run(scenario) if issue.path in moved]
        if found or self.file.quarters is None:
            return found
        shorter = scenario.model_copy(update={"quarters": self.file.quarters})
        return [issue for issue in outside_the_run(shorter) if issue.path in written]

    def _quickly(self, row: Row) -> Scenario | None:
        """The scenario of a point that only changes numbers and has nothing wrong; None of any other."""
        prepared = self._prepare(row)
        scenario = None if prepared is None else prepared.scenario(self.values(row))
        return None if scenario is None or self._misplaced_dates(row, scenario) else scenario

    def _prepare(self, row: Row) -> PreparedBase | None:
        """The base of a point, prepared once; None where it fails its checks, or no axis is of the quick kind."""
        from sim.experiment.design.prepared_base import PreparedBase, group_of

        base = self.base(row)
        if base.label not in self._prepared:
            paths = [path for axis in self.axes for path in axis.targets[base.label]]
            scenario, found = checked(base.values, self.file.quarters) if all(map(group_of, paths)) else (None, [])
            prepared = None if scenario is None or found else PreparedBase(scenario, self.file.quarters, paths)
            self._prepared[base.label] = prepared
        return self._prepared[base.label]

    def _problem(self, row: Row, issue: Issue) -> Problem:
        words = self.words(row)
        what = f"with {words}: {issue.what}" if words else issue.what
        return Problem("", 0, 0, issue.path, what, issue.allowed, issue.repair())

    def compiled(self, row: Row) -> CompiledScenario:
        """What the runs of a point share.

        Raises
        ------
        ScenarioError
            As `scenario`.
        """
        from sim.model.setup.compiled_scenario import CompiledScenario

        scenario = self.scenario(row)
        prepared = self._prepare(row)
        quick = None if prepared is None else prepared.compiled(scenario)
        return quick or CompiledScenario.of_checked(scenario, quarters=self.file.quarters)

    def with_points(self, number: int) -> Design:
        """The same design with more points (or base points, or trajectories), the old ones among them.

        A Latin hypercube gets a further one of the points that are added; the others go on where they ended.

        Raises
        ------
        ScenarioError
            For a design whose points are written out, or fewer points than there are now.
        """
        design = self.file.design
        key = "trajectories" if isinstance(design, MorrisDesign) else "points"
        if design.kind not in SAMPLED:
            what = f"a {design.kind} has the points that its file says"
            raise ScenarioError([Problem("", 0, 0, ("design",), what, "add values to the file instead")])
        now = int(getattr(design, key))
        if number == now:
            return self
        if number < now:
            allowed = f"expected more than {now}; points are only added"
            raise ScenarioError([Problem("", 0, 0, ("design", key), f"{number} adds nothing", allowed)])
        changes: dict[str, Any] = {key: number}
        if isinstance(design, LatinHypercubeDesign):
            changes["blocks"] = [*(design.blocks or [now]), number - now]
        file = self.file.model_copy(update={"design": design.model_copy(update=changes)})
        return replace(self, file=file)

    def dump(self) -> dict[str, Any]:
        """Everything as plain values for a manifest, from which `restored` makes the design again."""
        # Nulls of variants stay: they remove what a scenario has.
        written = self.file.model_dump(mode="json", by_alias=True, exclude_none=True, exclude={"variants"})
        bases = [{"scenario": base.scenario, "variant": base.variant, "values": base.values} for base in self.bases]
        return {
            "experiment": written | {"variants": self.file.variants},
            "bases": bases,
            "sources": [str(path) for path in self.sources],
        }


def checked(values: dict[str, Any], quarters: int | None = None) -> tuple[Scenario | None, list[Issue]]:
    """A scenario from merged plain values, and everything that is wrong with it.

    Parameters
    ----------
    values : dict
        The values.
    quarters : int, optional
        Length of its runs; by default the scenario's.
    """
    try:
        scenario = Scenario.model_validate_json(json.dumps(values))
    except ValidationError as error:
        return None, issues_of(error, Scenario, values, lambda _path: ())
    return scenario, [*check_values(values), *check_scenario(scenario, quarters=quarters)]
