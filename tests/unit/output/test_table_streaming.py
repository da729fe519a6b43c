"""The tables of a run are the same, however they were cut on the way and whatever writes them."""

from __future__ import annotations

import pytest

from sim.model.setup.compiled_scenario import CompiledScenario
from sim.output import table_streaming as pieces
from sim.output.table_columns import TABLES
from sim.run import RunResult, initialise, simulate
from sim.scenario import make_scenario
from tests.support.busy_town import BUSY
from tests.support.world_reading import plain


@pytest.fixture(scope="module")
def busy():
    return simulate(CompiledScenario.of(make_scenario(BUSY)), 1)


def test_tables_do_not_depend_on_what_was_put_aside(busy):
    record = RunResult(busy.compiled, 1, initialise(busy.compiled, 1))
    for quarter in range(busy.compiled.quarters):
        record.run_to(quarter + 1)
        if quarter % 3 == 0:
            record._put_aside()
    expected = busy.tables(3)
    for name, table in record.tables(3).items():
        assert table.schema == expected[name].schema, name
        assert plain(table).equals(plain(expected[name])), name


def test_tables_do_not_depend_on_their_pieces(busy, monkeypatch):
    expected = busy.tables(3)
    monkeypatch.setattr(pieces, "MOST_ROWS", 7)
    found = {name: list(several) for name, several in busy.pieces(3).items()}
    assert list(found) == list(TABLES)
    for name, several in found.items():
        assert len(several) >= max(1, expected[name].num_rows // 15), name
        assert {piece.schema == expected[name].schema for piece in several} == {True}, name
        assert plain(pieces.joined(several)).equals(plain(expected[name])), name
