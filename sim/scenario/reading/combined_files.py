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
from sim.scenario.reading.file_search import find, label, name_of
from sim.scenario.reading.located_values import Node
from sim.scenario.reading.named_entries import name_of as entry_name

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


def combined_name(paths: Sequence[Path]) -> str | Problem:
    """Name of files together; a problem where the name of one is unfit for tables and titles.

    >>> combined_name([Path("a.yaml"), Path("below/b.yaml")])
    'a+b'
    """
    names = [name_of(path) for path in paths]
    return next((name for name in names if isinstance(name, Problem)), SIGN.join(map(str, names)))


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
    shared = {file.resolve() for file in chain.files} & {file.resolve() for file in other.files}
    own = [n for n, file in enumerate(other.files) if file.resolve() not in shared]
    beside = [n for n, file in enumerate(chain.files) if file.resolve() not in shared]
    problem = _unfit(label(path), label(chain.files[-1]), bool(shared), bool(own), bool(beside))
    if problem is not None:
        chain.problems.append(problem)
        return
    for upper in own:
        for lower in beside:
            chain.problems.extend(_conflicts(chain.layers[lower], other.layers[upper], (), added))
    chain.layers.extend(other.layers[n] for n in own)
    chain.files.extend(other.files[n] for n in own)
    chain.names[:0] = [label(other.files[n]) for n in reversed(own)]


def _unfit(file: str, top: str, shared: bool, own: bool, beside: bool) -> Problem | None:
    """Why a file cannot be combined with another, if it cannot.

    Parameters
    ----------
    file, top : str
        Names of the file and of the other.
    shared, own, beside : bool
        Whether they extend a common file, and whether each says something that the other does not hold.
    """
    if not shared:
        what, allowed = (
            f"cannot be combined with {top}: they extend no common file",
            "files that extend one base can be combined",
        )
    elif not own:
        what, allowed = f"is part of {top} already", "name other files"
    elif not beside:
        what, allowed = f"extends {top}, so it holds what that says already", "name it alone"
    else:
        return None
    return Problem(file, 0, 0, (), what, allowed)


def _conflicts(one: Node, other: Node, path: KeyPath, added: Sequence[str]) -> Iterator[Problem]:
    """Values that both give, differently; of lists that are added to, entries of one name."""
    if isinstance(one.value, dict) and isinstance(other.value, dict):
        for key in one.value.keys() & other.value.keys():
            if not path and key in added:
                entries, others = _by_name(one.value[key]), _by_name(other.value[key])
                for name in entries.keys() & others.keys():
                    yield from _conflicts(entries[name], others[name], (key, name), added)
            elif path or key not in _OWN:
                yield from _conflicts(one.value[key], other.value[key], (*path, key), added)
    elif _plain(one) != _plain(other):
        what = f"is {shown(_plain(other))} here and {shown(_plain(one))} in {one.at.file}:{one.at.line}"
        allowed = "files that are combined may not contradict each other"
        yield Problem(other.at.file, other.at.line, other.at.column, path, what, allowed)


def _by_name(entries: Node) -> dict[str, Node]:
    """Entries of a list that have a name."""
    below = entries.value if isinstance(entries.value, list) else []
    return {name: entry for entry in below if (name := entry_name(entry)) is not None}


def _plain(node: Node) -> object:
    value = node.value
    if isinstance(value, dict):
        return {key: _plain(below) for key, below in value.items()}
    return [_plain(below) for below in value] if isinstance(value, list) else value
