"""Live sessions: the same bits as the command, the newest wish, cancelled runs, held settings, killed workers."""

from __future__ import annotations

import os
import signal
import time

import numpy as np
import pytest

from sim import ScenarioError, simulate
from sim.experiment.design.run_design import run_design
from sim.experiment.store.batches import replication_seed
from sim.live.live_runs import LiveRuns
from sim.live.run_questions import LiveError
from sim.live.wish import Wish
from sim.scenario import read_scenario

LONG = 300  # seconds; a worker may have to compile the rules first
SHORT = {"quarters": 8, "replications": 3}


def run(session, wish):
    session.ask(wish)
    assert session.wait(LONG)
    return session.values()


def test_same_bits_as_a_run_of_the_file(session):
    wish = Wish("late-payment", {"payment.upfront": 0.5, "rules.strategy.drive": 0.9}, seed=7, **SHORT)
    found = run(session, wish)
    text = wish.file_text(wish.load_base())
    for replication, seed in enumerate(found.seeds):
        assert seed == replication_seed(7, replication)
        expected = simulate(read_scenario(text), seed, quarters=8).tables()["sector"]
        for name in ("agencies", "unmet_need", "resource_independence_p50"):
            np.testing.assert_array_equal(found.outcome(name)[replication], expected[name].to_numpy())


def test_first_replications_come_first_and_all_come(session):
    found = run(session, Wish("beijing-2010", replications=5, quarters=4))
    assert found.replications == (0, 1, 2, 3, 4)
    assert session.progress().done == 5
    assert session.setting(session.wish).begun.title.startswith("Beijing")


def test_bad_wish_is_refused_in_words_and_the_next_is_run(session):
    session.ask(Wish("beijing-2010", {"payment.delay": 99}, **SHORT))
    assert session.wait(LONG)
    problems = session.progress().problems
    assert "99 is too large" in str(problems[0])
    with pytest.raises(ValueError, match="nothing to hold"):
        session.hold("bad")
    assert len(run(session, Wish("beijing-2010", **SHORT)).replications) == 3
    assert not session.progress().problems


@pytest.mark.parametrize("wrong", [{"seed": -3}, {"replications": 0}, {"replications": 2.5}, {"quarters": 1000}])
def test_wrong_numbers_are_refused_though_the_scenario_is_known(session, wrong):
    good = run(session, Wish("beijing-2010", **SHORT))
    session.hold("kept")
    session.ask(Wish("beijing-2010", **(SHORT | wrong)))
    assert session.wait(LONG)
    assert [one.path for one in session.progress().problems] == [tuple(wrong)]
    assert session.newest()[1].seeds == good.seeds
    assert session.values(session.held[0].wish).seeds == good.seeds


def test_length_is_checked_as_by_the_command(session):
    wish = Wish("beijing-2010", {"contract.price_growth": 1.0}, quarters=200, replications=1)
    session.ask(wish)
    assert session.wait(LONG)
    with pytest.raises(ScenarioError) as caught:
        run_design(wish.load(), "setting", replications=1, quarters=200)
    assert session.progress().problems == tuple(caught.value.problems)


def test_newest_wish_wins_and_older_runs_are_cancelled(session):
    old = Wish("beijing-2010", {"payment.delay": 1}, replications=200)
    session.ask(old)
    while not session.progress().done:
        time.sleep(0.005)
    run(session, Wish("beijing-2010", {"payment.delay": 2}, **SHORT))
    done = len(session.setting(old).runs)
    assert done < 200
    time.sleep(0.3)
    assert len(session.setting(old).runs) == done


def test_wishes_of_one_drag_end_with_the_last(session):
    for step in range(30):
        session.ask(Wish("beijing-2010", {"payment.delay": step / 10}, **SHORT))
    assert session.wait(LONG)
    assert session.wish.changes == {"payment.delay": 2.9}
    assert len(session.values().replications) == 3


def test_held_settings_have_the_same_keys_as_the_newest(session):
    run(session, Wish("beijing-2010", **SHORT))
    session.hold("now")
    found = run(session, Wish("beijing-2010", {"payment.delay": 3}, seed=5, quarters=8, replications=4))
    (held,) = session.held
    assert session.values(held.wish).seeds == found.seeds
    session.rename("now", "before")
    with pytest.raises(ValueError, match="held already"):
        session.hold("before")
    with pytest.raises(ValueError, match="needs a name"):
        session.rename("before", " ")
    session.release("before")
    assert session.held == ()


def test_changed_file_is_run_anew(session, tmp_path):
    file = tmp_path / "mine.yaml"
    file.write_text("extends: beijing-2010\n")
    wish = Wish(str(file), **SHORT)
    first = run(session, wish).outcome("agencies")
    file.write_text(
        "extends: beijing-2010\nrules: {strategy: {drive: 0.0}}\npolicies: [{at: 2009-Q3, set: {payment.delay: 9}}]\n"
    )
    os.utime(file, ns=(1, 1))
    session.forget(str(file))
    assert (run(session, wish).outcome("agencies") != first).any()


def test_killed_worker_is_replaced_and_nothing_is_lost():
    with LiveRuns(workers=1) as live:
        session = live.session("mine")
        run(session, Wish("beijing-2010", **SHORT))
        session.hold("kept")
        session.ask(Wish("beijing-2010", {"payment.delay": 1}, replications=40))
        killed = live.pool.processes[0]
        os.kill(killed, signal.SIGKILL)
        answer = session.ask_run("event_counts")
        assert session.wait(LONG)
        assert len(session.values().replications) == 40
        assert answer.result(LONG).rows
        assert live.pool.processes[0] != killed


def test_worker_that_cannot_live_is_given_up_and_said(monkeypatch):
    monkeypatch.setattr("sim.live.worker_pool._MODULE", "sim.no_such_module")
    with LiveRuns(workers=1) as live:
        session = live.session("mine")
        session.ask(Wish("beijing-2010", **SHORT))
        assert session.wait(LONG)
        assert "ended 3 times" in session.progress().lost
        with pytest.raises(LiveError, match="ended 3 times"):
            session.ask_run("agencies").result(LONG)


def test_sessions_share_the_workers(live, session):
    other = live.session("other")
    session.ask(Wish("beijing-2010", replications=6, quarters=8))
    other.ask(Wish("late-payment", replications=2, quarters=8))
    assert other.wait(LONG)
    assert session.wait(LONG)
    assert len(session.values().replications) == 6
    live.forget("other")
