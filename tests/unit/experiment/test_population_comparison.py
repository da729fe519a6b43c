"""Populations: a median that rises because the weak are gone is told apart from change within agencies."""

from __future__ import annotations

import types

import numpy as np
import pandas as pd
import pytest

from sim.cli.terminal.population_table import population_table
from sim.experiment.results import population_comparison
from sim.experiment.results.population_comparison import Populations, Row, last_common_quarter, quadrant_moves
from sim.experiment.store.part_reader import QueryError
from tests.unit.cli.printed_tables import printed

QUARTERS = ["2010-Q3", "2010-Q4", "2011-Q1", "2011-Q2", "2011-Q3", "2011-Q4"]
STRONG, WEAK = 0.8, 0.2


def world(gone: bool, weaker: float = 0.0, runs: int = 3) -> pd.DataFrame:
    """Two agencies a run; from 2011 on one may be gone and the other weaker."""
    rows = []
    for replication in range(runs):
        for quarter in QUARTERS:
            late = quarter >= "2011"
            for agency, level, staff in (("A", STRONG, 10), ("B", WEAK, 2)):
                value = level - (weaker if late else 0.0) - 0.001 * replication
                rows.append(
                    {
                        "replication": replication,
                        "quarter": quarter,
                        "agency": agency,
                        "operating": not (late and gone and agency == "B"),
                        "staff": staff,
                        "quadrant": "independent-tied" if agency == "A" else "dependent-tied",
                        "resource_independence": value,
                        "operational_autonomy": 0.5,
                        "sustainability": np.nan if agency == "B" and quarter == "2011-Q2" else value,
                    }
                )
    return pd.DataFrame(rows)


@pytest.fixture
def compared(monkeypatch: pytest.MonkeyPatch) -> Populations:
    worlds = [world(gone=False), world(gone=True, weaker=0.1)]
    monkeypatch.setattr(population_comparison, "agencies_of", lambda results, point: worlds[point])
    results = types.SimpleNamespace(points=types.SimpleNamespace(num_rows=2))
    return Populations.of(results, 1, 0)


def difference(found: Populations, measure: str, population: str) -> float:
    return float(found.pairs.difference[found.rows.index(Row(measure, population))])


def test_the_median_rises_where_each_agency_is_weaker(compared):
    assert difference(compared, "resource_independence", "operating, median") == pytest.approx(0.7 - 0.5)
    assert difference(compared, "resource_independence", "constant panel, mean") == pytest.approx(-0.1)
    assert difference(compared, "resource_independence", "operating, by staff") == pytest.approx(0.7 - 8.4 / 12)
    assert "resource_independence" in compared.disagreeing
    assert "operational_autonomy" not in compared.disagreeing
    text = printed(population_table(compared, "base", "other"), 120)
    assert "Populations disagree in the sign of" in text


def test_of_a_hundred_who_is_gone_counts_as_not(compared):
    population = "of 100 operating in 2010-Q4"
    assert compared.before == "2010-Q4"
    assert difference(compared, "operating", population) == pytest.approx(-50)
    assert difference(compared, "resource_independence >= 0.4", population) == pytest.approx(0)
    assert difference(compared, "operational_autonomy >= 0.45", population) == pytest.approx(-50)


def test_worlds_part_where_anything_differs():
    base = world(gone=False)
    assert last_common_quarter(base, base) == QUARTERS[-1]
    other = base.copy()
    other.loc[(other["quarter"] == "2011-Q3") & (other["replication"] == 2), "staff"] += 1
    assert last_common_quarter(base, other) == "2011-Q2"
    other.loc[other["quarter"] == QUARTERS[0], "staff"] += 1
    assert last_common_quarter(base, other) == QUARTERS[0]


def test_the_table_has_a_row_for_each_measure_and_population(compared):
    table = compared.table()
    assert len(table) == len(compared.rows) == 12
    assert {"measure", "population", "difference", "ci_low", "ci_high", "n"} <= {*table.columns}


def test_moves_between_quadrants_with_gone_as_a_state(monkeypatch):
    monkeypatch.setattr(population_comparison, "agencies_of", lambda results, point: world(gone=True))
    moves = quadrant_moves(types.SimpleNamespace())
    assert moves.loc["dependent-tied", "gone"] == 1
    assert moves.loc["independent-tied", "independent-tied"] == 1
    assert np.allclose(moves.sum(axis=1), 1)


def test_what_was_not_kept_is_said():
    results = types.SimpleNamespace(points=types.SimpleNamespace(num_rows=2), tables=("sector",))
    with pytest.raises(QueryError, match="no table 'agencies'"):
        Populations.of(results, 1, 0)
    with pytest.raises(QueryError, match="no point '5'"):
        Populations.of(results, 5, 0)
