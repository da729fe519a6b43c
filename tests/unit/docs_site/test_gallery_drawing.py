"""Pictures of the gallery: made by runs, kept while nothing they are made from changes, refused where nothing fits."""

from __future__ import annotations

import pytest
from PIL import Image

from sim.docs_site import scenario_pictures
from sim.docs_site.kind_gallery import draw_kind
from sim.docs_site.scenario_pictures import SMALL_WIDTH, draw_scenario, sources_digest
from sim.docs_site.site_folders import SiteError
from sim.experiment.results.figure_data.figure_kinds import FigureKind


def width(path):
    with Image.open(path) as picture:
        return picture.width


def test_a_picture_is_kept_until_its_sources_change(tmp_path, monkeypatch):
    monkeypatch.setattr(scenario_pictures, "USUAL_RUNS", 2)
    (tmp_path / "pictures").mkdir()
    draw_scenario("late-payment", tmp_path)
    large, small = (tmp_path / "pictures" / f"late-payment{ending}.png" for ending in ("", "-small"))
    assert width(small) == SMALL_WIDTH < width(large)
    large.write_bytes(b"kept")
    draw_scenario("late-payment", tmp_path)
    assert large.read_bytes() == b"kept"
    monkeypatch.setattr(scenario_pictures, "sources_digest", lambda places: "other")
    draw_scenario("late-payment", tmp_path)
    assert large.read_bytes() != b"kept"


def test_runs_of_other_sources_make_room(tmp_path, monkeypatch):
    monkeypatch.setattr(scenario_pictures, "USUAL_RUNS", 2)
    (tmp_path / "pictures").mkdir()
    place = tmp_path / "runs" / "late-payment"
    place.mkdir(parents=True)
    (place / "something.txt").write_text("else", "utf-8")
    draw_scenario("late-payment", tmp_path)
    assert (tmp_path / "pictures" / "late-payment.png").is_file()


def test_the_digest_follows_the_sources():
    assert sources_digest(["plots"]) == sources_digest(["plots"])
    assert len({sources_digest([place]) for place in ("plots", "cli/curve_drawing.py", "docs_site")}) == 3


def test_a_kind_that_no_sample_can_show_is_an_error(tmp_path):
    kind = FigureKind("tea-leaves", "Tea", "What comes?", "sim.plots:none")
    with pytest.raises(SiteError, match="the kind tea-leaves can be drawn of no sample"):
        draw_kind(kind, tmp_path, {})
