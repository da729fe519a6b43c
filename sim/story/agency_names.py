"""Agency names: which agency a name means, in which runs there is one, and what is said where there is none."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence

from sim.declarations.input_issues import printable, suggest
from sim.experiment.store.part_reader import QueryError

_MOST_RUNS = _MOST_NAMES = 8


def same_name(first: str | None, second: str) -> bool:
    """Whether names differ in nothing but capitals, blanks at their ends, and how accents are coded.

    >>> same_name("Mu You", " mu you "), same_name("Mu You", "MuYou"), same_name(None, "x")
    (True, False, False)
    """
    return first is not None and _folded(first) == _folded(second)


def _folded(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())


def resolve_name(name: str, names: Mapping[int, Sequence[str]], run: int | None, where: str) -> str:
    """The agency that a name means.

    Parameters
    ----------
    name : str
        As it was given; capitals do not matter where only one agency is meant.
    names : mapping of int to sequence of str
        Replication -> agencies in it, of all runs that were looked at.
    run : int, optional
        Replication in which it must be.
    where : str
        What the runs are of, for messages.

    Raises
    ------
    QueryError
        If there is none, or several that differ in capitals; or if it is in other runs only.
    """
    counts = Counter(each for found in names.values() for each in found)
    asked = Counter(names[run]) if run is not None else counts
    if name in asked:
        return name
    alike = sorted(each for each in asked if same_name(each, name))
    if len(alike) > 1:
        raise QueryError(
            _words(
                f"the name {_quoted(name)} may be one of {_listed(alike)}, which differ in capitals; write one of them"
            )
        )
    if alike:
        return alike[0]
    elsewhere = sorted(run for run, found in names.items() if any(same_name(each, name) for each in found))
    if elsewhere:
        raise QueryError(
            _words(f"there is no agency {_quoted(name)} in run {run}{where}; it is in {runs_words(elsewhere)}")
        )
    usual = [each for each, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0]))]
    near = suggest(name, list(asked)) or suggest(name, usual)
    hint = f"; did you mean {_quoted(near)}?" if near is not None else ""
    in_run = f" in run {run}" if run is not None else ""
    if not name.strip():
        raise QueryError(_words(f"no agency is named{in_run}{where}; there are {_listed(usual)}"))
    raise QueryError(_words(f"there is no agency {_quoted(name)}{in_run}{where}; there are {_listed(usual)}{hint}"))


def runs_words(runs: Sequence[int]) -> str:
    """Numbers of runs.

    >>> runs_words([3]), runs_words([1, 2, 5]), runs_words(list(range(20)))
    ('run 3', 'runs 1, 2, 5', 'runs 0, 1, 2, 3, 4, 5, 6, 7 and 12 more')
    """
    more = len(runs) - _MOST_RUNS
    shown_runs = ", ".join(map(str, runs[:_MOST_RUNS])) + (f" and {more} more" if more > 0 else "")
    return f"run{'s' * (len(runs) != 1)} {shown_runs}"


def _words(message: str) -> str:
    return printable(message)


def _quoted(name: str) -> str:
    """A name in full, so that it can be copied."""
    return f"'{name}'"


def _listed(names: Sequence[str]) -> str:
    more = len(names) - _MOST_NAMES
    return ", ".join(map(_quoted, names[:_MOST_NAMES])) + (f" and {more} more" if more > 0 else "")
