"""Idle axes, which change nothing: the default alone, a lever that a policy sets at once, a date beyond the run."""

from __future__ import annotations

from collections.abc import Iterator

from sim.declarations.calendar_quarter import Quarter
from sim.declarations.input_issues import Issue, IssueError, KeyPath, key_path, shown
from sim.experiment.design.axis import Axis
from sim.experiment.design.axis_values import normal
from sim.experiment.design.bases_and_variants import ResolvedBase
from sim.experiment.design.declared_parameters import Kind
from sim.experiment.design.experiment_file import ExperimentFile, ListDesign
from sim.scenario.checks.purchasing_channel_checks import meant, purchasers

Axes = dict[str, Axis]


def same_places(file: ExperimentFile, axes: Axes, resolved_bases: list[ResolvedBase]) -> Iterator[Issue]:
    """Two axes that write to one place, and a length of runs that is said twice."""
    seen: dict[tuple[str, KeyPath], str] = {}
    for name, axis in axes.items():
        for label, paths in axis.targets.items():
            other = next((seen[label, path] for path in paths if (label, path) in seen), None)
            if other is not None:
                what = f"'{other}' varies {key_path(next(p for p in paths if (label, p) in seen))} too"
                yield Issue(("axes", name), what, "keep one of them", at_key=True, other=("axes", other))
                break
            seen.update({(label, path): name for path in paths})
        if file.quarters is not None and any(("quarters",) in paths for paths in axis.targets.values()):
            what = "'quarters' of the experiment says how long a run is"
            yield Issue(("axes", name), what, "take it away, or this axis", at_key=True, other=("quarters",))


def idle_axes(file: ExperimentFile, axes: Axes, resolved_bases: list[ResolvedBase]) -> Iterator[Issue]:
    """Axes whose only value is the default, or whose lever a policy sets in the first quarter of every base."""
    for name, axis in axes.items():
        tried = _tried(file, axis)
        if len(tried) == 1 and all(_is_default(axis, label, tried[0]) for label in axis.defaults):
            what = f"its only value, {shown(tried[0])}, is the default: the axis does nothing"
            key = "values" if isinstance(file.axes[name].values, list) else "path"
            yield Issue(("axes", name, key), what, "add other values, or take the axis away")
        policies = {policy for resolved in resolved_bases for policy in [_overriding(axis, axes, resolved)]}
        if resolved_bases and None not in policies:
            what = f"policies[{min(n for n in policies if n is not None)}] sets it in the first quarter"
            place = ("axes", name, *file.axes[name].targets[0])
            yield Issue(place, f"{what}: the axis does nothing", "vary the value of that policy instead")


def partly_idle(axes: Axes, resolved_bases: list[ResolvedBase]) -> Iterator[str]:
    """Remarks on axes that do nothing in some of the bases."""
    for name, axis in axes.items():
        labels = [resolved.base.label for resolved in resolved_bases if _overriding(axis, axes, resolved) is not None]
        if labels:
            yield f"the axis '{name}' does nothing in {', '.join(labels)}: a policy sets it in the first quarter"


def _tried(file: ExperimentFile, axis: Axis) -> list[object]:
    """Values of an axis, where they are few by nature."""
    if isinstance(file.design, ListDesign):
        given = [point[axis.name] for point in file.design.points if axis.name in point]
        sound = [value for value in given if axis.declared.wrong(value) is None]
        return list(dict.fromkeys(normal(value, axis.kind) for value in sound))
    return list(axis.levels)


def _is_default(axis: Axis, label: str, value: object) -> bool:
    default = axis.defaults[label]
    return default is not None and bool(normal(default, axis.kind) == value)


def _overriding(axis: Axis, axes: Axes, resolved: ResolvedBase) -> int | None:
    """A policy of the first quarter that sets what the axis sets, when every place of the axis is met so."""
    moved = {path[1] for one in axes.values() for path in one.targets[resolved.base.label] if _is_date(path)}
    start = resolved.scenario.start
    steps = [
        (n, policy) for n, policy in enumerate(resolved.scenario.policies) if policy.at == start and n not in moved
    ]
    found: int | None = None
    levers = {one.path: one for one in purchasers(resolved.scenario)} if steps else {}
    for path in axis.targets[resolved.base.label]:
        home = next((one for one in levers.values() if path[: len(one.path)] == one.path), None)
        if home is None:
            return None
        key = ".".join(map(str, path[len(home.path) :]))
        found = next((n for n, policy in steps if key in policy.levers and meant(policy, home) >= 0), None)
        if found is None:
            return None
    return found


def _is_date(path: KeyPath) -> bool:
    return path[0] == "policies" and path[-1] in ("at", "from", "to")


def late_quarters(file: ExperimentFile, axes: Axes, resolved_bases: list[ResolvedBase]) -> Iterator[Issue]:
    """Dates of policies that a run never meets."""
    for name, axis in axes.items():
        if axis.kind is not Kind.QUARTER:
            continue
        for resolved in resolved_bases:
            if any(_is_date(path) for path in axis.targets[resolved.base.label]):
                found = list(_outside(file, name, resolved))
                yield from found
                if found:
                    break


def _outside(file: ExperimentFile, name: str, resolved: ResolvedBase) -> Iterator[Issue]:
    start = resolved.scenario.start
    last = start + ((file.quarters or resolved.scenario.quarters) - 1)
    entry = file.axes[name]
    places: list[tuple[KeyPath, object]] = [(("axes", name, "values", n), v) for n, v in enumerate(entry.values or ())]
    places += [(("axes", name, key), getattr(entry, key)) for key in ("low", "high")]
    if isinstance(file.design, ListDesign):
        listed_points = enumerate(file.design.points)
        places += [(("design", "points", n, name), point.get(name)) for n, point in listed_points]
    for path, value in places:
        if value is not None and not start <= _quarter(value, start) <= last:
            yield Issue(path, f"{value} is outside the run of {resolved.base.label}", f"expected {start} to {last}")


def _quarter(value: object, otherwise: Quarter) -> Quarter:
    """A quarter; what is none is reported elsewhere."""
    try:
        return Quarter.parse(value)
    except IssueError:
        return otherwise
