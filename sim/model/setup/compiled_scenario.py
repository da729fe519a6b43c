"""Compiled scenario: a scenario as arrays, made once and shared by all its runs.

Entries are put in the order of their names, so their order in a file changes nothing.  `initial_state` draws for each
seed what a scenario leaves random.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.declarations.accounts import OUTSIDE_PARTIES, account_number
from sim.declarations.calendar_quarter import Quarter
from sim.declarations.short_repr import ShortRepr
from sim.engine.fields import StructArray
from sim.engine.struct_arrays import fill
from sim.model.setup.jurisdictions_and_communities import Places, list_places, write_places
from sim.model.setup.needed_resources import check_memory
from sim.model.setup.organisation_lists import Organisations, list_organisations
from sim.model.setup.organisation_rows import write_organisations
from sim.model.setup.parameter_copying import copy_parameters
from sim.model.setup.policy_table import build_policy_table, write_policy_table
from sim.model.state.empty_world import empty_world
from sim.model.state.world import World
from sim.model.state.world_arrays import WorldCounts
from sim.scenario import ScenarioSource, as_scenario
from sim.scenario.checks.amount_checks import check_length
from sim.scenario.checks.name_checks import check_value
from sim.scenario.parameters.scenario_file import Scenario


@dataclass(frozen=True, repr=False)
class CompiledScenario(ShortRepr):
    """Everything that all runs of a scenario share.

    Attributes
    ----------
    title : str
        Title of the scenario.
    start : Quarter
        First quarter.
    quarters : int
        Length of a run.
    world : World
        Template; never run itself.
    community_draws : recarray
        Medians and spreads of what is drawn at the start about communities.
    branches : int array, shape (branches, 2)
        Agency and district government of every branch.
    names : dict of str to list of str
        Kind of organisation -> names in order.
    """

    title: str
    start: Quarter
    quarters: int
    world: World
    community_draws: StructArray
    branches: np.ndarray
    names: dict[str, list[str]]

    @classmethod
    def of(cls, scenario: ScenarioSource, quarters: int | None = None) -> CompiledScenario:
        """Lay out a scenario, for its own number of quarters or for another.

        Parameters
        ----------
        scenario : Scenario, str, Path or mapping
            A scenario, the name of a shipped one, a file, or values as they would stand in a file.
        quarters : int, optional
            Length of a run.

        Raises
        ------
        ScenarioError
            With every problem that was found; if `quarters` is no length of a run; if an amount of money would grow too
            large in more quarters than the scenario's own; if a run needs more memory than this machine has.
        TypeError
            If it is no scenario at all.
        """
        return cls.of_checked(as_scenario(scenario), quarters)

    @classmethod
    def of_checked(cls, scenario: Scenario, quarters: int | None = None) -> CompiledScenario:
        """As `of`, for a scenario that the caller has checked, such as a point of a design."""
        if quarters is not None:
            check_value(Scenario, "quarters", quarters)
        length = scenario.quarters if quarters is None else int(quarters)
        if length > scenario.quarters:
            check_length(scenario, length)
        check_memory(scenario, length)
        places = list_places(scenario)
        found = list_organisations(scenario, places)
        timeline = build_policy_table(scenario, places)
        branches = list_branches(places, found)
        counts = WorldCounts(
            cities=len(places.cities),
            governments=len(places.governments),
            associations=len(found.associations),
            colleges=len(found.colleges),
            sponsors=len(found.sponsors),
            institutions=len(found.institutions),
            communities=len(places.communities),
            fields=len(scenario.fields),
            agencies=len(found.agencies),
            branches=len(branches),
            settings=len(timeline.settings),
            measures=len(timeline.measures),
            triggers=len(timeline.triggers),
            quarters=length,
        )
        world = empty_world(counts)
        copy_parameters(world.rules, [0], scenario.rules)
        world.clock[0].first_season = scenario.start.number - 1
        world.clock[0].noise_scale = scenario.rules.chance.noise_scale
        fill(world.externals, {"account": [account_number(party, 0) for party in OUTSIDE_PARTIES]})
        community_draws = write_places(world, scenario, places)
        write_policy_table(world, timeline)
        world = world._replace(agency_draws=write_organisations(world, scenario, found))
        return cls(
            title=scenario.title,
            start=scenario.start,
            quarters=length,
            world=world,
            community_draws=community_draws,
            branches=branches,
            names=list_names(scenario, places, found) | {"trigger": timeline.names},
        )

    def _facts(self) -> tuple[str, dict[str, object]]:
        counts = {kind: len(names) for kind, names in self.names.items() if kind in ("city", "community", "agency")}
        return self.title, {"start": self.start, "quarters": self.quarters, **counts}


def list_names(scenario: Scenario, places: Places, found: Organisations) -> dict[str, list[str]]:
    """Names in order, by the kind that a field `refers` to."""
    return {
        "city": [place.name for place in places.cities],
        "government": places.governments,
        "donors": [f"Donors of {place.name}" for place in places.cities],
        "community": list(places.communities),
        "field": sorted(scenario.fields),
        "association": [one.name for one in found.associations],
        "college": [one.name for one in found.colleges],
        "sponsor": [one.name for one in found.sponsors],
        "assessor": [f"Assessors of {place.name}" for place in places.cities],
        "institution": [one.name for one in found.institutions],
        "agency": [one.name for one in found.agencies],
    }


def list_branches(places: Places, found: Organisations) -> np.ndarray:
    """Agency and district of every branch; int array, shape (branches, 2)."""
    rows = []
    for n, agency in enumerate(found.agencies):
        for name in sorted(getattr(agency.facts, "branches", ())):
            rows += [(n, place.index) for place in places.districts_of(places.known[name], agency.place.city)]
    return np.array(rows, dtype=np.int64).reshape(len(rows), 2)
