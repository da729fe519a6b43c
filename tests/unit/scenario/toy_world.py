"""Toy world: a small kind of file, by which reading and layering are tested apart from scenarios."""

from pathlib import Path

import pytest
from pydantic import BaseModel, ConfigDict, Field

from sim.declarations.input_issues import Issue, ScenarioError
from sim.scenario.reading.file_loading import Conventions, Template, load, load_text
from sim.scenario.reading.layering import each


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
            yield Issue(path, f"'{home}' is no district", "expected a district", home, sorted(districts))


WORLD = Conventions[World](templates=(EACH,), references=references)


def messages_of(text, conventions=WORLD):
    with pytest.raises(ScenarioError) as caught:
        load_text(text, World, conventions, name="f")
    return [str(problem) for problem in caught.value.problems]


def write(**files):
    for name, text in files.items():
        Path(f"{name}.yaml").write_text(text, encoding="utf-8")


def wrong(name, conventions=WORLD, model=World):
    with pytest.raises(ScenarioError) as caught:
        load(name, model, conventions)
    return [str(problem) for problem in caught.value.problems]
