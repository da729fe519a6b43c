import json

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from sim.analysis.intervals import mean_interval
from sim.experiment.comparison import Comparison
from sim.experiment.files import StoreError
from sim.experiment.kept import Kept
from sim.experiment.parts import AskedError
from sim.experiment.results import SweepResults
from sim.experiment.sweep.archive import Archive
from sim.experiment.sweep.batches import Batch
from sim.experiment.sweep.harvest import COLUMNS
from tests.experiment.sweeps import grid, sweep_folder, values_of, write_chunk, write_manifest

ROWS = grid(drive=[0.0, 0.5, 1.0])


def cash(runs):
    """A kept table with two rows a run."""
    pairs = [run for run in runs for _ in range(2)]
    return pa.table(
        {
            "point": pa.array([p for p, _ in pairs], pa.int32()),
            "run": pa.array([r for _, r in pairs], pa.int32()),
            "agency": pa.array([f"agency {p}" for p, _ in pairs]).dictionary_encode(),
        }
    )


@pytest.fixture
def results(tmp_path):
    sweep_folder(tmp_path, ROWS, failed={(1, 2)}, series=("closures", "budget"), tables={"agencies": cash})
    return SweepResults.open(tmp_path)


def test_the_design_is_a_row_per_point(results):
    design = results.design()
    assert list(design.columns) == ["point", "scenario", "variant", "drive"]
    assert design.drive.tolist() == [0.0, 0.5, 1.0] * 2
    assert results.axes == ("drive",)


def test_runs_are_joined_with_their_points(results):
    runs = results.runs(["closures.end", "seed"])
    assert list(runs.columns) == ["point", "scenario", "variant", "drive", "replication", "closures.end", "seed"]
    assert len(runs) == 29
    expected = values_of(ROWS, 5)[:, :, COLUMNS.index("closures.end")]
    for row in runs.itertuples(index=False):
        assert row[5] == expected[row.point, row.replication]
        assert (row.drive, row.variant) == (ROWS[row.point]["drive"], ROWS[row.point]["variant"])


def test_an_outcome_stands_for_all_its_columns(results):
    assert list(results.runs("closures").columns[-4:]) == [f"closures.{m}" for m in ("end", "mean", "low", "high")]
    assert len(results.runs().columns) == 4 + 2 + len(COLUMNS)


def test_the_summary_is_a_row_per_point(results):
    summary = results.summary(["closures", "budget"], measure="mean", confidence=0.9)
    assert len(summary) == 6
    assert summary.runs.tolist() == [5, 4, 5, 5, 5, 5]
    values = values_of(ROWS, 5)[:, :, COLUMNS.index("budget.mean")]
    kept = np.delete(values[1], 2)
    interval = mean_interval(kept, 0.9)
    row = summary.loc[1]
    found = (row["budget"], row["budget.ci_low"], row["budget.ci_high"], row["budget.median"], row["budget.n"])
    assert found == pytest.approx((*interval, np.median(kept), 4))


def test_undefined_values_are_left_out_and_counted(tmp_path):
    values = values_of(ROWS, 5)
    values[0, :3, COLUMNS.index("closures.end")] = np.nan
    values[1, :, COLUMNS.index("closures.end")] = np.nan
    sweep_folder(tmp_path, ROWS, values=values)
    summary = SweepResults.open(tmp_path).summary("closures")
    assert summary["closures.n"].tolist() == [2, 0, 5, 5, 5, 5]
    assert summary.runs.tolist() == [5] * 6
    assert np.isnan(summary.loc[1, "closures"])


def test_series_are_joined_with_their_points(results):
    series = results.series("closures")
    assert list(series.columns) == ["point", "scenario", "variant", "drive", "replication", "quarter", "closures"]
    assert len(series) == 29 * 3
    assert series.quarter.tolist()[:3] == ["2010-Q1", "2010-Q2", "2010-Q3"]
    assert (series.groupby(["point", "replication"]).closures.diff().dropna().round(9) == 1).all()
    assert list(results.series().columns[-2:]) == ["closures", "budget"]


def test_kept_tables_are_read_whole_or_in_part(results):
    assert len(results.table("agencies")) == 58
    assert list(results.table("agencies", ["agency"]).columns) == ["agency"]
    assert results.tables == ("agencies",)


def test_tables_of_unlike_scenarios_have_gaps(tmp_path):
    archive = sweep_folder(tmp_path, ROWS, chunks=())
    for number, name in ((0, "skill_elderly"), (1, "skill_youth")):
        tables = {
            "agencies": lambda runs, name=name: pa.table({"point": [p for p, _ in runs], name: [0.5] * len(runs)})
        }
        write_chunk(archive, number, [(number, 0)], ROWS, values_of(ROWS, 5), tables=tables)
    table = SweepResults.open(tmp_path).table("agencies")
    assert list(table.columns) == ["point", "skill_elderly", "skill_youth"]
    assert np.isnan(table.skill_youth[0])


def test_failures_come_with_their_points(results):
    failures = results.failures()
    assert failures[["point", "replication", "drive", "quarter", "error"]].values.tolist() == [
        [1, 2, 0.5, 3, "ValueError: no"]
    ]


def test_what_succeeded_at_a_later_try_has_not_failed(tmp_path):
    values = values_of(ROWS, 5)
    archive = sweep_folder(tmp_path, ROWS, failed={(1, 2), (3, 3)}, values=values)
    first = Batch.product([(0, 5)], 0, 4, 0, 7)
    again = Batch.of_runs([(1, 2), (3, 3)], first.next_chunk, 7)
    write_chunk(archive, again.chunk, again.picked, ROWS, values, failed={(3, 3)})
    write_manifest(archive, ROWS, [first, again], failed={(3, 3)})
    for manifest in (True, False):
        results = SweepResults.open(tmp_path, manifest)
        assert results.failures()[["point", "replication"]].values.tolist() == [[3, 3]]
        assert results.standing() == (30, 29, 1)
        assert results.summary("closures").runs.tolist() == [5, 5, 5, 4, 5, 5]
    assert [(each.point, each.replication) for each in results.open_failures()] == [(3, 3)]


def test_only_chunks_that_are_done_are_read(tmp_path):
    archive = sweep_folder(tmp_path, ROWS, series=("closures",), chunks=(0, 2))
    leftover = archive.part("series", 1)
    leftover.write_bytes(archive.part("series", 0).read_bytes())
    results = SweepResults.open(tmp_path)
    assert len(results.runs("closures")) == 14
    assert len(results.series()) == 14 * 3
    assert results.standing() == (30, 14, 0)
    assert results.summary("closures").runs.tolist() == [5, 2, 1, 5, 1, 0]


def test_a_chunk_of_failures_only_is_done(tmp_path):
    everything = {(p, r) for p in range(6) for r in range(5)}
    sweep_folder(tmp_path, ROWS, failed=everything, series=("closures",))
    results = SweepResults.open(tmp_path)
    assert len(results.runs("closures")) == 0
    assert len(results.failures()) == 30
    assert results.summary("closures").runs.tolist() == [0] * 6
    with pytest.raises(AskedError, match="no series were kept"):
        results.series()


def test_an_axis_may_bear_the_name_of_an_outcome(tmp_path):
    sweep_folder(tmp_path, grid(closures=[1, 2]), series=("closures",))
    results = SweepResults.open(tmp_path)
    assert list(results.summary("closures").columns)[3:6] == ["closures (axis)", "runs", "closures"]
    assert "closures (axis)" in results.series().columns


# --- Effects ---------------------------------------------------------------------------------------------


def test_the_effect_of_a_variant_pairs_points_that_differ_in_nothing_else(results):
    effect = results.effect("closures", of="variant")
    assert effect[["point", "base_point", "drive", "n"]].values.tolist() == [[3, 0, 0, 5], [4, 1, 0.5, 4], [5, 2, 1, 5]]
    values = values_of(ROWS, 5)[:, :, COLUMNS.index("closures.end")]
    assert effect.difference[0] == pytest.approx((values[3] - values[0]).mean())
    assert effect.difference[1] == pytest.approx(np.delete(values[4] - values[1], 2).mean())
    assert (effect.saving > 5).all()


def test_the_effect_of_an_axis_against_a_chosen_value(results):
    effect = results.effect(["closures", "budget"], of="drive", base=0.5)
    assert effect[["point", "base_point"]].drop_duplicates().values.tolist() == [[0, 1], [2, 1], [3, 4], [5, 4]]
    assert effect.outcome.tolist() == ["closures", "budget"] * 4
    assert effect.rose.tolist() == [0, 0, 1, 1] * 2


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"of": "drvie"}, "no factor 'drvie' here; there are scenario, variant, drive; did you mean 'drive'"),
        ({"of": "scenario"}, "all points have the same scenario; what varies is variant, drive"),
        ({"of": "drive", "base": 0.7}, "no value of drive '0.7' here; there are 0.0, 0.5, 1.0"),
        ({"outcomes": "closure"}, "no outcome 'closure' here; .*did you mean 'closures'"),
        ({"measure": "last"}, "no measure 'last' here; there are end, mean, low, high"),
    ],
)
def test_effects_that_cannot_be_told(results, asked, message):
    with pytest.raises(AskedError, match=message):
        results.effect(**({"outcomes": "closures"} | asked))


def test_a_sample_of_points_has_no_pairs(tmp_path):
    rows = [{"scenario": "town", "variant": "", "drive": n / 7, "cut": n**2 % 7} for n in range(7)]
    sweep_folder(tmp_path, rows)
    with pytest.raises(AskedError, match="no two points differ in drive alone"):
        SweepResults.open(tmp_path).effect("closures", of="drive")


def test_a_comparison_has_a_row_per_point_and_outcome(tmp_path):
    rows = [{"scenario": name, "variant": ""} for name in ("town", "city", "village")]
    sweep_folder(tmp_path, rows, replications=8)
    comparison = Comparison.of(SweepResults.open(tmp_path), ["closures", "wage"])
    table = comparison.table()
    assert comparison.base == "town"
    assert table[["other", "outcome", "unit", "n", "dropped"]].values.tolist() == [
        ["city", "closures", "agencies", 8, 0],
        ["city", "wage", "CNY/month", 8, 0],
        ["village", "closures", "agencies", 8, 0],
        ["village", "wage", "CNY/month", 8, 0],
    ]
    assert table.difference.round().tolist() == [1, 1, 2, 2]
    assert Comparison.of(SweepResults.open(tmp_path), base=2).others[0].label == "town"
    with pytest.raises(AskedError, match="no point '3' here"):
        Comparison.of(SweepResults.open(tmp_path), base=3)


# --- What is not as it should be -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        (lambda r: r.runs("closures.edn"), "no column 'closures.edn' here; .*did you mean 'closures.end'"),
        (lambda r: r.summary("wages"), "no outcome 'wages' here; .*did you mean 'wage'"),
        (lambda r: r.series("wage"), "no series 'wage' here; there are closures, budget"),
        (lambda r: r.table("agency"), "no table 'agency' here; there are agencies"),
        (lambda r: r.table("agencies", ["cash"]), "no column 'cash' here; there are point, run, agency"),
    ],
)
def test_names_that_are_not_there(results, ask, message):
    with pytest.raises(AskedError, match=message) as caught:
        ask(results)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda path: (path / "manifest.json").unlink(), "holds no sweep"),
        (lambda path: (path / "manifest.json").write_text("{"), "manifest.json is damaged"),
        (lambda path: (path / "manifest.json").write_text('{"start": "2010-Q1"}'), "as 'sim run' leaves it"),
        (lambda path: (path / "design.parquet").unlink(), "design.parquet is missing"),
        (lambda path: (path / "design.parquet").write_bytes(b"PAR1"), "design.parquet is damaged"),
    ],
)
def test_folders_that_cannot_be_opened(tmp_path, spoil, message):
    sweep_folder(tmp_path)
    spoil(tmp_path)
    with pytest.raises(StoreError, match=message) as caught:
        SweepResults.open(tmp_path)
    assert "\n" not in str(caught.value)


def test_no_folder_at_all(tmp_path):
    with pytest.raises(StoreError, match="there is no folder"):
        SweepResults.open(tmp_path / "nothing")


def test_a_sweep_that_has_kept_nothing_yet(tmp_path):
    sweep_folder(tmp_path, chunks=())
    results = SweepResults.open(tmp_path)
    assert results.standing() == (30, 0, 0)
    assert len(results.failures()) == 0
    with pytest.raises(StoreError, match=r"no run is kept in .* yet"):
        results.summary()


def test_without_its_manifest_everything_is_still_read(tmp_path):
    sweep_folder(tmp_path, ROWS, failed={(1, 2)})
    whole = SweepResults.open(tmp_path).summary("closures")
    (tmp_path / "manifest.json").write_text("{")
    (tmp_path / "columns.json").write_text("{")
    results = SweepResults.open(tmp_path, manifest=False)
    pd.testing.assert_frame_equal(results.summary("closures"), whole)
    assert len(results.failures()) == 1
    assert results.title == tmp_path.name


@pytest.mark.parametrize("spoiled", ["cut", "flipped", "gone"])
def test_a_damaged_part_is_named(tmp_path, spoiled):
    archive = sweep_folder(tmp_path, ROWS)
    part = archive.part("summary", 2)
    data = part.read_bytes()
    results = SweepResults.open(tmp_path)
    assert results.done
    if spoiled == "gone":
        part.unlink()
    else:
        place = data.index(b"PAR1") + 40
        part.write_bytes(data[: len(data) // 2] if spoiled == "cut" else data[:place] + b"\0\0\0\0" + data[place + 4 :])
    with pytest.raises(StoreError, match=r"00002.parquet is (damaged|missing).*computes those runs again"):
        results.runs()
    part.unlink(missing_ok=True)
    assert len(SweepResults.open(tmp_path).runs("closures")) == 23


def test_a_damaged_page_of_the_failure_book_is_named(tmp_path):
    archive = sweep_folder(tmp_path, ROWS, failed={(1, 2)})
    archive.page(1).write_text("[{}]")
    with pytest.raises(StoreError, match=r"00001.json is damaged"):
        SweepResults.open(tmp_path).failures()


def test_values_are_read_in_blocks(tmp_path, monkeypatch):
    sweep_folder(tmp_path, ROWS)
    whole = Kept.open(tmp_path).statistics()
    monkeypatch.setattr("sim.experiment.kept._HELD", 90)
    few = Kept.open(tmp_path).statistics()
    assert list(few) == list(whole)
    assert few["moved_share"].mean == pytest.approx(whole["moved_share"].mean)


def test_opening_does_not_read_runs(tmp_path):
    sweep_folder(tmp_path, ROWS)
    for part in (tmp_path / "summary").iterdir():
        part.write_bytes(b"")
    assert SweepResults.open(tmp_path).title == "Made up"


# --- SQL -------------------------------------------------------------------------------------------------


def test_sql_sees_every_table(results):
    pytest.importorskip("duckdb")
    names = results.sql("show tables").name.tolist()
    assert names == ["agencies", "design", "failures", "runs", "series", "summary"]
    counts = {name: int(results.sql(f"select count(*) from {name}").iloc[0, 0]) for name in names}
    assert counts == {"agencies": 58, "design": 6, "failures": 1, "runs": 29, "series": 87, "summary": 29}


def test_sql_agrees_with_the_summary(results):
    pytest.importorskip("duckdb")
    told = results.sql('select point, avg("closures.end") as mean from runs group by point order by point')
    assert told["mean"].tolist() == pytest.approx(results.summary("closures").closures.tolist())


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("selec 1", "syntax error"),
        ('select "closures.edn" from runs', "closures.edn"),
        ("select closures.end from runs", 'in double quotes "OUTCOME.end"'),
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
    with pytest.raises(AskedError, match=message) as caught:
        results.sql(query.replace("FOLDER", str(results.path)))
    assert "\n" not in str(caught.value)
    assert sorted(results.path.rglob("*")) == before


def test_sql_of_a_damaged_folder(tmp_path):
    pytest.importorskip("duckdb")
    archive = sweep_folder(tmp_path, ROWS)
    archive.part("summary", 0).write_bytes(b"PAR1")
    with pytest.raises(StoreError, match="cannot read"):
        SweepResults.open(tmp_path).sql("select 1")


def test_sql_without_duckdb(results, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "duckdb", None)
    with pytest.raises(StoreError, match=r"pip install 'social-work-sim\[sql\]'"):
        results.sql("select 1")


def test_names_in_sql_are_quoted(tmp_path):
    pytest.importorskip("duckdb")
    folder = tmp_path / 'it\'s a "folder"'
    sweep_folder(folder, grid(**{'height of "it"': [1, 2]}))
    assert SweepResults.open(folder).sql("select count(*) as n from runs").n.tolist() == [20]


def test_a_manifest_that_says_nothing_of_an_experiment(tmp_path):
    archive = Archive(tmp_path)
    sweep_folder(tmp_path)
    values = json.loads((tmp_path / "manifest.json").read_text())
    del values["design"]
    archive.write_json("manifest.json", values)
    assert "closures" not in SweepResults.open(tmp_path).shown
