"""Rule activity: how often each event happens, and which of the declared events, causes and rules never occur."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from sim.declarations.events_and_causes import Cause, Event
from sim.statistics.number_format import few_digits
from sim.validation.plain_tables import markdown_table, text_table
from sim.validation.statistic_type import WorldTables

TABLES = {"events": ("event", "cause")}
"""Tables and columns that are read."""
COLUMNS = {
    "scenario": "Scenario",
    "event": "What happened",
    "cause": "Why",
    "a_run": "How often in a run, the mean over replications",
    "least": "How often in the run with fewest",
    "most": "How often in the run with most",
    "runs_with": "Replications in which it happened",
    "runs": "Replications",
}
"""Columns of the table of events."""
_HEADER = ("event", "cause", "a run", "least", "most", "runs with it")


@dataclass(frozen=True)
class SilentNames:
    """What is declared and never occurs in some scenarios.

    Attributes
    ----------
    events, causes : tuple of str
        Labels, in the order of their declaration.
    """

    events: tuple[str, ...]
    causes: tuple[str, ...]

    def __str__(self) -> str:
        events, causes = (", ".join(names) or "none" for names in (self.events, self.causes))
        return f"events that never happened: {events}; causes that were never given: {causes}"


def event_activity(world: WorldTables, scenario: str) -> pd.DataFrame:
    """How often each event happens for each cause.

    Parameters
    ----------
    world : WorldTables
        Runs with the tables and columns of `TABLES`.
    scenario : str
        Its name in the table.

    Returns
    -------
    DataFrame
        With the columns of `COLUMNS`, in the order of declaration; only what happened.
    """
    counts = world.table("events").groupby(["event", "cause"], observed=True)["replication"]
    rows = []
    for (event, cause), replications in counts:
        numbers = np.bincount(replications.to_numpy(), minlength=world.replications)
        labels = {"scenario": scenario, "event": str(event), "cause": str(cause)}
        spread = {"a_run": float(numbers.mean()), "least": int(numbers.min()), "most": int(numbers.max())}
        rows.append(labels | spread | {"runs_with": int((numbers > 0).sum()), "runs": world.replications})
    order = {member.label: number for kind in (Event, Cause) for number, member in enumerate(kind)}
    rows.sort(key=lambda row: (order.get(str(row["event"]), 0), order.get(str(row["cause"]), 0)))
    return pd.DataFrame(rows, columns=list(COLUMNS))


def silent(tables: Iterable[pd.DataFrame]) -> SilentNames:
    """Events and causes that occur in none of some tables of events."""
    together = list(tables)
    seen = {column: {name for table in together for name in table[column]} for column in ("event", "cause")}
    return SilentNames(
        tuple(member.label for member in Event if member.label not in seen["event"]),
        tuple(member.label for member in Cause if member is not Cause.NONE and member.label not in seen["cause"]),
    )


def activity_text(table: pd.DataFrame) -> str:
    """The table for a terminal, a block for each scenario, and what never occurred in it."""
    blocks = [
        f"{name}: events\n{text_table(_HEADER, _cells(rows), left=2)}\n{silent([rows])}"
        for name, rows in table.groupby("scenario", sort=False)
    ]
    return "\n\n".join([*blocks, *_in_none(table)])


def activity_markdown(table: pd.DataFrame) -> str:
    """The same for a document."""
    blocks = [
        f"`{name}`: events.\n\n{markdown_table(_HEADER, _cells(rows))}\n\n{silent([rows])}."
        for name, rows in table.groupby("scenario", sort=False)
    ]
    return "\n\n".join([*blocks, *_in_none(table)])


def _in_none(table: pd.DataFrame) -> list[str]:
    """What never occurs in any of several scenarios; nothing where there is one."""
    several = table["scenario"].nunique()
    return [f"In none of the {several} scenarios: {silent([table])}."] if several > 1 else []


def _cells(rows: pd.DataFrame) -> Sequence[Sequence[str]]:
    return [
        [
            row["event"],
            row["cause"],
            few_digits(row["a_run"]),
            f"{row['least']:,}",
            f"{row['most']:,}",
            f"{row['runs_with']} of {row['runs']}",
        ]
        for row in rows.to_dict("records")
    ]
