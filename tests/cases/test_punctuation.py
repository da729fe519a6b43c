"""Punctuation and encodings of files: what people's keyboards and editors write is named, with what to write."""

from pathlib import Path

import pytest

from sim.scenario import ScenarioError, load_scenario

FOLDER = Path(__file__).parent / "punctuation"

# File -> line, and words of the message: what it is, what to write.
WRONG = {
    "bom2": (1, ["U+FEFF", "delete"]),
    "ctrlz": (15, ["Ctrl-Z", "delete"]),
    "deccomma": (5, ["3,0", "write 3.0"]),
    "endash": (2, ["en dash", "write '-'", "'2010-Q1'"]),
    "fwbrackets": (14, ["U+3010", "write '['"]),
    "fwcolon": (2, ["fullwidth colon", "write ':'"]),
    "fwcomma": (14, ["fullwidth comma", "write ','"]),
    "fwdigits": (2, ["fullwidth digit two", "'2010-Q1'"]),
    "gbk": (1, ["UTF-8", "GBK"]),
    "ideospace": (7, ["ideographic space", "ordinary spaces"]),
    "latin1": (1, ["UTF-8", "Latin-1"]),
    "ls": (1, ["U+2028", "end of line"]),
    "minus": (12, ["minus sign", "write '-'", "-600000"]),
    "nbsp": (7, ["no-break space", "ordinary spaces"]),
    "nel": (1, ["U+0085", "line ends"]),
    "nul": (15, ["NUL", "delete"]),
    "percent": (5, ["'40%'", "0.4"]),
    "smart": (2, ["left single quotation mark", "'2010-Q1'"]),
    "tabs": (7, ["tab", "spaces"]),
    "thousands": (12, ["600,000", "write 600000"]),
    "thousands2": (12, ["'600 000'", "600000"]),
    "thousands3": (12, ["'600_000'", "600000"]),
    "utf16be": (0, ["UTF-16", "UTF-8"]),
    "utf16le": (0, ["UTF-16", "UTF-8"]),
    "utf16nobom": (0, ["UTF-16", "UTF-8"]),
    "utf32": (0, ["UTF-32", "UTF-8"]),
    "wan": (12, ["600000"]),
}
SOUND = ["bom", "cr", "crlf", "fwquote", "nonl", "tabinline"]
TOWN = (FOLDER / "crlf.yaml").read_text(encoding="utf-8")


def problems(path):
    with pytest.raises(ScenarioError) as caught:
        load_scenario(path)
    return caught.value.problems


def test_every_file_of_the_case_is_covered():
    assert {path.stem for path in FOLDER.glob("*.yaml")} == {*WRONG, *SOUND}


@pytest.mark.parametrize("name", WRONG)
def test_is_named_with_what_to_write(name):
    line, words = WRONG[name]
    (problem,) = problems(FOLDER / f"{name}.yaml")
    assert problem.line == line
    assert [word for word in words if word not in str(problem)] == []


@pytest.mark.parametrize("name", SOUND)
def test_is_read_as_it_looks(name):
    assert load_scenario(FOLDER / f"{name}.yaml").scenario.cities["Town"].districts["East"].communities.count == 3


# Further inputs of the same kinds: text of the town -> what is written instead, and words of the message.
CHANGES = [
    ("budget: 600000", "budget: 1,200,000", ["write 1200000"]),
    ("budget: 600000", "budget: \uff16\uff10\uff10\uff10\uff10\uff10", ["600000"]),
    ("budget: 600000", "budget: \u00a5600,000", ["600"]),
    ("budget: 600000", "budget: 600\u00a0000", ["600000"]),
    ("budget: 600000", "budget: 0.6 million", ["600000"]),
    ("paying: 0.4", "paying: 40\uff05", ["0.4"]),
    ("paying: 0.4", "paying: '0,4'", ["0.4"]),
    ("paying: 0.4", "paying: \u22120.4", ["-0.4", "minus"]),
    ("quarters: 8", "quarters\uff1a 8", ["fullwidth colon", "write ':'"]),
    ("quarters: 8", "quarters:\u00a08", ["no-break space", "ordinary blank"]),
    ("fields: [elderly]", "fields: [elderly\u3001elderly]", ["elderly"]),
    ("staff: 3,", "staff\uff1a3,", ["fullwidth colon"]),
    ("{district", "\uff5bdistrict", ["fullwidth left curly bracket"]),
    ("2010-Q1", "2010\u2014Q1", ["em dash", "'2010-Q1'"]),
    ("2010-Q1", "\u201c2010-Q1\u201d", ["quotation mark", "'2010-Q1'"]),
    ("title: Tiny town", 'title: "Tiny\\e[31m town"', ["U+001B"]),
    ("title: Tiny town", "title: [Tiny town", ["["]),
]


@pytest.mark.parametrize(("before", "after", "words"), CHANGES, ids=range(len(CHANGES)))
def test_more_of_these_kinds(tmp_path, before, after, words):
    assert before in TOWN
    path = tmp_path / "town.yaml"
    path.write_text(TOWN.replace(before, after, 1), encoding="utf-8")
    said = "\n".join(map(str, problems(path)))
    assert [word for word in words if word not in said] == []


@pytest.mark.parametrize(("ending", "opened"), [("a: {b: c,\n", "1:4"), ("a: [1, 2\n", "1:4"), ("a: [1, {b: 2", "1:8")])
def test_a_bracket_that_nothing_closes_is_where_it_was_opened(tmp_path, ending, opened):
    (tmp_path / "open.yaml").write_text(ending, encoding="utf-8")
    (problem,) = problems(tmp_path / "open.yaml")
    assert f"{problem.line}:{problem.column}" == opened
    assert "closed" in problem.what


def test_lists_of_numbers_without_blanks_stay_lists(tmp_path):
    from sim.scenario.reading.layering import settle
    from sim.scenario.reading.yaml_reader import read

    for text, values in [
        ("[4,8]", [4, 8]),
        ("[4,8, 12]", [4, 8, 12]),
        ("[0.5,0.7]", [0.5, 0.7]),
        ("[1, 200]", [1, 200]),
    ]:
        root, found = read(f"a: {text}", "f")
        settled, nulls, _ = settle(root)
        assert (settled["a"], [*found, *nulls]) == (values, [])
    for text in ("[600,000]", "[0,5, 0,7]", "[1,200, 50]"):
        root, _ = read(f"a: {text}", "f")
        assert "comma" in str(settle(root)[1][0])


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("extends\uff1a town.yaml\ntitle: t\n", (1, 8), ["fullwidth colon", "write ':'"]),
        ("extends:\u00a0town.yaml\ntitle: t\n", (1, 9), ["no-break space", "ordinary blank"]),
        ("title\uff1a t\n\nextends: town.yaml\n", (1, 6), ["fullwidth colon"]),
        ("title: 2010–2020\nstart: a: b\n", (2, 9), ["put text that contains ': ' in quotes"]),
        ("extends: “town.yaml”\ntitle: t\n", (1, 10), ["no such file", "did you mean 'town.yaml'?"]),
        ("extends: town.yaml, other\ntitle: t\n", (1, 10), ["several files are a list: [town.yaml, other]"]),
        ("extends: other.yaml+town\ntitle: t\n", (1, 10), ["several files are a list: [other.yaml, town]"]),
    ],
)
def test_the_sign_is_named_where_it_stands(text, place, words, tmp_path):
    for name in ("town", "other"):
        (tmp_path / f"{name}.yaml").write_text("extends: beijing-2010\ntitle: t\n")
    (tmp_path / "mine.yaml").write_text(text, "utf-8")
    problem = problems(tmp_path / "mine.yaml")[0]
    assert (problem.line, problem.column) == place
    assert [word for word in words if word not in str(problem)] == []
