"""Effect table: what a factor does, run against run, or by how much more at some levels of another factor."""

from __future__ import annotations

import math
from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.text import Text

from sim.experiment.printed.sweep_table import outcome_of
from sim.experiment.printed.table_layout import Cells, blocks
from sim.experiment.results.comparison_results import point_labels
from sim.experiment.results.effects import Effects
from sim.experiment.results.result_arrays import ResultArrays
from sim.output.outcome_measures import measure_note
from sim.statistics.confidence_intervals import CONFIDENCE
from sim.statistics.number_format import digits, scale, signed, written
from sim.statistics.paired_differences import Pairs
from sim.statistics.run_counts import LEFT_OUT, count_words

MOST_ROWS = 200
"""Comparisons that a screen shows; all of them come from `Results.effect`."""


def effect_table(
    results: ResultArrays,
    width: int,
    factor: str,
    outcomes: Sequence[str] | None = None,
    across: str | None = None,
    measure: str | None = None,
) -> Group:
    """Lay out effects for the screen.

    Parameters
    ----------
    results : ResultArrays
        The sweep or comparison.
    width : int
        Characters of the screen.
    factor : str
        ``scenario``, ``variant`` or an axis.
    outcomes : sequence of str, optional
        Which; by default those that the experiment asks about.
    across : str, optional
        Another factor, for differences of differences.
    measure : str, optional
        What counts of a run; by default what the experiment says.

    Raises
    ------
    QueryError
        If there is no such factor, outcome or measure, or no points can be compared.
    """
    chosen = results.chosen(results.shown if outcomes is None else outcomes)
    counted = measure or results.measure
    effects = Effects.of(results, chosen, factor, None, across, counted)
    shown = effects.points[:MOST_ROWS]
    names = point_labels(results)
    labels = [
        Cells("point", "", tuple(names[each[0]] for each in shown)),
        Cells("against", "", tuple(names[each[1]] for each in shown)),
    ]
    if across is not None:
        less = tuple(f"{names[each[2]]} against {names[each[3]]}" for each in shown)
        labels.append(Cells("less the difference of", "", less))
    labels.append(Cells("pairs", "", tuple(f"{_looked_at(each):,}" for each in effects.pairs[:MOST_ROWS])))
    columns = [_column(name, effects, k) for k, name in enumerate(chosen)]
    what = f"What {factor} does" + (f", by {across}: the difference of differences" if across else "")
    parts: list[RenderableType] = [*blocks(labels, columns, width, title=what)]
    if len(shown) < len(effects.points):
        parts.append(Text(f"{len(effects.points) - len(shown):,} more comparisons; Results.effect gives all."))
    uneven = any(pairs.dropped.any() for pairs in effects.pairs[:MOST_ROWS])
    parts.append(Text(_notes(measure_note(counted, results.quarters), across, uneven), style="dim"))
    return Group(*parts)


def _looked_at(pairs: Pairs) -> int:
    """Pairs of runs, whether or not an outcome is defined in them."""
    return int((pairs.n + pairs.dropped).max(initial=0))


def _column(name: str, effects: Effects, k: int) -> Cells:
    outcome = outcome_of(name)
    shown = effects.pairs[:MOST_ROWS]
    unit, divisor = scale(outcome, [float(pairs.difference[k]) for pairs in shown])
    cells = []
    for pairs in shown:
        difference, half = float(pairs.difference[k]) / divisor, float(pairs.high[k] - pairs.low[k]) / 2 / divisor
        places = digits(half, difference)
        text = signed(difference, places)
        if not math.isnan(half):
            text += f" ± {'0' if places is None else written(half, places)}" + (" *" if pairs.clear[k] else "  ")
        count = count_words(pairs.n[k], _looked_at(pairs))
        cells.append(text + (f" ({count})" if count else ""))
    return Cells(outcome.title, unit, tuple(cells))


def _notes(counted: str, across: str | None, uneven: bool) -> str:
    what = "differences of paired differences" if across else "paired differences"
    return (
        f"Mean of the {what} ± half of its {100 * CONFIDENCE:g} % interval; a run counts with its "
        f"{counted}. * the interval leaves out 0."
        + (f" In brackets: over how many of the pairs a number is; {LEFT_OUT}." if uneven else "")
    )
