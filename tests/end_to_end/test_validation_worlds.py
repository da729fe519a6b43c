"""Validation worlds: what the shipped patterns measure is there in real runs."""

import math
from pathlib import Path

import pandas as pd
import pytest

from sim import validation
from sim.run import simulate

TOWN = Path(__file__).parents[2] / "experiments" / "validation" / "unbroken-service.yaml"
RARE = {"ending-by-age"}
"""Statistics of events so rare that a few runs need not have any."""


def test_the_served_town_is_served_and_left_as_its_text_says() -> None:
    """What F15 reads from it rests on that; all its rows are of the six communities that centres are bought for."""
    lasted = []
    for seed in (1, 2, 3):
        table = simulate(TOWN, seed=seed).tables()["communities"].to_pandas()
        served = table[table["district"] == "Served"]
        quarter = pd.PeriodIndex(served["quarter"].astype(str).str.replace("-", ""), freq="Q")
        assert (served["hours"][quarter < "2010Q1"] == 0).all()
        assert (served["hours"][(quarter >= "2010Q3") & (quarter <= "2019Q4")] > 0).mean() > 0.98
        assert (served["hours"][quarter > "2019Q4"] == 0).all()
        lasted += list(served.groupby("community", observed=True)["unbroken_years"].max())
    assert len(lasted) == 18
    assert sum(years >= 9.5 for years in lasted) >= 15


@pytest.mark.slow
def test_every_check_of_the_shipped_patterns_has_a_value(tmp_path: Path) -> None:
    found = validation.validate(replications=2, out=tmp_path, workers=0)
    assert not found.failures
    for result in found.results:
        for check in result.checks:
            if check.check.statistic not in RARE:
                assert math.isfinite(check.estimate.mean), (result.pattern.id, check.check.says)
