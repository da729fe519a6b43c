"""Font advice: one line that names fonts that exist."""

# ruff: noqa: RUF001 -- signs of other scripts are what is tested

import pytest
from matplotlib import ft2font

from sim.plots.font_advice import font_advice, font_for, order_advice


@pytest.mark.parametrize(
    ("character", "font"),
    [
        ("中", "Noto Sans CJK SC"),
        ("，", "Noto Sans CJK SC"),
        ("カ", "Noto Sans CJK JP"),
        ("한", "Noto Sans CJK KR"),
        ("ཀ", "Noto Serif Tibetan"),
        ("ก", "Noto Sans Thai"),
        ("ั", "Noto Sans Thai"),
        ("े", "Noto Sans Devanagari"),
        ("ខ", "Noto Sans Khmer"),
        ("ع", "Noto Sans Arabic"),
        ("ש", "Noto Sans Hebrew"),
        ("አ", "Noto Sans Ethiopic"),
        ("ᠮ", "Noto Sans Mongolian"),
        ("ꀀ", "Noto Sans Yi"),
        ("Ꙁ", "Noto Sans"),
        ("🏥", "Noto Emoji"),
        ("𝔸", "Noto Sans Math"),
        ("⛄", "Noto Sans Symbols 2"),
    ],
)
def test_fonts(character, font):
    assert font_for(character) == font


def test_one_line_for_all():
    advice = font_advice("".join(sorted("北京市社会工作、ก🏥\ue000")))
    assert "\n" not in advice
    assert "and 6 more" in advice
    assert "install Noto Emoji, Noto Sans CJK SC, Noto Sans Thai (on Debian and Ubuntu" in advice


def test_one_font_for_chinese_beside_japanese():
    assert "install Noto Sans CJK JP (" in font_advice("東の")


def test_nothing_missing_nothing_said():
    assert font_advice("") == ""


@pytest.mark.parametrize(
    ("text", "said"), [("تأخير", True), ("תל אביב", True), ("नई दिल्ली", True), ("北京 서울 か Ω", False)]
)
def test_old_versions_of_matplotlib_draw_letters_one_by_one(text, said, monkeypatch):
    monkeypatch.delattr(ft2font, "__libraqm_version__", raising=False)
    assert ("matplotlib 3.11" in order_advice([text])) == said


def test_this_version_joins_them(monkeypatch):
    monkeypatch.setattr(ft2font, "__libraqm_version__", "0.10", raising=False)
    assert order_advice(["تأخير"]) == ""
