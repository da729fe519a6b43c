"""YAML reader: scalars, positions, rejections, and no crash on anything."""

import math
import time

import pytest
import yaml

from sim.scenario.reading import yaml_reader as yaml12
from sim.scenario.reading.layering import settle
from sim.scenario.reading.located_values import DEEPEST
from sim.scenario.reading.yaml_reader import first_value, read
from sim.scenario.reading.yaml_scalars import scalar

LOADERS = [yaml.SafeLoader, *([yaml.CSafeLoader] if hasattr(yaml, "CSafeLoader") else [])]


@pytest.fixture(params=LOADERS, ids=lambda loader: loader.__name__)
def loader(request, monkeypatch):
    monkeypatch.setattr(yaml12, "LOADER", request.param)
    return request.param


def values_of(text):
    root, problems = read(text, "f")
    assert problems == []
    return settle(root)[0]


def messages_of(text):
    return [str(problem) for problem in read(text, "f")[1]]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *[(word, word) for word in ("no", "yes", "on", "off", "y", "n", "No", "YES", "12:30", "2010-01-01", "1_000")],
        *[(word, word) for word in ("nULL", "tRUE", "0b1", "0o8", "0xg", "1e", "e5", ".", "+", "-", "1.2.3", "--1")],
        *[(word, word) for word in ("-0o7", "+0x1", "\uff11", "1,000", "<<", "=", ".e1", "-.", "+.nan", ".Nan")],
        *[(word, None) for word in ("", "~", "null", "Null", "NULL")],
        *[(word, True) for word in ("true", "True", "TRUE")],
        *[(word, False) for word in ("false", "False", "FALSE")],
        *[("0", 0), ("-12", -12), ("+12", 12), ("007", 7), ("0o17", 15), ("0xFf", 255)],
        *[
            ("1.2e9", 1.2e9),
            (".5", 0.5),
            ("5.", 5.0),
            ("-1E-3", -0.001),
            ("1e3", 1000.0),
            ("+1.5", 1.5),
            ("0.", 0.0),
        ],
        *[(".inf", math.inf), ("-.INF", -math.inf), ("+.Inf", math.inf)],
    ],
)
def test_scalars_follow_the_core_schema(text, value):
    found = scalar(text)
    assert found == value
    assert type(found) is type(value)


def test_not_a_number_is_one():
    assert all(math.isnan(scalar(text)) for text in (".nan", ".NaN", ".NAN"))


@pytest.mark.parametrize("text", ["1" * 401, "9" * 310, "1e999", "-1e999", "0x" + "f" * 300])
def test_too_large_numbers(text, loader):
    assert messages_of(f"a: {text}") == ["f:1:4 a: the number is too large; expected a number below 1e308"]


def test_quoted_words_are_text(loader):
    assert values_of("""{a: "1", b: 'true', c: "null", d: "\\t", e: ''}""") == {
        "a": "1",
        "b": "true",
        "c": "null",
        "d": "\t",
        "e": "",
    }
    assert values_of("a: |\n  one\n  two\nb: >\n  one\n  two\n") == {"a": "one\ntwo\n", "b": "one two\n"}


def test_whole_numbers_may_be_keys_as_text(loader):
    assert values_of("{2010: a, '1.5': b, no: c, 007: d}") == {"2010": "a", "1.5": "b", "no": "c", "007": "d"}


def test_positions_of_keys_and_values(loader):
    root, _ = read("# note\na:\n  - 1\n  - {b: 'x', 海: 2}\nc:\n", "f")
    a, c = root.value["a"], root.value["c"]
    where = {
        "a": a,
        "item": a.value[0],
        "map": a.value[1],
        "b": a.value[1].value["b"],
        "sea": a.value[1].value["海"],
        "c": c,
    }
    assert {name: (n.key_at.line, n.key_at.column, n.at.line, n.at.column) for name, n in where.items()} == {
        "a": (2, 1, 3, 3),
        "item": (3, 5, 3, 5),
        "map": (4, 5, 4, 5),
        "b": (4, 6, 4, 9),
        "sea": (4, 14, 4, 17),
        "c": (5, 1, 5, 1),
    }
    assert where["sea"].path == ("a", 1, "海")


REJECTED = [
    ("a: 1\nb: 2\na: 3", ["f:3:1 a: the key is written twice, first in line 1; keep one of the two"]),
    ("x: {a: 1, 'a': 2}", ["f:1:11 x.a: the key is written twice, first in line 1; keep one of the two"]),
    ("a: &x 1", ["f:1:4 a: anchors (&x) are not read; write the value without one"]),
    ("a: *x", ["f:1:4 a: aliases (*x) are not read; write the value out, or put the text in quotes"]),
    ("*x : 1", ["f:1:1: aliases (*x) are not read; write the value out, or put the text in quotes"]),
    ("a:\n  <<: {b: 1}", ["f:2:3 a.<<: merge keys (<<) are not read; write the entries out, or use extends"]),
    ("a: !!str 1", ["f:1:4 a: the tag !!str is not read; write the value without one"]),
    ("a: !x [1]", ["f:1:4 a: the tag !x is not read; write the value without one"]),
    ("a: ! 1", ["f:1:4 a: the tag ! is not read; write the value without one"]),
    ("a: !!python/object/apply:os.system [ls]",
     ["f:1:4 a: the tag !!python/object/apply:os.system is not read; write the value without one"]),
    ("a: 1\n---\nb: 1", ["f:2:1: a second document begins here; one document a file is read; remove '---'"]),
    ("%YAML 1.1\n---\na: 1", ["f:1:1: files are read as YAML 1.2; leave the %YAML line out"]),
    ("x:\n  null: 1", ["f:2:3 x: the key null is not text; put it in quotes if it is a name"]),
    ("1.5: 1", ["f:1:1: the key 1.5 is not text; put it in quotes if it is a name"]),
    ("1e999: 1", ["f:1:1: the key 1e999 is not text; put it in quotes if it is a name"]),
    ("true: 1", ["f:1:1: the key true is not text; put it in quotes if it is a name"]),
    ("? \n: 1", ["f:1:1: the key (nothing) is not text; put it in quotes if it is a name"]),
    ("{[1, 2]: 1}", ["f:1:2: a list or mapping cannot be a key; keys are text"]),
    ("? {a: 1}\n: 1", ["f:1:3: a list or mapping cannot be a key; keys are text"]),
    ("", ["f:1:1: the file is empty; expected keys and values"]),
    ("# only a note\n", ["f:1:1: the file is empty; expected keys and values"]),
    ("---\n", ["f:1:1: the file is empty; expected keys and values"]),
    ("null", ["f:1:1: the file is empty; expected keys and values"]),
    ("a: b\x00", ["f:1:5: here stands a NUL character (U+0000); delete it; expected plain text in UTF-8"]),
    ("a:\r\n - \u2028",
     ["f:2:4: here stands a line separator (U+2028); write an ordinary end of line, or a blank"]),
    ("a: \ud800", ["f:1:4: the character \\ud800 cannot stand in a YAML file; expected plain text in UTF-8"]),
    # several at once
    ("a: &x 1\nb: *x\na: !t 2\n", [
        "f:1:4 a: anchors (&x) are not read; write the value without one",
        "f:2:4 b: aliases (*x) are not read; write the value out, or put the text in quotes",
        "f:3:1 a: the key is written twice, first in line 1; keep one of the two",
        "f:3:4 a: the tag !t is not read; write the value without one",
    ]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "lines"), REJECTED)
def test_rejections(text, lines, loader):
    found = messages_of(text)
    if text.startswith("? \n"):  # the parsers place the empty key differently
        found = ["f:1:1" + line[5:] for line in found]
    assert found == lines


SYNTAX = [
    ("a:\n\tb: 1", "f:2:1: a tab is used for indentation; indent with spaces"),
    ("a: 1\n\tb: 2\n", "f:2:1: a tab is used for indentation; indent with spaces"),
    ("a: |\n  x\n\ty\n", "f:3:1: a tab is used for indentation; indent with spaces"),
    ("a: @x", "f:1:4: a value cannot begin with @; put the text in quotes"),
    ("a: `x", "f:1:4: a value cannot begin with `; put the text in quotes"),
    ("a: %x", "f:1:4: a value cannot begin with %; put the text in quotes"),
    ("a: ]", "f:1:4: a value cannot begin with this character; put the text in quotes"),
    ("a: b: c", "f:1:5: a ':' stands where no key can be; "
     "check the indentation, and put text that contains ': ' in quotes"),
    ("a: [1, 2\nb: 3", "f:1:4: the list opened here with [ is not closed, or lacks a comma; "
     "expected ',' or ']' after each item"),
    ("a: {x: 1\n", "f:1:4: the mapping opened here with { is not closed, or lacks a comma; "
     "expected ',' or '}' after each entry"),
    ("a: 1\nb: 'x\n", "f:2:4: a quotation mark is opened and never closed; "
     "close it; inside '...' write '' for an apostrophe"),
    ('a: "\\q"',
     "an unknown escape (\\) in double-quoted text; use single quotes, or write \\\\ for a backslash"),
    ("a:\n  b: 1\n c: 2\n", "f:3:2: the line fits none of the mappings above; "
     "keys of one mapping begin in one column, and nothing follows a closing quote or bracket"),
    ("- a\nb: 1\n",
     "f:2:1: the line fits none of the lists above; items of one list begin with '- ' in one column"),
    ("k: v\nwords here\nb: 1\n", "f:2:1: this line is neither 'key: value' nor an item of a list; "
     "add the ':', or quote or indent the text"),
    ("a: 1\n...\nfoo", "f:3:1: more text follows after the end of the document; one document a file is read"),
    ("a: |2x\n",
     "f:1:6: the line after | or > is not understood; write | or > alone, and indent the text below it"),
    ("a: & b", "f:1:5: text cannot begin with & here; put it in quotes"),
    ("a: * b", "f:1:5: text cannot begin with * here; put it in quotes"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "line"), SYNTAX)
def test_syntax_in_one_clear_line(text, line, loader):
    (found,) = messages_of(text)
    # The parsers disagree on the column of a bad escape only.
    assert found.endswith(line)


def test_half_characters_are_refused(loader):
    # The two parsers let an escape through or not; neither may let it reach the values.
    assert len(messages_of('a: "\\ud800"')) == len(messages_of('"\\ud800": 1')) == 1


def test_a_syntax_problem_keeps_what_was_found_before(loader):
    assert len(messages_of("a: &x 1\nb: [")) == 2


@pytest.mark.parametrize("opening", ["[", "{a: ", "- "])
def test_deep_nesting_is_refused_quickly(opening, loader):
    start = time.perf_counter()
    (line,) = [line for line in messages_of(opening * 100_000) if "deeply" in line]
    assert line.endswith(f": values are nested too deeply; at most {DEEPEST} levels of lists and mappings are read")
    assert time.perf_counter() - start < 5


def test_the_deepest_that_is_read(loader):
    text = "[" * (DEEPEST - 1) + "]" * (DEEPEST - 1)
    assert messages_of(f"a: {text}") == []
    assert "deeply" in messages_of(f"a: [{text}]")[0]


def test_an_alias_bomb_is_refused_quickly(loader):
    lines = ["a0: &a0 [x]"] + [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]" for i in range(1, 1000)]
    start = time.perf_counter()
    found = messages_of("\n".join(lines))
    assert len(found) == yaml12.MOST_PROBLEMS
    assert time.perf_counter() - start < 5


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("title: A town\nx: [", "A town"),
        ("x: {title: no}\ntitle: yes", "yes"),
        ("x: title\ny: 1", ""),
        ("title: [a]\nb: title", ""),
        ("- title\n- b", ""),
        ("\tx", ""),
        ("", ""),
    ],
)
def test_first_value(text, title, loader):
    assert first_value(text, "title") == title
