"""Python values, of any kind: a scenario or problems."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.declarations.calendar_quarter import Quarter
from sim.declarations.input_issues import ScenarioError
from sim.scenario.reading.file_loading import from_values, load
from tests.unit.scenario.toy_types import All, Colour, Step


def test_values_from_python():
    values = {
        "number": 1,
        "colour": Colour.GREEN,
        "at": Quarter(2012, 2),
        "pair": (1, 2.5),
        "names": {"b", "a"},
        "nested": Step(kind="step", size=2),
        "anything": {2010: [1]},
    }
    loaded = from_values(values, All)
    assert loaded.values["names"] == ["a", "b"]
    assert loaded.scenario.at == Quarter(2012, 2)
    assert loaded.scenario.nested == Step(kind="step", size=2.0)
    assert loaded.scenario.anything == {"2010": [1]}
    assert values["pair"] == (1, 2.5)


def test_numpy_numbers_are_numbers():
    numpy = pytest.importorskip("numpy")
    scenario = from_values({"whole": numpy.int64(4), "free": numpy.float32(0.5)}, All).scenario
    assert (scenario.whole, scenario.free) == (4, 0.5)


LOOP: dict[str, Any] = {}
LOOP["anything"] = LOOP
PYTHON = [
    ({"number": 2}, "number: 2 is too large; expected a number from 0 to 1 (unit: share)"),
    ({"nmae": 2, "text": "x" * 5}, "nmae: unknown key"),
    ({"free": 10**400}, "free: the number is too large; expected a number below 1e308"),
    ({"anything": {"a": b"x"}}, "anything.a: found a Python value of type bytes; "
     "expected text, a number, true or false, a list or a mapping"),
    ({"anything": {1.5: 1}}, "anything: the key 1.5 is not text; keys are text"),
    ({"text": "\ud800"}, "text: the text holds half a character"),
    ({"\ud800": 1}, "\\ud800: the text holds half a character"),
    (LOOP, "values are nested too deeply; at most 50 levels of lists and mappings are read"),
    ([], "found a list where a mapping is expected; expected keys and values, one 'key: value' a line"),
]  # fmt: skip


@pytest.mark.parametrize(("values", "line"), PYTHON, ids=range(len(PYTHON)))
def test_wrong_values_from_python(values, line):
    with pytest.raises(ScenarioError) as caught:
        from_values(values, All)
    assert str(caught.value).startswith(line)


some_keys = st.sampled_from([*All.model_fields, "extends", "x"])


def scenario_or_problems(reader, source):
    try:
        return reader(source, All).scenario
    except ScenarioError as error:
        return error.problems


@given(st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary(max_size=2),
    lambda v: st.lists(v, max_size=3) | st.dictionaries(some_keys, v),
))  # fmt: skip
def test_any_values_give_a_scenario_or_problems(value):
    values = value if isinstance(value, dict) else dict.fromkeys(All.model_fields, value)
    outcome = scenario_or_problems(from_values, values)
    assert isinstance(outcome, All) or all(str(problem).isprintable() for problem in outcome)


@given(st.binary(max_size=60), st.sampled_from(sorted(All.model_fields)))
def test_any_bytes_give_a_scenario_or_problems(tmp_path_factory, data, name):
    path = tmp_path_factory.getbasetemp() / "any.yaml"
    path.write_bytes(name.encode() + b": " + data)
    assert scenario_or_problems(load, path)
