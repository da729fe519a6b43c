"""Effects and comparisons, computed from what a sweep has kept."""

import numpy as np
import pytest

from sim.experiment.design.point_table import RESERVED
from sim.experiment.execute.result_collector import COLUMNS
from sim.experiment.results.comparison_results import Comparison
from sim.experiment.results.results import Results
from sim.experiment.store.part_reader import QueryError
from tests.unit.experiment.made_up_sweeps import ROWS, sweep_folder, values_of


def test_the_effect_of_a_variant_pairs_points_that_differ_in_nothing_else(results):
    effect = results.effect("closures", of="variant")
    assert effect[["point", "base_point", "drive", "n"]].values.tolist() == [[3, 0, 0, 5], [4, 1, 0.5, 4], [5, 2, 1, 5]]
    values = values_of(ROWS, 5)[:, :, COLUMNS.index("closures_year")]
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
        ({"measure": "last"}, "no measure 'last' here; there are year, mean, min, max"),
    ],
)
def test_effects_that_cannot_be_told(results, asked, message):
    with pytest.raises(QueryError, match=message):
        results.effect(**({"outcomes": "closures"} | asked))


def test_a_sample_of_points_has_no_pairs(tmp_path):
    rows = [{"scenario": "town", "variant": "", "drive": n / 7, "cut": n**2 % 7} for n in range(7)]
    sweep_folder(tmp_path, rows)
    with pytest.raises(QueryError, match="no two points differ in drive alone"):
        Results.open(tmp_path).effect("closures", of="drive")


def test_a_comparison_has_a_row_per_point_and_outcome(tmp_path):
    rows = [{"scenario": name, "variant": ""} for name in ("town", "city", "village")]
    sweep_folder(tmp_path, rows, replications=8)
    comparison = Comparison.of(Results.open(tmp_path), ["closures", "wage"])
    table = comparison.table()
    assert comparison.base == "town"
    assert table[["other", "outcome", "unit", "n", "dropped"]].values.tolist() == [
        ["city", "closures", "agencies/quarter", 8, 0],
        ["city", "wage", "CNY/month", 8, 0],
        ["village", "closures", "agencies/quarter", 8, 0],
        ["village", "wage", "CNY/month", 8, 0],
    ]
    assert table.difference.round().tolist() == [1, 1, 2, 2]
    assert Comparison.of(Results.open(tmp_path), base=2).others[0].label == "town"
    with pytest.raises(QueryError, match="no point '3' here"):
        Comparison.of(Results.open(tmp_path), base=3)


def test_columns_that_stand_beside_axes_are_names_that_no_axis_may_have(results):
    tables = [results.summary(["closures"]), results.runs(), results.effect("closures"), results.failures()]
    beside = {name for table in tables for name in table.columns} - {"drive"}
    of_outcomes = tuple(f"{outcome}_" for outcome in results.outcomes)
    assert {name for name in beside - {*results.outcomes} if not name.startswith(of_outcomes)} <= set(RESERVED)
