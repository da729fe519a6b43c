"""Combined files: `a.yaml+b.yaml`, what several files change of one base, all of it at once.

Both files extend a common file.  What the second says itself is laid over the first; lists that are added to (dated
policies) have the entries of both.  Where both say different things of one value, or of one policy by name, neither is
right (`contradictions`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from sim.declarations.input_issues import Problem, shown
from sim.scenario.reading.contradictions import Side, contradictions, without_repeats
from sim.scenario.reading.extends_chain import Chain, read_file
from sim.scenario.reading.file_search import find, label, name_of

SIGN = "+"


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
    layers = [other.layers[n] for n in own]
    lower, upper = Side((chain.layers[n] for n in beside), added), Side(layers, added)
    chain.problems.extend(contradictions(lower, upper))
    chain.layers.extend(without_repeats(layers, lower, upper))
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
