"""Entry and exit table: what moved within agencies, and what entry and exit did, beside the medians."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Group
from rich.text import Text

from sim.experiment.printed.table_layout import plain_table
from sim.experiment.results.entry_and_exit_results import Row, entry_and_exit, keeps_agencies
from sim.experiment.results.result_arrays import ResultArrays
from sim.statistics.number_format import digits, number, signed

_HEADS = ("Mean before", "Mean after", "Change", "Within", "Entry", "Exit", "Median before", "Median after")


def tables_of_run(results: ResultArrays) -> list[Group]:
    """The table of a run, from its first quarter to its last; none for a run of one quarter, or without agencies."""
    if results.quarters < 2 or not keeps_agencies(results):
        return []
    first, last = results.start, results.start + (results.quarters - 1)
    title = f"Agencies, {first} to {last}: what moved within agencies, what by entry and exit"
    words = "entry of those who operate at the end only, exit of those who operated at the start only"
    return [entry_exit_table(entry_and_exit(results), title, words)]


def tables_of_comparison(results: ResultArrays, base: str, others: Sequence[tuple[str, int]]) -> list[Group]:
    """A table for each point that is compared with the base, in the last quarter; none where agencies were not kept.

    Parameters
    ----------
    results : ResultArrays
        A comparison.
    base : str
        Name of the base.
    others : sequence of (str, int)
        Name and point of each other.
    """
    if not keeps_agencies(results):
        return []
    last = results.start + (results.quarters - 1)
    words = "entry of those who operate in the other world only, exit of those in the base only"
    return [
        entry_exit_table(
            entry_and_exit(results, point),
            f"{label} against {base}, agencies in {last}: what differs within agencies, what by entry and exit",
            words,
        )
        for label, point in others
    ]


def entry_exit_table(rows: Sequence[Row], title: str, words: str) -> Group:
    """Lay out the parts of the change of each measure's mean.

    Parameters
    ----------
    rows : sequence of Row
        What to show.
    title : str
        What is compared with what.
    words : str
        Who enters and who leaves, for the note below.
    """
    table = plain_table(title)
    table.add_column("Measure", overflow="fold")
    for head in _HEADS:
        table.add_column(head, justify="right", vertical="bottom")
    for row in rows:
        parts = (row.after - row.before, row.within, row.entry, row.exit)
        # The same places for all, one more than two digits of the largest need, so that they nearly add up in print.
        two = digits(max(map(abs, parts)))
        places = None if two is None else two + 1
        table.add_row(
            Text(row.measure.replace("_", " ")),
            *(Text(number(value)) for value in (row.before, row.after)),
            *(Text(signed(part, places)) for part in parts),
            *(Text(number(value)) for value in (row.median_before, row.median_after)),
        )
    left_out = max((row.left_out for row in rows), default=0)
    note = (
        f"Operating agencies; means over replications. Change of the mean = within + entry + exit (Melitz & Polanec "
        f"2015): within agencies that operate at both ends, {words}, each held against those who stay."
    )
    if left_out:
        which = "1 replication is" if left_out == 1 else f"{left_out:,} replications are"
        note += f" {which} left out in which nobody operates at both ends."
    return Group(table, Text(note, style="dim"))
