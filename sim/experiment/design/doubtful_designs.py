"""Doubtful designs: warnings about an experiment and its scenarios, and what its runs take."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from sim.declarations.input_issues import Problem
from sim.experiment.design.bases_and_variants import Base, ResolvedBase
from sim.experiment.design.checked_design import Design
from sim.model.setup.needed_resources import TOO_LARGE_HERE, beyond_this_machine, needed_resources
from sim.scenario.checks.doubtful_money import doubtful_money
from sim.scenario.checks.doubtful_values import doubtful_values
from sim.scenario.reading.extends_chain import read_file
from sim.scenario.reading.located_values import Node, to_problem
from sim.scenario.scenario_warnings import scenario_warnings

FEW_REPLICATIONS = "few-replications"
"""Kind of a warning."""

FEWEST = 10
"""Replications from which intervals say something."""


class DesignNeeds(NamedTuple):
    """What the runs of an experiment take, as far as its scenarios tell.

    Attributes
    ----------
    points, runs : int
        How many.
    seconds : float
        Of all runs, on one core.
    bytes : int
        Memory of one run of its largest scenario.
    """

    points: int
    runs: int
    seconds: float
    bytes: int


def needed_by_design(design: Design) -> DesignNeeds:
    """About what the runs of an experiment take; axes that change counts are not looked at."""
    file = design.file
    each = file.precision.first if file.precision is not None else file.replications or 1
    needed = [needed_resources(ResolvedBase.of(base).scenario, file.quarters) for base in design.bases]
    runs = design.points * each
    seconds = runs * sum(one.seconds for one in needed) / len(needed)
    return DesignNeeds(design.points, runs, seconds, max(one.bytes for one in needed))


def design_warnings(design: Design) -> list[Problem]:
    """Every warning about an experiment: its own, and those of its scenarios as they are run."""
    return [*few_replications(design), *warnings_of_bases(design)]


def few_replications(design: Design) -> Iterator[Problem]:
    """Replications, or the first runs of a precision, that are too few for an interval to mean anything."""
    file = design.file
    key = "replications" if file.precision is None else "precision"
    number = file.replications or 1 if file.precision is None else file.precision.most
    if number >= FEWEST:
        return
    what = f"{number} replication{'s' * (number != 1)}: intervals of means need more to be trusted"
    problem = Problem("", 0, 0, (key,), what, f"expected {FEWEST} or more", kind=FEW_REPLICATIONS)
    for path in design.sources:
        node, _ = read_file(path)
        if node is not None and isinstance(node.value, dict) and key in node.value:
            at = node.value[key].at
            problem = replace(problem, file=at.file, line=at.line, column=at.column)
            break
    yield problem


def warnings_of_bases(design: Design) -> Iterator[Problem]:
    """Warnings of the scenarios, once each, with the first scenario or variant that has them."""
    seen = set()
    for base in design.bases:
        problems = _warnings_of(base)
        large = beyond_this_machine(ResolvedBase.of(base).scenario, design.file.quarters)
        if large:
            problems.append(Problem("", 0, 0, (), large, kind=TOO_LARGE_HERE))
        for problem in problems:
            if (problem.path, problem.what) not in seen:
                seen.add((problem.path, problem.what))
                yield problem if problem.line else replace(problem, file=base.label)


def _warnings_of(base: Base) -> list[Problem]:
    """Warnings of a scenario; without places where its values were not read from files."""
    if base.loaded is not None:
        return scenario_warnings(base.loaded)
    scenario = ResolvedBase.of(base).scenario
    return [to_problem(Node({}), issue) for issue in (*doubtful_values(scenario), *doubtful_money(scenario))]
