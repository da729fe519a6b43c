"""File layers: where files are found, how they are layered, and what else is checked."""

from pathlib import Path

import pytest

from sim.declarations.input_issues import Issue, ScenarioError
from sim.scenario.reading.file_loading import Conventions, from_values, load, load_text
from tests.unit.scenario.toy_world import WORLD, World, messages_of, write, wrong


def test_layers(folder):
    write(
        base="title: Base\nlots: [1, 2]\nhome: b\ncities: {x: {districts: {a: {budget: 1}, b: {budget: 2}}}}",
        middle="extends: base.yaml\nlots: [3]\ncities: {x: {districts: {a: {budget: 5}, c: {budget: 6}}}}",
        leaf="extends: middle\ncities: {x: {districts: {a: null, b: {staff: 7}}}}\n",
    )
    loaded = load("leaf", World, WORLD)
    assert loaded.values == {
        "title": "Base",
        "lots": [3],
        "home": "b",
        "cities": {"x": {"districts": {"b": {"budget": 2, "staff": 7}, "c": {"budget": 6}}}},
    }
    assert loaded.scenario.cities["x"].districts["b"].budget == 2.0
    assert [path.name for path in loaded.files] == ["base.yaml", "middle.yaml", "leaf.yaml"]
    assert str(loaded.problem(Issue(("cities", "x", "districts", "b", "budget"), "bad"))).startswith("base.yaml:4:")


def test_an_inherited_error_names_the_parents_line(folder):
    write(
        base="title: Base\ncities:\n  x:\n    districts:\n      a:\n        budget: -1\n",
        leaf="extends: base\ntitel: Leaf\nhome: b\n",
    )
    assert wrong("leaf") == [
        "leaf.yaml:2:1 titel: unknown key; known here: 'title', 'cities', 'home', 'lots'; did you mean 'title'?",
        "leaf.yaml:3:7 home: 'b' is no district; expected a district",
        "base.yaml:6:17 cities.x.districts.a.budget: -1 is too small; expected a number of at least 0",
    ]


def test_a_missing_key_is_told_where_the_mapping_was_last_opened(folder):
    write(
        base="cities: {x: {districts: {a: {staff: 1}}}}",
        leaf="extends: base\ncities: {x: {districts: {a: {}}}}",
    )
    assert wrong("leaf") == [
        "leaf.yaml:2:26 cities.x.districts.a.budget: required, but missing; expected a number of at least 0"
    ]


def test_null_needs_something_to_remove(folder):
    write(base="title: a", leaf="extends: base\nhome: null\ntitle: null\n")
    assert [line.split(";")[0] for line in wrong("leaf")] == [
        "leaf.yaml:2:7 home: no value here (null), and nothing inherited that it could remove"
    ]


def test_templates(folder):
    write(
        base="cities:\n  x:\n    each_district: {budget: 3, staff: 2, government: {a: 1, b: 2}}\n"
        "    districts: {p: {}, q: {staff: 5, government: {b: 3}}, r: {government: null}}\n",
        leaf="extends: base\ncities: {x: {each_district: {budget: 4}, districts: {s: {budget: 9}}}}",
    )
    loaded = load("leaf", World, WORLD)
    assert loaded.values["cities"]["x"] == {
        "districts": {
            "p": {"budget": 4, "staff": 2, "government": {"a": 1, "b": 2}},
            "q": {"budget": 4, "staff": 5, "government": {"a": 1, "b": 3}},
            "r": {"budget": 4, "staff": 2},
            "s": {"budget": 9, "staff": 2, "government": {"a": 1, "b": 2}},
        }
    }
    where = loaded.problem(Issue(("cities", "x", "districts", "p", "staff"), "bad"))
    assert str(where) == "base.yaml:3:39 cities.x.each_district.staff: bad"


def test_templates_pass_over_other_shapes():
    assert messages_of("cities: 3")[0].startswith("f:1:9 cities: found the number 3 where a mapping is expected")
    assert load_text("cities: {x: {each_district: {budget: 1}}}", World, WORLD).values == {"cities": {"x": {}}}


def test_broken_syntax_ends_the_reading():
    assert [line.split(";")[0] for line in messages_of("title: @")] == ["f:1:8: a value cannot begin with @"]


TEMPLATE_MESSAGES = [
    ("{each_district: {budget: -1}, districts: {a: {}, b: {}, c: {}}}",
     "f:1:38 cities.x.each_district.budget: -1 is too small; expected a number of at least 0"),
    ("{each_district: {bugdet: 1}, districts: {a: {budget: 1}, b: {budget: 1}}}",
     "f:1:30 cities.x.each_district.bugdet: unknown key; "
     "known here: 'budget', 'staff', 'government'; did you mean 'budget'?"),
    ("{each_distrct: {}}",
     "f:1:14 cities.x.each_distrct: unknown key; known here: 'districts'; did you mean 'each_district'?"),
    ("{each_district: 3, districts: {a: {budget: 1}}}",
     "f:1:29 cities.x.each_district: found 3 where a mapping is expected; "
     "expected entries that hold for all of districts"),
    ("{each_district: {budget: 1}, districts: {a: }}",
     "f:1:54 cities.x.districts.a: no value here (null), and nothing inherited that it could remove; "
     "give a value, or leave the key out; an empty mapping is {} and an empty list []"),
    ("{each_district: {budget: 1}, districts: {a: 3}}",
     "f:1:57 cities.x.districts.a: found the number 3 where a mapping is expected; "
     "expected a mapping with the keys 'budget', 'staff', 'government'"),
]  # fmt: skip


@pytest.mark.parametrize(("city", "line"), TEMPLATE_MESSAGES)
def test_a_wrong_template_is_told_once(city, line):
    assert messages_of(f"cities: {{x: {city}}}") == [line]


def test_unknown_bases(folder):
    shipped_folder = folder / "shipped_folder"
    shipped_folder.mkdir()
    (shipped_folder / "beijing-2010.yaml").write_text("title: Beijing", encoding="utf-8")
    own = Conventions[World](directory=shipped_folder)
    write(leaf="extends: bejing-2010\ntitle: 3\nhoem: x\n")
    assert wrong("leaf", own) == [
        "leaf.yaml:1:10 extends: 'bejing-2010': no such file; "
        "expected a path or one of the shipped files: 'beijing-2010'; did you mean 'beijing-2010'?",
        "leaf.yaml:2:8 title: found the number 3 where text is expected; did you mean '3'?",
        "leaf.yaml:3:1 hoem: unknown key; known here: 'title', 'cities', 'home', 'lots'; did you mean 'home'?",
    ]
    assert wrong("bejing-2010", own) == [
        "bejing-2010: no such file; expected a path or one of the shipped files: 'beijing-2010'; "
        "did you mean 'beijing-2010'?"
    ]
    for name in ("beijing-2010", "beijing-2010.yaml"):
        assert load(name, World, own).scenario.title == "Beijing"


def test_an_own_file_may_bear_the_name_of_the_shipped_one_it_extends(folder):
    shipped_folder = folder / "shipped_folder"
    shipped_folder.mkdir()
    (shipped_folder / "town.yaml").write_text("title: Shipped\nhome: h", encoding="utf-8")
    write(town="extends: town\ntitle: Own\n")
    loaded = load("town", World, Conventions(directory=shipped_folder))
    assert (loaded.scenario.title, loaded.scenario.home, len(loaded.files)) == ("Own", "h", 2)


def test_circles(folder):
    write(a="extends: b\nhoem: x\n", b="extends: c", c="title: x\nextends: ./a.yaml", alone="extends: alone")
    assert wrong("a") == [
        "a.yaml:2:1 hoem: unknown key; known here: 'title', 'cities', 'home', 'lots'; did you mean 'home'?",
        "c.yaml:2:10 extends: files extend each other in a circle: a.yaml -> b.yaml -> c.yaml -> a.yaml; "
        "the last file of a chain extends nothing",
    ]
    assert wrong("alone") == [
        "alone.yaml:1:10 extends: files extend each other in a circle: alone.yaml -> alone.yaml; "
        "the last file of a chain extends nothing"
    ]


def test_a_very_long_chain(folder):
    for i in range(30):
        Path(f"f{i}.yaml").write_text(f"extends: f{i + 1}", encoding="utf-8")
    assert wrong("f0") == ["f19.yaml:1:10 extends: too many files extend each other; at most 20"]


def test_a_broken_base_does_not_hide_the_childs_problems(folder):
    write(base="title: [", leaf="extends: base\nlots: 3\n")
    assert [line.split(":")[0] for line in wrong("leaf")] == ["leaf.yaml", "base.yaml"]


def test_bases_are_found_beside_the_file_that_names_them(folder):
    (folder / "sub").mkdir()
    write(**{"sub/leaf": "extends: ../base", "base": "title: 3"})
    assert wrong("sub/leaf") == ["base.yaml:1:8 title: found the number 3 where text is expected; did you mean '3'?"]


def test_values_may_extend_files(folder):
    write(base="title: Base\nhome: h")
    loaded = from_values({"extends": "base", "title": "Own"}, World)
    assert loaded.values == {"title": "Own", "home": "h"}
    assert [path.name for path in loaded.files] == ["base.yaml"]
    Path("base.yaml").write_text("title: Base\nhome: 3", encoding="utf-8")
    with pytest.raises(ScenarioError, match=r"^base.yaml:2:7 home: found the number 3"):
        from_values({"extends": "base"}, World)


# --- Checks -----------------------------------------------------------------------------------------------


def test_references_are_told_together_with_wrong_types():
    text = "home: nroth\ncities: {x: {districts: {north: {budget: x}}}}"
    assert messages_of(text) == [
        "f:1:7 home: 'nroth' is no district; expected a district; did you mean 'north'?",
        "f:2:42 cities.x.districts.north.budget: found the text 'x' where a number is expected; "
        "expected a number of at least 0",
    ]


def test_a_check_that_stumbles_over_wrong_values_ends_quietly():
    def stumbles(values):
        yield Issue(("home",), "first")
        yield Issue(("home",), values["lots"][0])

    conventions = Conventions[World](references=stumbles)
    assert messages_of("home: a\nlots: 3", conventions)[0] == "f:1:7 home: first"
    with pytest.raises(KeyError):
        load_text("home: a", World, conventions)


def test_a_check_of_the_model_runs_on_sound_values_only():
    conventions = Conventions[World](check=lambda world: [Issue(("title",), f"{world.title} is taken")])
    assert messages_of("title: a", conventions) == ["f:1:8 title: a is taken"]
    assert len(messages_of("title: a\nhome: 3", conventions)) == 1
