"""Named entries: how a list of one file is laid over that of the files that it extends.

Entries are added behind the inherited ones, except that one with the name of an inherited entry takes its place, and
one that only says ``remove: NAME`` takes the inherited entry of that name away.
"""

from __future__ import annotations

from dataclasses import replace

from sim.declarations.input_issues import Problem, listed, shown, suggest
from sim.scenario.reading.located_values import BROKEN, Node

REMOVE = "remove"
"""Key of an entry that takes an inherited one away."""


def extend_list(inherited: Node | None, own: Node, problems: list[Problem]) -> Node:
    """The list of one file laid over the inherited one; what is wrong with a removal is added to `problems`."""
    if not isinstance(own.value, list):
        return own
    below = inherited.value if inherited is not None and isinstance(inherited.value, list) else []
    known = [name for entry in below if (name := name_of(entry)) is not None]
    removed: set[str] = set()
    entries: dict[int | str, Node] = {name_of(entry) or n: entry for n, entry in enumerate(below)}
    added: list[Node] = []
    for entry in own.value:
        name = name_of(entry)
        if isinstance(entry.value, dict) and REMOVE in entry.value:
            removed |= _removed(entry.value, known, problems)
        elif name in entries and entries[name] not in own.value:
            entries[name] = entry
        else:
            added.append(entry)
    return replace(own, value=[*(entry for name, entry in entries.items() if name not in removed), *added])


def name_of(entry: Node) -> str | None:
    """Name that an entry gives itself."""
    name = entry.value.get("name") if isinstance(entry.value, dict) else None
    return name.value if name is not None and isinstance(name.value, str) else None


def _removed(entry: dict[str, Node], known: list[str], problems: list[Problem]) -> set[str]:
    """Name of the inherited entry that an entry takes away; none where it cannot."""
    for key, more in entry.items():
        if key != REMOVE:
            what = f"'{key}' and '{REMOVE}' cannot stand together"
            problems.append(more.problem(what, f"write '{REMOVE}: NAME' as an entry of its own", at_key=True))
    name = entry[REMOVE]
    if isinstance(name.value, str) and name.value in known:
        return {name.value}
    if name.value is not BROKEN:
        found = shown(name.value) if isinstance(name.value, str | int | float | None) else "a list or a mapping"
        allowed = f"expected one of {listed(known)}" if known else "no entry with a name is inherited"
        suggestion = suggest(name.value, known) if isinstance(name.value, str) else None
        problems.append(name.problem(f"no inherited entry is named {found}", allowed, suggestion=suggestion))
    return set()
