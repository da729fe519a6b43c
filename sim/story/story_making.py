"""Story making: from a results folder and the name of an agency to a story, of one life or of two side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sim.experiment.results.figure_data.figure_facts import figure_facts
from sim.experiment.results.figure_data.figure_options import FigureOptions
from sim.experiment.results.result_arrays import ResultArrays
from sim.experiment.store.batches import replication_seed
from sim.experiment.store.made_with import CAUTION, other_than_installed
from sim.experiment.store.part_reader import QueryError
from sim.story.agency_life import AgencyLife, read_life
from sim.story.agency_names import resolve_name
from sim.story.life_story import life_lead, life_sections
from sim.story.many_lives import ManyLives, many_lives, many_section
from sim.story.parted_lives import find_parting, parting_sections, parting_words, two_leads
from sim.story.run_choice import check_run, done_runs, point_label, story_points
from sim.story.run_survey import MOST_REPLAYED, RunSurvey, survey_runs
from sim.story.run_tables import check_same_rules, keeps_tables, run_tables
from sim.story.story_document import Section, Story

SIMULATED = "A simulation: names and numbers are the model's, not those of any real agency."
"""What every story says of itself."""


@dataclass(frozen=True)
class MadeStory:
    """A story, and the lives that it tells.

    Attributes
    ----------
    story : Story
        What is said.
    lives : tuple of AgencyLife
        One, or two side by side.
    many : ManyLives, optional
        The lives in all runs, where no run was asked for.
    """

    story: Story
    lives: tuple[AgencyLife, ...]
    many: ManyLives | None


def make_story(
    results: ResultArrays, agency: str, run: int | None = None, points: Sequence[str] = (), command: str = ""
) -> MadeStory:
    """Tell the life of an agency.

    Parameters
    ----------
    results : ResultArrays
        A run, a comparison or a sweep.
    agency : str
        Name of the agency.
    run : int, optional
        Replication; the typical one of the first point by default.
    points : sequence of str
        One point, or two; by label or number.
    command : str
        What asks for it, for the facts that the story carries.

    Raises
    ------
    QueryError
        If there is no such agency, run or point.
    WrongInputError
        If runs would have to be run again and the rules at hand are others than the folder's.
    StoreError
        If nothing is kept yet, or a file is damaged.
    """
    chosen = story_points(results, points)
    for point in chosen if run is not None else ():
        check_run(results, point, run if run is not None else 0)
    replays = not keeps_tables(results)
    if replays:
        check_same_rules(results)
    survey = survey_runs(results, chosen[0], _looked_at(results, chosen, run, replays, agency), agency)
    name = resolve_name(agency, survey.names, run, _where(results, chosen[0]))
    found = many_lives(survey, name)
    many = found if run is None else None
    replication = found.typical if run is None else run
    lives = tuple(_life(results, each, replication, name, survey if each == chosen[0] else None) for each in chosen)
    notes = _notes(results, chosen, survey, run, (agency, name), replays)
    story = _two(results, lives, many) if len(lives) == 2 else _one(results, lives[0], many)
    facts = figure_facts(results, "story", FigureOptions(), story.title, command)
    facts |= {"agency": name, "points": list(chosen), "replication": replication}
    return MadeStory(replace(story, notes=notes, facts=facts), lives, many)


def _looked_at(results: ResultArrays, points: Sequence[int], run: int | None, replays: bool, name: str) -> list[int]:
    """Replications that are looked at: done at every point; one that is named, or some where they are run again."""
    if run is not None and replays:
        return [run]
    done = set(done_runs(results, points[0])).intersection(*(done_runs(results, point) for point in points[1:]))
    if not done:
        raise QueryError("the two points have no replication in common that is done")
    return sorted(done)[: MOST_REPLAYED if name.strip() else 1] if replays else sorted(done)


def _life(results: ResultArrays, point: int, replication: int, name: str, survey: RunSurvey | None) -> AgencyLife:
    """A life; an agency that is not founded at the point gives a clear error."""
    kept = None if survey is None else survey.replayed.get(replication)
    run = run_tables(results, point, replication) if kept is None else kept
    seed = replication_seed(results.manifest["seed"], replication)
    life = read_life(run, name, point_label(results, point), seed)
    if not life.own_events and not life.states:
        raise QueryError(
            f"there is no agency '{name}' in run {replication} of point {point} ({life.where}); agencies that were "
            "founded during a run have another name in another, so name one point"
        )
    return life


def _where(results: ResultArrays, point: int) -> str:
    return f" of point {point} ({point_label(results, point)})" if results.points.num_rows > 1 else ""


def _one(results: ResultArrays, life: AgencyLife, many: ManyLives | None) -> Story:
    """One life, and before it all of them where no run was asked for."""
    sections = life_sections(life)
    if many is not None and many.looked_at > 1:
        sections = (many_section(many), *sections)
    is_typical = many is not None and len(many.replications) > 1
    return Story(life.name, _source(results, life, is_typical), life_lead(life), sections)


def _two(results: ResultArrays, lives: tuple[AgencyLife, ...], many: ManyLives | None) -> Story:
    """Two lives: where they part first, then each as it is shown alone."""
    first, second = lives
    parting = find_parting(first, second)
    sections = list(parting_sections(parting, (first, second)))
    if many is not None:
        sections.append(many_section(many, f" of {first.where}"))
    for life in lives:
        sections += [_named(section, life) for section in life_sections(life)]
    lead = (parting_words(parting, lives), *two_leads(lives))
    typical = "" if many is None else f" (the typical one of {first.where})"
    source = (
        f"An agency in two scenarios, {first.where} and {second.where}, of '{results.title}': replication "
        f"{first.replication}{typical} of both, with the same random numbers (seed {first.seed}). {SIMULATED}"
    )
    return Story(f"{first.name}: two lives", source, lead, tuple(sections))


def _named(section: Section, life: AgencyLife) -> Section:
    return replace(section, title=f"{life.where}: {section.title}", is_detail=True)


def _source(results: ResultArrays, life: AgencyLife, is_typical: bool) -> str:
    chosen = ", the typical one of all" if is_typical else ""
    point = f" at {life.where}" if results.points.num_rows > 1 else ""
    return (
        f"An agency in '{results.title}'{point}: run {life.replication}{chosen}, {life.start} to {life.last} (runs are "
        f"counted from 0; seed {life.seed}). {SIMULATED}"
    )


def _notes(
    results: ResultArrays,
    points: Sequence[int],
    survey: RunSurvey,
    run: int | None,
    names: tuple[str, str],
    replays: bool,
) -> tuple[str, ...]:
    """What was done besides, left out, or is doubtful."""
    notes = []
    if names[0] != names[1]:
        notes.append(f"'{names[0]}' is taken for '{names[1]}'.")
    if replays:
        runs = len(survey.replications) * len(points) if run is not None else len(survey.replications)
        notes.append(
            f"The folder keeps not all tables that a life is read from, so {runs} of its runs were run again, to the "
            "same last bit."
        )
        left = len(done_runs(results, points[0])) - len(survey.replications)
        if run is None and left > 0:
            notes.append(f"Only the first {len(survey.replications)} runs were looked at; {left} more are done.")
    elif different := other_than_installed(results.manifest):
        notes.append(f"The folder was {different}: {CAUTION}.")
    if run is None and results.points.num_rows > 2 and len(points) == 2:
        notes.append(f"The first two of {results.points.num_rows} points are shown; name others with --point.")
    return tuple(notes)
