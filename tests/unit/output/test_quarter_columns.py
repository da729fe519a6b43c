"""Quarters are compared, sorted and filtered as quarters by what people use: pandas, DuckDB, Stata."""

from __future__ import annotations

import datetime

import duckdb
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from sim.declarations.calendar_quarter import Quarter
from sim.model.setup.compiled_scenario import CompiledScenario
from sim.output.parquet_options import parquet_options
from sim.output.quarter_columns import columns_of_runs, concatenate, quarter_columns
from sim.output.table_columns import TABLES
from sim.run import simulate
from sim.scenario import make_scenario
from tests.support.busy_town import BUSY


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Tables of three runs in two files each, as results folders have them; and the quarters."""
    path = tmp_path_factory.mktemp("runs")
    compiled = CompiledScenario.of(make_scenario(BUSY), quarters=9)
    for number, seeds in enumerate(((1,), (2, 3))):
        runs = [simulate(compiled, seed).tables(seed - 1) for seed in seeds]
        for name in TABLES:
            (path / name).mkdir(exist_ok=True)
            table = concatenate([tables[name] for tables in runs])
            pq.write_table(table, path / name / f"{number:05d}.parquet", **parquet_options(table.schema))
    return path, [str(compiled.start + n) for n in range(9)]


@pytest.mark.parametrize("table", TABLES)
def test_pandas_has_an_order_and_dates(folder, table):
    path, quarters = folder
    frame = pd.read_parquet(path / table)
    words = frame.quarter.astype(str)
    assert frame.quarter.dtype.ordered
    # Of a table without rows Parquet keeps no categories.
    assert frame.quarter.cat.categories.tolist() == (quarters if len(frame) else [])
    assert pd.api.types.is_datetime64_dtype(frame.date)
    if frame.empty:
        return
    assert (frame.date == pd.PeriodIndex(words, freq="Q").start_time).all()
    assert frame.quarter.max() == words.max()
    later = frame.quarter >= quarters[4]
    assert later.equals(words >= quarters[4])
    assert later.equals(frame.date >= pd.Period(quarters[4], freq="Q").start_time)
    assert frame.quarter.between(quarters[2], quarters[5]).equals(words.between(quarters[2], quarters[5]))
    assert len(frame.query(f"quarter > '{quarters[4]}'")) == (words > quarters[4]).sum()
    assert len(pd.read_parquet(path / table, filters=[("quarter", ">=", quarters[4])])) == later.sum()


def test_grouping_joining_and_stata(folder, tmp_path):
    path, quarters = folder
    agencies, events = pd.read_parquet(path / "agencies"), pd.read_parquet(path / "events")
    last = agencies.groupby("agency", observed=True).quarter.max()
    assert last.astype(str).max() == quarters[-1]
    keys = ["point", "replication", "quarter", "agency"]
    assert len(agencies.merge(events, on=keys)) == len(agencies.astype(str).merge(events.astype(str), on=keys))
    sector = pd.read_parquet(path / "sector")
    sector.to_stata(tmp_path / "sector.dta")
    assert pd.read_stata(tmp_path / "sector.dta").date.equals(sector.date.astype("datetime64[ms]"))


def test_duckdb_reads_words_and_timestamps(folder):
    path, quarters = folder
    found = duckdb.sql(
        f"select max(quarter), max(date), count(*) from '{path}/sector/*.parquet' where quarter >= '{quarters[5]}'"
    ).fetchall()
    last = Quarter.parse(quarters[-1])
    assert found == [(quarters[-1], datetime.datetime(last.year, 3 * last.number - 2, 1), 3 * 4)]


def test_arrow_has_the_order_in_its_schema(folder):
    path, _ = folder
    kind = pq.read_table(path / "events" / "00001.parquet").schema.field("quarter").type
    assert pa.types.is_dictionary(kind)
    assert kind.ordered


def test_runs_that_begin_at_different_times_keep_the_order_of_time():
    late, early = Quarter(2011, 1), Quarter(2009, 4)
    tables = [pa.table(quarter_columns(start, 4, pa.array(range(4)).to_numpy())) for start in (late, early)]
    frame = concatenate(tables).to_pandas()
    assert frame.quarter.dtype.ordered
    assert frame.quarter.cat.categories.is_monotonic_increasing
    assert frame.sort_values("quarter").date.is_monotonic_increasing
    assert pa.table(columns_of_runs([(4, late), (4, early)])).to_pandas().astype(str).equals(frame.astype(str))
