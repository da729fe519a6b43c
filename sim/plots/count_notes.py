"""Count notes: sentences on how many runs are behind the numbers of a figure, what is undefined, and what is thin.

Every figure takes them from here, so that all say the same thing in the same words.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sim.plots.counted_values import CountedValues
from sim.statistics.run_counts import FEWEST_IN_BAND, count_words, least_to_most


def median_note(values: Sequence[CountedValues], runs: int) -> str:
    """Over how many replications the medians of a figure are, and what its bands hold.

    Parameters
    ----------
    values : sequence of CountedValues
        Everything that the figure draws.
    runs : int
        Replications that were looked at.

    Examples
    --------
    >>> ones = np.ones(2)
    >>> print(median_note([CountedValues("Wage", "CNY", ones, np.array([40, 40]), 40)], 40))
    Median of 40 replications; bands hold the middle 50 % and 80 % of them
    >>> print(median_note([CountedValues("Wage", "CNY", ones, np.array([8, 8]), 40)], 40))
    Median of 8 of 40 replications, undefined in the others; bands hold the middle 50 % and 80 % of them
    """
    if runs == 1:
        return "One replication"
    words = count_words(_counts(values), runs)
    over = f"{words} replications, undefined in the others" if words else f"{runs:,} replications"
    return f"Median of {over}; bands hold the middle 50 % and 80 % of them"


def overlaid_note(values: Sequence[CountedValues]) -> str:
    """Over how many replications the medians of lines are that stand over each other, and what their bands hold.

    >>> ones, few = np.ones(1), np.array([18])
    >>> print(overlaid_note([CountedValues("a", "", ones, few, 18), CountedValues("b", "", ones, few, 20)]))
    Medians of 18 to 20 replications each; bands hold the middle 80 % of them
    """
    runs = [each.runs for each in values]
    if max(runs, default=0) <= 1:
        return "One replication each"
    return f"Medians of {least_to_most(runs)} replications each; bands hold the middle 80 % of them"


def reach_note(sets: int, runs: int) -> str:
    """What dotted lines are, where a figure has them.

    >>> print(reach_note(20, 200))
    Dotted: middle 80 % of 200 runs under 20 other sets of parameters, which calibration does not rule out
    """
    if not sets:
        return ""
    which = "which calibration does not rule out"
    return f"Dotted: middle 80 % of {runs:,} runs under {sets:,} other sets of parameters, {which}"


def left_out_note(done: int, asked: int) -> str:
    """Say that replications are lacking; nothing where all that were asked for are there.

    >>> left_out_note(38, 40), left_out_note(40, 40)
    ('2 of 40 replications are not among them: they failed or are still to be done', '')
    """
    if done >= asked:
        return ""
    verb = "is not among them: it failed or is" if asked - done == 1 else "are not among them: they failed or are"
    return f"{asked - done:,} of {asked:,} replications {verb} still to be done"


def undefined_note(values: Sequence[CountedValues]) -> str:
    """What dashes and hatching mean, where a figure has them.

    >>> gap = CountedValues("Wage", "CNY", np.array([np.nan, 1.0]), np.array([0, 3]), 4, (), "no staff is paid")
    >>> print(undefined_note([gap]))
    Dashed: some replications have no value; hatched: none has one (undefined where no staff is paid)
    """
    notes = []
    # A line without any value is hatched beside others; a panel without any says so in its middle.
    if any(each.is_partial.any() for each in values):
        notes.append("dashed: some replications have no value")
    if any(each.is_undefined.any() for each in values):
        notes.append("hatched: none has one" if notes else "hatched: no value")
    reasons = _reasons([each for each in values if (each.counts < each.runs).any()])
    words = "; ".join(notes) + (f" ({reasons})" if reasons and notes else "")
    return words[:1].upper() + words[1:]


def thin_note(values: Sequence[CountedValues]) -> str:
    """Caution about bands over few runs; nothing where there are none.

    >>> ends = (np.zeros(2), np.full(2, 2.0))
    >>> print(thin_note([CountedValues("Wage", "CNY", np.ones(2), np.array([3, 3]), 3, (ends,))]))
    Caution: bands from fewer than 10 replications (pale) say little more than their least and greatest value
    """
    if not any(each.is_thin.any() for each in values):
        return ""
    which = f"bands from fewer than {FEWEST_IN_BAND} replications (pale)"
    return f"Caution: {which} say little more than their least and greatest value"


def run_notes(
    values: Sequence[CountedValues], runs: int, asked: int, marked: Sequence[CountedValues] | None = None
) -> list[str]:
    """What must be known of all numbers of a figure: over how many runs they are, what is lacking, undefined and thin.

    Parameters
    ----------
    values : sequence of CountedValues
        Everything that the figure draws.
    runs : int
        Replications that were looked at.
    asked : int
        Replications that were asked for.
    marked : sequence of CountedValues, optional
        Those that are dashed or hatched where they are undefined; by default all.
    """
    undefined = undefined_note(values if marked is None else marked)
    return [median_note(values, runs), left_out_note(runs, asked), undefined, thin_note(values)]


def value_note(values: CountedValues) -> str:
    """Over how many runs the values of one line or row are, for its label; nothing where over all.

    >>> value_note(CountedValues("Wage", "CNY", np.ones(2), np.array([8, 31]), 40))
    'in 8 to 31 of 40'
    """
    if values.is_empty:
        return "no value"
    words = count_words(_counts([values]), values.runs)
    return f"in {words}" if words else ""


def empty_note(values: Sequence[CountedValues]) -> str:
    """Why a panel shows nothing.

    >>> none = CountedValues("Wage", "CNY", np.full(2, np.nan), np.zeros(2, int), 40, undefined_when="no staff is paid")
    >>> print(empty_note([none]))
    No value in any of 40 replications: undefined where no staff is paid
    """
    if not values:
        return "Nothing to show"
    runs = max(each.runs for each in values)
    if not runs:
        return "No replication is done"
    where = "in the replication" if runs == 1 else f"in any of {runs:,} replications"
    reasons = _reasons(values)
    return f"No value {where}" + (f": {reasons}" if reasons else "")


def _reasons(values: Sequence[CountedValues]) -> str:
    """When values are undefined, in words, as far as that is declared."""
    reasons = list(dict.fromkeys(each.undefined_when for each in values if each.undefined_when))
    return f"undefined where {', or where '.join(reasons)}" if reasons else ""


def _counts(values: Sequence[CountedValues]) -> np.ndarray:
    """Counts of all values that there are, one after the other."""
    counts = [each.counts[each.counts > 0] for each in values]
    return np.concatenate(counts) if counts else np.zeros(0, np.int64)
