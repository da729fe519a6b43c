"""Drawn designs: sweeps in which parameters are drawn from their plausible ranges, kept in folders of their own."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from sim.experiment.design.experiment_loading import experiment_from_values
from sim.experiment.execute import requests
from sim.experiment.execute.coordinator import Context
from sim.experiment.results.results import Results
from sim.experiment.store.atomic_files import fitting
from sim.experiment.store.identity import identity
from sim.scenario.parameters.fundraising_parameters import Donors
from sim.scenario.parameters.labour_parameters import Economy, Labour
from sim.scenario.parameters.parameter_spec import ParameterSpec, parameters_of
from sim.scenario.parameters.rule_parameters import Rules

if TYPE_CHECKING:
    from sim.experiment.design.checked_design import Design
    from sim.experiment.execute.executor_protocol import Executor
    from sim.experiment.execute.progress_reporter import ProgressReporter

_PLACES: tuple[tuple[str, type[BaseModel]], ...] = (
    ("rules", Rules),
    ("cities.*.labour", Labour),
    ("cities.*.economy", Economy),
    ("cities.*.donors", Donors),
)
"""Where parameters of behaviour stand in a scenario."""
_DIGEST_BYTES = 6


def plausible_axes(groups: Iterable[str] | None = None) -> dict[str, dict[str, Any]]:
    """Axes of an experiment over plausible ranges, as a file would write them.

    Parameters
    ----------
    groups : iterable of str, optional
        Groups of rules (``autonomy``, ``sustainability``); by default every parameter that has a plausible range.

    Returns
    -------
    dict of str to dict
        Path, low and high by name, in the order of declaration.
    """
    wanted = None if groups is None else set(groups)
    axes: dict[str, dict[str, Any]] = {}
    for place, leaf in _with_range():
        if wanted is None or (place == "rules" and leaf.path[0] in wanted):
            low, high = leaf.plausible or (0.0, 0.0)
            whole = leaf.info.annotation is int
            ends = {"low": int(low), "high": int(high)} if whole else {"low": low, "high": high}
            axes["_".join((place.rpartition(".")[2], *leaf.path))] = {"path": f"{place}.{leaf.key}", **ends}
    return axes


def _with_range() -> Iterator[tuple[str, ParameterSpec]]:
    for place, group in _PLACES:
        yield from ((place, leaf) for leaf in parameters_of(group) if leaf.plausible is not None)


def hypercube(draws: int, seed: int) -> dict[str, Any]:
    """A Latin hypercube as an experiment's `design`; the same seed and axes give the same draws for every scenario."""
    return {"kind": "latin-hypercube", "points": draws, "seed": seed}


def drawn_design(values: Mapping[str, Any], axes: Mapping[str, Any], points: Mapping[str, Any], beside: Path) -> Design:
    """A sweep over sets of parameters.

    Parameters
    ----------
    values : mapping
        Title, scenarios, replications, quarters and what is kept, as in a file.
    axes : mapping
        What is drawn.
    points : mapping
        The `design` of the experiment: a hypercube, or a list of sets.
    beside : Path
        Folder that scenario files are relative to.

    Raises
    ------
    ScenarioError
        With every problem that was found.
    """
    varied, design = (dict(axes), dict(points)) if points["kind"] != "list" else _listed(axes, points["points"])
    return experiment_from_values({**values, "axes": varied, "design": design}, beside=beside)


def _listed(axes: Mapping[str, Any], points: Sequence[Mapping[str, Any]]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Axes and design of sets that are written out, whose points say their values.

    An axis that has nothing but its default, as a whole number of few sets may, would do nothing and be refused.
    """
    defaults = {f"{place}.{leaf.key}": leaf.info.default for place, leaf in _with_range()}
    varied = {
        name: {"path": axis["path"]}
        for name, axis in axes.items()
        if any(point[name] != defaults[axis["path"]] for point in points)
    }
    return varied, {"kind": "list", "points": [{name: point[name] for name in varied} for point in points]}


def folder_of(design: Design, out: Path, stem: str) -> Path:
    """Folder of a sweep; its name ends in a digest of all that decides its numbers, so that none is mixed with it."""
    text = json.dumps([identity(design), design.file.replications], sort_keys=True).encode()
    return out / fitting(stem, f"-{hashlib.blake2b(text, digest_size=_DIGEST_BYTES).hexdigest()}")


def swept(design: Design, folder: Path, executor: Executor, reporter: ProgressReporter) -> Results:
    """Run a sweep, or what is left of it.

    Raises
    ------
    StoreError
        If the folder cannot be written.
    KeyboardInterrupt
        As it comes; what is done stays.
    """
    report = requests.sweep(design, folder, Context(executor, reporter))
    if report.status == "interrupted":
        raise KeyboardInterrupt
    return Results.open(folder)
