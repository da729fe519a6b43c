"""A short campaign of mutated inputs, always the same; `make fuzz` goes on with others."""

import random

import pytest

from tests.fuzz.campaign import KINDS, called, campaign, case, prepared
from tests.fuzz.mutations import changed_bytes, changed_text, changed_values

CASES = 25
SEED = 12


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return prepared(tmp_path_factory.mktemp("fuzz"))


@pytest.mark.parametrize("number", range(CASES))
def test_no_mutated_input_gives_a_traceback_or_a_wrong_status(folder, number):
    assert case(folder, SEED, number) == []


def test_cases_follow_from_seed_and_number():
    values, text = {"a": [1, {"b": 2}], "c": "x"}, "a: 1\nb: [2, 3]\n"
    for seed in range(20):
        made = [
            (
                repr(changed_values(values, rng)),
                changed_text(text, rng),
                changed_bytes(text.encode(), rng),
            )
            for rng in (random.Random(seed), random.Random(seed))
        ]
        assert made[0] == made[1]
    assert values == {"a": [1, {"b": 2}], "c": "x"}


def test_what_a_command_does_not_report_is_found(folder, monkeypatch):
    def broken(*_):
        raise KeyError("no")

    monkeypatch.setattr("sim.scenario.load_scenario_file", broken)
    with pytest.raises(KeyError):
        called(["check", "town.yaml"], folder)
    assert len(KINDS) == 3


@pytest.mark.slow
def test_a_longer_campaign():
    number, failed = campaign(60.0, 99)
    assert (number > 0, failed) == (True, [])
