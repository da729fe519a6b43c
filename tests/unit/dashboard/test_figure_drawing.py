"""Figures of opened results: what is offered, what is drawn, and what cannot be."""

from __future__ import annotations

import base64
from xml.etree import ElementTree

import pytest

from sim.dashboard.contained_paths import OutsideError
from sim.dashboard.figure_drawing import AXIS, FOREST, HEAT_MAP, draw_results, kinds_for
from sim.experiment.store.part_reader import QueryError


@pytest.mark.parametrize(
    ("varied", "kinds"),
    [
        ((), []),
        (("scenario",), [FOREST, AXIS]),
        (("drive",), [AXIS, FOREST]),
        (("scenario", "drive"), [AXIS, HEAT_MAP, FOREST]),
        (("cut", "drive", "donors"), [HEAT_MAP, AXIS, FOREST]),
    ],
)
def test_kinds_are_those_that_a_folder_can_have(varied, kinds):
    assert list(kinds_for(varied)) == kinds


@pytest.mark.parametrize(
    ("kind", "by", "words"),
    [(HEAT_MAP, ("drive", "delay"), "delay upwards"), (AXIS, ("drive",), "by drive"), (FOREST, (), "rows against")],
)
def test_pictures_say_what_they_show(sweep_root, kind, by, words):
    found = draw_results(sweep_root, "<b>swept", kind, "agencies", by)
    head, _, packed = found.address.partition(",")
    assert head == "data:image/svg+xml;base64"
    assert ElementTree.fromstring(base64.b64decode(packed)).tag.endswith("svg")
    assert words in found.alternative
    assert "Agencies" in found.alternative


def test_what_cannot_be_drawn_is_said(sweep_root):
    with pytest.raises(QueryError, match="no axis 'drove'"):
        draw_results(sweep_root, "<b>swept", HEAT_MAP, "agencies", ("drove", "delay"))
    with pytest.raises(OutsideError):
        draw_results(sweep_root / "<b>swept", "../..", AXIS, "agencies", ())
