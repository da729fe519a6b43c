"""Odd pattern files: whatever slips into one, it is loaded or refused with places, and nothing else is raised."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
import yaml

from sim.declarations.input_issues import Problem, ScenarioError
from sim.validation.pattern_loading import load_patterns
from sim.validation.statistic_type import STATISTICS
from tests.fuzz.mutations import changed_bytes, changed_text, changed_values, json_bytes
from tests.unit.validation.conftest import MINE

CASES = 60
# Dates stay text.
VALUES = json.loads(json.dumps(yaml.safe_load(MINE), default=str))


def odd(rng: random.Random) -> bytes:
    """The bytes of a file with one to three slips."""
    kind = rng.choice(["text", "values", "values", "bytes"])
    if kind == "text":
        return changed_text(MINE, rng).encode(errors="surrogatepass")
    if kind == "values":
        return json_bytes(changed_values(VALUES, rng))
    return changed_bytes(MINE.encode(), rng)


def problems(path: Path) -> list[Problem]:
    """What is wrong with a file; nothing where it is loaded."""
    try:
        load_patterns([path], STATISTICS)
    except ScenarioError as error:
        return error.problems or [Problem("", 0, 0, (), "")]
    return []


@pytest.mark.parametrize("number", range(CASES))
def test_no_slip_gives_a_traceback(number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    data = odd(random.Random(number))
    (tmp_path / "odd.yaml").write_bytes(data)
    for problem in problems(Path("odd.yaml")):
        # What is wrong with the bytes of a file has no line.
        assert problem.file, data
        assert problem.what, data
