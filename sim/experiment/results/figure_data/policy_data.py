"""Policy data: policies of the scenarios of a folder on a calendar, for `sim.plots.policy_timeline`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from sim.declarations.calendar_quarter import Quarter
from sim.experiment.results.figure_data.figure_options import FigureOptions
from sim.experiment.results.figure_data.prepared_figure import PreparedFigure
from sim.experiment.results.result_arrays import ResultArrays
from sim.experiment.store.part_reader import QueryError
from sim.plots.policy_marks import flat_levers, lever_unit, plain_name, policy_when, value_text, with_unit
from sim.plots.policy_timeline import (
    MOST_LANES,
    PolicyLane,
    PolicySpan,
    PolicyTimeline,
    Shape,
    policy_timeline,
    texts,
)
from sim.scenario.parameters.policy_syntax import Policy
from sim.scenario.parameters.scenario_file import Scenario

EVERYWHERE = "everywhere"
_MILLION = 1e6
_Lane = tuple[str, str]
"""Lever and place."""


def read_policies(results: ResultArrays, options: FigureOptions) -> PreparedFigure:
    """Read the policies of all scenarios of a folder; nothing can be asked of the figure.

    Raises
    ------
    QueryError
        If none changes anything within the runs.
    """
    bases = results.manifest["design"]["bases"]
    names = [" / ".join(str(base[key]) for key in ("scenario", "variant") if base.get(key)) for base in bases]
    if not any(base["values"].get("policies") for base in bases):
        raise QueryError(f"no scenario in {results.path} has a policy")
    calendars = [_calendar(results, base["values"]) for base in bases]
    start, end = min(first for first, _ in calendars), max(after for _, after in calendars)
    last: dict[str, Quarter] = {}
    owners: dict[str, list[int]] = {}
    for n, base in enumerate(bases):
        for policy in base["values"].get("policies", []):
            owners.setdefault(json.dumps(policy, sort_keys=True), []).append(n)
    lanes: dict[str, dict[_Lane, list[PolicySpan]]] = {}
    # What few scenarios have is what tells them apart.
    for key in sorted(owners, key=lambda key: len(set(owners[key]))):
        who = list(dict.fromkeys(owners[key]))
        every = "In this scenario" if len(bases) == 1 else f"All {len(bases)} scenarios"
        group = every if len(who) == len(bases) else ", ".join(names[n] for n in who)
        last[group] = max(calendars[n][1] for n in who) + -1
        for lane, span in _spans(Policy.model_validate(json.loads(key)), start, end):
            lanes.setdefault(group, {}).setdefault(lane, []).append(span)
    found = [
        PolicyLane(group, f"{lever}, {place}", tuple(spans), last[group])
        for group, by_lane in lanes.items()
        for (lever, place), spans in by_lane.items()
    ]
    if not found:
        raise QueryError(f"no policy changes anything within the runs of {results.path}")
    shown = tuple(found[:MOST_LANES])
    data = PolicyTimeline(f"Policies: {results.title}", start, end - start, shown, len(found) - len(shown))
    return PreparedFigure(texts(data), lambda: policy_timeline(data))


def _calendar(results: ResultArrays, values: Mapping[str, Any]) -> tuple[Quarter, Quarter]:
    """First quarter of the runs of a scenario, and the first after them."""
    usual = Scenario.model_fields["quarters"].default
    first = Quarter.parse(str(values["start"])) if "start" in values else results.start
    return first, first + int(results.experiment.get("quarters") or values.get("quarters", usual))


def _short(value: object) -> str:
    """A value in few characters, without a loss.

    >>> _short(1440000), _short(0.08), _short("direct")
    ('1.44 m', '0.08', 'direct')
    """
    large = isinstance(value, int | float) and abs(value) >= _MILLION
    return f"{value_text(float(value) / _MILLION)} m" if large else value_text(value)  # type: ignore[arg-type]


def _spans(policy: Policy, start: Quarter, end: Quarter) -> Iterator[tuple[_Lane, PolicySpan]]:
    """Every lever of a policy, in the place where it holds; none of one that is outside the runs."""
    place = policy.in_ or EVERYWHERE
    where = place if isinstance(place, str) else ", ".join(place)
    shape, first, last = _times(policy)
    if first is not None and (first >= end or (last is not None and last < start)):
        return
    for key, value in flat_levers(policy.levers):
        unit = lever_unit(key)
        words = f"{policy_when(policy)}, {'gradually to ' if shape is Shape.RAMP else ''}{with_unit(key, value)}"
        condition = f" when {plain_name(policy.when.words)}" if policy.when is not None else ""
        lever = plain_name(key) + (f" ({unit})" if unit else "")
        yield (lever, where), PolicySpan(shape, first, last, f"{_short(value)}{condition}", words)


def _times(policy: Policy) -> tuple[Shape, Quarter | None, Quarter | None]:
    """Shape of a policy, its first quarter, and where it ends or is at its end."""
    if policy.at is not None:
        return Shape.STEP, policy.at, None
    if policy.when is not None or policy.from_ is None or policy.last is None:
        return Shape.TRIGGER, None, None
    if policy.ramp is not None:
        return Shape.RAMP, policy.from_, policy.last
    return Shape.PULSE, policy.from_, policy.last + 1
