"""Idle axes, which change nothing: the default alone, what another axis writes, a lever that a policy sets at once."""

from __future__ import annotations

from collections.abc import Iterator

from sim.declarations.input_issues import Issue, KeyPath, key_path, shown
from sim.experiment.design.axis import Axis
from sim.experiment.design.axis_values import normal
from sim.experiment.design.bases_and_variants import ResolvedBase
from sim.experiment.design.experiment_file import ExperimentFile, ListDesign
from sim.scenario.checks.purchasing_channel_checks import meant, purchasers

Axes = dict[str, Axis]


def same_places(file: ExperimentFile, axes: Axes) -> Iterator[Issue]:
    """Two axes that write to one place, and a length of runs that is said twice."""
    writers: dict[tuple[str, KeyPath], str] = {}
    for name, axis in axes.items():
        places = [(label, path) for label, paths in axis.targets.items() for path in paths]
        taken = next((place for place in places if place in writers), None)
        if taken is not None:
            what = f"'{writers[taken]}' varies {key_path(taken[1])} too"
            yield Issue(("axes", name), what, "keep one of them", at_key=True, other=("axes", writers[taken]))
        writers |= dict.fromkeys(places, name)
        if file.quarters is not None and any(path == ("quarters",) for _, path in places):
            what = "'quarters' of the experiment says how long a run is"
            yield Issue(("axes", name), what, "take it away, or this axis", at_key=True, other=("quarters",))


def idle_axes(file: ExperimentFile, axes: Axes, resolved_bases: list[ResolvedBase]) -> Iterator[Issue]:
    """Axes whose only value is the default, or whose lever a policy sets in the first quarter of every base."""
    for name, axis in axes.items():
        tried = _tried(file, axis)
        defaults = [None if value is None else normal(value, axis.kind) for value in axis.defaults.values()]
        if len(tried) == 1 and all(value == tried[0] for value in defaults):
            what = f"its only value, {shown(tried[0])}, is the default: the axis does nothing"
            key = "values" if file.axes[name].values else "path"
            yield Issue(("axes", name, key), what, "add other values, or take the axis away")
        policies = [_overriding(axis, axes, resolved) for resolved in resolved_bases]
        if None not in policies:
            what = f"policies[{min(n for n in policies if n is not None)}] sets it in the first quarter"
            place = ("axes", name, *file.axes[name].places[0][0])
            yield Issue(place, f"{what}: the axis does nothing", "vary the value of that policy instead")


def partly_idle(axes: Axes, resolved_bases: list[ResolvedBase]) -> Iterator[str]:
    """Remarks on axes that do nothing in some of the bases."""
    for name, axis in axes.items():
        labels = [resolved.base.label for resolved in resolved_bases if _overriding(axis, axes, resolved) is not None]
        if labels:
            yield f"the axis '{name}' does nothing in {', '.join(labels)}: a policy sets it in the first quarter"


def _tried(file: ExperimentFile, axis: Axis) -> list[object]:
    """Values of an axis, where they are few by nature."""
    if not isinstance(file.design, ListDesign):
        return list(axis.levels)
    given = [point[axis.name] for point in file.design.points if axis.name in point]
    return list({normal(value, axis.kind): None for value in given if axis.declared.wrong(value) is None})


def _overriding(axis: Axis, axes: Axes, resolved: ResolvedBase) -> int | None:
    """A policy of the first quarter that sets what the axis sets, when every place of the axis is met so."""
    label, scenario = resolved.base.label, resolved.scenario
    varied = {path for one in axes.values() for path in one.targets[label]}
    steps = [
        (n, policy)
        for n, policy in enumerate(scenario.policies)
        if policy.at is not None and policy.at <= scenario.start and ("policies", n, "at") not in varied
    ]
    governments = list(purchasers(scenario)) if steps else []
    found: int | None = None
    for path in axis.targets[label]:
        homes = [
            (one, ".".join(map(str, path[len(one.path) :]))) for one in governments if path[: len(one.path)] == one.path
        ]
        setting = (n for n, policy in steps for home, key in homes if key in policy.levers and meant(policy, home) >= 0)
        found = next(setting, None)
        if found is None:
            return None
    return found
