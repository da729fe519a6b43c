"""Policy marks: policies as a figure shows them, when, how far in force, numbered, in a line of plain words each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from sim.declarations.calendar_quarter import Quarter
from sim.plots.key_entry import KeyEntry
from sim.scenario.parameters.parameter_spec import parameters_of
from sim.scenario.parameters.policy_levers import CityGovernment, DistrictGovernment
from sim.scenario.parameters.policy_syntax import Policy, trigger_words

_MOST_LISTED = 8
"""Policies that the key of a figure has room for."""
_SCALES = frozenset(
    ("share", "0-1", "ratio", "probability", "weight", "elasticity", "sd", "log sd", "score sd", "choice", "yes/no")
)
"""Units that say on which scale a number stands; written behind it they would say nothing."""

Fired = Mapping[str, npt.NDArray[np.bool_]]
"""Trigger in words -> whether it was in force, shape (replications, quarters)."""


class PolicyMark(NamedTuple):
    """Everything that steps change at one date, or one policy that runs over a time.

    Attributes
    ----------
    at : Quarter, optional
        Where it is marked; None for a trigger that never fired.
    words : str
        What it changes, and where.
    when : str
        When it holds, in words.
    force : tuple of float
        By quarter of the run, how far it is in force: 1 in a pulse, the part of its way that a ramp has come,
        the share of replications in which a trigger was on.  Empty for a step, which holds until something
        else does.
    """

    at: Quarter | None
    words: str
    when: str
    force: tuple[float, ...] = ()


def dated_policies(
    policies: Iterable[Mapping[str, Any]], start: Quarter, quarters: int, fired: Fired | None = None
) -> list[PolicyMark]:
    """Policies of a resolved scenario that change something within the run, in order of their dates.

    Steps of one date are one entry.  Changes that hold from the very beginning are the world one starts with,
    not an event; they are left out.

    Parameters
    ----------
    policies : iterable of mapping
        The manifest's ``scenario.policies``.
    start : Quarter
        First quarter of the run.
    quarters : int
        Its length.
    fired : mapping of str to bool array, optional
        When triggers were in force.

    Examples
    --------
    >>> policy = {"at": "2012-Q1", "in": "Xicheng", "set": {"procurement.budget_factor": 0.5}}
    >>> [(str(one.at), one.words) for one in dated_policies([policy], Quarter(2010, 1), 40)]
    [('2012-Q1', 'Xicheng: procurement budget factor 0.5')]
    """
    steps: dict[Quarter, list[str]] = {}
    found: list[PolicyMark] = []
    for values in policies:
        policy = Policy.model_validate(values)
        if policy.at is not None:
            if 0 < policy.at - start < quarters:
                steps.setdefault(policy.at, []).append(policy_words(policy))
        elif policy.when is not None:
            found.append(_triggered(policy, start, (fired or {}).get(trigger_words(policy))))
        elif (
            policy.from_ is not None and policy.last is not None and _within(policy.from_, policy.last, start, quarters)
        ):
            found.append(_over_time(policy, policy.from_, policy.last, start, quarters))
    found += [PolicyMark(at, "; ".join(words), str(at)) for at, words in steps.items()]
    never = start + quarters
    return sorted(found, key=lambda one: (one.at or never, one.words))


def _within(first: Quarter, last: Quarter, start: Quarter, quarters: int) -> bool:
    """Whether a pulse or ramp is under way in any quarter of the run."""
    return last >= start and first < start + quarters


def _over_time(policy: Policy, first: Quarter, last: Quarter, start: Quarter, quarters: int) -> PolicyMark:
    """A pulse, or a ramp."""
    force = []
    for quarter in range(quarters):
        at = start + quarter
        way = (at - first) / (last - first) if policy.ramp is not None else 1.0
        force.append(way if first <= at <= last else 0.0)
    return PolicyMark(max(first, start), policy_words(policy), f"{first} to {last}", tuple(force))


def _triggered(policy: Policy, start: Quarter, fired: npt.NDArray[np.bool_] | None) -> PolicyMark:
    """A trigger, marked where half of the replications in which it fired had it in force for the first time."""
    words = f"{policy_words(policy)}, when {plain_name(trigger_words(policy))}"
    met = np.empty(0, np.int64) if fired is None else np.argmax(fired, axis=1)[fired.any(axis=1)]
    if fired is None or not len(met):
        return PolicyMark(None, words, "never")
    at = start + int(np.sort(met)[(len(met) - 1) // 2])
    share = f" (median; in {len(met):,} of {len(fired):,} replications)" if len(fired) > 1 else ""
    return PolicyMark(at, words, f"{at}{share}", tuple(fired.mean(axis=0).tolist()))


def stretches(force: Iterable[float]) -> list[tuple[int, int, float]]:
    """Quarters in a row in which a policy is equally in force: (first, first no more, how far).

    >>> stretches([0, 1, 1, 0.5, 0])
    [(1, 3, 1), (3, 4, 0.5)]
    """
    found: list[tuple[int, int, float]] = []
    for quarter, value in enumerate(force):
        if found and found[-1][1:] == (quarter, value):
            found[-1] = (found[-1][0], quarter + 1, value)
        elif value > 0:
            found.append((quarter, quarter + 1, value))
    return found


def keyed(policies: Sequence[PolicyMark]) -> list[KeyEntry]:
    """Entries of the key below a figure: number, date and words of each policy, as far as there is room.

    >>> keyed([PolicyMark(Quarter(2012, 1), "Xicheng: contract term 12", "2012-Q1")])
    [KeyEntry(sign='1', words='2012-Q1, Xicheng: contract term 12')]
    """
    more = len(policies) - _MOST_LISTED + 1 if len(policies) > _MOST_LISTED else 0
    shown = policies[: len(policies) - more]
    entries = [KeyEntry(str(i), f"{policy.when}, {policy.words}") for i, policy in enumerate(shown, start=1)]
    return [*entries, KeyEntry("", f"and {more} more; all are in manifest.json")] if more else entries


def policy_words(policy: Policy) -> str:
    """What a policy changes, and where.

    >>> policy_words(Policy.model_validate({"at": "2012-Q1", "in": ["A", "B"], "set": {"contract.term": 1}}))
    'A, B: contract term 1 quarter'
    """
    by = " gradually to" if policy.ramp is not None else ""
    changes = ", ".join(
        f"{plain_name(path)}{by} {with_unit(path, value)}" for path, value in flat_levers(policy.levers)
    )
    where = policy.in_ or "everywhere"
    return f"{where if isinstance(where, str) else ', '.join(where)}: {changes}"


def policy_when(policy: Policy) -> str:
    """When a policy holds, in words.

    >>> policy_when(Policy.model_validate({"from": "2012-Q1", "for": 4, "set": {"contract.term": 1}}))
    '2012-Q1 to 2012-Q4'
    """
    if policy.at is not None:
        return f"from {policy.at} on"
    if policy.when is not None:
        return f"when {plain_name(trigger_words(policy))}"
    return f"{policy.from_} to {policy.last}"


def flat_levers(values: Mapping[str, Any], before: str = "") -> Iterable[tuple[str, Any]]:
    """Keys of levers with dots, however deep they are written, and their values."""
    for key, value in values.items():
        path = f"{before}.{key}" if before else key
        if isinstance(value, Mapping):
            yield from flat_levers(value, path)
        else:
            yield path, value


def plain_name(path: str) -> str:
    """Names of levers and outcomes as words; the point in a number stays.

    >>> plain_name("unmet_need above 0.5"), plain_name("contract.term")
    ('unmet need above 0.5', 'contract term')
    """
    words = path.replace("_", " ")
    return "".join(
        " " if letter == "." and not words[n + 1 : n + 2].isdigit() else letter for n, letter in enumerate(words)
    )


@cache
def _units() -> dict[str, str]:
    """Unit of every lever, by its key."""
    return {leaf.key: leaf.unit for group in (CityGovernment, DistrictGovernment) for leaf in parameters_of(group)}


def lever_unit(lever: str) -> str:
    """Unit of a lever; empty where it only says on which scale a number stands."""
    unit = _units().get(lever, "")
    return "" if unit in _SCALES else unit


def with_unit(lever: str, value: Any) -> str:
    """A lever's value with its unit; the bare number where that is only a share, an index and the like.

    >>> with_unit("procurement.budget", 2500000), with_unit("contract.term", 1), with_unit("procurement.growth", 0.3)
    ('2,500,000 CNY/year', '1 quarter', '0.3/year')
    >>> with_unit("contract.development", 0.5), with_unit("contract.pricing", "fixed")
    ('0.5', 'fixed')
    """
    unit = lever_unit(lever)
    if not unit:
        return value_text(value)
    if unit.startswith("1/"):
        return f"{value_text(value)}{unit[1:]}"
    return f"{value_text(value)} {unit.removesuffix('s') if value == 1 else unit}"


def value_text(value: Any) -> str:
    """A value without its unit.

    >>> value_text(True), value_text(2500000), value_text("fixed")
    ('yes', '2,500,000', 'fixed')
    """
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:,.10g}" if isinstance(value, int | float) else str(value)
