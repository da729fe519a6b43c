"""Point series: what `Results.series` has, point by point, whatever chunks and failures there are."""

import numpy as np
import pytest

from sim.experiment.results.figure_data.point_series import chosen_points, kept_by_quarter, read_point_series
from sim.experiment.results.results import Results
from sim.experiment.store.part_reader import QueryError
from tests.unit.experiment.made_up_sweeps import ROWS, sweep_folder


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    path = tmp_path_factory.mktemp("series")
    sweep_folder(path, ROWS, failed={(1, 2)}, series=("closures", "budget"))
    return Results.open(path)


def test_values_are_those_of_the_table(results):
    table = results.series(["closures", "budget"])
    found = read_point_series(results, ["budget", "closures"])
    assert [one.point for one in found] == sorted(set(table["point"]))
    for one in found:
        rows = table[table["point"] == one.point].sort_values(["replication", "date"])
        assert one.replications.tolist() == sorted(set(rows["replication"]))
        assert str(one.start) == str(rows["quarter"].iloc[0])
        for name in ("closures", "budget"):
            assert one.values[name].shape == (len(one.replications), one.quarters)
            np.testing.assert_array_equal(one.values[name].ravel(), rows[name])


def test_a_failed_run_is_not_there(results):
    one = read_point_series(results, ["closures"], [1])[0]
    assert 2 not in one.replications
    assert len(one.replications) == 4


def test_points_come_in_the_order_that_is_asked_for(results):
    assert [one.point for one in read_point_series(results, ["closures"], [3, 0])] == [3, 0]


def test_points_without_runs_are_left_out(tmp_path):
    sweep_folder(tmp_path, ROWS, series=("closures",), chunks=[0])
    assert [one.point for one in read_point_series(Results.open(tmp_path), ["closures"])] == [0, 1]


def test_what_is_not_kept_is_refused_with_what_is(results):
    assert kept_by_quarter(results) == ["closures", "budget"]
    with pytest.raises(QueryError, match="kept: closures, budget"):
        read_point_series(results, ["staff"])
    with pytest.raises(QueryError, match="did you mean 'closures'"):
        read_point_series(results, ["closure"])


def test_points_by_label_and_number(results):
    assert chosen_points(results, []) == list(range(len(ROWS)))
    label = "third party, drive 0.5"
    assert chosen_points(results, [label, "0"]) == [4, 0]
    with pytest.raises(QueryError, match=r"did you mean 'third party, drive 0\.5'"):
        chosen_points(results, ["third party, drive 0.6"])
