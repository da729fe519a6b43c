"""Comparison table: differences of each outcome between scenarios, as they can be quoted."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from sim.experiment.printed.sweep_table import outcome_of
from sim.experiment.printed.table_layout import plain_table
from sim.experiment.results.comparison_results import Against, Comparison
from sim.experiment.store.part_reader import unknown
from sim.output.outcome_measures import measure_note
from sim.scenario.reading.combined_files import SIGN
from sim.statistics.number_format import digits, interval, number, saving, scale, signed, written
from sim.statistics.paired_differences import Pairs
from sim.statistics.run_counts import LEFT_OUT, count_words

_WIDE = 106
"""Characters, beside the names of both, from which there is room for the interval in brackets and for units."""
_LABEL = 24
"""Widest column of a name."""
_CLEAR = " *"


def comparison_table(comparison: Comparison, width: int, outcomes: Sequence[str] | None = None) -> Group:
    """Lay out a comparison for the screen, a table for each point that is compared with the base.

    Parameters
    ----------
    comparison : Comparison
        What to show.
    width : int
        Characters of the screen.
    outcomes : sequence of str, optional
        Which outcomes; by default every one of the comparison.

    Raises
    ------
    QueryError
        If the comparison knows no such outcome.
    """
    chosen = list(comparison.outcomes) if outcomes is None else list(outcomes)
    for name in chosen:
        if name not in comparison.outcomes:
            raise unknown("outcome", name, comparison.outcomes)
    parts: list[RenderableType] = []
    for other in comparison.others:
        parts.append(_table(comparison, other, chosen, width))
        if other.pairs.same:
            parts.append(Text(_same_words(comparison, other), style="yellow"))
    for joint in comparison.joint:
        first, _, second = joint.label.rpartition(SIGN)
        title = f"{joint.label} beyond {first} and {second} by themselves"
        effects = (f"effect of {first}", f"effect of {first} with {second}")
        parts.append(_table(comparison, joint, chosen, width, title, effects))
    places = [comparison.outcomes.index(name) for name in chosen]
    uneven = any(other.pairs.dropped[places].any() for other in (*comparison.others, *comparison.joint))
    parts.append(Text(_notes(comparison, uneven), style="dim"))
    return Group(*parts)


def _table(
    comparison: Comparison,
    other: Against,
    outcomes: Sequence[str],
    width: int,
    title: str = "",
    labels: tuple[str, str] | None = None,
) -> Table:
    pairs = other.pairs
    places = [comparison.outcomes.index(name) for name in outcomes]
    most = int((pairs.n + pairs.dropped).max(initial=0))
    uneven = bool(pairs.dropped[places].any())
    wide = width >= _WIDE + sum(min(len(label), _LABEL) for label in (comparison.base, other.label))
    table = plain_table(f"{title or f'{other.label} against {comparison.base}'}: {most:,} pairs of runs")
    table.add_column("Outcome", overflow="fold")
    if wide:
        table.add_column("Unit", style="dim")
    # Names are in the title; here they stand where there is room.
    for label in (labels or (comparison.base, other.label)) if wide else ("Base", "Other"):
        table.add_column(
            Text(label, style="bold"), justify="right", vertical="bottom", max_width=_LABEL, overflow="fold"
        )
    table.add_column("Difference", justify="right", no_wrap=True, vertical="bottom")
    if wide:
        table.add_column(f"{_percent(comparison)} interval", justify="right", no_wrap=True, vertical="bottom")
    table.add_column("Runs saved" if wide else "Runs\nsaved", justify="right", no_wrap=True, vertical="bottom")
    if uneven:
        table.add_column("Pairs", justify="right", no_wrap=True, vertical="bottom")
    for name, k in zip(outcomes, places, strict=True):
        count = Text(count_words(pairs.n[k], most) or f"{most:,}")
        table.add_row(*_cells(name, pairs, k, wide), *([count] if uneven else []))
    return table


def _cells(name: str, pairs: Pairs, k: int, wide: bool) -> Iterator[Text]:
    """One outcome's row."""
    outcome = outcome_of(name)
    medians = float(pairs.base[k]), float(pairs.other[k])
    unit, divisor = scale(outcome, (*medians, float(pairs.difference[k])))
    difference, low, high = (float(each[k]) / divisor for each in (pairs.difference, pairs.low, pairs.high))
    clear = bool(pairs.clear[k])
    style = "bold" if clear else ""
    half = (high - low) / 2
    places = digits(half, difference)
    text = signed(difference, places)
    if wide:
        yield Text(outcome.title)
        yield Text(unit)
    else:
        yield Text(outcome.title).append(f", {unit}" if unit else "", style="dim")
    for median in medians:
        yield Text(number(median / divisor))
    mark = _CLEAR if clear else " " * len(_CLEAR)
    if wide:
        yield Text(text + mark, style=style)
        yield Text(interval(low, high), style=style)
    else:
        yield Text(
            (text if math.isnan(half) else f"{text} ± {written(half, places) if places is not None else '0'}") + mark,
            style=style,
        )
    yield Text(saving(float(pairs.saving[k])))


def _same_words(comparison: Comparison, other: Against) -> str:
    """What a comparison says in which nothing differs."""
    end = f" ({comparison.quarters:,} quarters)" if comparison.quarters else ""
    text = "every outcome" if len(comparison.outcomes) > 1 else "this outcome"
    return (
        f"The runs of {other.label} and {comparison.base} are the same in {text}; perhaps what is different begins "
        f"only after the end of the runs{end}, or changes nothing that is counted here."
    )


def _percent(comparison: Comparison) -> str:
    return f"{100 * comparison.confidence:g} %"


def _notes(comparison: Comparison, uneven: bool) -> str:
    counted = measure_note(comparison.measure, comparison.quarters)
    return (
        f"Medians of both, and the mean of the paired differences with its {_percent(comparison)} interval; a run "
        f"counts with its {counted}. * the interval leaves out 0. Runs saved: how many times fewer runs the pairs "
        "needed than runs with independent random numbers would; 1.0 is none."
        + (f" Pairs: those in which both runs have a value; {LEFT_OUT}." if uneven else "")
    )
