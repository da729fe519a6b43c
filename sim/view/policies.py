"""Dated policy changes as a reader of a figure needs them: when, numbered, in a line of plain words each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from sim.scenario.calendar import Quarter

_MOST_LISTED = 8


class Dated(NamedTuple):
    """Everything that changes at one date."""

    at: Quarter
    words: str


def dated_policies(policies: Iterable[Mapping[str, Any]], start: Quarter, quarters: int) -> list[Dated]:
    """Policies of a resolved scenario that change something within the run, one entry a date.

    Changes that hold from the very beginning are the world one starts with, not an event; they are left out.

    Parameters
    ----------
    policies : iterable of mapping
        The manifest's ``scenario.policies``.
    start : Quarter
        First quarter of the run.
    quarters : int
        Its length.

    Examples
    --------
    >>> policy = {"at": "2012-Q1", "in": "Xicheng", "set": {"procurement.budget_factor": 0.5}}
    >>> dated_policies([policy], Quarter(2010, 1), 40)
    [Dated(at=Quarter(year=2012, number=1), words='Xicheng: procurement budget factor 0.5')]
    """
    by_date: dict[Quarter, list[str]] = {}
    for policy in policies:
        at = Quarter.parse(policy["at"])
        if 0 < at - start < quarters:
            by_date.setdefault(at, []).append(_words(policy))
    return [Dated(at, "; ".join(words)) for at, words in sorted(by_date.items())]


def keyed(policies: list[Dated], width: int) -> list[str]:
    """Lines of the key below a figure: number, date, words, cut to a width in characters."""
    lines = [f"{i}   {policy.at}   {policy.words}" for i, policy in enumerate(policies, start=1)]
    if len(lines) > _MOST_LISTED:
        more = len(lines) - _MOST_LISTED + 1
        lines = [*lines[: _MOST_LISTED - 1], f"and {more} more dates; all are in manifest.json"]
    return [shortened(line, width) for line in lines]


def shortened(text: str, width: int) -> str:
    """Cut a text to a width in characters.

    >>> shortened("a long story", 7)
    'a long…'
    """
    return text if len(text) <= width else text[: width - 1].rstrip() + "…"


def _words(policy: Mapping[str, Any]) -> str:
    changes = ", ".join(f"{_plain(path)} {_value(value)}" for path, value in _flat(policy["set"]))
    where = policy.get("in") or "everywhere"
    return f"{where if isinstance(where, str) else ', '.join(where)}: {changes}"


def _flat(values: Mapping[str, Any], before: str = "") -> Iterable[tuple[str, Any]]:
    for key, value in values.items():
        path = f"{before}.{key}" if before else key
        if isinstance(value, Mapping):
            yield from _flat(value, path)
        else:
            yield path, value


def _plain(path: str) -> str:
    return path.replace(".", " ").replace("_", " ")


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:,.10g}" if isinstance(value, int | float) else str(value)
