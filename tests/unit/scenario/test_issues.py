"""Issues: how problems are worded, and which repairs are suggested."""

import pickle
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.declarations.input_issues import (
    Issue,
    IssueError,
    Problem,
    ScenarioError,
    key_path,
    listed,
    shown,
    suggest,
)


@pytest.mark.parametrize(
    ("problem", "line"),
    [
        (
            Problem("a.yaml", 3, 5, ("x", "y"), "wrong", "right", "z"),
            "a.yaml:3:5 x.y: wrong; right; did you mean 'z'?",
        ),
        (Problem("a.yaml", 3, 5, (), "wrong"), "a.yaml:3:5: wrong"),
        (Problem("a.yaml", 0, 0, (), "no such file"), "a.yaml: no such file"),
        (Problem("", 0, 0, ("x", 2, "y"), "wrong", "right"), "x[2].y: wrong; right"),
        (Problem("", 0, 0, (), "wrong"), "wrong"),
        (Problem("", 0, 0, ("n",), "wrong", "", 3), "n: wrong; did you mean 3?"),
        (Problem("", 0, 0, ("n",), "wrong", "", False), "n: wrong; did you mean false?"),
        (Problem("a\nb", 1, 1, ("k\x1b[31m",), "two\nlines"), 'a\\nb:1:1 "k\\x1b[31m": two\\nlines'),
    ],
)
def test_format(problem, line):
    assert str(problem) == line


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ((), ""),
        (("a", "b"), "a.b"),
        (("a", 0, 1, "b"), "a[0][1].b"),
        ((0,), "[0]"),
        (("海淀", "west side", "a.b", ""), '海淀."west side"."a.b".""'),
    ],
)
def test_key_path(path, text):
    assert key_path(path) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "null"),
        (True, "true"),
        (3, "3"),
        (0.1, "0.1"),
        ("no", "'no'"),
        ([], "a list"),
        ({}, "a mapping"),
        (object(), "a value"),
        ("x" * 100, "'" + "x" * 57 + "...'"),
        (10**100, "1" + "0" * 56 + "..."),
    ],
)
def test_shown(value, text):
    assert shown(value) == text


@pytest.mark.parametrize(
    ("word", "candidates", "meant"),
    [
        ("budgte", ["staff", "budget"], "budget"),
        ("Haidian", ["haidian"], "haidian"),
        ("hai dian", ["hai_dian", "xicheng"], "hai_dian"),
        ("hai-dian", ["hai_dian"], "hai_dian"),
        ("zzz", ["staff", "budget"], None),
        ("", ["staff"], None),
        ("x", [], None),
        ("budget" * 50, ["budget" * 50], None),
    ],
)
def test_suggest(word, candidates, meant):
    assert suggest(word, candidates) == meant


@given(st.lists(st.text(string.ascii_lowercase, min_size=4, max_size=12), min_size=1, unique=True), st.data())
def test_a_known_name_in_capitals_is_recognised(names, data):
    name = data.draw(st.sampled_from(names))
    assert suggest(name.upper(), names) == name


def test_listed_is_bounded():
    assert listed(map(str, range(3))) == "'0', '1', '2'"
    assert listed(map(str, range(30))).endswith("'11' and 18 more")


def test_a_finding_prefers_its_own_repair():
    assert Issue((), "x", value="ab", candidates=["abc"]).repair() == "abc"
    assert Issue((), "x", value="ab", candidates=["abc"], suggestion="z").repair() == "z"
    assert Issue((), "x").repair() is None


def test_errors_hold_each_problem_once_and_survive_a_process_border():
    one, two = Problem("a", 1, 1, (), "x"), Problem("a", 2, 1, (), "y")
    error = ScenarioError([one, two, one])
    assert error.problems == [one, two]
    assert str(error) == "a:1:1: x\na:2:1: y"
    assert pickle.loads(pickle.dumps(error)).problems == error.problems
    issue = IssueError(Issue((), "x", "y"), Issue((), "z"))
    assert str(issue) == "x; y / z"
    assert pickle.loads(pickle.dumps(issue)).issues == issue.issues


@given(st.text(), st.text(), st.lists(st.text() | st.integers(0, 9)))
def test_a_problem_is_always_one_line(file, what, path):
    text = str(Problem(file, 1, 1, tuple(path), what))
    assert text.isprintable()
    text.encode()
