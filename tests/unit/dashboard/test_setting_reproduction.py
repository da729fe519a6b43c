"""Reproduction: file, command and Python code of a setting give the bits of its live runs."""

from __future__ import annotations

import contextlib

import numpy as np
import pytest

from sim import Results
from sim.dashboard.page_setting import PageSetting, PolicyStep
from sim.dashboard.setting_reproduction import command_of, file_of, python_of
from sim.live.live_runs import LiveRuns
from tests.support.in_process_cli import inside

OUTCOMES = ("agencies", "unmet_need", "operational_autonomy_p50")


@pytest.fixture(scope="module")
def setting():
    steps = [
        PolicyStep("2010-Q2", "contract.term", 8, "districts"),
        PolicyStep("2010-Q3", "contract.pricing", "competitive"),
    ]
    return PageSetting(
        "beijing-2010",
        {"payment.delay": 2.5, "rules.strategy.drive": 0.9},
        steps,
        seed=3,
        replications=3,
        quarters=8,
    )


@pytest.fixture(scope="module")
def live_values(setting):
    with LiveRuns(workers=1) as live:
        session = live.session("mine")
        session.ask(setting.wish())
        assert session.wait(300)
        return session.values()


@pytest.fixture
def folder(setting, tmp_path):
    (tmp_path / "setting.yaml").write_text(file_of(setting.wish(), setting.wish().load_base()), "utf-8")
    return tmp_path


def test_command_gives_the_same_bits(setting, live_values, folder):
    words = command_of(setting.wish()).split()[1:]
    assert inside(*words, "--out", "out", "--workers", "1", cwd=folder).returncode == 0
    table = Results.open(folder / "out").table("sector")
    for name in OUTCOMES:
        np.testing.assert_array_equal(table[name].to_numpy().reshape(3, 8), live_values.outcome(name))


def test_python_gives_the_same_bits(setting, live_values, folder):
    names = {}
    with contextlib.chdir(folder):
        exec(python_of(setting.wish()), names)
    for name in OUTCOMES:
        found = np.stack([table[name].to_numpy() for table in names["outcomes"]])
        np.testing.assert_array_equal(found, live_values.outcome(name))


def test_usual_setting_needs_few_words():
    wish = PageSetting().wish()
    assert command_of(wish) == "sim run setting.yaml --replications 20 --seed 1"
    assert file_of(wish, wish.load_base()).splitlines()[-1] == "extends: beijing-2010"
