"""Curve figures: written, readable by programs, and the same bytes from the same results."""

import hashlib
import re
import xml.etree.ElementTree as ET
from itertools import pairwise

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from sim.cli.curve_drawing import draw_curves
from sim.declarations.calendar_quarter import Quarter
from sim.declarations.sector_outcomes import SECTOR
from sim.plots.curve_panels import calendar_ticks, spread
from sim.plots.panel_declarations import OUTCOMES, PANELS
from tests.unit.plots.sample_results import results_folder

SVG = "{http://www.w3.org/2000/svg}"


def words_of(path):
    return [text.text for text in ET.parse(path).iter(f"{SVG}text")]


def numbers_of(path):
    """Coordinates in the drawing, to see that none is `nan`."""
    return " ".join(p.get("d", "") for p in ET.parse(path).iter(f"{SVG}path"))


def test_panels_show_declared_outcomes():
    assert set(OUTCOMES) <= {outcome.name for outcome in SECTOR}


def test_every_panel_and_the_overview_are_drawn_twice(tmp_path):
    results_folder(tmp_path)
    names = {path.name for path in draw_curves(tmp_path)}
    expected = {f"{name}.{end}" for name in ["overview", *(p.name for p in PANELS)] for end in ("png", "svg")}
    assert names == expected == {path.name for path in (tmp_path / "curves").iterdir()}
    with Image.open(tmp_path / "curves" / "overview.png") as image:
        assert image.width > 1500


def test_words_in_the_figures(tmp_path):
    results_folder(tmp_path, title="Price $5 & more")
    draw_curves(tmp_path)
    words = words_of(tmp_path / "curves" / "overview.svg")
    assert "Price $5 & more" in words
    assert "Median of 5 replications; bands hold the middle 50 % and 80 % of them" in words
    for panel in PANELS:
        assert panel.title in words
        assert panel.unit in words
        assert {part for line in panel.lines for part in line.label.split("\n")} <= set(words)
    assert any(word and word.startswith("1   2010-Q1   Xicheng: procurement growth 0.3") for word in words)


def test_same_results_same_bytes(tmp_path):
    def digests(name):
        results_folder(tmp_path / name)
        paths = sorted(draw_curves(tmp_path / name))
        return [(path.name, hashlib.sha256(path.read_bytes()).hexdigest()) for path in paths]

    assert digests("a") == digests("b")


@pytest.mark.parametrize(
    ("replications", "quarters", "missing"), [(1, 8, 0), (1, 1, 0), (3, 1, 1), (4, 12, 5), (2, 3, 2), (2, 8, 8)]
)
def test_odd_shapes(tmp_path, replications, quarters, missing):
    results_folder(tmp_path, replications, quarters, missing, policies=[])
    assert len(draw_curves(tmp_path)) == 2 * (len(PANELS) + 1)
    assert not re.search("nan|inf", numbers_of(tmp_path / "curves" / "overview.svg"))


def test_one_replication_has_no_bands(tmp_path):
    results_folder(tmp_path, replications=1)
    draw_curves(tmp_path)
    assert {"Made up", "One replication"} <= set(words_of(tmp_path / "curves" / "agencies.svg"))


def test_nothing_finished_nothing_drawn(tmp_path):
    results_folder(tmp_path, replications=0)
    assert draw_curves(tmp_path) == []
    assert not (tmp_path / "curves").exists()


def test_names_in_letters_that_no_font_has(tmp_path):
    results_folder(tmp_path, title="北京 2010")
    draw_curves(tmp_path)
    assert "北京 2010" in words_of(tmp_path / "curves" / "overview.svg")


@given(st.integers(1000, 9000), st.integers(1, 4), st.integers(1, 4000), st.floats(4, 20))
def test_calendar_has_some_dates_and_not_too_many(year, number, quarters, most):
    ticks, labels = calendar_ticks(Quarter(year, number), quarters, most)
    assert len(ticks) == len(labels)
    assert 1 <= len(ticks) <= max(7, most + 1)
    begin = year + (number - 1) / 4
    assert all(begin <= tick <= begin + quarters / 4 for tick in ticks)


@given(st.lists(st.tuples(st.floats(0, 4), st.floats(0.1, 0.5)), max_size=3))
def test_labels_do_not_touch(labels):
    places, room = [p for p, _ in labels], [r for _, r in labels]
    moved = spread(places, room)
    order = sorted(range(len(moved)), key=lambda i: moved[i])
    for below, above in pairwise(order):
        assert moved[above] - moved[below] >= (room[below] + room[above]) / 2 - 0.01


def test_policies_over_time_are_drawn(tmp_path):
    when = {"outcome": "staff", "above": 3}
    policies = [
        {"from": "2010-Q1", "to": "2010-Q3", "set": {"payment.delay": 2}},
        {"when": when, "set": {"contract.term": 8}},
    ]
    columns = {
        "trigger": pa.array(["staff above 3"] * 40).dictionary_encode(),
        "in_force": [quarter >= 6 for _ in range(5) for quarter in range(8)],
    }
    results_folder(tmp_path, policies=policies, tables={"triggers": pa.table(columns)})
    draw_curves(tmp_path)
    words = words_of(tmp_path / "curves" / "agencies.svg")
    assert "1   2010-Q1 to 2010-Q3   everywhere: payment delay 2 quarters" in words
    assert (
        "2   2011-Q1 (median; in 5 of 5 replications)   everywhere: contract term 8 quarters, when staff above 3"
        in words
    )
    assert any(word and word.endswith("grey: how far ramps, pulses and triggers are") for word in words)
