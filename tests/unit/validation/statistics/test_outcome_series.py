"""Outcome series: known answers on small tables."""

import numpy as np
import pytest

from tests.support.frame_tables import DECLARED, quarters, value_of, world

WINDOW = {"since": "2010-Q1", "until": "2011-Q4"}


def sector(**columns: list[float]) -> dict[str, list]:
    length = len(next(iter(columns.values())))
    return {"quarter": quarters("2010-Q1", length), **columns}


def test_window_mean_takes_both_ends_and_leaves_undefined_quarters_out() -> None:
    tables = world(sector=sector(turnover=[9, 1, np.nan, 3, 9]))
    assert value_of("window-mean", tables, outcome="turnover", since="2010-Q2", until="2010-Q4") == 2
    assert value_of("window-mean", tables, outcome="turnover", since="2010-Q2", until="2010-Q4", per=4) == 0.5


def test_window_mean_is_undefined_where_no_quarter_is_defined() -> None:
    tables = world(sector=sector(turnover=[np.nan, np.nan, 1]))
    assert np.isnan(value_of("window-mean", tables, outcome="turnover", since="2010-Q1", until="2010-Q2"))


def test_growth_ratio_is_a_ratio_of_means_over_replications() -> None:
    tables = world(
        2,
        sector={
            "replication": [0] * 8 + [1] * 8,
            "quarter": quarters("2010-Q1", 8) * 2,
            "agencies": [1] * 4 + [10] * 4 + [3] * 4 + [6] * 4,
            "dormant": [0] * 8 + [0] * 4 + [4] * 4,
        },
    )
    given = {"outcome": "agencies", "base": "2010-Q1", "at": "2011-Q1"}
    assert value_of("growth-ratio", tables, **given) == 16 / 4
    assert value_of("growth-ratio", tables, **given, plus="dormant") == 20 / 4


def test_growth_from_nothing_is_undefined() -> None:
    tables = world(sector=sector(foundings=[0] * 4 + [3] * 4))
    assert np.isnan(value_of("growth-ratio", tables, outcome="foundings", base="2010-Q1", at="2011-Q1"))


def test_cumulative_correlation_is_with_the_sum_of_yearly_budgets() -> None:
    years = 4
    budget = np.repeat([1.0, 2.0, 4.0, 3.0], 4)
    count = np.repeat(np.cumsum([1.0, 2.0, 4.0, 3.0]) * 5 + 2, 4)
    tables = world(sector=sector(agencies=list(count), budget=list(budget)))
    given = {"since": "2010-Q1", "until": f"{2009 + years}-Q4", "outcome": "agencies", "driver": "budget"}
    assert value_of("cumulative-correlation", tables, **given) == pytest.approx(1)
    still = world(sector=sector(agencies=[7.0] * 16, budget=list(budget)))
    assert np.isnan(value_of("cumulative-correlation", still, **given))


def test_elasticity_is_the_power_of_the_driver() -> None:
    budget = np.repeat([1.0, 2.0, 5.0, 9.0], 4)
    tables = world(sector=sector(agencies=list(3 * budget**0.7), budget=list(budget)))
    given = {"since": "2010-Q1", "until": "2013-Q4", "outcome": "agencies", "driver": "budget"}
    assert value_of("elasticity", tables, **given) == pytest.approx(0.7)


def test_elasticity_is_undefined_without_a_budget_that_moves() -> None:
    tables = world(sector=sector(agencies=[1.0] * 12, budget=[2.0] * 12))
    given = {"since": "2010-Q1", "until": "2012-Q4", "outcome": "agencies", "driver": "budget"}
    assert np.isnan(value_of("elasticity", tables, **given))


def test_closures_are_counted_over_agency_years() -> None:
    tables = world(sector=sector(closures=[0, 1, 0, 0] * 2, agencies=[15.0] * 8, dormant=[5.0] * 8))
    assert value_of("closure-rate", tables, **WINDOW) == pytest.approx(2 / 40)


def test_nobody_closes() -> None:
    tables = world(sector=sector(closures=[0] * 8, agencies=[15.0] * 8, dormant=[5.0] * 8))
    assert value_of("closure-rate", tables, **WINDOW) == 0
    nobody = world(sector=sector(closures=[0] * 8, agencies=[0.0] * 8, dormant=[0.0] * 8))
    assert np.isnan(value_of("closure-rate", nobody, **WINDOW))


def test_every_statistic_says_what_it_measures_and_which_arguments_it_takes() -> None:
    import inspect

    for name, declared in DECLARED.items():
        taken = list(inspect.signature(declared.measure).parameters)
        worlds = 2 if declared.compares else 1
        assert declared.meaning.endswith("."), name
        assert set(taken[worlds:]) == set(declared.arguments), name
        assert set(declared.defaults) | set(declared.choices) <= set(declared.arguments), name
