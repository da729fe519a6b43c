"""Layering: how a file is laid over the one it extends, and defaults over siblings.

Mappings are merged key by key; lists and single values are replaced whole, because a half-replaced list would
confuse; only what is declared to be *added to* (dated policies) goes on where the base ends
(`named_entries`). ``null`` in a child
removes the inherited entry. A template (``each_district``) supplies what its
siblings leave out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sim.declarations.input_issues import KeyPath, Problem, shown
from sim.scenario.reading.located_values import BROKEN, Node
from sim.scenario.reading.named_entries import extend_list
from sim.scenario.reading.plain_punctuation import instead, odd_structure
from sim.scenario.reading.split_numbers import split_entries, split_items

NOTHING_TO_REMOVE = "no value here (null), and nothing inherited that it could remove"
GIVE_A_VALUE = "give a value, or leave the key out; an empty mapping is {} and an empty list []"


@dataclass(frozen=True)
class Template:
    """Defaults for siblings.

    Attributes
    ----------
    where
        Path of the mappings that may hold the template; ``*`` stands for any key: ``("cities", "*")``.
    key
        The key of the template itself: ``"each_district"``.
    target
        The neighbouring mapping to whose entries it applies: ``"districts"``.
    """

    where: tuple[str, ...]
    key: str
    target: str

    def may_stand_in(self, path: KeyPath) -> bool:
        """Return whether the mapping at `path` may hold this template."""
        return len(path) == len(self.where) and all(w in ("*", p) for w, p in zip(self.where, path, strict=True))


def merge(base: Node, over: Node, added: Sequence[str] = (), problems: list[Problem] | None = None) -> Node:
    """Lay `over` on `base`; lists under the top-level keys `added` go on where those of the base end.

    A null that meets nothing stays in the result: a template may still supply what it removes, and `settle`
    reports it otherwise.
    """
    if not (isinstance(base.value, dict) and isinstance(over.value, dict)):
        return over
    items = dict(base.value)
    for key, node in over.value.items():
        inherited = items.get(key)
        if key in added and isinstance(node.value, list):
            items[key] = extend_list(inherited, node, [] if problems is None else problems)
        elif inherited is None:
            items[key] = node
        elif node.value is None and inherited.value is not None:
            del items[key]
        else:
            items[key] = merge(inherited, node)
    return replace(over, value=items)


def apply_templates(root: Node, templates: Sequence[Template], problems: list[Problem]) -> Node:
    """Return the tree with every template merged under the entries of its target, and taken out itself."""
    for template in templates:
        root = _descend(root, template.where, template, problems)
    return root


def _descend(node: Node, where: tuple[str, ...], template: Template, problems: list[Problem]) -> Node:
    if not isinstance(node.value, dict):
        return node
    if not where:
        return _apply(node, node.value, template, problems)
    items = dict(node.value)
    for key in items if where[0] == "*" else items.keys() & {where[0]}:
        items[key] = _descend(items[key], where[1:], template, problems)
    return replace(node, value=items)


def _apply(node: Node, entries: dict[str, Node], template: Template, problems: list[Problem]) -> Node:
    default = entries.get(template.key)
    if default is None or default.value is None:
        return node
    items = {key: entry for key, entry in entries.items() if key != template.key}
    if not isinstance(default.value, dict):
        if default.value is not BROKEN:
            what = f"found {shown(default.value)} where a mapping is expected"
            allowed = f"expected entries that hold for all of {template.target}"
            problems.append(default.problem(what, allowed))
        return replace(node, value=items)
    target = items.get(template.target)
    if target is not None and isinstance(target.value, dict):
        filled = {
            key: merge(default, entry) if isinstance(entry.value, dict) else entry
            for key, entry in target.value.items()
        }
        items[template.target] = replace(target, value=filled)
    return replace(node, value=items)


def settle(root: Node, free: Sequence[str] = ()) -> tuple[Any, list[Problem], set[KeyPath]]:
    """Turn a merged tree into plain values.

    Parameters
    ----------
    root
        The merged tree.
    free
        Top-level keys under which a null stays what it is, because it is meant for another file.

    Returns
    -------
    tuple
        The values; a problem for each null that removed nothing; and the paths of everything that was left
        out because it is already reported, so that checks can pass over them.
    """
    problems: list[Problem] = []
    broken: set[KeyPath] = set()
    return _plain(root, (), problems, broken, free), problems, broken


def _plain(node: Node, path: KeyPath, problems: list[Problem], broken: set[KeyPath], free: Sequence[str]) -> Any:
    value = node.value
    if isinstance(value, list):
        problems.extend(split_items(value))
        return [_plain(below, (*path, i), problems, broken, free) for i, below in enumerate(value)]
    if not isinstance(value, dict):
        if value is BROKEN:
            broken.add(path)
            return None
        return value
    out: dict[str, Any] = {}
    split = split_entries(value)
    problems.extend(dict.fromkeys(split.values()))
    for key, below in value.items():
        if key in split:
            broken.add((*path, key))
        elif below.value is None and path and path[0] in free:
            out[key] = None
        elif below.value is None:
            problems.append(_nothing(key, below))
            broken.add((*path, key))
        elif below.value is BROKEN:
            broken.add((*path, key))
        else:
            out[key] = _plain(below, (*path, key), problems, broken, free)
    return out


def _nothing(key: str, node: Node) -> Problem:
    """The problem of a null that removes nothing; it may be a name, or come from a sign that only looks right."""
    allowed = GIVE_A_VALUE
    if node.written not in ("", "null"):
        allowed += f"; where a name is meant, put {shown(node.written)} in quotes"
    if (odd := odd_structure(key)) is not None:
        allowed = f"{instead(odd[1])}; {allowed}"
    return node.problem(NOTHING_TO_REMOVE, allowed)


def each(values: Any, *pattern: str) -> Iterator[tuple[KeyPath, Any]]:
    """Walk over all values at a pattern of keys, quietly passing over whatever has another shape.

    For checks over values that may still be wrong in other ways: `*` matches any key and any list item.

    >>> list(each({"cities": {"a": {"lots": [1, 2]}, "b": 7}}, "cities", "*", "lots", "*"))
    [(('cities', 'a', 'lots', 0), 1), (('cities', 'a', 'lots', 1), 2)]
    """
    if not pattern:
        yield (), values
        return
    first, *rest = pattern
    below: Iterator[tuple[str | int, Any]] = iter(())
    if isinstance(values, dict):
        below = iter(values.items()) if first == "*" else iter([(first, values[first])] if first in values else [])
    elif isinstance(values, list) and first == "*":
        below = iter(enumerate(values))
    for key, value in below:
        for path, found in each(value, *rest):
            yield (key, *path), found
