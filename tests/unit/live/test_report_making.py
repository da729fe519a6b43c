"""Reports of settings: made by a process of its own, with nothing left behind, and cancelled at once."""

from __future__ import annotations

import asyncio
import os
import tempfile

import pytest
import yaml

from sim.live.report_making import ReportError, file_stem, make_report, report_request, scenarios_of, setting_text
from sim.live.report_process import command_words
from sim.live.session_state import Held
from sim.live.wish import Wish
from sim.scenario import load_scenario_file
from tests.support.own_loop import awaited

NUMBERS = {"replications": 2, "quarters": 4, "seed": 3}


def request(*settings):
    return report_request(settings, awaited(scenarios_of(settings)))


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Where temporary folders are made."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def test_held_settings_become_one_page(folder):
    settings = [
        Held("Plain <b>&", Wish("beijing-2010", **NUMBERS)),
        Held("=1+1", Wish("beijing-2010", {"payment.delay": 4}, **NUMBERS)),
    ]
    steps = []
    page = awaited(make_report(request(*settings), steps.append))
    assert "B-1-1 against A-Plain-b" in page
    assert "Plain &lt;b&gt;&amp;" in page
    assert "<b>&" not in page
    assert "sim compare A-Plain-b.yaml B-1-1.yaml --replications 2 --seed 3 --quarters 4" in page
    assert str(folder) not in page
    assert (steps[-2].runs, steps[-2].done) == (4, 4)
    assert os.listdir(folder) == []


def test_what_cannot_be_run_is_said_in_the_words_of_the_command_line(folder):
    asked = request(Held("x", Wish("beijing-2010", {"payment.delay": 99}, **NUMBERS)))
    with pytest.raises(ReportError, match="99 is too large; expected a number from 0 to 20"):
        awaited(make_report(asked, lambda state: None))
    assert os.listdir(folder) == []


def test_cancelling_ends_the_process_and_removes_its_folder(folder):
    asked = request(Held("x", Wish("beijing-2010", replications=200)))

    async def begin_and_cancel():
        begun = asyncio.Event()
        task = asyncio.ensure_future(make_report(asked, lambda state: begun.set() if state.done else None))
        await asyncio.wait_for(begun.wait(), 120)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    awaited(begin_and_cancel())
    assert os.listdir(folder) == []


def test_files_are_named_apart_and_hold_the_setting(tmp_path):
    mine = tmp_path / "mine.yaml"
    mine.write_text("extends: beijing-2010\ntitle: Mine\n")
    base = load_scenario_file(str(mine)).scenario
    wish = Wish(os.path.relpath(mine), {"payment.delay": 3})
    values = yaml.safe_load(setting_text(Held("Faster", wish), base))
    assert (values["extends"], values["title"]) == (str(mine), "Faster")
    assert "title" not in yaml.safe_load(setting_text(Held("=1+1", wish), base))
    assert len({file_stem(place, "same") for place in range(60)}) == 60
    assert file_stem(0, "../../etc/a+b") == "A-etc-a-b"
    alone = request(Held("Setting now", Wish("beijing-2010")))
    assert list(alone["files"]) == ["setting.yaml"]
    assert command_words(["setting.yaml"], 1, 1, 8)[:3] == ["sim", "run", "setting.yaml"]
