"""Wishes: a scenario with changed levers, parameters and policies, as the file that `sim run` takes.

>>> wish = Wish("beijing-2010", {"payment.delay": 3, "rules.strategy.drive": 0.9}, replications=2)
>>> print(wish.file_text(wish.load_base()), end="")
extends: beijing-2010
policies:
  - at: 2009-Q3
    set:
      payment.delay: 3
rules:
  strategy:
    drive: 0.9
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sim.declarations.input_issues import Problem, ScenarioError
from sim.scenario import Loaded, Scenario, load_scenario_file
from sim.scenario.checks.name_checks import lever_keys
from sim.scenario.parameters.policy_levers import CityGovernment, DistrictGovernment
from sim.scenario.reading.file_loading import load_text
from sim.scenario.scenario_loading import CONVENTIONS
from sim.scenario.yaml_writing import yaml_text

FILE_NAME = "setting.yaml"
"""Name of a wish as a file, in messages and downloads."""
MOST_REPLICATIONS, MOST_QUARTERS, LARGEST_SEED = 200, 400, 2**53 - 1
"""Limits of a wish; those of `sim run` but for the replications, which a page keeps in memory."""


@dataclass(frozen=True)
class Wish:
    """What is to be run.

    Attributes
    ----------
    scenario : str
        Name of a shipped scenario, or path of a file.
    changes : mapping of str to value
        Levers (``payment.delay``), which hold from the first quarter in every city and district, and parameters of
        the rules (``rules.strategy.drive``).
    policies : tuple of mapping
        Further entries of `policies`, as in a file.
    seed, replications : int
        As for `sim run`.
    quarters : int, optional
        Length of a run; the scenario's by default.
    """

    scenario: str
    changes: Mapping[str, Any] = field(default_factory=dict)
    policies: tuple[Mapping[str, Any], ...] = ()
    seed: int = 1
    replications: int = 20
    quarters: int | None = None

    def load_base(self) -> Scenario:
        """The scenario without the changes.

        Raises
        ------
        ScenarioError
            With every problem that was found in its file.
        """
        return load_scenario_file(self.scenario).scenario

    def file_values(self, base: Scenario) -> dict[str, Any]:
        """What stands in its file; levers come before the other policies, so that positions of these are known."""
        levers = {key: value for key, value in self.changes.items() if not key.startswith("rules.")}
        policies = [*_at_start(levers, base), *map(dict, self.policies)]
        rules: dict[str, Any] = {}
        for key, value in self.changes.items():
            if key.startswith("rules."):
                _put(rules, key.split(".")[1:], value)
        values: dict[str, Any] = {"extends": self.scenario}
        return values | ({"policies": policies} if policies else {}) | ({"rules": rules} if rules else {})

    def file_text(self, base: Scenario) -> str:
        """The scenario file that `sim run` takes."""
        return yaml_text(self.file_values(base))

    def load(self) -> Loaded[Scenario]:
        """Read and check the wish, as the command line reads its file.

        Raises
        ------
        ScenarioError
            With every problem that was found, in the words of the command line.
        """
        wrong = list(wrong_numbers(self))
        if wrong:
            raise ScenarioError(wrong)
        return load_text(self.file_text(self.load_base()), Scenario, CONVENTIONS, name=FILE_NAME, beside=Path.cwd())


def wrong_numbers(wish: Wish) -> Iterable[Problem]:
    """What is wrong with seed, replications and quarters."""
    limits = (("seed", 0, LARGEST_SEED), ("replications", 1, MOST_REPLICATIONS), ("quarters", 1, MOST_QUARTERS))
    for name, least, most in limits:
        value = getattr(wish, name)
        if name == "quarters" and value is None:
            continue
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            yield Problem("", 0, 0, (name,), f"found {value!r}", f"expected a whole number from {least} to {most}")


def _at_start(levers: Mapping[str, Any], base: Scenario) -> list[dict[str, Any]]:
    """Steps in the first quarter; for all places by name where the scenario has policies for some of them.

    An entry for everywhere gives way to one that names a place or a level, so it would change nothing there.
    """
    named = {key for policy in base.policies if policy.in_ is not None for key in policy.levers}
    start = str(base.start)
    found: list[dict[str, Any]] = []
    everywhere = {key: value for key, value in levers.items() if key not in named}
    if everywhere:
        found.append({"at": start, "set": everywhere})
    for key, value in levers.items():
        if key in named:
            found.append({"at": start, "in": _places_with(key, base), "set": {key: value}})
    return found


def _places_with(lever: str, base: Scenario) -> list[str]:
    """Names of the cities and districts whose governments have a lever."""
    places = [*base.cities] if lever in lever_keys(CityGovernment) else []
    if lever in lever_keys(DistrictGovernment):
        places += [f"{name}/{district}" for name, city in base.cities.items() for district in city.districts]
    return places


def _put(tree: dict[str, Any], keys: list[str], value: Any) -> None:
    for key in keys[:-1]:
        tree = tree.setdefault(key, {})
    tree[keys[-1]] = value
