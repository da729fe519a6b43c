"""Shipped scenarios: every lever stands in one of them or in an experiment, and a question changes one thing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from sim.model.state.government_fields import LEVERS
from sim.scenario.reading.file_search import shipped

KEYS = {lever.key for lever in LEVERS}
SCENARIOS = {one.name: Path(one.path) for one in shipped()}
EXPERIMENTS = {one.name: Path(one.path) for one in shipped("experiments")}
NO_CHANGES = {"extends", "title", "question", "start", "quarters", "dates_outside_run", "policies"}


@cache
def content(path: Path) -> dict[str, Any]:
    values: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return values


def leaves(values: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Paths of single values and lists in nested mappings."""
    if isinstance(values, dict):
        for key, value in values.items():
            yield from leaves(value, (*path, str(key)))
    else:
        yield path


def levers_in(values: Any) -> Iterator[str]:
    """Levers that a file gives a value: under a government, in a policy, or by an axis."""
    if isinstance(values, list):
        for value in values:
            yield from levers_in(value)
    if not isinstance(values, dict):
        return
    for key, value in values.items():
        if key == "government":
            yield from (".".join(path) for path in leaves(value))
        elif key in ("set", "ramp"):
            yield from map(str, value)
        elif key == "lever":
            yield str(value)
        else:
            yield from levers_in(value)


def changes(values: dict[str, Any]) -> set[str]:
    """What a question changes of its base: levers of policies, and paths of other values."""
    found = {".".join(path) for key, value in values.items() if key not in NO_CHANGES for path in leaves(value, (key,))}
    for policy in values.get("policies", []):
        found |= {*policy.get("set", {}), *policy.get("ramp", {})}
    return found


def comment(path: Path) -> str:
    """What stands before the first key, in one line."""
    lines = path.read_text(encoding="utf-8").split("\n\n")[0].splitlines()
    return " ".join(line.removeprefix("#").strip() for line in lines)


QUESTIONS = [name for name, path in SCENARIOS.items() if "extends" in content(path)]


def test_every_lever_stands_in_a_scenario_or_experiment():
    files = [content(path) for path in (*SCENARIOS.values(), *EXPERIMENTS.values())]
    assert KEYS - {lever for values in files for lever in levers_in(values)} == set()


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_question_changes_one_thing_or_says_why_several_are_one(name):
    changed = changes(content(SCENARIOS[name]))
    together = re.search(r"Together: ([^:]+): \S", comment(SCENARIOS[name]))
    assert changed
    if together is None:
        assert len(changed) == 1
    else:
        assert len(changed) > 1
        assert set(together[1].split(", ")) == changed


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_scenario_has_a_question_and_says_where_its_facts_come_from(name):
    assert content(SCENARIOS[name])["question"].endswith("?")
    said = comment(SCENARIOS[name])
    assert len(said) > 100
    assert re.search(r"\(free|free\)|article|judgement|\b(19|20)\d\d\b", said)
