"""Lives hold what pandas reads from the folder: quarters, contracts, events and money, to the last fen."""

import math
from dataclasses import fields, replace

import pytest

from sim.declarations.events_and_causes import Cause
from sim.declarations.income_sources import Source
from sim.experiment.execute.replay import replay
from sim.story.agency_life import AgencyLife, read_life
from sim.story.closing_story import closing_section, last_stretch
from sim.story.contract_sentences import lost_bid_words
from sim.story.declared_sentences import counted, meaning, money
from sim.story.life_years import income_by_payer, payer_table
from sim.story.run_tables import ReplayedRun, run_tables
from sim.story.story_making import make_story
from sim.story.story_text import story_text
from tests.support.story_folders import of_run, plain

RUN = 2
INCOME = [f"income_{source.label.replace('-', '_')}" for source in Source]


@pytest.fixture(scope="module")
def closed(frames):
    """Agencies that closed in the run, with their recorded causes."""
    events = of_run(frames["events"], RUN)
    found = events[events["event"] == "closed"]
    return dict(zip(found["agency"], found["cause"], strict=True))


@pytest.fixture(scope="module")
def lives(run_results, closed):
    names = ["Mu You", "Facilitator", *closed]
    return [read_life(run_tables(run_results, 0, RUN), name, "", 1) for name in names]


def test_there_are_lives_that_end_in_several_ways(closed):
    assert len(set(closed.values())) >= 3


def test_quarters_contracts_and_events_are_those_of_the_tables(lives, frames):
    for life in lives:
        states = of_run(frames["agencies"], RUN)
        mine = states[states["agency"] == life.name]
        assert [str(row["quarter"]) for row in life.states] == list(mine["quarter"])
        for name in ("staff", "cash", "income_year", "wage"):
            assert [row[name] for row in life.states] == mine[name].tolist()
        contracts = of_run(frames["contracts"], RUN)
        held = contracts[(contracts["agency"] == life.name)]
        assert [row["contract"] for row in life.contracts] == held["contract"].tolist()
        assert sum(row["paid"] for row in life.contracts) == pytest.approx(held["paid"].sum())
        lost = contracts[(contracts["incumbent"] == life.name) & (contracts["agency"] != life.name)]
        assert {row["contract"] for row in life.lost} <= set(lost["contract"])
        events = of_run(frames["events"], RUN)
        named = (events["other"] == life.name) & (events["party"] == "agency")
        assert len(life.events) == ((events["agency"] == life.name) | named).sum()


def test_bids_have_their_lots_and_what_became_of_them(lives, run_results, frames):
    bids = of_run(plain(run_results.table("bids")), RUN)
    contracts = of_run(frames["contracts"], RUN).set_index("contract")
    for life in lives:
        mine = bids[bids["agency"] == life.name]
        assert [bid["contract"] for bid, _ in life.bids] == mine["contract"].tolist()
        for bid, lot in life.bids:
            assert lot["agency"] == contracts.loc[bid["contract"], "agency"]
            assert bid["won"] == (lot["agency"] == life.name)
            words = lost_bid_words(bid, lot)
            assert ("no capacity left" in words.rpartition(";")[2]) == (not bid["has_capacity"])


def test_income_is_what_the_agency_counts_as_such(lives):
    for life in lives:
        found = {}
        for row in life.income:
            found[row["quarter"]] = found.get(row["quarter"], 0.0) + row["amount"]
        for row in life.states:
            assert found.get(row["quarter"], 0.0) == pytest.approx(row["income"], abs=0.005)


def test_payers_of_a_year_are_its_income_by_source(lives):
    years = 0
    for life in lives:
        payers = income_by_payer(life)
        for row in life.states:
            if row["quarter"].number == 4:
                year = sum(amounts.get(row["quarter"].year, 0.0) for amounts in payers.values())
                assert year == pytest.approx(sum(row[name] for name in INCOME), abs=0.01)
                years += 1
    assert years > 20


def test_the_table_of_payers_adds_up(lives):
    for life in lives:
        table = payer_table(life)
        titles = [head.title for head in table.heads]
        total = titles.index("All income")
        cells = [[float(cell.replace(",", "")) for cell in row[1:]] for row in table.rows]
        for row in cells:
            assert sum(row[: total - 1]) == pytest.approx(row[total - 1], abs=total)
        assert sum(row[total - 1] for row in cells) == pytest.approx(
            sum(r["amount"] for r in life.income), abs=len(cells)
        )


def test_cash_is_what_was_paid_less_what_was_spent(lives):
    for life in lives:
        for row in life.states[:: max(len(life.states) // 4, 1)]:
            came = sum(each["amount"] for each in life.paid if each["quarter"] <= row["quarter"])
            went = sum(each["amount"] for each in life.spent if each["quarter"] <= row["quarter"])
            assert came - went == pytest.approx(row["cash"], abs=0.01)


def test_the_recorded_cause_closes_the_story(run_results, closed):
    for name, cause in list(closed.items())[:4]:
        text = " ".join(story_text(make_story(run_results, name, RUN).story, 10_000).split())
        assert meaning(Cause, cause) in text
        assert "Recorded with it: " in text


def test_what_led_there_is_at_most_eight_quarters_and_ends_with_the_end(lives):
    for life in lives:
        stretch = last_stretch(life)
        if stretch is None:
            assert life.closing is None
        else:
            assert 0 <= stretch.last - stretch.first < 8
            assert stretch.first >= max(life.start, life.founded)
            assert stretch.event["event"] in ("closed", "dormant")


def test_a_run_that_is_run_again_tells_the_same_life(run_results, lives):
    again = ReplayedRun(replay(run_results.folder, 0, RUN), 0, RUN)
    for life in lives[:4]:
        assert same(read_life(again, life.name, "", 1), life)


def same(one, other):
    """Equal, where no number is as another."""
    if isinstance(one, float) and isinstance(other, float) and math.isnan(one):
        return math.isnan(other)
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, tuple):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, AgencyLife):
        return all(same(getattr(one, each.name), getattr(other, each.name)) for each in fields(one))
    return one == other


def test_a_story_is_the_same_every_time(run_results):
    first, second = (make_story(run_results, "Mu You") for _ in range(2))
    assert story_text(first.story) == story_text(second.story)
    assert first.lives[0].replication == second.lives[0].replication


def test_counts_before_an_end_are_those_of_the_tables(lives, frames):
    states = of_run(frames["agencies"], RUN)
    told = 0
    for life in lives:
        stretch = last_stretch(life)
        if stretch is None:
            continue
        quarters = [str(stretch.first + n) for n in range(stretch.last - stretch.first + 1)]
        mine = states[(states["agency"] == life.name) & states["quarter"].isin(quarters)]
        words = " ".join(closing_section(life).sentences)
        assert f"income of {money(mine['income'].sum())} against costs of {money(mine['cost'].sum())}" in words
        assert counted(mine["bids"].sum(), "bid") in words
        late = mine["overdue_income"][mine["overdue_income"] > 0]
        assert (money(late.max()) in words) if len(late) else ("payments late" not in words)
        told += 1
    assert told > 3


def test_what_led_to_being_struck_off_is_what_led_to_falling_dormant(lives):
    life = next(each for each in lives if each.closing is not None)
    closing = life.closing
    dormant = {**closing, "event": "dormant", "cause": "no-contract", "quarter": closing["quarter"] - 2}
    struck_off = {**closing, "cause": "struck-off"}
    others = tuple(row for row in life.events if row is not closing)
    stretch = last_stretch(replace(life, events=(*others, dormant, struck_off)))
    assert stretch.event is dormant
    assert stretch.last == closing["quarter"] - 2
    again = {**dormant, "event": "revived", "quarter": closing["quarter"] - 1}
    assert last_stretch(replace(life, events=(*others, dormant, again, closing))).event is closing
    assert last_stretch(replace(life, events=(*others, dormant, again))) is None
    assert last_stretch(replace(life, events=(*others, dormant))).event is dormant
