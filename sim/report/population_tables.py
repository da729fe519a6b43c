"""Population tables: what of a change of agencies' measures moved within agencies, and what by entry and exit."""

from __future__ import annotations

from collections.abc import Sequence

from sim.experiment.results.comparison_results import point_labels
from sim.experiment.results.entry_and_exit_results import Row, entry_and_exit
from sim.experiment.results.results import Results
from sim.pages.page_table import Head, PageTable, numbers
from sim.statistics.number_format import digits, number, signed

_HEADS = ("Mean before", "Mean after", "Change", "Within", "Entry", "Exit", "Median before", "Median after")
MOST_POINTS = 6


def split_tables(results: Results, n: int = 1) -> list[PageTable]:
    """Tables of a folder that keeps agencies: of a run from its first quarter to its last, of others against the first.

    Parameters
    ----------
    results : Results
        A folder that keeps agencies (`keeps_agencies`).
    n : int
        Number of the folder, for the ids of the tables.
    """
    first, last = results.start, results.start + (results.quarters - 1)
    if results.points.num_rows == 1:
        if results.quarters < 2:
            return []
        caption = f"Agencies, {first} to {last}: what moved within agencies, and what by entry and exit"
        words = "entry: those who operate at the end only; exit: those who operated at the start only"
        return [split_table(entry_and_exit(results), f"split-{n}-0", caption, words)]
    labels = point_labels(results)
    words = "entry: those who operate in the other world only; exit: those in the base only"
    return [
        split_table(
            entry_and_exit(results, point),
            f"split-{n}-{point}",
            f"{labels[point]} against {labels[0]}, agencies in {last}: differences within agencies, by entry and exit",
            words,
        )
        for point in range(1, min(len(labels), MOST_POINTS + 1))
    ]


def split_table(rows: Sequence[Row], name: str, caption: str, words: str) -> PageTable:
    """Lay out the parts of the change of each measure's mean.

    Parameters
    ----------
    rows : sequence of Row
        Measures.
    name, caption : str
        Id and caption of the table.
    words : str
        Who enters and who leaves.
    """
    cells = []
    for row in rows:
        parts = (row.after - row.before, row.within, row.entry, row.exit)
        two = digits(max(map(abs, parts)))
        places = None if two is None else two + 1
        levels = [number(value) for value in (row.before, row.after)]
        medians = [number(value) for value in (row.median_before, row.median_after)]
        cells.append([row.measure.replace("_", " "), *levels, *(signed(part, places) for part in parts), *medians])
    left_out = max((row.left_out for row in rows), default=0)
    note = (
        f"Operating agencies, means over runs. Change of the mean = within + entry + exit (Melitz & Polanec 2015). "
        f"Within: agencies that operate at both ends; {words}; each held against those who stay."
    )
    note += f" Runs left out because nobody operates at both ends: {left_out:,}." if left_out else ""
    return PageTable(name, caption, [Head("Measure"), *numbers(*_HEADS)], cells, (note,))
