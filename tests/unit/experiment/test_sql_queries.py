"""SQL queries to what a sweep has kept."""

import pyarrow as pa
import pytest

from sim.experiment.results.results import Results
from sim.experiment.store.atomic_files import StoreError
from sim.experiment.store.part_reader import QueryError
from tests.unit.experiment.made_up_sweeps import ROWS, cash, grid, spoil, sweep_folder


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
