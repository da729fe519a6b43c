"""Story of a run: the life of an agency in one run that is in memory, without a results folder."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sim.experiment.store.provenance import checkout, now, versions
from sim.story.agency_life import read_life
from sim.story.life_story import life_lead, life_sections
from sim.story.run_tables import ReplayedRun
from sim.story.story_document import Story
from sim.story.story_figure import story_figure
from sim.story.story_making import SIMULATED, MadeStory
from sim.story.story_page import story_page

if TYPE_CHECKING:
    from sim.run import RunResult


def story_of_run(run: RunResult, agency: str, replication: int, facts: Mapping[str, Any]) -> MadeStory:
    """Tell the life of an agency in a run.

    Parameters
    ----------
    run : RunResult
        The run, with everything that was observed.
    agency : str
        Name of the agency, as the tables have it.
    replication : int
        Which run of its setting it is, from 0.
    facts : mapping
        What was run and how to run it again, for `sim explain`; the seeds' and versions' are added.

    Raises
    ------
    LookupError
        If there is no such agency in the run.
    """
    title = run.compiled.title
    life = read_life(ReplayedRun(run, 0, replication), agency, title, run.seed)
    if not life.own_events and not life.states:
        raise LookupError(f"there is no agency '{agency}' in this run")
    source = (
        f"An agency in '{title}': run {replication}, {life.start} to {life.last} (runs are counted from 0; seed "
        f"{life.seed}). {SIMULATED}"
    )
    git = checkout() or {}
    known = {
        "figure": "story",
        "title": life.name,
        "results_title": title,
        "agency": life.name,
        "replication": replication,
        "run_seed": life.seed,
        "versions": versions(),
        "commit": (git.get("commit") or "") + (" with changes" if git.get("modified") else ""),
        "computed": now(),
    }
    story = Story(life.name, source, life_lead(life), life_sections(life), facts=known | dict(facts))
    return MadeStory(story, (life,), None)


def story_page_of_run(run: RunResult, agency: str, replication: int, facts: Mapping[str, Any]) -> str:
    """The story as one HTML file; parameters and errors as of `story_of_run`."""
    made = story_of_run(run, agency, replication, facts)
    figure, _ = story_figure(made, for_page=True)
    return story_page(made.story, figure)
