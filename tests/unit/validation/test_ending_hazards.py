"""Ending hazards: who counts as ended, in which band, and how often."""

import pandas as pd
import pytest

from sim.declarations.calendar_quarter import Quarter
from sim.validation.ending_hazards import ending_hazards, hazards_markdown, hazards_text

START = Quarter(2010, 1)
QUARTERS = 12


class Tables:
    """Tables of replications that are made by hand."""

    def __init__(self, rows, replications=1):
        self.rows, self.replications = rows, replications

    def table(self, name):
        assert name == "agencies"
        return self.rows


def agency(number, last, staff, founded=0, **more):
    """An agency at work until a quarter."""
    quarters = range(max(founded, 0), last + 1)
    values = {"contracts": 0, "income_year": 1.0, "effective": 1.0, "kind": "nonprofit", "operating": True} | more
    fixed = {"replication": 0, "agency": f"a{number}", "staff": staff, "founded": founded} | values
    return pd.DataFrame(
        {"quarter": [str(START + n) for n in quarters]} | {k: [v] * len(quarters) for k, v in fixed.items()}
    )


def test_ended_is_who_is_not_at_work_a_year_later_in_its_band():
    # Looked at in quarters 3 and 7: two that go on, and one of them ends after quarter 4.
    rows = pd.concat([agency(1, 11, 3), agency(2, 4, 3), agency(3, 11, 30, founded=-36)], ignore_index=True)
    found = ending_hazards(Tables(rows), "town")
    first = found[found["population"] == "nonprofits at work"].set_index(["staff", "age"])
    assert first.loc[("2 to 4", "all"), "hazard"] == pytest.approx(1 / 3)
    assert first.loc[("2 to 4", "0 to 1"), "hazard"] == pytest.approx(1 / 2)
    assert first.loc[("2 to 4", "1 to 3"), ["hazard", "agencies", "ended"]].tolist() == [0.0, 1.0, 0.0]
    assert first.loc[("20 and more", "8 to 12"), "agencies"] == 2.0


def test_firms_and_shells_count_where_they_belong():
    rows = pd.concat([agency(1, 11, 3, kind="for-profit"), agency(2, 11, 1, operating=False)], ignore_index=True)
    found = ending_hazards(Tables(rows), "town")
    assert set(found["population"]) == {"nonprofits at work"}
    assert set(found["staff"]) == {"0 to 1"}
    for text in (hazards_text(found), hazards_markdown(found)):
        assert "equal size" in text
