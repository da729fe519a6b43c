"""Mutated files: changed copies of `beijing-2010.yaml` give a scenario or a list of problems, and nothing else."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.scenario import Scenario, ScenarioError, make_scenario, read_scenario

BEIJING = (Path(__file__).parents[3] / "scenarios" / "beijing-2010.yaml").read_text(encoding="utf-8")
SIGNS = [": ", "{", "[", "&a ", "*a", "- ", "'", '"', "# ", "<<: ", "---", "\t", "!!str "]
ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**20), 10**20),
    st.floats(),
    st.text(max_size=12),
    st.sampled_from(
        ["Beijing", "Xicheng", "2009-Q3", "9999-Q4", "1000-Q1", "districts", "contract.term", "attached", "*"]
    ),
    st.lists(st.integers() | st.text(max_size=4), max_size=3),
    st.dictionaries(st.text(max_size=6), st.integers() | st.text(max_size=4), max_size=3),
)


def places(values: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Paths of everything inside values."""
    inner = values.items() if isinstance(values, dict) else enumerate(values) if isinstance(values, list) else ()
    return [found for key, value in inner for found in [(*path, key), *places(value, (*path, key))]]


PLACES_IN_BEIJING = places(yaml.safe_load(BEIJING))


def problems(make: Callable[[Any], Scenario], source: object) -> list[str]:
    """What is wrong with a source; whatever else is raised fails the test."""
    try:
        make(source)
    except ScenarioError as error:
        return [str(problem) for problem in error.problems] or ["an error without a problem\n"]
    return []


@settings(max_examples=60)
@given(st.data())
def test_any_change_of_values_is_a_scenario_or_its_problems(data):
    values = yaml.safe_load(BEIJING)
    for path in data.draw(st.lists(st.sampled_from(PLACES_IN_BEIJING), min_size=1, max_size=3)):
        inner = values
        for key in path[:-1]:
            inner = inner[key] if isinstance(inner, dict) and key in inner else {}
        if not isinstance(inner, dict) or path[-1] not in inner:
            continue
        change = data.draw(st.sampled_from(["replace", "remove", "rename", "copy"]))
        if change == "replace":
            inner[path[-1]] = data.draw(ODD)
        elif change == "copy":
            inner[data.draw(st.text(max_size=8))] = copy.deepcopy(inner[path[-1]])
        else:
            value = inner.pop(path[-1])
            if change == "rename":
                inner[data.draw(st.text(max_size=8))] = value
    assert all(text.isprintable() for text in problems(make_scenario, values))


@settings(max_examples=100)
@given(st.data())
def test_any_change_of_text_is_a_scenario_or_its_problems(data):
    lines = BEIJING.splitlines()
    for _ in range(data.draw(st.integers(1, 3))):
        if not lines:
            break
        n = data.draw(st.integers(0, len(lines) - 1))
        change = data.draw(st.sampled_from(["remove", "double", "indent", "insert", "cut", "end"]))
        if change == "remove":
            del lines[n]
        elif change == "double":
            lines.insert(n, lines[n])
        elif change == "indent":
            lines[n] = " " * data.draw(st.integers(0, 5)) + lines[n].strip()
        elif change == "insert":
            at = data.draw(st.integers(0, len(lines[n])))
            lines[n] = (
                lines[n][:at]
                + data.draw(st.text(max_size=3) | st.sampled_from([": ", "{", "&a ", "*a", "- ", "'", "# ", "<<: "]))
                + lines[n][at:]
            )
        elif change == "cut":
            lines[n] = lines[n][: data.draw(st.integers(0, len(lines[n])))]
        else:
            lines = lines[: max(n, 1)]
    assert all(text.isprintable() for text in problems(read_scenario, "\n".join(lines)))
