"""The site: built without a warning, readable offline, every link leads somewhere, every kind and scenario is shown."""

from __future__ import annotations

import importlib.util
import io
import re
from pathlib import Path

import pytest

from sim.experiment.results.figure_data.figure_kinds import KINDS

LENGTH = {"quarters": 12, "replications": 2}
NEEDED = all(importlib.util.find_spec(name) for name in ("sphinx", "myst_parser", "furo"))


def tiny_samples(samples):
    """Samples of the gallery with few and short runs; of the sweep every second value."""
    tiny = {name: dict(values) | LENGTH for name, values in samples.items()}
    axes = tiny["sweep"]["axes"]
    tiny["sweep"]["axes"] = {name: {**axis, "values": axis["values"][::2]} for name, axis in axes.items()}
    return tiny


def draw_dots(kept: Path, names) -> None:
    """A dot for each picture of a scenario: the pages are the same."""
    from PIL import Image

    sink = io.BytesIO()
    Image.new("RGB", (2, 2)).save(sink, "PNG")
    for name in names:
        for ending in ("", "-small"):
            (kept / "pictures" / f"{name}{ending}.png").write_bytes(sink.getvalue())


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.skipif(not NEEDED, reason="needs the extra docs")
@pytest.mark.filterwarnings("ignore")  # Sphinx and its theme are others' code; what Sphinx warns of fails the build
def test_it_is_built_whole_and_read_offline(tmp_path):
    from sim.docs_site.api_reference import REFERENCE
    from sim.docs_site.kind_gallery import SAMPLES, kind_page
    from sim.docs_site.scenario_facts import scenario_facts
    from sim.docs_site.scenario_gallery import scenario_pages
    from sim.docs_site.scenario_pictures import draw_scenario
    from sim.docs_site.site_build import build_site
    from sim.docs_site.site_folders import SiteFolders
    from sim.docs_site.source_pages import MADE, WRITTEN

    folders = SiteFolders(tmp_path)
    figures = kind_page(folders.kept, 1, tiny_samples(SAMPLES))
    draw_dots(folders.kept, [each.name for each in scenario_facts()])
    draw_scenario("late-payment", folders.kept)
    # Raises where Sphinx warns, something is loaded from elsewhere, or a link leads nowhere.
    build_site(folders, {"gallery/figures.md": figures} | scenario_pages(), ["gallery/figures", "gallery/scenarios"], 1)

    def html(place):
        return (folders.html / place).with_suffix(".html").read_text("utf-8")

    for place in [*WRITTEN.values(), *MADE.values(), *(f"python/{page.name}" for page in REFERENCE)]:
        assert "<h1>" in html(place)
    shown = html("gallery/figures")
    assert len(re.findall("<h2>", shown)) == len(KINDS)
    assert all(f"kind-{kind.name}.png" in shown for kind in KINDS)
    listed = html("gallery/scenarios")
    assert all(f'href="{each.name}.html"' in listed for each in scenario_facts())
    assert "<img" in html("architecture")
    assert "mermaid" not in html("odd")
    drawn = folders.html / "_images" / "late-payment.png"
    assert drawn.stat().st_size > 10_000
