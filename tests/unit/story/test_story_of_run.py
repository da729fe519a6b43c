"""The story of a run in memory is that of the same run in a folder."""

from __future__ import annotations

import pytest

from sim import CompiledScenario, Results, replication_seed, simulate
from sim.plots.figure_source import facts_in
from sim.story.story_making import make_story
from sim.story.story_of_run import story_of_run, story_page_of_run
from tests.support.in_process_cli import inside

NAME = "Mu You"


@pytest.fixture(scope="module")
def run():
    return simulate(CompiledScenario.of("beijing-2010", 6), replication_seed(3, 1))


def test_it_says_what_the_story_of_a_folder_says(run, tmp_path):
    words = ["--quarters", "6", "--replications", "2", "--seed", "3", "--out", "mine"]
    assert inside("run", "beijing-2010", *words, cwd=tmp_path).returncode == 0
    kept = make_story(Results.open(tmp_path / "mine"), NAME, 1)
    made = story_of_run(run, NAME, 1, {"seed": 3})
    assert made.story.lead == kept.story.lead
    assert made.story.sections == kept.story.sections
    assert f"seed {replication_seed(3, 1)}" in made.story.source
    assert not made.story.notes


def test_its_page_carries_what_was_run(run):
    page = story_page_of_run(run, NAME, 1, {"seed": 3, "setting.yaml": "title: <b>mine</b>"})
    assert "<b>mine" not in page
    facts = next(found for found in facts_in(page.encode()) if found.get("figure") == "story")
    wanted = {"agency": NAME, "replication": 1, "seed": 3, "setting.yaml": "title: <b>mine</b>"}
    assert {key: facts[key] for key in wanted} == wanted


def test_an_agency_that_is_not_there_is_said(run):
    with pytest.raises(LookupError, match="no agency '<b>nobody'"):
        story_of_run(run, "<b>nobody", 1, {})
