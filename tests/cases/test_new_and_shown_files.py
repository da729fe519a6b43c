"""Files that the program writes: one to begin with, and one with every default filled in."""

import re

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sim.experiment.design.experiment_loading import load_experiment
from sim.experiment.design.full_files import full_scenario
from sim.model.setup.compiled_scenario import CompiledScenario
from sim.run import simulate
from sim.scenario import load_scenario, load_scenario_file
from sim.scenario.reading.file_search import shipped
from sim.scenario.reading.located_values import Node
from sim.scenario.reading.yaml_reader import read
from sim.scenario.yaml_writing import yaml_text
from tests.support.in_process_cli import inside

SCENARIOS = [each.name for each in shipped()]
EXPERIMENTS = [each.name for each in shipped("experiments")]


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_shown_scenario_is_the_same_scenario(name, tmp_path):
    loaded = load_scenario_file(name)
    (tmp_path / "shown.yaml").write_text(full_scenario(loaded, name), "utf-8")
    again = load_scenario_file(tmp_path / "shown.yaml")
    assert again.scenario == loaded.scenario
    assert full_scenario(again, name).replace(", default", "") == full_scenario(again, name)


def test_a_shown_scenario_gives_the_same_run(tmp_path):
    (tmp_path / "mine.yaml").write_text("extends: late-payment\nrules: {strategy: {drive: 0.7}}\nquarters: 12\n")
    assert inside("show", "mine.yaml", "--out", "shown.yaml", cwd=tmp_path).returncode == 0
    runs = [
        simulate(CompiledScenario.of(load_scenario(tmp_path / file).scenario), seed=3)
        for file in ("mine.yaml", "shown.yaml")
    ]
    assert runs[0].sector.tobytes() == runs[1].sector.tobytes()


# The largest, of a hundred axes; another sensitivity design is among the others.
@pytest.mark.parametrize(
    "name", [pytest.param(each, marks=pytest.mark.slow) if each == "sensitivity" else each for each in EXPERIMENTS]
)
def test_a_shown_experiment_is_the_same_experiment(name, tmp_path):
    done = inside("show", name, cwd=tmp_path)
    text = done.stdout
    if "is a scenario and an experiment" in done.stderr:
        from sim.experiment.design.full_files import full_experiment

        text = full_experiment(load_experiment(name), name)
    (tmp_path / "shown.yaml").write_text(text, "utf-8")
    one, other = load_experiment(name), load_experiment(tmp_path / "shown.yaml")
    assert one.file == other.file
    assert one.table().equals(other.table())
    assert [base.values for base in one.bases] == [base.values for base in other.bases]


def test_what_is_a_default_says_so(tmp_path):
    (tmp_path / "mine.yaml").write_text("extends: beijing-2010\nrules: {strategy: {drive: 0.7}}\n")
    lines = inside("show", "mine.yaml", cwd=tmp_path).stdout.splitlines()
    drive = [line for line in lines if line.strip().startswith("drive: 0.7")]
    assert drive == ["    drive: 0.7  # 0-1"]
    assert any(re.match(r" +cycle: 0.3  # elasticity, default", line) for line in lines)


TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\u2028\u2029\x85\ufeff"), min_size=1)
VALUES = st.recursive(
    st.one_of(TEXTS, st.booleans(), st.integers(-(2**53), 2**53), st.floats(allow_nan=False, allow_infinity=False)),
    lambda below: st.lists(below, max_size=3) | st.dictionaries(TEXTS, below, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(TEXTS, VALUES, min_size=1, max_size=4))
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
def test_what_is_written_is_read_again(values):
    text = yaml_text(values, lambda path: "a comment: with 'signs'")
    node, problems = read(text, "written")
    assert not problems
    assert _plain(node) == values
    assert yaml.safe_load(text) == values or any(word in text for word in ("e+", "e-"))


def _plain(node):
    value = node.value if isinstance(node, Node) else node
    if isinstance(value, dict):
        return {key: _plain(below) for key, below in value.items()}
    return [_plain(below) for below in value] if isinstance(value, list) else value


@pytest.mark.parametrize(
    "text", ["no", "0110", "1e5", "12:30", "~", "2010-01-01", "= 1", "a # b", "a: b", "'", '"', "北京"]
)
def test_texts_that_look_like_something_else(text):
    assert _plain(read(yaml_text({text: text}), "written")[0]) == {text: text}


@pytest.mark.parametrize(
    "options",
    [
        (),
        ("--extends", "beijing-2010"),
        ("--extends", "national"),
        ("--experiment",),
        ("--experiment", "--scenario", "guangzhou-centres"),
    ],
)
def test_a_new_file_is_valid_and_stays(tmp_path, options):
    done = inside("new", "mine.yaml", *options, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert inside("check", "mine.yaml", cwd=tmp_path).returncode == 0
    text = (tmp_path / "mine.yaml").read_text("utf-8")
    assert text.startswith("# ")
    again = inside("new", "mine.yaml", cwd=tmp_path)
    assert again.returncode == 2
    assert "is there already" in again.stderr
    assert (tmp_path / "mine.yaml").read_text("utf-8") == text


def test_the_policies_in_the_comment_are_valid_too(tmp_path):
    inside("new", "mine.yaml", cwd=tmp_path)
    text = (tmp_path / "mine.yaml").read_text("utf-8")
    (tmp_path / "mine.yaml").write_text(re.sub(r"(?m)^# (policies:|  - )", r"\1", text), "utf-8")
    assert len(load_scenario(tmp_path / "mine.yaml").scenario.policies) == 3
    simulate(CompiledScenario.of(load_scenario(tmp_path / "mine.yaml").scenario, quarters=8), seed=1)


def test_a_new_file_may_extend_one_in_another_folder(tmp_path):
    (tmp_path / "below").mkdir()
    inside("new", "mine.yaml", cwd=tmp_path)
    assert inside("new", "below/other.yaml", "--extends", "mine.yaml", cwd=tmp_path).returncode == 0
    assert inside("check", "below/other.yaml", cwd=tmp_path).returncode == 0


@pytest.mark.parametrize(
    ("command", "message"),
    [
        ("new mine", "did you mean 'mine.yaml'"),
        ("new nowhere/mine.yaml", "there is no folder nowhere"),
        ("new mine.yaml --extends beijing-2011", "did you mean 'beijing-2010'"),
        ("new mine.yaml --experiment --scenario beijing-2011", "did you mean 'beijing-2010'"),
        ("new mine.yaml --experiment --extends beijing-2010", "cannot stand together"),
        ("show nowhere.yaml", "no such file"),
        ("show beijing-2011", "did you mean 'beijing-2010'"),
        ("show beijing-2010 --out shown.txt", "ends in .yaml"),
    ],
)
def test_wrong_names_write_nothing(tmp_path, command, message):
    done = inside(*command.split(), cwd=tmp_path)
    assert done.returncode == 2
    assert message in done.stderr
    assert list(tmp_path.iterdir()) == []
