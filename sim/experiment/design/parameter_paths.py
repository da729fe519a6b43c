"""Parameter paths: from a path as a user writes it to the keys of values in a scenario.

Keys may hold dots and blanks (levers under `set`, names of agencies), so at a mapping the longest key that fits
is taken; keys in quotes are taken as they are.  ``*`` stands for every entry.  An item of a list is meant by
its number, a policy also by its name.

>>> tree = {"set": {"contract.term": 4, "contract": 1}, "policies": [{"name": "cut", "at": "2012-Q1"}]}
>>> resolve(tree, "set.contract.term"), resolve(tree, "policies.cut.at"), resolve(tree, "policies[0].at")
([('set', 'contract.term')], [('policies', 0, 'at')], [('policies', 0, 'at')])
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sim.declarations.input_issues import KeyPath, key_path, suggest

EVERY = "*"
_ENDS = (".", "[")


@dataclass(eq=False)
class PathError(LookupError):
    """A path that leads nowhere; `parent` is how far it leads, `known` what stands there, `meant` a repair."""

    parent: KeyPath
    part: str
    known: list[str]
    meant: str | None


def resolve(tree: Any, text: str) -> list[KeyPath]:
    """Keys of every value that a path means, in the order of the tree.

    Parameters
    ----------
    tree : mapping
        Plain values with everything filled in, so that what a file leaves at its default is found too.
    text : str
        The path.

    Raises
    ------
    PathError
        Where no value is meant.
    """
    found = list(_walk(tree, text, ()))
    if not found:
        raise _path_error(tree, text, (), "")
    if EVERY not in text or "policies" not in found[0]:
        return found
    # Policies of other kinds do not have the key that is meant: every entry means every one that has.
    return [path for path in found if value_at(tree, path) is not None] or found


def _walk(tree: Any, rest: str, before: KeyPath) -> Iterator[KeyPath]:
    if not rest:
        yield before
        return
    for key, after in _steps(tree, rest):
        below = list(_walk(tree[key], after, (*before, key)))
        yield from below
        if below and not _begins(rest, EVERY):
            return


def _steps(tree: Any, rest: str) -> Iterator[tuple[Any, str]]:
    """Keys with which the rest of a path may go on, the longest first, and what is left of it then."""
    names = _names(tree)
    if isinstance(tree, list):
        names = {text: n for n in range(len(tree)) for text in (f"[{n}]", str(n))} | names
    if _begins(rest, EVERY):
        yield from ((key, _after(rest, EVERY)) for key in dict.fromkeys(names.values()))
        return
    for name in sorted(names, key=len, reverse=True):
        word = f'"{name}"' if rest.startswith('"') else name
        if word and _begins(rest, word):
            yield names[name], _after(rest, word)


def _names(tree: Any) -> dict[str, Any]:
    """Keys of a mapping, or of a list the numbers of items that have a name, by how a path names them."""
    if isinstance(tree, dict):
        return {str(key): key for key in tree}
    items = enumerate(tree) if isinstance(tree, list) else ()
    return {str(item["name"]): n for n, item in items if isinstance(item, dict) and item.get("name")}


def _begins(rest: str, word: str) -> bool:
    return rest.startswith(word) and (len(rest) == len(word) or rest[len(word)] in _ENDS)


def _after(rest: str, word: str) -> str:
    return rest[len(word) :].removeprefix(".")


def _path_error(tree: Any, rest: str, before: KeyPath, done: str) -> PathError:
    """How far a path leads, and what it may have meant."""
    for key, after in _steps(tree, rest):
        if after:
            return _path_error(tree[key], after, (*before, key), done + rest[: len(rest) - len(after)])
    known = list(_names(tree))
    part = rest.split(".")[0]
    # Levers hold dots, so the whole rest may be one slip.
    for word in (rest, part):
        nearest = suggest(word, known)
        if nearest is not None:
            return PathError(before, word, known, done + nearest + rest[len(word) :])
    return PathError(before, part, known, None)


def leaf_paths(tree: Any, before: KeyPath = ()) -> Iterator[KeyPath]:
    """Paths of all single values of a tree."""
    if not isinstance(tree, dict | list):
        yield before
        return
    for key, below in tree.items() if isinstance(tree, dict) else enumerate(tree):
        yield from leaf_paths(below, (*before, key))


def full_path(tree: Any, end: str) -> str | None:
    """The first path of a tree that ends with what a user wrote; None for none.

    >>> full_path({"rules": {"strategy": {"drive": 1}}}, "strategy.drive")
    'rules.strategy.drive'
    """
    written = (key_path(path) for path in leaf_paths(tree))
    return next((path for path in written if path.endswith(f".{end}")), None)


def value_at(tree: Any, path: KeyPath) -> Any:
    """Value at a path; None where the tree does not go so far.

    >>> value_at({"a": [{"b": 1}]}, ("a", 0, "b")), value_at({}, ("a", "b"))
    (1, None)
    """
    for part in path:
        if isinstance(tree, Mapping):
            tree = tree.get(part)
        elif isinstance(tree, list) and isinstance(part, int) and part < len(tree):
            tree = tree[part]
        else:
            return None
    return tree


def with_values(tree: dict[str, Any], changes: Iterable[tuple[KeyPath, Any]]) -> dict[str, Any]:
    """A tree with other values at some paths; what is not on their way is shared with the old one.

    >>> old = {"a": {"b": 1}, "c": [1, 2]}
    >>> with_values(old, [(("a", "x"), 5), (("c", 0), 7)]), old
    ({'a': {'b': 1, 'x': 5}, 'c': [7, 2]}, {'a': {'b': 1}, 'c': [1, 2]})
    """
    new = dict(tree)
    # Copies by their identity, so that nothing is copied twice; kept alive by the tree that they are part of.
    own = {id(new)}
    for path, value in changes:
        inner: Any = new
        for part in path[:-1]:
            below = inner.get(part, {}) if isinstance(inner, dict) else inner[part]
            if id(below) not in own:
                below = below.copy()
                own.add(id(below))
                inner[part] = below
            inner = below
        inner[path[-1]] = value
    return new
