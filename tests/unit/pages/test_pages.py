"""Pages: escaped words, unique ids, JSON that ends no element, and a policy that lets nothing be asked for."""

import base64
import hashlib
import json
import re

import jinja2
import numpy as np
import pytest

from sim.pages.page_figure import json_in_page, page_figure
from sim.pages.page_rendering import environment, render_page
from sim.plots.figure_page import add_axes, make_page
from sim.plots.figure_source import facts_in
from sim.plots.figure_style import house_style

NASTY = '</script><script>alert(1)</script> $x$ <b onclick="x">&amp;'


def made(title=NASTY):
    with house_style():
        page = make_page(5, 3, title, [NASTY])
        axes = add_axes(page.figure, 0.5, 0.5, 4, 2)
        axes.fill_between([0, 1, 2], [0, 1, 0], [1, 2, 2])
        axes.plot([0.123456789, 1, 2], [0, 1, 0.5])
    page.figure.alternative = NASTY
    page.figure.numbers = {"place": np.array([1.0, np.nan]), NASTY: ["=1+1", NASTY]}
    page.figure.facts = {"title": title}
    return page.figure


@pytest.fixture(scope="module")
def page():
    loader = environment().loader
    text = (
        '{% extends "base.html" %}{% from "figure.html" import figure %}'
        "{% block body %}<h1>{{ title }}</h1>{% for each in shown %}{{ figure(each, title) }}{% endfor %}{% endblock %}"
    )
    loader.loaders.append(jinja2.DictLoader({"try.html": text}))
    yield render_page("try.html", title=NASTY, shown=[page_figure(made(), "one"), page_figure(made(), "two")])
    loader.loaders.pop()


def test_words_of_users_are_no_markup(page):
    assert "alert(1)</script>" not in page
    assert "<b onclick" not in page
    assert page.count("<script") == 3  # two tables of numbers and the page's own


def test_ids_are_unique_and_references_lead_somewhere(page):
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    referred = re.findall(r'url\(#([^)]+)\)|href="#([^"]+)"', page)
    assert referred
    assert {a or b for a, b in referred} <= set(ids)


def test_the_policy_allows_our_script_alone_and_no_request(page):
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)[1].replace("&#39;", "'")
    script = re.search(r"<script>(.*)</script>", page, re.DOTALL)[1]
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"script-src 'sha256-{digest}'" in policy
    assert "default-src 'none'" in policy
    assert not re.search(r'(?:src|href)="(?!#|data:)', page)
    assert "@import" not in page


def test_numbers_can_be_read_back(page):
    text = re.search(r'<script type="application/json" id="numbers-one">(.*?)</script>', page, re.DOTALL)[1]
    assert json.loads(text) == {"place": [1.0, None], NASTY: ["=1+1", NASTY]}


def test_a_page_carries_where_its_figures_come_from(page):
    assert facts_in(page.encode()) == [{"title": NASTY}]


def test_styles_of_a_figure_are_its_own(page):
    styles = re.findall(r"<style[^>]*>(.*?)</style>", page, re.DOTALL)
    assert [bool(style.strip()) for style in styles].count(True) == 1


def test_a_figure_needs_words_and_a_plain_name():
    figure = made()
    with pytest.raises(ValueError, match="no id"):
        page_figure(figure, "One figure")
    figure.alternative = ""
    with pytest.raises(ValueError, match="alternative"):
        page_figure(figure, "one")


def test_json_keeps_every_sign():
    words = {"a": "</script>\u2028<!--", "b": [1, 2.5]}
    text = str(json_in_page(words))
    assert "<" not in text
    assert json.loads(text) == words
