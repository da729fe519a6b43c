"""Agency averages, correlations and income dynamics: known answers on small tables."""

import numpy as np
import pandas as pd
import pytest

from sim.validation.statistics.agency_populations import POPULATIONS, members
from tests.support.frame_tables import FrameTables, value_of, world

WINDOW = {"since": "2010-Q1", "until": "2019-Q4"}


def agency(name: str, quarter: str, **given: float | str) -> dict[str, float | str]:
    """A row of the table of agencies: five people, a contract, some income and service."""
    usual = {"kind": "nonprofit", "staff": 5, "contracts": 1, "income_year": 100.0, "effective": 10.0}
    row = {"agency": name, "quarter": quarter, **usual, **given}
    return {**row, "operating": row["staff"] > 1 or row["contracts"] > 0}


def agencies(*rows: dict[str, float | str]) -> FrameTables:
    return world(agencies=pd.DataFrame(list(rows)))


def test_populations() -> None:
    rows = pd.DataFrame(
        [
            agency("lone", "2010-Q4", staff=1, contracts=0),
            agency("lone with a contract", "2010-Q4", staff=1),
            agency("two", "2010-Q4", staff=2, contracts=0, income_year=0.0, effective=0.0),
            agency("firm", "2010-Q4", kind="for-profit"),
        ]
    )
    found = {name: list(members(rows, [name])["agency"]) for name in POPULATIONS}
    assert found["operating"] == ["lone with a contract", "two", "firm"]
    assert found["earning"] == found["serving"] == ["lone", "lone with a contract", "firm"]
    assert found["contracted"] == ["lone with a contract", "firm"]
    assert found["for-profit"] == ["firm"]
    assert list(members(rows, ["operating", "earning", "nonprofit"])["agency"]) == ["lone with a contract"]
    with pytest.raises(ValueError, match="expected operating"):
        members(rows, ["working"])


def test_averages_are_over_agencies_and_then_over_quarters() -> None:
    tables = agencies(
        agency("a", "2010-Q1", government_share=1.0),
        agency("b", "2010-Q1", government_share=0.6),
        agency("c", "2010-Q1", government_share=0.5),
        agency("a", "2010-Q2", government_share=0.2),
        agency("b", "2010-Q2", government_share=np.nan),
        agency("shell", "2010-Q2", government_share=0.0, staff=1, contracts=0),
    )
    given = {"column": "government_share", "among": ["operating"], **WINDOW}
    assert value_of("agency-median", tables, **given) == pytest.approx((0.6 + 0.2) / 2)
    assert value_of("agency-mean", tables, **given) == pytest.approx((0.7 + 0.2) / 2)
    assert value_of("agency-share", tables, **given, least=0.6) == pytest.approx((2 / 3 + 0) / 2)


def test_an_average_over_nobody_is_undefined() -> None:
    tables = agencies(agency("shell", "2010-Q2", sources=0, staff=1, contracts=0))
    assert np.isnan(value_of("agency-share", tables, column="sources", least=3, among=["operating"], **WINDOW))


def test_correlation_is_within_years_and_in_fourth_quarters_only() -> None:
    rows = []
    for year, level in ((2010, 0.0), (2011, 10.0)):  # a common trend upwards must not be read as a relation
        for name, x in (("a", 1.0), ("b", 2.0), ("c", 3.0)):
            rows.append(agency(name, f"{year}-Q4", x=x + level, y=level - x))
            rows.append(agency(name, f"{year}-Q3", x=x, y=x))
    assert value_of("agency-correlation", agencies(*rows), x="x", y="y", **WINDOW) == pytest.approx(-1)


def test_correlation_with_what_does_not_vary_is_undefined() -> None:
    rows = [agency(name, "2010-Q4", x=x, y=0.5) for name, x in (("a", 1.0), ("b", 2.0), ("c", np.nan))]
    assert np.isnan(value_of("agency-correlation", agencies(*rows), x="x", y="y", **WINDOW))


def test_crowding_out_is_what_is_left_of_agencies_and_years() -> None:
    rng = np.random.default_rng(1)
    rows = []
    for number in range(8):
        for year in range(2010, 2020):
            if (number + year) % 7 == 0:  # an unbalanced panel
                continue
            public = 100 + 50 * number + 3 * (year - 2010) + rng.uniform(0, 40)
            other = 20 * number**2 + 7 * (year - 2010) ** 2 - 0.25 * public + 100
            share = public / (public + other)
            rows.append(agency(f"a{number}", f"{year}-Q4", income_year=public + other, government_share=share))
    assert value_of("crowding-out", agencies(*rows), **WINDOW) == pytest.approx(-0.25, abs=1e-9)


def test_crowding_out_in_changes_leaves_gaps_and_common_growth_out() -> None:
    rows = []
    for number in range(6):
        public = 100.0 * (number + 1)
        for year in range(2010, 2018):
            public += 10 * ((number * year) % 5)
            other = 500 * number + 9 * (year - 2010) ** 2 - 0.2 * public + 300
            if (number, year) != (3, 2014):  # no change is taken over two years
                share = public / (public + other)
                row = agency(f"a{number}", f"{year}-Q4", income_year=public + other, government_share=share)
                rows.append(row)
    assert value_of("crowding-out-in-changes", agencies(*rows), **WINDOW) == pytest.approx(-0.2, abs=1e-9)


@pytest.mark.parametrize("name", ["crowding-out", "crowding-out-in-changes"])
def test_crowding_out_is_undefined_without_public_money(name: str) -> None:
    rows = [agency("a", f"{year}-Q4", government_share=0.0) for year in range(2010, 2014)]
    assert np.isnan(value_of(name, agencies(*rows), **WINDOW))


def path(name: str, concentration: float, incomes: list[float]) -> list[dict[str, float | str]]:
    return [
        agency(name, f"{2010 + year}-Q4", income_year=income, source_concentration=concentration)
        for year, income in enumerate(incomes)
    ]


def test_diversification_with_growth_and_volatility() -> None:
    tables = agencies(
        *path("steady and diverse", 0.2, [100, 110, 121]),  # grows 10 % a year, not volatile
        *path("between", 0.6, [100, 150, 180]),
        *path("concentrated", 1.0, [100, 300, 280]),
        *path("gone", 0.1, [100, 1]),  # no income in the last year: left out
    )
    given = {"years": 2, "since": "2010-Q1", "until": "2012-Q4"}
    changes = np.diff(np.log([[100, 110, 121], [100, 150, 180], [100, 300, 280]]), axis=1)
    diverse = [0.8, 0.4, 0.0]
    expected = np.corrcoef(diverse, changes.mean(axis=1))[0, 1]
    assert value_of("diversification-growth", tables, **given) == pytest.approx(expected)
    expected = np.corrcoef(diverse, changes.std(axis=1, ddof=1))[0, 1]
    assert value_of("diversification-volatility", tables, **given) == pytest.approx(expected)


def test_volatility_of_one_year_is_undefined() -> None:
    tables = agencies(*path("a", 0.2, [100, 110]), *path("b", 0.6, [100, 150]))
    given = {"years": 1, "since": "2010-Q1", "until": "2011-Q4"}
    assert np.isnan(value_of("diversification-volatility", tables, **given))
