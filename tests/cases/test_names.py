"""Names: one normal form, none that look alike, none that harms a screen or spreadsheet; codes as they are written."""

import shutil
from pathlib import Path

import pytest

from sim.experiment.design.experiment_loading import load_experiment
from sim.scenario import ScenarioError, load_scenario, make_scenario

FOLDER = Path(__file__).parent / "names"
SOUND = [0, 1, 5, 6, 7, 10, 16, 17, 18, 19, 21, 22, 23, 24, 25, 26, 27, 32, 33, 34, 36, 37]
QUOTE = {4: "'1e3'", 8: "'0x1F'", 9: "'007'", 11: "'+5'", 12: "'.5'", 14: "'.inf'", 2: "'Null'", 3: "'~'"}
REFUSED = {
    13: "begins with '='",
    15: "quotes",
    20: "is empty",
    28: "right form",
    29: "U+0009",
    30: "cannot be seen",
    31: "direction",
    35: "too long",
}


def said(load, source):
    with pytest.raises(ScenarioError) as caught:
        load(source)
    return str(caught.value)


def town(**names):
    agency = {"district": "East", "staff": 3, "fields": ["elderly"]}
    return {
        "title": "Names",
        "start": "2010-Q1",
        "quarters": 4,
        "fields": {"elderly": {}},
        "cities": {"Town": {"districts": {"East": {"communities": {"count": 2}}}}},
        "agencies": {"Alpha": agency},
    } | names


def agencies(*names):
    return town(agencies={name: {"district": "East", "staff": 3, "fields": ["elderly"]} for name in names})


@pytest.mark.parametrize("number", SOUND)
def test_names_that_stand(number):
    load_scenario(FOLDER / f"name-{number:02}.yaml")


@pytest.mark.parametrize("number", QUOTE)
def test_what_is_no_text_is_put_in_quotes_as_it_is_written(number):
    lines = said(load_scenario, FOLDER / f"name-{number:02}.yaml").splitlines()
    assert f"put {QUOTE[number]} in quotes" in lines[-1]


@pytest.mark.parametrize("number", REFUSED)
def test_names_that_are_refused(number):
    assert REFUSED[number] in said(load_scenario, FOLDER / f"name-{number:02}.yaml")


def test_codes_are_the_text_in_the_file():
    text = said(load_scenario, FOLDER / "both.yaml")
    assert text.count("put '0110' in quotes") == 2
    assert "'110'" not in text
    assert "'110'" not in said(load_scenario, FOLDER / "fips.yaml")
    assert said(load_experiment, FOLDER / "ax.yaml").count("put '0110' in quotes") == 2


def test_codes_in_quotes_are_found_everywhere():
    load_scenario(FOLDER / "fips2.yaml")
    assert len(load_experiment(FOLDER / "ax2.yaml").axes) == 2


def test_accents_have_one_form():
    assert "written twice" in said(load_scenario, FOLDER / "nfd-dup.yaml")
    scenario = load_scenario(FOLDER / "nfd-ref.yaml").scenario
    assert scenario.agencies["Alpha"].district == next(iter(scenario.cities["Town"].districts)) == "Chamb\u00e9ry"
    assert [*make_scenario(agencies(" Chambe\u0301ry ")).agencies] == ["Chamb\u00e9ry"]


ALIKE = [
    ("Zhu Ren", "Zhu\u00a0Ren", "no-break space"),
    ("Zhu Ren", "Zhu\u3000Ren", "ideographic space"),
    ("Zhu Ren", "Zhu  Ren", "U+0020"),
    ("East", "E\u0430st", "cyrillic small letter a"),
    ("AB", "\u0391B", "greek capital letter alpha"),
    ("Team 1", "Team \uff11", "fullwidth digit one"),
    ("A-B", "A\u2011B", "non-breaking hyphen"),
    ("ab", "a\u200db", "zero width joiner"),
    ("file", "\ufb01le", "latin small ligature fi"),
]


@pytest.mark.parametrize(("one", "other", "word"), ALIKE)
def test_names_that_look_alike_are_refused(one, other, word):
    text = said(make_scenario, agencies(one, other))
    assert "looks like another" in text
    assert word in text


def test_look_alikes_over_all_that_may_be_meant():
    communities = {"communities": {"count": 1}}
    cities = {
        "Town": {"districts": {"East": communities}},
        "City": {"districts": {"E\u0430st": communities}},
    }
    assert "looks like" in said(make_scenario, town(cities=cities))
    same = {"Town": {"districts": {"East": communities}}, "City": {"districts": {"East": communities}}}
    make_scenario(town(cities=same, agencies={}))
    policies = [{"name": name, "at": "2010-Q3", "set": {"contract.term": 6}} for name in ("a b", "a\u00a0b")]
    assert "looks like" in said(make_scenario, town(policies=policies))
    assert "looks like" in said(make_scenario, town(fields={"elderly": {}, "elderl\u0443": {}}))


def test_an_unknown_name_that_looks_right_is_explained():
    values = agencies("Alpha")
    values["agencies"]["Alpha"]["district"] = "E\u0430st"
    assert "cyrillic small letter a" in said(make_scenario, values)


@pytest.mark.parametrize("name", ["Team I", "Team l", "Team 1"])
def test_letters_of_one_script_are_no_look_alikes(name):
    make_scenario(agencies("Team II", name))


BAD = [
    "=1+1",
    "+5",
    "-x",
    "@x",
    "\uff1dx",
    "\u22125",
    "a\u202eb",
    "a\u2066b",
    "a\x1b[31mb",
    "a\x07",
    "a\u200bb",
    "\u3164",
    "a\tb",
]


@pytest.mark.parametrize("text", BAD, ids=ascii)
@pytest.mark.parametrize("kind", ["title", "agency", "field", "district", "policy"])
def test_no_name_or_title_harms_a_screen_or_spreadsheet(text, kind):
    values = town()
    if kind == "title":
        values["title"] = text
    elif kind == "agency":
        values = agencies(text)
    elif kind == "field":
        values["fields"][text] = {}
    elif kind == "district":
        values["cities"]["Town"]["districts"][text] = {}
    else:
        values["policies"] = [{"name": text, "at": "2010-Q3", "set": {"contract.term": 6}}]
    message = said(make_scenario, values)
    assert message.isprintable() or "\n" in message
    assert "write it without" in message or "formula" in message or "can be seen" in message


EXPERIMENT = """
title: {title}
scenarios: [{file}]
quarters: 4
axes:
  {axis}: {{title: {axis_title}, path: rules.strategy.drive, values: {values}}}
variants: {{{variant}: {{title: Another}}}}
replications: 1
"""


def experiment(folder, **given):
    shutil.copy(FOLDER / "fips2.yaml", folder / given.get("file", "town.yaml"))
    usual = {"title": "T", "file": "town.yaml", "axis": "drive", "axis_title": "Drive", "values": "[0.5, 1.0]"}
    text = EXPERIMENT.format(**(usual | {"variant": "other"} | given))
    (folder / "ex.yaml").write_text(text, encoding="utf-8")
    return folder / "ex.yaml"


@pytest.mark.parametrize("key", ["title", "axis", "axis_title", "variant"])
def test_names_of_experiments_too(tmp_path, key):
    assert "formula" in said(load_experiment, experiment(tmp_path, **{key: "'@x'"}))
    assert "U+001B" in said(load_experiment, experiment(tmp_path, **{key: '"a\\e[0m"'}))


@pytest.mark.parametrize("name", ["=cmd.yaml", "a\x1b[31m.yaml", "a\u202e.yaml"])
def test_names_of_files_are_names_too(tmp_path, name):
    escaped = '"' + name.replace("\x1b", "\\e").replace("\u202e", "\\u202e") + '"'
    path = experiment(tmp_path, file="town.yaml")
    shutil.copy(FOLDER / "fips2.yaml", tmp_path / name)
    path.write_text(path.read_text(encoding="utf-8").replace("[town.yaml]", f"[{escaped}]"), encoding="utf-8")
    with pytest.raises(ScenarioError):
        load_experiment(path)


def test_a_file_is_found_however_its_accents_are_coded(tmp_path):
    shutil.copy(FOLDER / "fips2.yaml", tmp_path / "Chambe\u0301ry.yaml")
    design = load_experiment(write_reference(tmp_path, "Chamb\u00e9ry"))
    assert {base.scenario for base in design.bases} == {"Chamb\u00e9ry"}


def write_reference(folder, name):
    text = EXPERIMENT.format(
        title="T", file=name, axis="drive", axis_title="Drive", values="[0.5, 1.0]", variant="other"
    )
    (folder / "ex.yaml").write_text(text.replace("{title: Another}", "{quarters: 6}"), encoding="utf-8")
    return folder / "ex.yaml"


def test_values_that_differ_by_rounding_are_one(tmp_path):
    text = said(load_experiment, experiment(tmp_path, values="[0.3, 0.30000000000000004, 1.0]"))
    assert "rounding" in text
    assert "write 0.3 once" in text


def test_titles_of_one_line_may_be_written_in_a_block(tmp_path):
    text = (FOLDER / "fips2.yaml").read_text(encoding="utf-8").split("\n", 1)[1]
    (tmp_path / "a.yaml").write_text("title: >\n  Two\n  lines\n" + text, encoding="utf-8")
    assert load_scenario(tmp_path / "a.yaml").scenario.title == "Two lines"
    (tmp_path / "a.yaml").write_text("title: |\n  Two\n  lines\n" + text, encoding="utf-8")
    assert "end of line" in said(load_scenario, tmp_path / "a.yaml")
