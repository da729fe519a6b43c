"""Problem places: beside which control each problem of a setting is shown.

>>> from sim.scenario import load_scenario_file
>>> wish = Wish("beijing-2010", {"payment.delay": 99}, ({"at": "2013-Q1", "set": {"contract.term": -1}},))
>>> scenario = load_scenario_file("beijing-2010").scenario
>>> found = [
...     Problem("", 0, 0, ("policies", n, "set", lever), "is wrong")
...     for n, lever in enumerate(["payment.delay", "contract.term"])
... ]
>>> problem_places(wish, scenario, found)
{'payment.delay': 'is wrong', 'policies.0.set': 'is wrong'}
"""

from __future__ import annotations

from collections.abc import Iterable

from sim.declarations.input_issues import Problem, printable
from sim.live.wish import Wish
from sim.scenario import Scenario

STEP_PARTS = ("at", "in", "set")
"""Parts of a policy that have a field of their own."""


def problem_places(wish: Wish, base: Scenario, problems: Iterable[Problem]) -> dict[str, str]:
    """What is wrong with each control.

    Parameters
    ----------
    wish : Wish
        What cannot be run.
    base : Scenario
        The scenario that it changes.
    problems : iterable of Problem
        All that was found in it.

    Returns
    -------
    dict of str to str
        A lever, a parameter, ``policies.N.PART`` for a part of the N-th policy of the page, or ``seed``,
        ``replications``, ``quarters`` -> the problem in words. Problems of what has no control are left out.
    """
    at_start = len(wish.file_values(base).get("policies", ())) - len(wish.policies)
    found: dict[str, list[str]] = {}
    for problem in problems:
        key = _key(problem.path, wish, at_start)
        if key:
            found.setdefault(key, []).append(_words(problem))
    return {key: "; ".join(dict.fromkeys(words)) for key, words in found.items()}


def _key(path: tuple[str | int, ...], wish: Wish, at_start: int) -> str:
    """The control that a path of keys means; empty where there is none."""
    if path[:1] == ("policies",) and len(path) > 1 and isinstance(path[1], int):
        part = str(path[2]) if len(path) > 2 else ""
        if path[1] >= at_start:
            return f"policies.{path[1] - at_start}.{part if part in STEP_PARTS else 'set'}"
        return _changed(path[3:], wish)
    if path[:1] == ("rules",):
        return _changed(path, wish)
    return str(path[0]) if path in (("seed",), ("replications",), ("quarters",)) else ""


def _changed(path: tuple[str | int, ...], wish: Wish) -> str:
    """The changed lever or parameter that a path leads to or into."""
    for length in range(len(path), 0, -1):
        key = ".".join(map(str, path[:length]))
        if key in wish.changes:
            return key
    return ""


def _words(problem: Problem) -> str:
    """A problem without its place in a file, which the control itself is."""
    return printable("; ".join(filter(None, (problem.what, problem.allowed))))
