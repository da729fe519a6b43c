"""Two lives part where their whole tables first differ, and not before."""

from dataclasses import replace

import pandas as pd
import pytest

from sim.experiment.execute.replay import replay
from sim.story.parted_lives import find_parting
from sim.story.story_making import make_story
from sim.story.story_text import story_text
from tests.support.story_folders import plain

NAME = "Mu You"


@pytest.fixture(scope="module")
def tables(comparison):
    """Tables of replication 1 at both points, whole."""
    found = [replay(comparison.folder, point, 1).tables(1, point) for point in (0, 1)]
    return [{name: plain(each[name].to_pandas()) for name in ("agencies", "events")} for each in found]


def rows_of(tables, name, table, quarter):
    """Rows of an agency in a quarter, without the number of the point, as comparable text."""
    frame = tables[table]
    mine = frame[(frame["agency"] == name) & (frame["quarter"] == quarter)].drop(columns=["point", "date"])
    return sorted(map(repr, mine.astype(object).where(mine.notna(), None).to_numpy().tolist()))


def test_the_parting_is_the_first_difference_of_the_tables(comparison, tables):
    name = NAME
    lives = make_story(comparison, name, 1).lives
    parting = find_parting(*lives)
    quarters = sorted({quarter for each in tables for quarter in each["agencies"]["quarter"]})
    different = [
        quarter
        for quarter in quarters
        if any(rows_of(tables[0], name, kind, quarter) != rows_of(tables[1], name, kind, quarter) for kind in tables[0])
    ]
    assert str(parting.quarter) == different[0]
    states = [each["agencies"] for each in tables]
    rows = [frame[(frame["agency"] == name) & (frame["quarter"] == different[0])].iloc[0] for frame in states]
    columns = [name for name in states[0] if name != "point" and not alike(rows[0][name], rows[1][name])]
    assert [column for column, _, _ in parting.columns] == columns
    assert all(one == rows[0][column] and other == rows[1][column] for column, one, other in parting.columns)


def alike(one, other):
    return one == other or bool(pd.isna(one) and pd.isna(other))


def test_a_life_does_not_part_from_itself(comparison):
    life = make_story(comparison, "Mu You", 0, ["0"]).lives[0]
    assert find_parting(life, life) is None


def test_an_event_alone_parts_two_lives(comparison):
    life = make_story(comparison, "Mu You", 0, ["0"]).lives[0]
    own = [row for row in life.events if row["agency"] == life.name]
    fewer = replace(life, events=tuple(row for row in life.events if row is not own[-1]))
    parting = find_parting(life, fewer)
    assert parting.quarter == own[-1]["quarter"]
    assert parting.only == ((own[-1],), ())
    assert parting.columns == ()


def test_the_story_of_two_says_what_was_set_differently(comparison):
    made = make_story(comparison, "Mu You", 1)
    text = " ".join(story_text(made.story).split())
    assert "payment.delay" in text
    assert "From there on, beijing-2010" in text
    assert "From there on, late-payment" in text
    assert {life.replication for life in made.lives} == {1}


def test_points_can_be_turned_round(comparison):
    made = make_story(comparison, "Mu You", 1, ["late-payment", "0"])
    assert [life.where for life in made.lives] == ["late-payment", "beijing-2010"]
    usual = make_story(comparison, "Mu You", 1)
    assert find_parting(*made.lives).quarter == find_parting(*usual.lives).quarter
