"""Flags on members of enumerations: what rules need to know of a source or a party stands beside its name."""

from __future__ import annotations

from sim.declarations.accounts import OUTSIDE, OUTSIDE_PARTIES, Party
from sim.declarations.income_sources import (
    ASKED_SOURCES,
    BID_SOURCES,
    EFFORTS,
    FOUND_SOURCES,
    KEPT_SOURCES,
    PUBLIC_SOURCES,
    SOURCES,
    Source,
)
from sim.engine.fields import LabelledEnum
from sim.model.state.agency_fields import AGENCY


class Sample(LabelledEnum):
    FIRST = 0, "Has a flag.", "even"
    SECOND = 1, "Has none."
    THIRD = 2, "Has two.", "even", "last"


def test_members_by_flag():
    assert Sample.having("even") == (0, 2)
    assert Sample.having("last") == (2,)
    assert Sample.having("unknown") == ()
    assert Sample.member(1) is Sample.SECOND
    assert Sample.SECOND.meaning == "Has none."


def test_parties_outside_index_the_array_of_their_accounts():
    assert list(OUTSIDE_PARTIES) == list(range(OUTSIDE))
    assert Party.AGENCY not in OUTSIDE_PARTIES


def test_sources_that_are_bid_for_found_or_kept_are_asked_for():
    assert {*BID_SOURCES, *FOUND_SOURCES, *KEPT_SOURCES} <= set(ASKED_SOURCES)
    assert set(PUBLIC_SOURCES) | set(ASKED_SOURCES) | {Source.COLLEGE} == set(range(SOURCES))


def test_effort_and_capability_have_a_place_for_every_source_that_is_asked_for():
    shapes = {field.name: field.shape for field in AGENCY if field.name in ("effort", "capability")}
    assert shapes == {"effort": (EFFORTS,), "capability": (EFFORTS,)}
    assert all(source < EFFORTS for source in ASKED_SOURCES)
