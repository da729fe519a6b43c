"""Cases of users' first steps with quarters: pandas, DuckDB, filters of Parquet, Stata."""

from __future__ import annotations

import warnings
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from tests.support.in_process_cli import inside

TINY = Path(__file__).parent / "tiny_town" / "tiny.yaml"


@pytest.fixture(scope="module")
def runs(tmp_path_factory):
    """Results of two replications of the tiny town, eight quarters from 2010-Q1."""
    folder = tmp_path_factory.mktemp("quarters")
    done = inside("run", TINY, "--replications", 2, "--out", "runs", cwd=folder)
    assert done.returncode == 0, done.stderr
    return folder / "runs"


@pytest.fixture(autouse=True)
def _no_warnings():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield


def read(runs, table):
    return pd.read_parquet(runs / table)


def test_largest_quarter(runs):
    assert read(runs, "sector").quarter.max() == "2011-Q4"


@pytest.mark.parametrize(
    ("selected", "rows"),
    [
        (lambda sector: sector[sector.quarter >= "2010-Q3"], 2 * 6),
        (lambda sector: sector.query("quarter > '2010-Q3'"), 2 * 5),
        (lambda sector: sector[sector.quarter.between("2010-Q2", "2011-Q1")], 2 * 4),
        (lambda sector: sector[sector.date >= "2011-01-01"], 2 * 4),
    ],
)
def test_selected_quarters(runs, selected, rows):
    assert len(selected(read(runs, "sector"))) == rows


def test_last_quarter_of_each_agency(runs):
    agencies = read(runs, "agencies")
    last = agencies.groupby(["replication", "agency"], observed=True).quarter.max()
    assert last[0, "Alpha"] in agencies.quarter.cat.categories


def test_merged_tables_keep_the_quarter(runs):
    agencies, events = read(runs, "agencies"), read(runs, "events")
    merged = agencies.merge(events, on=["replication", "quarter", "agency"])
    assert len(merged) == sum(
        ((agencies.replication == r) & (agencies.quarter == q) & (agencies.agency == a)).sum()
        for r, q, a in zip(events.replication, events.quarter, events.agency, strict=True)
        if isinstance(a, str)
    )


def test_filters_while_reading(runs):
    assert len(pd.read_parquet(runs / "sector", filters=[("quarter", ">=", "2010-Q3")])) == 2 * 6


def test_sql_on_the_files(runs):
    query = f"select max(quarter), count(*) from '{runs}/sector/*.parquet' where quarter >= '2010-Q3'"
    assert duckdb.sql(query).fetchall() == [("2011-Q4", 12)]


def test_stata(runs, tmp_path):
    sector = read(runs, "sector")
    sector.to_stata(tmp_path / "sector.dta")
    back = pd.read_stata(tmp_path / "sector.dta")
    assert back.quarter.astype(str).tolist() == sector.quarter.astype(str).tolist()
