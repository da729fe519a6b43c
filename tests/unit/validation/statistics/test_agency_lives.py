"""Agency endings and entrants: known answers on small tables."""

import numpy as np
import pandas as pd
import pytest

from sim.validation.statistics.agency_endings import risk_ratio
from tests.support.frame_tables import FrameTables, quarters, value_of, world

WINDOW = {"since": "2010-Q1", "until": "2013-Q4"}


def lives(*given: tuple[str, int, int, int, float]) -> FrameTables:
    """Agencies by name, staff, first and last quarter of work (from 2010-Q1 = 0), and share of public money."""
    calendar = quarters("2010-Q1", 16)
    rows = [
        {
            "quarter": calendar[q],
            "agency": name,
            "kind": "nonprofit",
            "staff": staff,
            "contracts": 1,
            "operating": True,
            "income_year": 100.0,
            "effective": 1.0,
            "founded": founded,
            "government_share": share,
            "form": "attached" if name.startswith("attached") else "registered",
        }
        for name, staff, founded, last, share in given
        for q in range(max(founded, 0), last + 1)
    ]
    return world(agencies=pd.DataFrame(rows))


def test_ending_by_size_counts_agency_years() -> None:
    tables = lives(
        ("small, ends in its second year", 2, 0, 5, 0.5),  # at risk at 2010-Q4 only
        ("small, stays", 2, 0, 15, 0.5),
        ("large, stays", 20, 0, 15, 0.5),
        ("large, ends", 20, 0, 12, 0.5),
    )
    # Fourth quarters are 3, 7, 11 and 15; the last is only looked at as a year later.
    rows = {"large": (1, 6), "small": (1, 4)}
    expected = (rows["large"][0] / rows["large"][1]) / (rows["small"][0] / rows["small"][1])
    assert value_of("ending-by-size", tables, small_below=5, large_from=10, **WINDOW) == pytest.approx(expected)


def test_no_large_agency_ends() -> None:
    tables = lives(("small", 2, 0, 5, 0.5), ("large", 20, 0, 15, 0.5))
    assert value_of("ending-by-size", tables, small_below=5, large_from=10, **WINDOW) == 0


def test_nobody_ends() -> None:
    tables = lives(("small", 2, 0, 15, 0.5), ("large", 20, 0, 15, 0.5))
    assert np.isnan(value_of("ending-by-size", tables, small_below=5, large_from=10, **WINDOW))


def test_age_is_compared_at_equal_size() -> None:
    small_young = [(f"small young {i}", 3, 0, 5 if i < 2 else 15, 0.2) for i in range(8)]
    small_old = [(f"small old {i}", 3, -60, 5 if i < 1 else 15, 0.2) for i in range(4)]
    large_old = [(f"large old {i}", 30, -60, 15, 0.2) for i in range(20)]
    tables = lives(*small_young, *small_old, *large_old)
    given = {"young": 0.75, "old": 8, "since": "2010-Q4", "until": "2011-Q4"}
    # Without bands of staff the old would look safe, because most are large: (2 / 8) / (1 / 24) = 6.
    assert value_of("ending-by-age", tables, **given) == pytest.approx((2 / 8) / (1 / 4))


def test_age_only_counts_where_public_money_is_as_asked() -> None:
    young = [(f"young {i}", 3, 0, 5 if i < 2 else 15, 0.9) for i in range(8)]
    old = [(f"old {i}", 3, -60, 5 if i < 1 else 15, 0.9) for i in range(4)]
    tables = lives(*young, *old)
    given = {"young": 3, "old": 8, **WINDOW}
    assert np.isnan(value_of("ending-by-age", tables, **given, share_below=0.5))
    assert value_of("ending-by-age", tables, **given, share_from=0.9) > 0


def test_mantel_haenszel_of_two_strata() -> None:
    # Ended, agencies of the first group; ended, agencies of the second; a textbook sum over strata.
    parts = np.array([4.0, 10, 5, 40, 6, 40, 1, 10])
    expected = (4 * 40 / 50 + 6 * 10 / 50) / (5 * 10 / 50 + 1 * 40 / 50)
    assert risk_ratio(parts) == pytest.approx(expected)
    assert risk_ratio(np.array([4.0, 10, 5, 40])) == pytest.approx((4 / 10) / (5 / 40))
    assert np.isnan(risk_ratio(np.array([4.0, 10, 0, 0])))


def test_entrants_are_counted_as_they_begin() -> None:
    tables = lives(
        ("attached there before", 3, -4, 15, 0.5),
        ("attached early", 3, 4, 15, 0.5),
        ("early", 3, 5, 15, 0.5),
        ("late", 3, 8, 15, 0.5),
        ("late too", 3, 11, 15, 0.5),
        ("attached later still", 3, 12, 15, 0.5),
    )
    given = {"column": "form", "words": ["attached", "commercial"], "base": "2011-Q1", "at": "2012-Q1"}
    assert value_of("entrant-share-change", tables, **given) == pytest.approx(0 - 0.5)
    assert value_of("entrant-share-change", tables, **{**given, "at": "2013-Q1"}) == pytest.approx(1 - 0.5)


def test_a_share_of_no_entrants_is_undefined() -> None:
    tables = lives(("early", 3, 5, 15, 0.5))
    given = {"column": "form", "words": ["attached"], "base": "2011-Q1", "at": "2012-Q1"}
    assert np.isnan(value_of("entrant-share-change", tables, **given))
