"""Report of `tests.support.same`: what it prints."""

from __future__ import annotations

from collections import Counter
from itertools import groupby

import pyarrow as pa

from tests.support.same_comparison import Difference

IN_FULL = 5
"""Columns of a table whose differing values are shown in full; of the others only the names."""


class Report:
    """Prints the result of each run, and counts."""

    def __init__(self) -> None:
        self._runs = 0
        self._columns = 0
        self._differing = 0
        self._unmatched = 0
        self._rows: Counter[str] = Counter()
        self._known: set[tuple[str, str, str]] = set()

    @property
    def is_same(self) -> bool:
        """Whether anything was compared, and nothing differed."""
        return self._runs > 0 and not self._differing and not self._unmatched

    def scenarios(self, differences: list[Difference]) -> None:
        """Scenarios that only one tree has."""
        self._unmatched += len(differences)
        for difference in differences:
            print(f"{difference.column}: {difference.description}", flush=True)

    def failed(self, scenario: str, seed: int, why: str) -> None:
        """A run that failed."""
        self._runs += 1
        self._differing += 1
        print(f"{scenario}, seed {seed}: {why}", flush=True)

    def run(self, scenario: str, seed: int, old: dict[str, pa.Table], differences: list[Difference]) -> None:
        """A run in both trees, with the tables of the old one."""
        columns = sum(table.num_columns for table in old.values())
        rows = sum(table.num_rows for table in old.values())
        self._runs += 1
        self._columns += columns
        for name, table in old.items():
            self._rows[name] += table.num_rows
        if not differences:
            print(f"{scenario}, seed {seed}: same ({columns} columns, {rows} rows)", flush=True)
            return
        self._differing += 1
        print(f"{scenario}, seed {seed}: {len(differences)} differences", flush=True)
        for _, of_table in groupby(sorted(differences, key=lambda one: one.table), key=lambda one: one.table):
            self._table(list(of_table))

    def _table(self, differences: list[Difference]) -> None:
        """Differences of one table; a name that is missing or extra is shown in full in the first run only."""
        values = [one for one in differences if one.kind == "values"]
        names = [one for one in differences if one.kind in ("missing", "extra")]
        shown = [one for one in differences if one not in values and one not in names]
        shown += [one for one in names if (one.table, one.column, one.kind) not in self._known]
        for one in (*shown, *values[:IN_FULL]):
            place = f"{one.table}, column {one.column}" if one.column else one.table
            print(f"  {place}: {one.description}")
        if again := [one.column or "the table" for one in names if one not in shown]:
            print(f"  {names[0].table}: missing or extra as before: {', '.join(again)}")
        if others := [one.column for one in values[IN_FULL:]]:
            print(f"  {values[0].table}: and values of {len(others)} more columns: {', '.join(others)}")
        self._known |= {(one.table, one.column, one.kind) for one in names}

    def close(self, old: str, seconds: float) -> None:
        """The last lines."""
        if empty := [name for name, rows in self._rows.items() if not rows]:
            print(f"no run had rows in: {', '.join(empty)}; of these only the columns' names and types were compared")
        if self.is_same:
            shown = f"all {self._runs} runs give what {old} gave, in {self._columns} columns"
        elif not self._runs:
            shown = "nothing was compared"
        else:
            shown = f"{self._differing} of {self._runs} runs differ from {old}"
            shown += f", and {self._unmatched} scenarios are in one tree only" if self._unmatched else ""
        print(f"{shown} ({seconds:.0f} s)")
