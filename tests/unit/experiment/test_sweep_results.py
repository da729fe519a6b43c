"""Results of sweeps: tables of runs, points and outcomes."""

import numpy as np
import pyarrow as pa
import pytest

from sim.experiment.execute.result_collector import COLUMNS
from sim.experiment.results.result_arrays import ResultArrays
from sim.experiment.results.results import Results
from sim.experiment.store.atomic_files import StoreError
from sim.experiment.store.batches import Batch
from sim.experiment.store.part_reader import QueryError
from sim.statistics.confidence_intervals import mean_interval
from tests.unit.experiment.made_up_sweeps import ROWS, grid, sweep_folder, values_of, write_chunk, write_manifest


def test_the_design_is_a_row_per_point(results):
    design = results.design()
    assert list(design.columns) == ["point", "scenario", "variant", "drive"]
    assert design.drive.tolist() == [0.0, 0.5, 1.0] * 2
    assert results.axes == ("drive",)


def test_runs_are_joined_with_their_points(results):
    runs = results.runs(["closures_year", "seed"])
    assert list(runs.columns) == ["point", "scenario", "variant", "drive", "replication", "closures_year", "seed"]
    assert len(runs) == 29
    expected = values_of(ROWS, 5)[:, :, COLUMNS.index("closures_year")]
    for row in runs.itertuples(index=False):
        assert row[5] == expected[row.point, row.replication]
        assert (row.drive, row.variant) == (ROWS[row.point]["drive"], ROWS[row.point]["variant"])


def test_an_outcome_stands_for_all_its_columns(results):
    assert list(results.runs("closures").columns[-4:]) == [f"closures_{m}" for m in ("year", "mean", "min", "max")]
    assert len(results.runs().columns) == 4 + 2 + len(COLUMNS)


def test_the_summary_is_a_row_per_point(results):
    summary = results.summary(["closures", "budget"], measure="mean", confidence=0.9)
    assert len(summary) == 6
    assert summary.runs.tolist() == [5, 4, 5, 5, 5, 5]
    values = values_of(ROWS, 5)[:, :, COLUMNS.index("budget_mean")]
    kept = np.delete(values[1], 2)
    interval = mean_interval(kept, 0.9)
    row = summary.loc[1]
    found = (row["budget"], row["budget_ci_low"], row["budget_ci_high"], row["budget_p50"], row["budget_n"])
    assert found == pytest.approx((*interval, np.median(kept), 4))


def test_undefined_values_are_left_out_and_counted(tmp_path):
    values = values_of(ROWS, 5)
    values[0, :3, COLUMNS.index("closures_year")] = np.nan
    values[1, :, COLUMNS.index("closures_year")] = np.nan
    sweep_folder(tmp_path, ROWS, values=values)
    summary = Results.open(tmp_path).summary("closures")
    assert summary["closures_n"].tolist() == [2, 0, 5, 5, 5, 5]
    assert summary.runs.tolist() == [5] * 6
    assert np.isnan(summary.loc[1, "closures"])


def test_series_are_joined_with_their_points(results):
    series = results.series("closures")
    assert list(series.columns) == [
        *("point", "scenario", "variant", "drive", "replication", "quarter", "date", "closures"),
    ]
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
    table = Results.open(tmp_path).table("agencies")
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
    results = Results.open(tmp_path)
    assert results.failures()[["point", "replication"]].values.tolist() == [[3, 3]]
    assert results.progress() == (30, 29, 1)
    assert results.summary("closures").runs.tolist() == [5, 5, 5, 4, 5, 5]
    assert [(each.point, each.replication) for each in results.open_failures()] == [(3, 3)]


def test_only_chunks_that_are_done_are_read(tmp_path):
    archive = sweep_folder(tmp_path, ROWS, series=("closures",), chunks=(0, 2))
    leftover = archive.part("series", 1)
    leftover.write_bytes(archive.part("series", 0).read_bytes())
    results = Results.open(tmp_path)
    assert len(results.runs("closures")) == 14
    assert len(results.series()) == 14 * 3
    assert results.progress() == (30, 14, 0)
    assert results.summary("closures").runs.tolist() == [5, 2, 1, 5, 1, 0]


def test_a_sweep_in_which_every_run_failed_has_failures_only(tmp_path):
    everything = {(p, r) for p in range(6) for r in range(5)}
    sweep_folder(tmp_path, ROWS, failed=everything, series=("closures",))
    results = Results.open(tmp_path)
    assert len(results.failures()) == 30
    assert results.progress() == (30, 0, 30)
    with pytest.raises(StoreError, match=r"no run is kept in .* yet"):
        results.summary("closures")


def test_an_axis_may_bear_the_name_of_an_outcome(tmp_path):
    sweep_folder(tmp_path, grid(closures=[1, 2]), series=("closures",))
    results = Results.open(tmp_path)
    assert list(results.summary("closures").columns)[3:6] == ["closures_axis", "runs", "closures"]
    assert "closures_axis" in results.series().columns


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        (lambda r: r.runs("closures_yaer"), "no column 'closures_yaer' here; .*did you mean 'closures_year'"),
        (lambda r: r.summary("wages"), "no outcome 'wages' here; .*did you mean 'wage'"),
        (lambda r: r.series("wage"), "no series 'wage' here; there are closures, budget"),
        (lambda r: r.table("agency"), "no table 'agency' here; there are agencies"),
        (lambda r: r.table("agencies", ["cash"]), "no column 'cash' here; there are point, replication, agency"),
    ],
)
def test_names_that_are_not_there(results, ask, message):
    with pytest.raises(QueryError, match=message) as caught:
        ask(results)
    assert "\n" not in str(caught.value)


def test_values_are_read_in_blocks(tmp_path, monkeypatch):
    sweep_folder(tmp_path, ROWS)
    whole = ResultArrays.open(tmp_path).statistics()
    monkeypatch.setattr("sim.experiment.results.result_arrays._HELD", 90)
    few = ResultArrays.open(tmp_path).statistics()
    assert list(few) == list(whole)
    assert few["moved_share"].mean == pytest.approx(whole["moved_share"].mean)
