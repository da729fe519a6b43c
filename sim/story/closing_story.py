"""Closing story: what is recorded of the end of an agency, and what led there in its last eight quarters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sim.declarations.calendar_quarter import Quarter
from sim.declarations.events_and_causes import Cause, Event
from sim.declarations.state_codes import Status
from sim.story.agency_life import AgencyLife
from sim.story.contract_sentences import ended_without_follow_up, won_by_bid
from sim.story.declared_sentences import cause_words, counted, event_phrase, meaning, money, whole
from sim.story.last_quarters import QUARTERS, counts_of, payers_of, quarter_items, quarter_table, quarters_between
from sim.story.run_tables import Row
from sim.story.story_document import Section

_STRUCK = (Event.ARREARS, Event.LAID_OFF, Event.SCANDAL, Event.DIRECTOR_LEFT, Event.SHADING_NOTICED, Event.BARRED,
           Event.SPONSOR_LEFT, Event.SUPPORTED)  # fmt: skip
"""Events of its own that are counted among what led there."""


class Stretch(NamedTuple):
    """Quarters that lead to an end.

    Attributes
    ----------
    first, last : Quarter
        Both included.
    event : Row
        The event at their end.
    """

    first: Quarter
    last: Quarter
    event: Row


def last_stretch(life: AgencyLife) -> Stretch | None:
    """The last eight quarters before an agency closed, or before it fell dormant where it was struck off later.

    None where it was at work when the run ended.
    """
    event = life.closing
    dormant = life.of_kind(Event.DORMANT)
    if dormant and (event is None or event["cause"] == Cause.STRUCK_OFF.label):
        revived = life.of_kind(Event.REVIVED)
        if event is not None or not revived or revived[-1]["quarter"] < dormant[-1]["quarter"]:
            event = dormant[-1]
    if event is None:
        return None
    last: Quarter = event["quarter"]
    first = max(last - (QUARTERS - 1), life.start, life.founded)
    return Stretch(first, last, event)


def ending_words(life: AgencyLife) -> str:
    """How its life ended, in a sentence or two, with the recorded cause."""
    closing, stretch = life.closing, last_stretch(life)
    if closing is None and stretch is None:
        return f"It was at work when the run ended in {life.last}."
    if closing is None and stretch is not None:
        return f"It has been dormant since {stretch.last}, to the end of the run.{cause_words(stretch.event)}"
    assert closing is not None
    age = closing["quarter"] - life.founded
    return f"It closed in {closing['quarter']}, at the age of {counted(age, 'quarter')}.{cause_words(closing)}"


def closing_section(life: AgencyLife) -> Section | None:
    """The end of an agency and what led there; None where it was at work when the run ended."""
    stretch = last_stretch(life)
    if stretch is None:
        return None
    sentences = [ending_words(life)]
    if life.closing is not None and stretch.event is not life.closing:
        sentences.append(
            f"It had been dormant since {stretch.last}.{cause_words(stretch.event)} What follows led to that."
        )
    sentences += [_state_then(stretch.event), *_written_off(life), _in_short(life, stretch)]
    payers = payers_of(life, stretch.first, stretch.last)
    if payers:
        sentences.append(f"Who paid it in these quarters: {', '.join(payers)}.")
    caption = quarter_table(life, stretch.first, stretch.last)
    items = quarter_items(life, stretch.first, stretch.last)
    title = f"How it ended: {meaning(Cause, stretch.event['cause'])}"
    return Section(title, tuple(filter(None, sentences)), items, (caption,))


def _state_then(event: Row) -> str:
    """What is recorded with the event."""
    idle = event["idle_quarters"]
    without = f"; it had been without a contract for {counted(idle, 'quarter')}" if idle else ""
    return (
        f"Recorded with it: {money(event['cash'])} in hand; purchasers owed it {money(event['overdue_income'])} late; "
        f"it owed {money(event['overdue_wages'])} of wages; {counted(event['contracts'], 'running contract')}{without}."
    )


def _written_off(life: AgencyLife) -> list[str]:
    broken = [row for row in life.contracts if row["status"] == Status.BROKEN.label]
    lost = sum(row["written_off"] for row in life.contracts)
    if not broken and not lost:
        return []
    paid = f"; {money(lost)} that had fallen due for its contracts was never paid" if lost else ""
    return [f"{counted(len(broken), 'running contract')} ended early because it stopped work{paid}."]


def _in_short(life: AgencyLife, stretch: Stretch) -> str:
    """Counts over the stretch, in a sentence."""
    first, last, _ = stretch
    states = [row for row in life.states if first <= row["quarter"] <= last]
    parts = [*_changes(states), *_bids(life, stretch, states), *_losses(life, stretch)]
    return f"In short, from {first} to {last}: {'; '.join(parts) or 'nothing is recorded'}."


def _changes(states: Sequence[Row]) -> Iterator[str]:
    """Contracts, staff and cash at both ends, income against cost, late payments."""
    if not states:
        return
    ends = states[0], states[-1]
    for name in ("contracts", "staff"):
        yield f"{name} from {whole(ends[0][name])} to {whole(ends[1][name])}"
    yield f"cash from {money(ends[0]['cash'])} to {money(ends[1]['cash'])}"
    income, cost = (sum(row[name] for row in states) for name in ("income", "cost"))
    yield f"income of {money(income)} against costs of {money(cost)}"
    late = [row["overdue_income"] for row in states if row["overdue_income"]]
    if late:
        yield f"payments late at the end of {counted(len(late), 'quarter')}, by {money(max(late))} at most"


def _bids(life: AgencyLife, stretch: Stretch, states: Sequence[Row]) -> Iterator[str]:
    first, last, _ = stretch
    made = sum(row["bids"] for row in states)
    won = sum(first <= row["quarter"] <= last and won_by_bid(row) for row in life.contracts)
    vain = [bid for bid, _ in life.bids if first <= bid["quarter"] <= last and not bid["won"]]
    full = sum(not bid["has_capacity"] for bid in vain)
    left = f", and for {full} of which it had no capacity left" if full else ""
    yield f"{counted(made, 'bid')}, of which it won {won or 'none'}{left}"


def _losses(life: AgencyLife, stretch: Stretch) -> Iterator[str]:
    """Contracts that ended, lots that it lost, what happened to it, and to its purchasers."""
    first, last, _ = stretch
    gone = [row for quarter in quarters_between(first, last) for row in ended_without_follow_up(life, quarter)]
    if done := sum(row["status"] != Status.BROKEN.label for row in gone):
        yield f"{counted(done, 'contract')} ended and no contract for the same work followed at once"
    if lots := counts_of(life.lost, first, last):
        yield f"{counted(lots, 'lot')} that it had held went to others or to nobody"
    for kind in _STRUCK:
        if found := counts_of(life.of_kind(kind), first, last):
            yield f"{found} × {event_phrase(kind.label)[0].lower()}{event_phrase(kind.label)[1:]}"
    if reorganised := counts_of(life.purchaser_events, first, last):
        yield f"{counted(reorganised, 'reorganisation')} of its purchasers or home governments"
