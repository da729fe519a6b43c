"""Effect table: what a factor does, run against run, or by how much more at some levels of another factor."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.text import Text

from sim.experiment.printed.sweep_table import outcome_of
from sim.experiment.printed.table_layout import Cells, blocks
from sim.experiment.results.comparison_results import point_labels
from sim.experiment.results.effects import Effects
from sim.experiment.results.result_arrays import ResultArrays
from sim.output.outcome_measures import measure_meaning
from sim.statistics.confidence_intervals import CONFIDENCE
from sim.statistics.number_format import MISSING, digits, scale, signed, written

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
    pairs = tuple(f"{max(each.n.tolist(), default=0):,}" for each in effects.pairs[:MOST_ROWS])
    labels.append(Cells("pairs", "", pairs))
    columns = [_column(name, effects, k) for k, name in enumerate(chosen)]
    what = f"What {factor} does" + (f", by {across}: the difference of differences" if across else "")
    parts: list[RenderableType] = [*blocks(labels, columns, width, title=what)]
    if len(shown) < len(effects.points):
        parts.append(Text(f"{len(effects.points) - len(shown):,} more comparisons; Results.effect gives all."))
    parts.append(Text(_notes(counted, across), style="dim"))
    return Group(*parts)


def _column(name: str, effects: Effects, k: int) -> Cells:
    outcome = outcome_of(name)
    shown = effects.pairs[:MOST_ROWS]
    unit, divisor = scale(outcome, [float(pairs.difference[k]) for pairs in shown])
    cells = []
    for pairs in shown:
        difference = float(pairs.difference[k]) / divisor
        half = float(pairs.high[k] - pairs.low[k]) / 2 / divisor
        text = signed(difference, digits(half))
        if half == half and difference == difference:
            text += f" ± {written(half, digits(half))}" + (" *" if pairs.clear[k] else "  ")
        fewer = f" (n {int(pairs.n[k]):,})" if pairs.n[k] < max(pairs.n.tolist()) else ""
        cells.append((text if text.strip() else MISSING) + fewer)
    return Cells(outcome.title, unit, tuple(cells))


def _notes(measure: str, across: str | None) -> str:
    what = "differences of paired differences" if across else "paired differences"
    return (
        f"Mean of the {what} ± half of its {100 * CONFIDENCE:g} % interval; a run counts with its "
        f"{measure_meaning(measure)}. * the interval leaves out 0. n: pairs, where an outcome is undefined in some."
    )
