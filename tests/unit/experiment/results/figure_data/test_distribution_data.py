"""Distribution data: shares of agencies up to a value are those of the table, run by run."""

import numpy as np
import pytest

from sim.experiment.experiment_api import Experiment
from sim.experiment.store.part_reader import QueryError


def agencies(results, quarter, point=0):
    columns = ["point", "replication", "quarter", "operating", "staff", "government_share"]
    table = results.table("agencies", columns)
    return table[(table.point == point) & (table.quarter == quarter) & table.operating]


def test_shares_are_medians_over_runs(kept):
    figure = kept.plot("distribution", year=2011, points="1")
    table = agencies(kept, "2011-Q4", point=1)
    rows = [n for n, name in enumerate(figure.numbers["of"]) if name == "staff"]
    assert len(rows) == table.staff.nunique()
    for n in rows:
        shares = (table.staff <= figure.numbers["value"][n]).groupby(table.replication).mean()
        assert figure.numbers["share"][n] == pytest.approx(shares.median())
        assert figure.numbers["runs"][n] == 4
    assert "2011-Q4" in figure.title


def test_sizes_are_on_a_scale_of_ratios_and_the_largest_tenth_is_marked(kept):
    figure = kept.plot("distribution")
    size, dependence, concentration = figure.axes
    assert size.get_xscale() == "log"
    assert dependence.get_xlim() == concentration.get_xlim() == (0, 1)
    table = agencies(kept, "2012-Q4")
    held = []
    for _, staff in table.groupby("replication").staff:
        ordered = np.sort(staff)
        held.append(ordered[-((len(ordered) + 9) // 10) :].sum() / ordered.sum())
    words = " ".join(each.get_text() for each in size.texts)
    assert f"{100 * np.median(held):.0f} % of staff" in words
    middle = table.groupby("replication").government_share.median().median()
    assert any(line.get_xdata()[0] == pytest.approx(middle) for line in dependence.lines if len(line.get_xdata()) == 2)


def test_a_single_agency(tmp_path):
    values = {"title": "One agency $5", "scenarios": ["beijing-2010"], "quarters": 1, "replications": 1}
    results = Experiment.of(values | {"keep": {"tables": ["agencies"]}}).run(tmp_path / "one", workers=1)
    figure = results.plot("distribution")
    count = len(agencies(results, "2009-Q3"))
    assert any(f"One run: {count} agencies" in each.get_text() for each in figure.texts)
    figure.savefig(tmp_path / "one.svg")


def test_a_year_outside_the_runs_is_refused(kept):
    with pytest.raises(QueryError, match="2009-Q3 to 2012-Q4"):
        kept.plot("distribution", year=1999)
