"""Survival data: curves are those of a count by hand from the table of agencies."""

import numpy as np
import pytest

from sim.experiment.experiment_api import Experiment
from sim.experiment.results.figure_data.survival_data import GROUPINGS, _with_spells
from sim.experiment.results.figure_data.table_rows import read_rows, span_of
from sim.experiment.store.part_reader import QueryError


def agencies(results):
    columns = ["point", "replication", "date", "agency", "founded", "kind"]
    return results.table("agencies", columns).query("point == 0")


def counted(table, start, last, of):
    """At risk and stopped at every age, agency by agency, of those whose first row is as `of` says."""
    ordinal = table.date.dt.year * 4 + table.date.dt.quarter - 1
    at_risk, stopped = {}, {}
    for _, rows in table.assign(ordinal=ordinal).groupby(["replication", "agency"], observed=True):
        rows = rows.sort_values("ordinal")
        if not of(rows.iloc[0]):
            continue
        there = set(rows.ordinal)
        for quarter in sorted(there - {last}):
            age = quarter - start - rows.founded.iloc[0]
            at_risk[age] = at_risk.get(age, 0) + 1
            stopped[age] = stopped.get(age, 0) + (quarter + 1 not in there)
    return at_risk, stopped


@pytest.mark.parametrize("kind", ["nonprofit", "for-profit"])
def test_a_curve_is_the_product_of_the_shares_that_go_on(kept, kind):
    numbers = kept.plot("survival", by="kind").numbers
    if kind not in numbers["group"]:
        assert kind not in set(kept.table("agencies", ["kind"]).kind)
        return
    rows = [n for n, name in enumerate(numbers["group"]) if name == kind]
    table = agencies(kept)
    at_risk, stopped = counted(table, 2009 * 4 + 2, 2012 * 4 + 3, lambda row: row.kind == kind)
    share = 1.0
    for n in rows:
        age = round(4 * numbers["age"][n])
        assert numbers["survival"][n] == pytest.approx(share)
        assert numbers["at_risk"][n] == at_risk.get(age, 0) or n == rows[-1]
        share *= 1 - stopped.get(age, 0) / at_risk[age] if age in at_risk else np.nan


def test_agencies_older_than_the_run_enter_with_their_age(kept):
    numbers = kept.plot("survival").numbers
    before = [n for n, name in enumerate(numbers["group"]) if name == "before 2009-Q3"]
    assert numbers["age"][before[0]] > 0
    assert (
        max(numbers["at_risk"])
        <= kept.table("agencies").query("point == 0").groupby("replication").agency.nunique().sum()
    )


@pytest.mark.parametrize("by", sorted(GROUPINGS))
def test_every_property_tells_groups_apart(kept, by):
    figure = kept.plot("survival", by=by, points="1")
    names = set(figure.numbers["group"])
    texts = {each.get_text() for each in figure.axes[0].texts}
    assert names <= texts
    assert "drive 1.0" in figure.title
    assert len({len(each) for each in figure.numbers.values()}) == 1


def test_stops_are_ends_of_spells(kept):
    rows = _with_spells(read_rows(kept, "agencies", ("agency", "founded"), 0), span_of(kept, "agencies", 0)[1])
    events = kept.table("events").query("point == 0")
    ended = events[events.event.isin(["closed", "dormant"])]
    keys = set(zip(ended.replication, ended.agency, strict=True))
    stopped = rows[rows.stops]
    assert len(stopped)
    assert set(zip(stopped.replication, stopped.agency, strict=True)) <= keys


def test_no_closure_at_all_is_said(tmp_path):
    values = {"title": "<b>$1</b>", "scenarios": ["beijing-2010"], "quarters": 2, "replications": 2}
    results = Experiment.of(values | {"keep": {"tables": ["agencies"]}}).run(tmp_path / "short", workers=1)
    figure = results.plot("survival", by="kind")
    assert set(figure.numbers["survival"]) == {1.0}
    assert any("No agency stopped" in each.get_text() for each in figure.texts)
    figure.savefig(tmp_path / "survival.svg")


def test_one_run_has_the_interval_of_its_agencies_and_says_so(single):
    figure = single.plot("survival", by="size")
    assert any("Greenwood" in each.get_text() for each in figure.texts)
    figure.savefig(single.path / "survival.pdf")


@pytest.mark.parametrize(
    ("options", "word"),
    [
        ({"by": ["size", "kind"]}, "one property"),
        ({"by": "cohrot"}, "did you mean 'cohort'"),
        ({"points": ["0", "1"]}, "one point"),
    ],
)
def test_what_makes_no_sense_is_refused(kept, options, word):
    with pytest.raises(QueryError, match=word):
        kept.plot("survival", **options)
