"""Curve figures: written, readable by programs, and the same bytes from the same results."""

import hashlib
import math
import re
import xml.etree.ElementTree as ET
from itertools import pairwise

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib import font_manager
from matplotlib.font_manager import fontManager
from matplotlib.text import Text
from PIL import Image

from sim.cli.curve_drawing import draw_curves, read_plot_data
from sim.declarations.calendar_quarter import Quarter
from sim.declarations.sector_outcomes import SECTOR
from sim.plots import font_choice
from sim.plots.calendar_axis import calendar_ticks
from sim.plots.curve_figures import figures, texts
from sim.plots.direct_labels import spread
from sim.plots.figure_style import house_style
from sim.plots.font_choice import OWN, choose_fonts
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
    names = {path.name for path in draw_curves(tmp_path).files}
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
    assert any(word and word.startswith("2010-Q1, Xicheng: procurement growth 0.3") for word in words)


def test_same_results_same_bytes(tmp_path):
    def digests(name):
        results_folder(tmp_path / name)
        paths = sorted(draw_curves(tmp_path / name).files)
        return [(path.name, hashlib.sha256(path.read_bytes()).hexdigest()) for path in paths]

    assert digests("a") == digests("b")


@pytest.mark.parametrize(
    ("replications", "quarters", "missing"), [(1, 8, 0), (1, 1, 0), (3, 1, 1), (4, 12, 5), (2, 3, 2), (2, 8, 8)]
)
def test_odd_shapes(tmp_path, replications, quarters, missing):
    results_folder(tmp_path, replications, quarters, missing, policies=[])
    assert len(draw_curves(tmp_path).files) == 2 * (len(PANELS) + 1)
    assert not re.search("nan|inf", numbers_of(tmp_path / "curves" / "overview.svg"))


def test_one_replication_has_no_bands(tmp_path):
    results_folder(tmp_path, replications=1)
    draw_curves(tmp_path)
    assert {"Made up", "One replication"} <= set(words_of(tmp_path / "curves" / "agencies.svg"))


def test_nothing_finished_nothing_drawn(tmp_path):
    results_folder(tmp_path, replications=0)
    assert draw_curves(tmp_path).files == []
    assert not (tmp_path / "curves").exists()


def test_names_in_letters_that_no_font_has(tmp_path, monkeypatch):
    own = [entry for entry in fontManager.ttflist if entry.name == OWN]
    monkeypatch.setattr(fontManager, "ttflist", own)
    monkeypatch.setattr(font_manager, "findSystemFonts", list)
    font_choice._choose.cache_clear()
    results_folder(tmp_path, title="北京 2010")
    assert "Noto Sans CJK SC" in draw_curves(tmp_path).advice
    assert "北京 2010" in words_of(tmp_path / "curves" / "overview.svg")
    font_choice._choose.cache_clear()


def test_every_text_is_inside_the_figure(tmp_path):
    """Long titles, names of places and numbers at the axes."""
    places = ["Social Work Construction Office of the District of " + name * 12 for name in ("Ab", "北京", "ឆ្នាំ")]
    policies = [{"at": "2010-Q1", "in": places, "set": {"procurement.growth": 0.3}}]
    results = results_folder(tmp_path, title="政府购买与" * 23, policies=policies)
    with house_style(choose_fonts(texts(read_plot_data(results))).families):
        for _, figure in figures(read_plot_data(results)):
            figure.draw_without_rendering()
            width, height = figure.bbox.size
            for text in figure.findobj(Text):
                box = text.get_window_extent()
                if text.get_visible() and text.get_text() and box.width:
                    assert 0 <= box.x0 <= box.x1 <= width, text
                    assert 0 <= box.y0 <= box.y1 <= height, text


GAPS = np.ones((40, 12), bool)
GAPS[:, :3] = False
GAPS[8:, 3:6] = False


def test_counts_undefined_stretches_and_cautions_are_said(tmp_path):
    results_folder(tmp_path, 40, 12, failed=2, defined={"government_share": GAPS})
    draw_curves(tmp_path)
    words = words_of(tmp_path / "curves" / "overview.svg")
    assert (
        "Median of 8 to 40 of 40 replications, undefined in the others; bands hold the middle 50 % and 80 % of them"
        in words
    )
    assert (
        "Dashed: some replications have no value; hatched: none has one (undefined where no active agency has income)"
        in words
    )
    assert "in 8 to 40 of 40" in words
    assert any(word.startswith("2 of 42 replications are not among them") for word in words)
    assert any(word.startswith("Caution: bands from fewer than 10 replications") for word in words)
    other = words_of(tmp_path / "curves" / "agencies.svg")
    assert "Median of 40 replications; bands hold the middle 50 % and 80 % of them" in other
    assert not any(re.search("Dashed|Caution|of 40$", word) for word in other)


def test_eight_of_forty_runs(tmp_path):
    few = np.zeros((40, 8), bool)
    few[:8] = True
    outcomes = ("government_share", "resource_independence_p50", "operational_autonomy_p50")
    results_folder(tmp_path, 40, 8, defined=dict.fromkeys(outcomes, few))
    draw_curves(tmp_path)
    words = words_of(tmp_path / "curves" / "government-share-and-independence.svg")
    assert any(word.startswith("Median of 8 of 40 replications, undefined in the others") for word in words)
    assert words.count("in 8 of 40") == 3


def test_an_empty_panel_says_why(tmp_path):
    none = np.zeros((3, 8), bool)
    results_folder(tmp_path, 3, 8, defined={"sustainability_median": none, "unmet_need": none})
    draw_curves(tmp_path)
    words = " ".join(words_of(tmp_path / "curves" / "sustainability.svg"))
    assert "No value in any of 3 replications: undefined where no agency is operating" in words
    assert "no value" in words_of(tmp_path / "curves" / "need-and-strength.svg")


@given(st.integers(1000, 9000), st.integers(1, 4), st.integers(1, 4000), st.floats(4, 20))
def test_calendar_has_some_dates_and_not_too_many(year, number, quarters, most):
    ticks, labels = calendar_ticks(Quarter(year, number), quarters, most)
    assert len(ticks) == len(labels)
    assert 1 <= len(ticks) <= max(7, most + 1)
    begin = year + (number - 1) / 4
    assert all(begin <= tick <= begin + quarters / 4 for tick in ticks)


@given(st.lists(st.tuples(st.floats(0, 4), st.floats(0.1, 0.5)), max_size=3), st.sampled_from([-math.inf, 0.0]))
def test_labels_do_not_touch(labels, lowest):
    places, room = [p for p, _ in labels], [r for _, r in labels]
    moved = spread(places, room, lowest)
    assert all(place - need / 2 >= lowest - 1e-9 for place, need in zip(moved, room, strict=True))
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
        "point": pa.array([0] * 40, pa.int32()),
        "trigger": pa.array(["staff above 3"] * 40).dictionary_encode(),
        "in_force": [quarter >= 6 for _ in range(5) for quarter in range(8)],
    }
    results_folder(tmp_path, policies=policies, tables={"triggers": pa.table(columns)})
    draw_curves(tmp_path)
    words = words_of(tmp_path / "curves" / "agencies.svg")
    assert "2010-Q1 to 2010-Q3, everywhere: payment delay 2 quarters" in words
    assert "2011-Q1 (median; in 5 of 5 replications), everywhere: contract term 8 quarters, when staff above 3" in words
    assert "Grey: how far ramps, pulses and triggers are in force" in words


def test_a_line_without_any_value_beside_another_says_why(tmp_path):
    never = np.zeros((3, 8), bool)
    results_folder(tmp_path / "line", replications=3, defined={"unmet_need": never})
    draw_curves(tmp_path / "line")
    words = words_of(tmp_path / "line" / "curves" / "overview.svg")
    assert "Hatched: no value (undefined where no community has a need)" in words
    results_folder(tmp_path / "panel", replications=3, defined={"sustainability_median": never})
    draw_curves(tmp_path / "panel")
    words = words_of(tmp_path / "panel" / "curves" / "overview.svg")
    assert not any(word and word.startswith("Hatched") for word in words), "an empty panel is not hatched"
    assert any(word and word.startswith("No value in any of 3 replications") for word in words)
