"""Contradictions: what each side of a combination says, where the sides differ, and what both take away or add.

Of lists that are added to (dated policies) entries are compared by name; entries without one are added from both sides.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from sim.declarations.input_issues import KeyPath, Problem, shown
from sim.scenario.reading.located_values import Node
from sim.scenario.reading.named_entries import REMOVE, name_of

ALLOWED = "files that are combined may not contradict each other"
_OWN = ("title", "question")
"""Keys in which files always differ."""
_MOST_ITEMS = 6


@dataclass
class Entries:
    """What the files of one side say of a list that is added to.

    Attributes
    ----------
    cleared : Node or None
        The null that takes all inherited entries away.
    named : dict of str to Node
        The last entry of each name, a removal too.
    others : list of Node
        Entries without a name.
    """

    cleared: Node | None = None
    named: dict[str, Node] = field(default_factory=dict)
    others: list[Node] = field(default_factory=list)

    def add(self, node: Node) -> None:
        """Lay what a further file says over it."""
        if node.value is None:
            self.cleared = node
            self.named, self.others = {}, []
        for entry in node.value if isinstance(node.value, list) else ():
            name = _subject(entry)
            if name is None:
                self.others.append(entry)
            else:
                self.named[name] = entry


class Side:
    """What the files of one side say together, each laid over those before it; a null stays.

    Parameters
    ----------
    layers : iterable of Node
        What the files say, the base first.
    added : sequence of str
        Top-level keys of lists that are added to.
    """

    def __init__(self, layers: Iterable[Node], added: Sequence[str]) -> None:
        self.tree = Node({})
        self.lists = {key: Entries() for key in added}
        for layer in layers:
            items = dict(layer.value) if isinstance(layer.value, dict) else {}
            for key, entries in self.lists.items():
                if key in items:
                    entries.add(items.pop(key))
            self.tree = _over(self.tree, replace(layer, value=items))


def contradictions(lower: Side, upper: Side) -> Iterator[Problem]:
    """Values and named entries of which the sides say different things, at the place of the upper side."""
    own = {key: node for key, node in _items(upper.tree).items() if key not in _OWN}
    yield from _differing(lower.tree, replace(upper.tree, value=own), ())
    for key, entries in upper.lists.items():
        below = lower.lists[key]
        for name in entries.named.keys() & below.named.keys():
            mine, other = entries.named[name], below.named[name]
            if _plain(mine) != _plain(other):
                does, did = ("is taken away" if _removes(one) else "is set" for one in (mine, other))
                what = f"{shown(name)} {does} here, and {did} otherwise in {other.at.file}:{other.at.line}"
                yield mine.problem(what.replace("taken away otherwise", "taken away"), ALLOWED)
        for cleared, beside in ((entries.cleared, below), (below.cleared, entries)):
            rest = [*beside.named.values(), *beside.others]
            if cleared is not None and rest:
                what = f"all inherited entries are taken away, but {rest[0].at.file}:{rest[0].at.line} has one"
                yield cleared.problem(what, ALLOWED)


def without_repeats(layers: Sequence[Node], lower: Side, upper: Side) -> list[Node]:
    """The layers of the upper side without what the lower side takes away or adds in the same words."""
    gone = list(_both_null(lower.tree, upper.tree, ()))
    found = []
    for layer in layers:
        items = dict(_items(_without(layer, gone)))
        for key, entries in upper.lists.items():
            below, node = lower.lists[key], items.get(key)
            if node is not None and isinstance(node.value, list):
                said = {name for name, one in entries.named.items() if _removes(one) and name in below.named}
                texts = [_plain(one) for one in below.others]
                kept = [one for one in node.value if _subject(one) not in said and _plain(one) not in texts]
                items[key] = replace(node, value=kept)
            elif node is not None and below.cleared is not None:
                del items[key]
        found.append(replace(layer, value=items))
    return found


def _over(lower: Node, upper: Node) -> Node:
    if not (isinstance(lower.value, dict) and isinstance(upper.value, dict)):
        return upper
    items = {key: _over(lower.value[key], node) if key in lower.value else node for key, node in upper.value.items()}
    return replace(upper, value=lower.value | items)


def _differing(one: Node, other: Node, path: KeyPath) -> Iterator[Problem]:
    """Values that both give, differently."""
    if isinstance(one.value, dict) and isinstance(other.value, dict):
        for key in one.value.keys() & other.value.keys():
            yield from _differing(one.value[key], other.value[key], (*path, key))
    elif _plain(one) != _plain(other):
        what = f"is {_written(other)} here and {_written(one)} in {one.at.file}:{one.at.line}"
        yield Problem(other.at.file, other.at.line, other.at.column, path, what, ALLOWED)


def _both_null(one: Node, other: Node, path: KeyPath) -> Iterator[KeyPath]:
    """Paths of what both take away."""
    if isinstance(one.value, dict) and isinstance(other.value, dict):
        for key in one.value.keys() & other.value.keys():
            yield from _both_null(one.value[key], other.value[key], (*path, key))
    elif path and one.value is None and other.value is None:
        yield path


def _without(node: Node, paths: Sequence[KeyPath]) -> Node:
    """A tree without the nodes at some paths."""
    if not paths or not isinstance(node.value, dict):
        return node
    items = {
        key: _without(below, [path[1:] for path in paths if path[0] == key])
        for key, below in node.value.items()
        if (key,) not in paths
    }
    return replace(node, value=items)


def _subject(entry: Node) -> str | None:
    """The name that an entry gives itself, or whose entry it takes away."""
    removed = _items(entry).get(REMOVE)
    return name_of(entry) if removed is None else removed.value if isinstance(removed.value, str) else None


def _removes(entry: Node) -> bool:
    return REMOVE in _items(entry)


def _items(node: Node) -> dict[str, Node]:
    return node.value if isinstance(node.value, dict) else {}


def _written(node: Node) -> str:
    if not isinstance(node.value, list):
        return shown(_plain(node))
    items = [shown(_plain(one)) for one in node.value[:_MOST_ITEMS]]
    return f"[{', '.join(items)}{', ...' if len(node.value) > _MOST_ITEMS else ''}]"


def _plain(node: Node) -> object:
    value = node.value
    if isinstance(value, dict):
        return {key: _plain(below) for key, below in value.items()}
    return [_plain(below) for below in value] if isinstance(value, list) else value
