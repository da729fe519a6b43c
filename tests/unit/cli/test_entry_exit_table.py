"""Entry and exit as `sim run` and `sim compare` print them, from the agencies that were kept."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from sim.cli.terminal.entry_exit_table import entry_exit_table
from sim.experiment.results import entry_and_exit_results
from sim.experiment.results.entry_and_exit_results import MEASURES, entry_and_exit
from tests.unit.cli.printed_tables import printed


class Start:
    """A first quarter, to which quarters are added."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __add__(self, quarters: int) -> Start:
        return Start("2011-Q4" if quarters else self.name)

    def __str__(self) -> str:
        return self.name


class Kept:
    """Results that keep some rows of agencies."""

    quarters = 8
    start = Start("2010-Q1")

    def __init__(self, rows: list[dict[str, object]]) -> None:
        self.rows = rows

    def parts(self, table: str) -> Kept:
        return self

    def stream(self, columns: list[str]):
        yield pa.Table.from_pylist(self.rows).select(columns)


def agency(replication: int, quarter: str, name: str, value: float, point: int = 0, operating: bool = True):
    keys = {"point": point, "replication": replication, "quarter": quarter, "agency": name, "operating": operating}
    return keys | dict.fromkeys(MEASURES, value)


RUN = [
    agency(0, "2010-Q1", "A", 0.6),
    agency(0, "2010-Q1", "B", 0.2),
    agency(0, "2010-Q1", "Shell", 9.0, operating=False),
    agency(0, "2010-Q2", "A", 7.0),
    agency(0, "2011-Q4", "A", 0.5),
    agency(0, "2011-Q4", "C", 1.0),
    # Of the second replication nobody is left.
    agency(1, "2010-Q1", "A", 0.6),
    agency(1, "2011-Q4", "D", 0.6),
]


def test_a_run_is_split_from_its_first_quarter_to_its_last():
    row = entry_and_exit(Kept(RUN))[0]
    assert (row.runs, row.left_out) == (1, 1)
    assert (row.before, row.after) == pytest.approx((0.4, 0.75))
    assert (row.within, row.entry, row.exit) == pytest.approx((-0.1, 0.25, 0.2))


def test_two_worlds_are_split_in_the_last_quarter():
    rows = [*RUN, agency(0, "2011-Q4", "A", 0.7, point=1), agency(0, "2010-Q1", "A", 0.1, point=1)]
    row = entry_and_exit(Kept(rows), other=1)[0]
    assert (row.within, row.entry, row.exit) == pytest.approx((0.2, 0.0, -0.25))


def test_the_printed_parts_add_up_and_what_is_left_out_is_said():
    text = printed(entry_exit_table(entry_and_exit(Kept(RUN)), "Agencies", "entry, exit"), 160)
    assert "+0.35" in text
    assert "−0.10" in text
    assert "+0.25" in text
    assert "+0.20" in text
    assert "1 replication is left out" in " ".join(text.split())
    assert "Melitz" in text


def test_nobody_at_both_ends_gives_dashes():
    rows = entry_and_exit(Kept(RUN[-2:]))
    assert all(np.isnan(row.within) for row in rows)
    assert "nan" not in printed(entry_exit_table(rows, "Agencies", "entry, exit"), 160)


def test_results_without_agencies_keep_nothing_to_split():
    class Bare:
        tables: tuple[str, ...] = ()

    assert not entry_and_exit_results.keeps_agencies(Bare())
