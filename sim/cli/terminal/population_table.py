"""Population table: measures of agencies over several populations side by side, as a comparison prints them."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.text import Text

from sim.experiment.printed.table_layout import plain_table
from sim.experiment.results.population_comparison import Populations
from sim.statistics.number_format import digits, number, signed, written

_CLEAR = " *"


def population_table(populations: Populations, base: str, other: str) -> Group:
    """Lay out how two worlds differ over several populations, and say for which measures these disagree in sign.

    Parameters
    ----------
    populations : Populations
        What to show.
    base, other : str
        Names of both worlds.
    """
    pairs = populations.pairs
    table = plain_table(f"{other} against {base}: the same measures over different populations")
    for head in ("Measure", "Population"):
        table.add_column(head, overflow="fold")
    for head in ("Base", "Other", "Difference", "Pairs"):
        table.add_column(head, justify="right", no_wrap=True, vertical="bottom")
    for n, row in enumerate(populations.rows):
        difference, half = float(pairs.difference[n]), float(pairs.high[n] - pairs.low[n]) / 2
        places = digits(half, difference)
        sure = f" ± {written(half, places)}" if half == half else ""
        table.add_row(
            Text(row.measure.replace("_", " ")),
            Text(row.population),
            Text(number(float(pairs.base[n]))),
            Text(number(float(pairs.other[n]))),
            Text(signed(difference, places) + sure + (_CLEAR if pairs.clear[n] else " " * len(_CLEAR))),
            Text(str(int(pairs.n[n]))),
        )
    parts: list[RenderableType] = [table]
    if populations.disagreeing:
        named = " and ".join(measure.replace("_", " ") for measure in populations.disagreeing)
        parts.append(Text(f"Populations disagree in the sign of {named}: who is left differs.", style="yellow"))
    notes = (
        "The last four quarters. Constant panel: agencies that operate in both worlds in a quarter. Of 100: agencies "
        f"that operated in {populations.before}, the last quarter in which the worlds are the same; who is gone counts "
        "as not. * the interval leaves out 0."
    )
    parts.append(Text(notes, style="dim"))
    return Group(*parts)
