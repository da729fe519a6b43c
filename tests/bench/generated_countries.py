"""Generated countries of a given size, for benchmarks: alike cities of 150 agencies each."""

from __future__ import annotations

from sim.scenario import Scenario, make_scenario


def country(cities: int, quarters: int = 60) -> Scenario:
    """A country of so many cities, each with ten districts and 150 agencies at the start."""
    district = {
        "count": 10,
        "communities": {"count": 6, "residents": 60_000},
        "government": {"procurement": {"budget": 6_000_000, "growth": 0.06}},
        "commercial_groups": 2,
    }
    city = {
        "count": cities,
        "government": {"procurement": {"budget": 8_000_000, "growth": 0.06}},
        "districts": {"District": district},
        "labour": {"pool": 800, "graduates": 500},
    }
    return make_scenario(
        {
            "title": f"{cities} generated cities",
            "start": "2010-Q1",
            "quarters": quarters,
            "fields": {"elderly": {}, "children-youth": {}, "community-building": {"paying": 0.0}},
            "cities": {"City": city},
            "colleges": {"College": {"city": "City", "graduates": 100}},
            "associations": {"Association": {"city": "City"}},
            "generated": {"Agency": {"count": 150 * cities, "staff": 7}},
        }
    )
