"""Font choice: any installed family that has the characters, also one that came after matplotlib's list."""

# ruff: noqa: RUF001 -- signs of other scripts are what is tested

import logging

import pytest
from matplotlib import font_manager
from matplotlib.font_manager import fontManager

from sim.plots import font_choice
from sim.plots.font_choice import OWN, choose_fonts, visible_characters
from tests.unit.plots.tiny_fonts import write_font


@pytest.fixture
def install(monkeypatch, tmp_path):
    """A machine with matplotlib's own font only, on which fonts are installed; they are in no list yet."""
    found = []
    monkeypatch.setattr(fontManager, "ttflist", [entry for entry in fontManager.ttflist if entry.name == OWN])
    monkeypatch.setattr(font_manager, "findSystemFonts", lambda: [str(path) for path in found])
    font_choice._choose.cache_clear()

    def one(family, characters, weight=400):
        found.append(write_font(tmp_path / f"{family}-{weight}.ttf", family, characters, weight))
        font_choice._choose.cache_clear()

    yield one
    font_choice._choose.cache_clear()
    fontManager._findfont_cached.cache_clear()


@pytest.mark.parametrize(
    "text", ["Service élargi: ő, ğ, ș, ł", "Доверие и независимость", "Εμπιστοσύνη", "10 000 ¥, ± 5 %, –, “…”"]
)
def test_the_own_font_has_latin_cyrillic_and_greek(install, text):
    assert choose_fonts([text]) == ((OWN,), "")


@pytest.mark.parametrize("text", ["北京市", "東京都のサービス", "서울의 서비스", "臺北市（二）"])
def test_any_family_that_has_the_characters_is_taken(install, text):
    install("Whatever Ming 3", text)
    assert choose_fonts([text, "Social work"]) == ((OWN, "Whatever Ming 3"), "")


def test_what_no_family_has_is_missing(install):
    install("Half", "北")
    assert choose_fonts(["北京", "北市 x"]) == ((OWN, "Half"), "京市")


def test_several_families_together(install):
    install("One", "北京")
    install("Two", "서울市")
    assert choose_fonts(["北京 서울 市"]) == ((OWN, "Two", "One"), "")


def test_a_well_known_family_of_the_language_comes_first(install):
    for family in ("A Family", "Noto Sans CJK JP", "Noto Sans CJK SC", "Noto Sans CJK KR"):
        install(family, "北京の서")
    assert choose_fonts(["北京"]).families[1] == "Noto Sans CJK SC"
    assert choose_fonts(["北京の"]).families[1] == "Noto Sans CJK JP"
    assert choose_fonts(["北京 서"]).families[1] == "Noto Sans CJK KR"


def test_both_faces_that_figures_use_must_have_a_character(install):
    install("Uneven", "北京")
    install("Uneven", "北", weight=700)
    assert choose_fonts(["北京"]) == ((OWN, "Uneven"), "京")


def test_a_font_of_boxes_has_nothing(install):
    install("Last Resort", "北京\ufdd0")
    assert choose_fonts(["北京"]) == ((OWN,), "京北")


def test_damaged_files_are_passed_over(install, tmp_path):
    install("Broken", "北京")
    (tmp_path / "Broken-400.ttf").write_bytes(b"\0\1\0\0 no font")
    install("Whole", "北京")
    assert choose_fonts(["北京"]) == ((OWN, "Whole"), "")
    (tmp_path / "Whole-400.ttf").unlink()
    font_choice._choose.cache_clear()
    assert choose_fonts(["北京"]) == ((OWN,), "京北")


def test_codes_without_a_character_are_missing_whatever_a_font_says(install):
    install("Icons", "\ue000\U0010fffd")
    assert choose_fonts(["\ue000\U0010fffd"]) == ((OWN,), "\ue000\U0010fffd")


def test_what_has_no_glyph_needs_none():
    assert visible_characters("a\u200b\u200d\u202e\u00a0\u3000\t\ufe0f\x1b") == {"a"}


def test_nothing_is_logged(install, caplog):
    install("Regular only", "北京")
    with caplog.at_level(logging.WARNING):
        choose_fonts(["北京"])
    assert not caplog.records
