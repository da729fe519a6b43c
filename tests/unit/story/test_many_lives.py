"""Lives over runs: in how many an agency exists and closed, and which run is nearest to the median path."""

import numpy as np
import pytest

from sim.story.many_lives import many_lives
from sim.story.run_survey import RunSurvey, survey_runs
from sim.story.story_making import make_story

QUARTERS = [f"20{10 + n // 4}-Q{n % 4 + 1}" for n in range(12)]


def survey_of(paths):
    """Runs in which an agency has a path of staff; None where it is not at work."""
    found = RunSurvey()
    for replication, path in enumerate(paths):
        events = [{"event": "founded", "agency": "A", "quarter": QUARTERS[0], "cause": "at-start"}]
        states = [
            {
                "quarter": quarter,
                "agency": "A",
                "staff": staff,
                "resource_independence": 0.5,
                "operational_autonomy": None,
            }
            for quarter, staff in zip(QUARTERS, path, strict=True)
            if staff is not None
        ]
        found.add(replication, "A", events, states)
    return found


def test_the_run_nearest_to_the_median_path_is_typical():
    low, middle, high = [2] * 12, [5] * 12, [9] * 12
    assert many_lives(survey_of([high, low, middle]), "A").typical == 2
    assert many_lives(survey_of([middle, low, high]), "A").typical == 0


def test_to_have_closed_is_far_from_a_long_life():
    long_lives = [[5] * 12, [6] * 12]
    closed = [5] * 2 + [None] * 10
    assert many_lives(survey_of([closed, *long_lives]), "A").typical != 0


def test_of_equals_the_first_is_typical():
    assert many_lives(survey_of([[4] * 12] * 3), "A").typical == 0


def test_counts_are_those_of_the_tables(run_results, frames):
    events, states = frames["events"], frames["agencies"]
    names = list(dict.fromkeys(events["agency"][events["event"] == "closed"]))[:3]
    for name in ["Mu You", *names]:
        lives = many_lives(survey_runs(run_results, 0, [0, 1, 2], name), name)
        founded = events[(events["event"] == "founded") & (events["agency"] == name)]
        assert lives.replications == tuple(sorted(founded["replication"]))
        assert len(lives.closings) == ((events["event"] == "closed") & (events["agency"] == name)).sum()
        for replication, path in lives.paths.items():
            mine = states[(states["agency"] == name) & (states["replication"] == replication)]
            assert [row["staff"] for row in path] == mine["staff"].tolist()


def test_replayed_runs_give_the_same_survey(run_results, monkeypatch):
    stored = survey_runs(run_results, 0, [0, 1, 2], "mu you")
    monkeypatch.setattr("sim.story.run_survey.keeps_tables", lambda results: False)
    monkeypatch.setattr("sim.story.run_tables.keeps_tables", lambda results: False)
    again = survey_runs(run_results, 0, [0, 1, 2], "mu you")
    assert again.names == stored.names
    assert again.ends == stored.ends
    assert again.paths.keys() == stored.paths.keys()
    for key, path in stored.paths.items():
        for name in ("staff", "resource_independence"):
            np.testing.assert_array_equal(
                np.array([row[name] for row in path], float), np.array([row[name] for row in again.paths[key]], float)
            )


def test_medians_by_age_are_those_of_pandas(run_results, frames):
    made = make_story(run_results, "Mu You")
    table = made.story.sections[0].tables[0]
    states = frames["agencies"][frames["agencies"]["agency"] == "Mu You"]
    place = states.groupby("replication").cumcount()
    for row in table.rows:
        found = states[place == 4 * int(row[0])]
        assert int(row[1]) == len(found)
        assert int(row[2].split(" ")[0]) == pytest.approx(found["staff"].median(), abs=0.51)


def test_an_agency_of_one_run_says_so(run_results, frames):
    events = frames["events"]
    counts = events[events["event"] == "founded"].groupby("agency")["replication"].nunique()
    name = counts.index[counts == 1][0]
    section = make_story(run_results, name).story.sections[0]
    assert "1 of 3 runs" in section.sentences[0]
    assert section.tables == ()
