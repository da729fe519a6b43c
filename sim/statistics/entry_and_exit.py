"""Entry and exit: the change of a mean, split into what moved within members, and what came by entry and by exit.

The split is that of Melitz & Polanec (2015, RAND Journal of Economics 46(2)), with equal weights: entrants and leavers
are held against those who stay, at the end and at the start, so that no part takes anything of another.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]


class Split(NamedTuple):
    """The change of a mean between two populations.

    Attributes
    ----------
    before, after : float
        Means of both populations.
    within : float
        Change of the mean of those in both.
    entry, exit : float
        What those who are only in the second, and only in the first, do to the mean.
    median_before, median_after : float
        Medians of both.
    staying, entering, leaving : int
        How many are in both, only in the second, only in the first.
    """

    before: float
    after: float
    within: float
    entry: float
    exit: float
    median_before: float
    median_after: float
    staying: int
    entering: int
    leaving: int

    @property
    def change(self) -> float:
        """Change of the mean: within + entry + exit."""
        return self.after - self.before


def split_change(
    names_before: Sequence[str], values_before: Numbers, names_after: Sequence[str], values_after: Numbers
) -> Split:
    """Split the change of a mean into what moved within members, entry and exit.

    Parameters
    ----------
    names_before, names_after : sequence of str
        Members of both populations, each once.
    values_before, values_after : float array, shape (members,)
        Their values; who has none (not a number) is no member.

    Returns
    -------
    Split
        `within`, `entry` and `exit` are not a number where nobody is in both: then nothing tells them apart.

    Examples
    --------
    >>> split = split_change(["A", "B"], np.array([1.0, 3.0]), ["A", "C"], np.array([2.0, 5.0]))
    >>> split.change, split.within, split.entry, split.exit
    (1.5, 1.0, 1.5, -1.0)
    """
    first, last = _members(names_before, values_before), _members(names_after, values_after)
    stay_before = np.array([value for name, value in first.items() if name in last])
    stay_after = np.array([last[name] for name in first if name in last])
    coming = np.array([value for name, value in last.items() if name not in first])
    going = np.array([value for name, value in first.items() if name not in last])
    before, after = (np.array(list(each.values())) for each in (first, last))
    within = entry = leaving = np.nan
    if len(stay_before):
        within = float(stay_after.mean() - stay_before.mean())
        entry = float(len(coming) / len(after) * (coming.mean() - stay_after.mean())) if len(coming) else 0.0
        leaving = float(len(going) / len(before) * (stay_before.mean() - going.mean())) if len(going) else 0.0
    counts = (len(stay_before), len(coming), len(going))
    return Split(_mean(before), _mean(after), within, entry, leaving, _median(before), _median(after), *counts)


def _members(names: Sequence[str], values: Numbers) -> dict[str, float]:
    """Values of those who have one, by name."""
    return {name: float(value) for name, value in zip(names, values, strict=True) if not np.isnan(value)}


def _mean(values: Numbers) -> float:
    return float(values.mean()) if len(values) else np.nan


def _median(values: Numbers) -> float:
    return float(np.median(values)) if len(values) else np.nan
