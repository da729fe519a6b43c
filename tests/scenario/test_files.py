"""Files over files: where they are found, how they are layered, and what else is checked."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from pydantic import BaseModel, ConfigDict, Field

from sim.scenario.catalogue import shipped, shipped_directory
from sim.scenario.files import Conventions, Template, from_values, load, load_text
from sim.scenario.layers import each
from sim.scenario.problems import Finding, ScenarioError


class Toy(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, allow_inf_nan=False)


class District(Toy):
    budget: float = Field(ge=0)
    staff: int = 1
    government: dict[str, float] = {}


class City(Toy):
    districts: dict[str, District] = {}


class World(Toy):
    title: str = ""
    cities: dict[str, City] = {}
    home: str = ""
    lots: list[int] = []


EACH = Template(("cities", "*"), "each_district", "districts")


def references(values):
    districts = {key for path, _ in each(values, "cities", "*", "districts", "*") for key in path[-1:]}
    for path, home in each(values, "home"):
        if home not in districts:
            yield Finding(path, f"'{home}' is no district", "expected a district", home, sorted(districts))


WORLD = Conventions[World](templates=(EACH,), references=references)


def told(text, conventions=WORLD):
    with pytest.raises(ScenarioError) as caught:
        load_text(text, World, conventions, name="f")
    return [str(problem) for problem in caught.value.problems]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(**files):
    for name, text in files.items():
        Path(f"{name}.yaml").write_text(text, encoding="utf-8")


def wrong(name, conventions=WORLD, model=World):
    with pytest.raises(ScenarioError) as caught:
        load(name, model, conventions)
    return [str(problem) for problem in caught.value.problems]


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
    assert str(loaded.problem(Finding(("cities", "x", "districts", "b", "budget"), "bad"))).startswith("base.yaml:4:")


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
    where = loaded.problem(Finding(("cities", "x", "districts", "p", "staff"), "bad"))
    assert str(where) == "base.yaml:3:39 cities.x.each_district.staff: bad"


def test_templates_pass_over_other_shapes():
    assert told("cities: 3")[0].startswith("f:1:9 cities: found the number 3 where a mapping is expected")
    assert load_text("cities: {x: {each_district: {budget: 1}}}", World, WORLD).values == {"cities": {"x": {}}}


def test_broken_syntax_ends_the_reading():
    assert [line.split(";")[0] for line in told("title: @")] == ["f:1:8: a value cannot begin with @"]


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
    assert told(f"cities: {{x: {city}}}") == [line]


def test_unknown_bases(folder):
    shelf = folder / "shelf"
    shelf.mkdir()
    (shelf / "beijing-2010.yaml").write_text("title: Beijing", encoding="utf-8")
    own = Conventions[World](directory=shelf)
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
    shelf = folder / "shelf"
    shelf.mkdir()
    (shelf / "town.yaml").write_text("title: Shipped\nhome: h", encoding="utf-8")
    write(town="extends: town\ntitle: Own\n")
    loaded = load("town", World, Conventions(directory=shelf))
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


FILES = [
    (b"", "x.yaml:1:1: the file is empty; expected keys and values"),
    (b"\x00\x01", "x.yaml: is not a text file; expected YAML in UTF-8"),
    (b"\xff\xfea\x00", "x.yaml: is not a text file; expected YAML in UTF-8"),
    (b"title: a\nhome: caf\xe9", "x.yaml:2:10: is not text in UTF-8 from here on; save the file as UTF-8"),
    (
        b"title: \x01",
        "x.yaml:1:8: the character \\x01 cannot stand in a YAML file; expected plain text in UTF-8",
    ),
    (b"#" * 10_000_001, "x.yaml: is too large; expected at most 10 MB"),
]


@pytest.mark.parametrize(("data", "line"), FILES, ids=range(len(FILES)))
def test_unusable_files(folder, data, line):
    Path("x.yaml").write_bytes(data)
    assert wrong("x") == [line]


def test_a_byte_order_mark_is_skipped(folder):
    Path("x.yaml").write_bytes(b"\xef\xbb\xbftitle: a\r\nhome: b\r\n")
    assert load("x", World).values == {"title": "a", "home": "b"}


def test_directories_and_devices(folder):
    (folder / "dir").mkdir()
    assert wrong("dir") == ["dir: is a directory; expected a YAML file"]
    assert wrong("/dev/null") == ["/dev/null: is not a regular file; expected a YAML file"]
    for name in ("", "nowhere", "a\0b", "x" * 5000):
        (line,) = wrong(name, Conventions(directory=folder / "none"))
        assert line.endswith("no such file; expected a path")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_unreadable(folder):
    write(x="title: a")
    Path("x.yaml").chmod(0)
    assert wrong("x") == ["x.yaml: cannot be read: permission denied"]


def test_unreadable_in_another_way(folder, monkeypatch):
    write(x="title: a")
    monkeypatch.setattr(Path, "open", lambda *_: (_ for _ in ()).throw(PermissionError(13, "Permission denied")))
    assert wrong("x") == ["x.yaml: cannot be read: permission denied"]


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
    assert told(text) == [
        "f:1:7 home: 'nroth' is no district; expected a district; did you mean 'north'?",
        "f:2:42 cities.x.districts.north.budget: found the text 'x' where a number is expected; "
        "expected a number of at least 0",
    ]


def test_a_check_that_stumbles_over_wrong_values_ends_quietly():
    def stumbles(values):
        yield Finding(("home",), "first")
        yield Finding(("home",), values["lots"][0])

    conventions = Conventions[World](references=stumbles)
    assert told("home: a\nlots: 3", conventions)[0] == "f:1:7 home: first"
    with pytest.raises(KeyError):
        load_text("home: a", World, conventions)


def test_a_check_of_the_model_runs_on_sound_values_only():
    conventions = Conventions[World](check=lambda world: [Finding(("title",), f"{world.title} is taken")])
    assert told("title: a", conventions) == ["f:1:8 title: a is taken"]
    assert len(told("title: a\nhome: 3", conventions)) == 1


# --- Shipped files and start-up ---------------------------------------------------------------------------


def test_shipped(tmp_path):
    (tmp_path / "b.yaml").write_text("title: A town\nx: [", encoding="utf-8")
    (tmp_path / "a.yml").write_text("x: 1", encoding="utf-8")
    (tmp_path / "c.yaml").write_bytes(b"\xff")
    (tmp_path / "note.txt").write_text("title: no", encoding="utf-8")
    listed = shipped(directory=tmp_path)
    assert [(s.name, s.title) for s in listed] == [("a", ""), ("b", "A town"), ("c", "")]
    assert shipped(directory=tmp_path / "none") == []


def test_the_shipped_folder_is_beside_the_package_in_a_checkout():
    assert shipped_directory() == Path(__file__).resolve().parents[2] / "scenarios"
    assert shipped_directory("experiments").name == "experiments"


def test_reading_needs_nothing_heavy():
    heavy = "{'numpy', 'numba', 'pandas', 'matplotlib', 'mesa', 'scipy', 'rich', 'typer'}"
    code = f"import sys, sim.scenario.files; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
