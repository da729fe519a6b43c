"""Split numbers: a comma inside a number, which within [ ] and { } ends it and begins the next item.

``{budget: 600,000}`` is a budget of 600 and a key 000, and ``[0,5, 0,7]`` holds four numbers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from sim.declarations.input_issues import Problem, shown
from sim.scenario.reading.located_values import Node
from sim.scenario.reading.number_guesses import meant_number

_ENDS = "within [ ] and { } a comma ends a number"


def split_entries(items: Mapping[str, Node]) -> dict[str, Problem]:
    """Keys without a value that are the rest of the number before them, with the problem of that number."""
    out: dict[str, Problem] = {}
    first: Node | None = None
    words: list[str] = []
    end = 0
    for key, node in items.items():
        at = node.key_at
        follows = first is not None and (at.line, at.column) == (first.at.line, end + 1) and at.line > 0
        if follows and first is not None and node.value is None and key.isascii() and key.isdigit():
            words.append(key)
            end = at.column + len(key)
            problem = _problem(first, words)
            out |= dict.fromkeys(words[1:], problem)
        else:
            first = node if _is_number(node) else None
            words, end = [node.written], node.at.column + len(node.written)
    return out


def split_items(items: Sequence[Node]) -> Iterator[Problem]:
    """Problems of a list in which commas are written as in numbers: some with a blank behind them, some without.

    A list in which no comma has a blank behind it is taken as it stands, unless an item begins with zeros.
    """
    groups: list[list[Node]] = []
    for item in items:
        if groups and _is_number(groups[-1][-1]) and _is_number(item) and _touches(groups[-1][-1], item):
            groups[-1].append(item)
        else:
            groups.append([item])
    written = [[item.written for item in group] for group in groups if all(map(_is_number, group))]
    mixed = len(groups) > 1
    pairs = mixed and len(written) == len(groups) and all(len(group) == 2 for group in written)
    for group in groups:
        words = [item.written for item in group]
        if len(words) > 1 and (pairs or _has_zeros(words) or (mixed and _is_thousands(words))):
            yield _problem(group[0], words)


def _problem(first: Node, words: Sequence[str]) -> Problem:
    text = ",".join(words)
    meant = meant_number(text)
    number = f"write {shown(meant)} for one number, or " if meant is not None else ""
    return first.problem(f"{_ENDS}, so {text} is {len(words)} of them", f"{number}put a blank after the comma")


def _is_number(node: Node) -> bool:
    return isinstance(node.value, int | float) and not isinstance(node.value, bool) and node.written[-1:].isdigit()


def _touches(before: Node, node: Node) -> bool:
    """Whether nothing but a comma stands between a number and the next item."""
    end = before.at.column + len(before.written) + 1
    return before.at.line > 0 and (node.at.line, node.at.column) == (before.at.line, end)


def _has_zeros(words: Sequence[str]) -> bool:
    """Whether an item behind the first has the form of the end of a number: 000, 050."""
    return any(len(word) == 3 and word.isdigit() and word[0] == "0" for word in words[1:])


def _is_thousands(words: Sequence[str]) -> bool:
    return 1 <= len(words[0].lstrip("+-")) <= 3 and all(len(word) == 3 and word.isdigit() for word in words[1:])
