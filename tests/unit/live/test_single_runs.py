"""Questions about single runs: sums, lists and lives that agree with the tables of the run."""

from __future__ import annotations

import pyarrow.compute as pc
import pytest

from sim import simulate
from sim.live import single_runs
from sim.live.run_questions import LiveError
from sim.live.wish import Wish


@pytest.fixture(scope="module")
def run():
    return simulate("beijing-2010", seed=1, quarters=24)


def rows(table):
    names = [column.name for column in table.columns]
    return [dict(zip(names, row, strict=True)) for row in table.rows]


def test_agencies_are_listed_once_with_their_end(run):
    tables = run.tables()
    found = rows(single_runs.agencies(run))
    assert len({row["agency"] for row in found}) == len(found) == len(set(tables["agencies"]["agency"].to_pylist()))
    closed = {e["agency"]: e["cause"] for e in tables["events"].to_pylist() if e["event"] == "closed"}
    assert closed
    assert {row["agency"] for row in found if row["closed"]} == set(closed)


def test_agencies_of_a_quarter_are_those_active_then(run):
    found = single_runs.agencies(run, "2012-Q1")
    assert found.total == run.tables()["agencies"]["quarter"].to_pylist().count("2012-Q1")


def test_life_has_a_row_a_quarter_and_the_events_of_the_agency(run):
    found = single_runs.life(run, "Mu You")
    assert found.states.total == run.tables()["agencies"]["agency"].to_pylist().count("Mu You")
    assert all("Mu You" in (event["agency"], event["other"]) for event in rows(found.events))
    assert found.facts["kind"] == "nonprofit"
    with pytest.raises(LookupError, match="no agency 'Nobody'"):
        single_runs.life(run, "Nobody")


def test_money_of_a_year_adds_up(run):
    ledger = run.tables()["money"]
    expected = pc.sum(ledger.filter(pc.equal(pc.year(ledger["date"]), 2012))["amount"]).as_py()
    found = rows(single_runs.money_by_kind(run, 2012))
    assert sum(row["amount"] for row in found) == pytest.approx(expected)
    assert [row["amount"] for row in found] == sorted((row["amount"] for row in found), reverse=True)
    named = rows(single_runs.money(run, 2012))
    assert {row["payer_kind"] for row in named} <= {row["payer_kind"] for row in found}


def test_events_and_communities(run):
    counts = rows(single_runs.event_counts(run))
    assert sum(row["count"] for row in counts) == run.tables()["events"].num_rows
    closures = single_runs.events(run, "closed")
    assert closures.total == sum(row["count"] for row in counts if row["event"] == "closed")
    assert single_runs.communities(run).total == len(run.compiled.names["community"])


def test_answers_of_a_worker_are_those_of_the_run(session):
    wish = Wish("beijing-2010", quarters=6, replications=2)
    session.ask(wish)
    from sim.experiment.store.batches import replication_seed

    expected = single_runs.agencies(simulate("beijing-2010", replication_seed(1, 1), quarters=6))
    assert session.ask_run("agencies", replication=1).result(300) == expected
    with pytest.raises(LiveError, match="Nobody"):
        session.ask_run("life", "Nobody").result(300)
