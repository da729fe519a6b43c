"""Combined files: `a.yaml+b.yaml`, what several files change of one base, all of it at once.

Both files extend a common file.  What the second says itself is laid over the first; lists that are added to (dated
policies) have the entries of both.  Where both say different things of one value, neither is right.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from sim.declarations.input_issues import KeyPath, Problem, shown
from sim.scenario.reading.extends_chain import Chain, read_file
from sim.scenario.reading.file_search import find, label
from sim.scenario.reading.located_values import Node

SIGN = "+"
_OWN = ("title", "question")
"""Keys in which files always differ."""


def find_parts(text: str, beside: Path, directory: Path) -> list[Path] | Problem:
    """Find the files that a name means: one, or several with a plus between them.

    Parameters
    ----------
    text, beside, directory
        As for `find`.
    """
    found = find(text, beside, directory)
    if isinstance(found, Path) or SIGN not in text:
        return [found] if isinstance(found, Path) else found
    parts = []
    for name in text.split(SIGN):
        part = find(name.strip(), beside, directory)
        if isinstance(part, Problem):
            return replace(part, what=f"{part.what} {shown(name.strip())}")
        parts.append(part)
    return parts


def combined_name(paths: Sequence[Path]) -> str:
    """Name of files together.

    >>> combined_name([Path("a.yaml"), Path("below/b.yaml")])
    'a+b'
    """
    return SIGN.join(path.stem for path in paths)


def lay_over(chain: Chain, path: Path, added: Sequence[str]) -> None:
    """Lay what a file says, without the base that it shares with a chain, over the chain; problems are added to it.

    Parameters
    ----------
    chain : Chain
        Files that were read; gets the layers of the file at its top.
    path : Path
        The file.
    added : sequence of str
        Top-level keys of lists that are added to.
    """
    node, problems = read_file(path)
    chain.problems.extend(problems)
    if node is None:
        chain.complete = False
        return
    other = Chain(chain.shipped_folder, chain.problems).follow(node, path)
    chain.complete = chain.complete and other.complete
    if not other.complete:
        return
    there = [file.resolve() for file in chain.files]
    own = next((n for n, file in enumerate(other.files) if file.resolve() in there), None)
    top = label(chain.files[0])
    if own is None:
        what = f"cannot be combined with {top}: they extend no common file"
        chain.problems.append(Problem(label(path), 0, 0, (), what, "files that extend one base can be combined"))
        return
    if own == 0:
        chain.problems.append(Problem(label(path), 0, 0, (), f"is part of {top} already", "name other files"))
        return
    below = there.index(other.files[own].resolve())
    if below == 0:
        what = f"extends {top}, so it holds what that says already"
        chain.problems.append(Problem(label(path), 0, 0, (), what, "name it alone"))
        return
    for upper in other.layers[:own]:
        for lower in chain.layers[:below]:
            chain.problems.extend(_conflicts(lower, upper, (), added))
    chain.layers[:0] = other.layers[:own]
    chain.files[:0] = other.files[:own]
    chain.names[:0] = other.names[:own]


def _conflicts(one: Node, other: Node, path: KeyPath, added: Sequence[str]) -> Iterator[Problem]:
    """Values that both give, differently."""
    if isinstance(one.value, dict) and isinstance(other.value, dict):
        for key in one.value.keys() & other.value.keys():
            if path or key not in (*_OWN, *added):
                yield from _conflicts(one.value[key], other.value[key], (*path, key), added)
    elif _plain(one) != _plain(other):
        what = f"is {shown(_plain(other))} here and {shown(_plain(one))} in {one.at.file}:{one.at.line}"
        allowed = "files that are combined may not contradict each other"
        yield Problem(other.at.file, other.at.line, other.at.column, path, what, allowed)


def _plain(node: Node) -> object:
    value = node.value
    if isinstance(value, dict):
        return {key: _plain(below) for key, below in value.items()}
    return [_plain(below) for below in value] if isinstance(value, list) else value
