"""Titles and places in Chinese: drawn with any font that has them, wrapped, and one line where there is none."""

import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from sim.plots.font_choice import choose_fonts
from tests.support.in_process_cli import inside
from tests.unit.plots.tiny_fonts import write_font

CASE = Path(__file__).parent / "chinese_titles"
SVG = "{http://www.w3.org/2000/svg}"
FILES = ("zh.yaml", "zh-long.yaml")


def run(file, cwd):
    done = inside("run", CASE / file, "--replications", "1", "--workers", "1", "--out", "out", cwd=cwd)
    assert done.returncode == 0, done.stderr
    return [line for line in done.stderr.splitlines() if "font" in line]


def chinese(file):
    return "".join(sorted({one for one in (CASE / file).read_text("utf-8") if one >= "\u2e80" and one < "\ufff0"}))


@pytest.mark.skipif(sys.platform != "linux", reason="fonts are installed by a folder that only Linux looks into")
@pytest.mark.parametrize("file", FILES)
def test_a_font_that_was_just_installed_is_used(tmp_path, monkeypatch, file):
    (tmp_path / "fonts").mkdir()
    write_font(tmp_path / "fonts" / "any.ttf", "Any Family", chinese(file))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert run(file, tmp_path) == []
    for picture in (tmp_path / "out" / "curves").glob("*.png"):
        with Image.open(picture) as image:
            # Long titles are wrapped: nothing runs into the right edge.
            assert (np.asarray(image.convert("L"))[:, -8:] == 255).all(), picture


@pytest.mark.parametrize("file", FILES)
def test_without_a_font_one_line_says_which(tmp_path, file):
    missing = choose_fonts([chinese(file)]).missing
    lines = run(file, tmp_path)
    assert len(lines) == (1 if missing else 0)
    assert all("Noto Sans CJK SC" in line and "--out out" in line for line in lines)
    words = [text.text for text in ET.parse(tmp_path / "out" / "curves" / "overview.svg").iter(f"{SVG}text")]
    title = next(line for line in (CASE / file).read_text("utf-8").splitlines() if line.startswith("title"))
    assert title.removeprefix("title: ") in "".join(words).replace("One replication", "")
