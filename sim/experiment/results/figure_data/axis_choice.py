"""Axis choice: factors of a sweep that a figure spreads out, their levels, and points at which all others are held."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sim.experiment.results.result_arrays import LABELS, ResultArrays
from sim.experiment.store.part_reader import QueryError, unknown

if TYPE_CHECKING:
    import numpy.typing as npt

_DIGITS = 12
"""Digits of a level that are no rounding."""


@dataclass(frozen=True)
class ShownAxis:
    """A factor with its levels.

    Attributes
    ----------
    name : str
        Name of the factor.
    words : str
        Its title and unit.
    levels : tuple of str or number
        In the order in which they are drawn: numbers rise, words stay as the folder has them.
    labels : tuple of str
        The levels as they are written.
    numeric : bool
        Whether levels are numbers, between which values can be interpolated.
    place : int array, shape (points,)
        Level of each point of the folder.
    """

    name: str
    words: str
    levels: tuple[object, ...]
    labels: tuple[str, ...]
    numeric: bool
    place: npt.NDArray[np.int64]


def level_label(level: object) -> str:
    """A level as an axis shows it.

    >>> level_label(0.1 + 0.2), level_label(5000000.0), level_label("2012-Q1")
    ('0.3', '5,000,000', '2012-Q1')
    """
    if isinstance(level, int | float) and not isinstance(level, bool):
        return f"{level:,.{_DIGITS}g}".replace("-", "\u2212")
    return str(level)


def shown_axis(results: ResultArrays, name: str) -> ShownAxis:
    """A factor of a sweep.

    Raises
    ------
    QueryError
        If there is no such factor, or all points have the same level of it.
    """
    if name not in results.factors:
        raise unknown("axis", name, results.factors)
    values = results.points[name].to_pylist()
    levels = list(dict.fromkeys(values))
    if len(levels) < 2:
        raise QueryError(f"all points have the same {name}; what varies is {', '.join(results.varied) or 'nothing'}")
    numeric = all(isinstance(level, int | float) for level in levels)
    if numeric:
        levels.sort()
    number = {level: n for n, level in enumerate(levels)}
    place = np.array([number[value] for value in values], np.int64)
    labels = tuple(level_label(level) or "(none)" for level in levels)
    return ShownAxis(name, axis_words(results, name), tuple(levels), labels, numeric, place)


def axis_words(results: ResultArrays, name: str) -> str:
    """Title of a factor with its unit, as the experiment file has them; its name where it has no title."""
    axes = results.experiment.get("axes") or {}
    title = str((axes.get(name) or {}).get("title") or name)
    unit = results.notes.get(name, {}).get("unit", "") if name not in LABELS else ""
    return f"{title} ({unit})" if unit else title


def two_axes(results: ResultArrays, asked: Sequence[str]) -> tuple[ShownAxis, ShownAxis]:
    """The two factors of a plane: those that are asked for, or the first that vary, numbers before words.

    Raises
    ------
    QueryError
        If there are not two.
    """
    names = list(asked)
    if not names:
        varied = [shown_axis(results, name) for name in results.varied]
        names = [each.name for each in sorted(varied, key=lambda each: not each.numeric)][:2]
        names.sort(key=results.varied.index)
    if len(names) != 2:
        found = f"'by' names {len(names)}" if asked else f"{len(names)} varies" if names else "nothing varies"
        raise QueryError(
            f"a heat map has two axes, and {found}; what varies is {', '.join(results.varied) or 'nothing'}"
        )
    return shown_axis(results, names[0]), shown_axis(results, names[1])


def held_elsewhere(results: ResultArrays, free: Sequence[str], at: int) -> tuple[npt.NDArray[np.bool_], dict[str, str]]:
    """Points that share all other factors with one of them.

    Parameters
    ----------
    results : ResultArrays
        A sweep.
    free : sequence of str
        Factors that may differ.
    at : int
        The point that all others are held at.

    Returns
    -------
    bool array, shape (points,)
        Which points these are.
    dict of str to str
        The factors that are held, with their levels.
    """
    same = np.ones(results.points.num_rows, np.bool_)
    held: dict[str, str] = {}
    for name in results.varied:
        if name not in free:
            values = results.points[name].to_pylist()
            same &= np.array([value == values[at] for value in values])
            held[name] = level_label(values[at]) or "(none)"
    return same, held
