"""Organisation copies in places and their partners; parameters copied into rows."""

from __future__ import annotations

import copy
from collections import Counter
from typing import Any

import numpy as np
import pytest

from sim.engine.fields import Field
from sim.engine.rng.philox import RANDOM_KEY
from sim.engine.struct_arrays import fresh
from sim.model.setup.compiled_scenario import CompiledScenario
from sim.model.setup.parameter_copying import copy_parameters
from sim.model.state.government_fields import GOVERNMENT
from sim.model.state.other_organisation_fields import CITY, DONORS
from sim.model.state.world import RULES
from sim.scenario import make_scenario
from sim.scenario.parameters.fundraising_parameters import Donors
from sim.scenario.parameters.labour_parameters import Economy, Labour
from sim.scenario.parameters.parameter_spec import Group, parameters_of, value_at
from sim.scenario.parameters.policy_levers import CityGovernment, DistrictGovernment
from sim.scenario.parameters.rule_parameters import Rules
from tests.support.world_reading import used

COUNTY: dict[str, Any] = {
    "title": "Copies",
    "start": "2010-Q1",
    "quarters": 2,
    "fields": {"youth": {}},
    "cities": {"Anping": {"districts": {"County": {"count": 3}, "Port": {"count": 2}}}},
    "associations": {
        "County Association": {"city": "Anping", "district": "County", "rooms": 2, "members": 2},
        "Port Association": {"city": "Anping", "district": "Port", "rooms": 2},
    },
    "colleges": {"College": {"city": "Anping"}},
    "agencies": {
        "Lantern": {
            "district": "County",
            "association": "County Association",
            "college": "College",
            "sister": "Harbour",
        },
        "Harbour": {"district": "County", "association": "Port Association", "rooms": "association"},
    },
    "generated": {"Group": {"count": 7}},
}


def partners(values: dict[str, Any]) -> dict[str, tuple[str | None, ...]]:
    """Association, college and sister of every named agency, by name."""
    compiled = CompiledScenario.of(make_scenario(values))
    names = compiled.names
    found = {}
    for agency in used(compiled.world, "agencies"):
        ties = (("association", "association"), ("college", "college"), ("sister", "agency"))
        found[names["agency"][agency["index"]]] = tuple(
            names[kind][agency[key]] if agency[key] >= 0 else None for key, kind in ties
        )
    return {name: ties for name, ties in found.items() if not name.startswith("Group")}


def test_copies_belong_to_copies_of_their_own_district():
    ports = ("Port 1", "Port 2", "Port 1")
    expected = {}
    for n, port in enumerate(ports):
        here = f"(County {n + 1})"
        expected[f"Harbour {here}"] = (f"Port Association ({port})", None, None)
        expected[f"Lantern {here}"] = (f"County Association {here}", "College", f"Harbour {here}")
    assert partners(COUNTY) == expected


def test_the_order_in_the_file_changes_nothing():
    turned = copy.deepcopy(COUNTY)
    for section in ("associations", "agencies"):
        turned[section] = dict(reversed(turned[section].items()))
    districts = turned["cities"]["Anping"]["districts"]
    turned["cities"]["Anping"]["districts"] = dict(reversed(districts.items()))
    assert partners(turned) == partners(COUNTY)


def test_copied_cities_keep_their_organisations():
    values = copy.deepcopy(COUNTY)
    values["cities"]["Anping"]["count"] = 2
    for name, (association, college, sister) in partners(values).items():
        city = name[name.index("(") + 1 :].split("/")[0]
        assert f"({city}/" in association
        assert college in (None, f"College ({city})")
        assert sister is None or f"({city}/" in sister


def test_generated_agencies_are_assigned_to_all_copies_in_turn():
    compiled = CompiledScenario.of(make_scenario(COUNTY))
    homes = Counter(
        compiled.names["government"][agency["district"]]
        for agency in used(compiled.world, "agencies")
        if compiled.names["agency"][agency["index"]].startswith("Group")
    )
    assert homes == {"County 1": 2, "County 2": 2, "County 3": 1, "Port 1": 1, "Port 2": 1}


@pytest.mark.parametrize(
    ("group", "fields"),
    [
        (Rules(), RULES),
        (DistrictGovernment(), GOVERNMENT),
        (CityGovernment(), GOVERNMENT),
        (Labour(pool=7, outside_wage=3000.5), CITY),
        (Economy(), CITY),
        (Donors(), DONORS),
    ],
    ids=lambda value: type(value).__name__,
)
def test_parameters_are_copied_as_declared(group: Group, fields: tuple[Field, ...]) -> None:
    """All at once, into real numbers of eight bytes: money in fen, words as codes, and nothing else is touched."""
    records = fresh(fields, 3)
    copy_parameters(records, [0, 2], group)
    declared = parameters_of(type(group))
    for leaf in declared:
        assert records.dtype[leaf.name] == np.float64
        assert records[leaf.name][[0, 2]].tolist() == [leaf.number(value_at(group, leaf.path))] * 2
    names = {leaf.name for leaf in declared}
    for field in fields:
        written = records[field.name]
        if field.name not in names:
            np.testing.assert_array_equal(written, np.full_like(written, field.start))
        np.testing.assert_array_equal(written[1], np.full_like(written[1], field.start))


def test_no_kind_of_record_begins_like_another() -> None:
    """Numba would take the longer for a kind of the shorter, and warn wherever rules meet both in one process."""
    world = CompiledScenario.of(make_scenario(COUNTY)).world
    layouts = {"random_key": RANDOM_KEY} | {
        name: array.dtype for name, array in world._asdict().items() if array.dtype.names
    }
    fields = {name: [(each, layout.fields[each]) for each in layout.names] for name, layout in layouts.items()}
    for short, first in fields.items():
        for long, second in fields.items():
            if len(first) < len(second):
                assert second[: len(first)] != first, f"{long} begins like {short}"
