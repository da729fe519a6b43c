"""SQL queries to what a sweep has kept."""

import numpy as np
import pyarrow as pa
import pytest

from sim.experiment.execute.result_collector import COLUMNS
from sim.experiment.results.results import Results
from sim.experiment.store.atomic_files import StoreError
from sim.experiment.store.part_reader import QueryError
from tests.unit.experiment.made_up_sweeps import ROWS, cash, grid, spoil, sweep_folder, values_of


def test_sql_sees_every_table(results):
    pytest.importorskip("duckdb")
    names = results.sql("show tables").name.tolist()
    assert names == ["agencies", "design", "failures", "runs", "series", "summary"]
    counts = {name: int(results.sql(f"select count(*) from {name}").iloc[0, 0]) for name in names}
    assert counts == {"agencies": 58, "design": 6, "failures": 1, "runs": 29, "series": 87, "summary": 29}


def test_sql_agrees_with_the_summary(results):
    pytest.importorskip("duckdb")
    answer = results.sql("select point, avg(closures_year) as mean from runs group by point order by point")
    assert answer["mean"].tolist() == pytest.approx(results.summary("closures").closures.tolist())


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("selec 1", "syntax error"),
        ('select "closures.edn" from runs', "closures.edn"),
        ("select closures_edn from runs", "OUTCOME_year, OUTCOME_mean"),
        ("select * from rns", "there are runs"),
        ("", "expected one SELECT"),
        ("select 1; select 2", "expected one SELECT"),
        ("create table x as select 1", "expected one SELECT"),
        ("set threads = 1", "expected one SELECT"),
        ("copy (select 1) to 'FOLDER/x.csv'", "expected one SELECT"),
        ("attach 'FOLDER/x.db'", "expected one SELECT"),
        ("install httpfs", "expected one SELECT"),
        ("select * from read_text('/etc/passwd')", "disabled by configuration"),
        ("select * from 'https://example.org/a.csv'", "disabled by configuration"),
        ("select * from COLUMNS_OF_A_TEST", "does not exist"),
    ],
)
def test_sql_that_is_wrong_or_more_than_a_question(results, query, message):
    pytest.importorskip("duckdb")
    COLUMNS_OF_A_TEST = pa.table({"x": [1]})  # noqa: F841, N806 - SQL must not reach variables of the program
    before = sorted(results.path.rglob("*"))
    with pytest.raises(QueryError, match=message) as caught:
        results.sql(query.replace("FOLDER", str(results.path)))
    assert "\n" not in str(caught.value)
    assert sorted(results.path.rglob("*")) == before


def test_the_same_question_has_the_same_answer_to_the_last_bit(tmp_path):
    """Threads that add up in turns would change the last digits from call to call."""
    pytest.importorskip("duckdb")
    sweep_folder(tmp_path, ROWS, replications=10)
    results = Results.open(tmp_path)
    assert results.sql("select current_setting('threads') as n").n.tolist() == [1]
    query = (
        "select drive < 0.5 as low, sum(wage_year) as sum, avg(wage_year) as mean, stddev(wage_year) as sd from runs"
    )
    answers = {results.sql(f"{query} group by all order by 1").to_csv(float_format="%.17g") for _ in range(4)}
    assert len(answers) == 1


def test_what_is_undefined_is_null_in_sql(tmp_path):
    """As a number it would be counted, greater than every other, and make every sum undefined."""
    pytest.importorskip("duckdb")
    values = values_of(ROWS, 5)
    closures = COLUMNS.index("closures_year")
    values[:2, :, closures] = np.nan
    values[2, :4, closures] = np.nan
    sweep_folder(tmp_path, ROWS, values=values, series=("closures",))
    results = Results.open(tmp_path)
    known = values[..., closures][~np.isnan(values[..., closures])]
    some = "count({0}) as n, sum({0}) as sum, avg({0}) as mean, median({0}) as middle, max({0}) as most"
    found = results.sql(f"select {some.format('closures_year')} from runs").iloc[0]
    expected = (len(known), known.sum(), known.mean(), np.median(known), known.max())
    assert tuple(found) == pytest.approx(expected)
    above = "select count(*) from summary where closures_year > 0"
    assert results.sql(above).iloc[0, 0] == (known > 0).sum()
    nothing = results.sql(f"select {some.format('closures_year')} from runs where point < 2").iloc[0]
    assert nothing["n"] == 0
    assert nothing[1:].isna().all()
    by_run = results.sql("select * from summary order by point, replication")
    assert by_run.closures_year.isna().sum() == 14
    assert by_run.seed.notna().all()


EVERYTHING = {"series": ("closures", "budget"), "tables": {"agencies": cash}}


@pytest.mark.parametrize(
    ("query", "damaged"),
    [
        ("select avg(closures_year) from runs", "summary/00001.parquet"),
        ("select closures from series where point = 2 and closures > 1", "series/00002.parquet"),
        ("select agency, count(*) from agencies group by agency", "agencies/00004.parquet"),
        ("select count(distinct s.seed) from agencies a join summary s using (point)", "agencies/00000.parquet"),
    ],
)
def test_sql_notices_a_spoiled_page(tmp_path, query, damaged):
    pytest.importorskip("duckdb")
    sweep_folder(tmp_path, ROWS, **EVERYTHING)
    results = Results.open(tmp_path)
    assert len(results.sql(query))
    spoil(tmp_path / damaged)
    with pytest.raises(StoreError, match=rf"{damaged} is damaged \(.*\); the command that filled this folder"):
        results.sql(query)


def test_sql_answers_from_what_is_sound(tmp_path):
    pytest.importorskip("duckdb")
    sweep_folder(tmp_path, ROWS, **EVERYTHING)
    results = Results.open(tmp_path)
    query = "select max(closures) as closures from series"
    answer = results.sql(query)
    spoil(tmp_path / "agencies/00000.parquet")
    assert results.sql(query).equals(answer)
    with pytest.raises(QueryError, match="Could not convert"):
        results.sql("select cast(scenario as int) from runs")


def test_sql_of_parts_that_are_unlike(tmp_path):
    pytest.importorskip("duckdb")

    def unlike(runs):
        table = cash(runs)
        point = runs[0][0]
        if point == 0:
            nothing = pa.nulls(len(table))
            return table.append_column("assessed", nothing).append_column("hours", pa.array(range(len(table))))
        grades = pa.array(["good"] * len(table)).dictionary_encode()
        return table.append_column("assessed", grades).append_column(f"skill_{point}", pa.array([0.5] * len(table)))

    sweep_folder(tmp_path, ROWS, tables={"agencies": unlike})
    results = Results.open(tmp_path)
    whole = results.table("agencies")
    answer = results.sql("select * from agencies")
    assert list(answer.columns) == list(whole.columns)[-len(answer.columns) :]
    for name in answer.columns:
        assert answer[name].isna().tolist() == whole[name].isna().tolist()
        assert answer[name].dropna().tolist() == whole[name].dropna().tolist()
    assert results.sql("select count(*) from agencies where assessed = 'good'").iloc[0, 0] == answer.assessed.count()
    assert 0 < answer.assessed.count() < len(answer)


def test_sql_of_a_damaged_folder(tmp_path):
    pytest.importorskip("duckdb")
    archive = sweep_folder(tmp_path, ROWS)
    archive.part("summary", 0).write_bytes(b"PAR1")
    with pytest.raises(StoreError, match="is damaged"):
        Results.open(tmp_path).sql("select 1")


def test_sql_without_duckdb(results, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "duckdb", None)
    with pytest.raises(StoreError, match=r"-m pip install -e '.*\[sql\]'"):  # the tests run in a checkout
        results.sql("select 1")


def test_names_in_sql_are_quoted(tmp_path):
    pytest.importorskip("duckdb")
    folder = tmp_path / 'it\'s a "folder"'
    sweep_folder(folder, grid(**{'height of "it"': [1, 2]}))
    assert Results.open(folder).sql("select count(*) as n from runs").n.tolist() == [20]
