"""World arrays: kind and shape of every array of a world, before any memory is taken.

>>> counts = WorldCounts(cities=1, governments=3, communities=20, fields=6, quarters=60)
>>> world_arrays(counts)["needs"].shape
(20, 6)
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from sim.declarations.accounts import EXTERNAL, FLOW, OUTSIDE
from sim.declarations.events_and_causes import EVENT
from sim.declarations.income_sources import Source
from sim.declarations.sector_outcomes import SECTOR
from sim.engine.struct_arrays import Layout
from sim.model.state.agency_draws_fields import AGENCY_DRAWS
from sim.model.state.agency_fields import AGENCY
from sim.model.state.assessor_fields import ASSESSOR
from sim.model.state.community_fields import COMMUNITY, NEED, PRESENCE, TIE
from sim.model.state.contract_fields import BID, BID_RECORD, CONTRACT
from sim.model.state.government_fields import GOVERNMENT
from sim.model.state.institution_fields import INSTITUTION
from sim.model.state.other_organisation_fields import ASSOCIATION, CITY, COLLEGE, DONORS, SPONSOR
from sim.model.state.policy_fields import MEASURE, SETTING, TRIGGER
from sim.model.state.refused_founder_fields import REFUSED
from sim.model.state.world import CLOCK, RULES

LAYOUTS = {
    "agency": Layout(AGENCY),
    "agency_draws": Layout(AGENCY_DRAWS),
    "assessor": Layout(ASSESSOR),
    "association": Layout(ASSOCIATION),
    "bid": Layout(BID),
    "bid_record": Layout(BID_RECORD),
    "city": Layout(CITY),
    "clock": Layout(CLOCK),
    "college": Layout(COLLEGE),
    "community": Layout(COMMUNITY),
    "contract": Layout(CONTRACT),
    "donors": Layout(DONORS),
    "event": Layout(EVENT),
    "external": Layout(EXTERNAL),
    "flow": Layout(FLOW),
    "government": Layout(GOVERNMENT),
    "institution": Layout(INSTITUTION),
    "measure": Layout(MEASURE),
    "need": Layout(NEED),
    "presence": Layout(PRESENCE),
    "refused_founder": Layout(REFUSED),
    "rules": Layout(RULES),
    "sector": Layout(SECTOR),
    "setting": Layout(SETTING),
    "sponsor": Layout(SPONSOR),
    "tie": Layout(TIE),
    "trigger": Layout(TRIGGER),
}
"""Record types of all kinds."""


class WorldCounts(NamedTuple):
    """How many of each kind a world holds.

    Attributes
    ----------
    cities, governments, associations, colleges, sponsors, institutions, communities, fields, agencies, branches : int
        At the start.
    settings, measures, triggers : int
        Levers that policies touch, what entries do to them, and conditions that some wait for.
    quarters : int
        Length of a run.
    """

    cities: int = 0
    governments: int = 0
    associations: int = 0
    colleges: int = 0
    sponsors: int = 0
    institutions: int = 0
    communities: int = 0
    fields: int = 0
    agencies: int = 0
    branches: int = 0
    settings: int = 0
    measures: int = 0
    triggers: int = 0
    quarters: int = 0


class ArraySpec(NamedTuple):
    """One array.

    Attributes
    ----------
    kind : str
        Key of `LAYOUTS`, or a type of NumPy's.
    shape : tuple of int
        Its shape.
    untouched : bool
        Left uninitialised, because rules write its rows in full before anything reads them.  Most of a world is
        unused, and writing zeros into it would take longer than everything else about a compiled scenario.
    """

    kind: str
    shape: tuple[int, ...]
    untouched: bool = False

    @property
    def bytes(self) -> int:
        """Memory that it takes when all of it is used."""
        size = LAYOUTS[self.kind].type.itemsize if self.kind in LAYOUTS else np.dtype(self.kind).itemsize
        return size * math.prod(self.shape)


def world_arrays(counts: WorldCounts) -> dict[str, ArraySpec]:
    """Every array of a world, by its name, but for those that share the memory of another."""
    return organisation_arrays(counts) | growing_arrays(counts) | panel_arrays(counts)


def organisation_arrays(n: WorldCounts) -> dict[str, ArraySpec]:
    """Arrays with a row for each organisation, place, policy or field."""
    return {
        "clock": ArraySpec("clock", (1,)),
        "rules": ArraySpec("rules", (1,)),
        "cities": ArraySpec("city", (n.cities,)),
        "governments": ArraySpec("government", (n.governments,)),
        "associations": ArraySpec("association", (n.associations,)),
        "colleges": ArraySpec("college", (n.colleges,)),
        "sponsors": ArraySpec("sponsor", (n.sponsors,)),
        "donors": ArraySpec("donors", (n.cities,)),
        "assessors": ArraySpec("assessor", (n.cities,)),
        "institutions": ArraySpec("institution", (n.institutions,)),
        "communities": ArraySpec("community", (n.communities,)),
        "needs": ArraySpec("need", (n.communities, n.fields)),
        "fields": ArraySpec("f8", (n.fields, 2)),
        "split": ArraySpec("f8", (n.governments, n.fields)),
        "plan": ArraySpec("f8", (n.governments, n.fields)),
        "active": ArraySpec("f8", (n.governments, n.fields)),
        "unplaced": ArraySpec("i8", (n.governments, n.fields)),
        "peer_skills": ArraySpec("f8", (n.associations, n.fields)),
        "agency_draws": ArraySpec("agency_draws", (n.agencies,)),
        "blank_agency": ArraySpec("agency", (1,)),
        "blank_contract": ArraySpec("contract", (1,)),
        "externals": ArraySpec("external", (OUTSIDE,)),
        "settings": ArraySpec("setting", (n.settings,)),
        "measures": ArraySpec("measure", (n.measures,)),
        "triggers": ArraySpec("trigger", (n.triggers,)),
    }


def growing_arrays(n: WorldCounts) -> dict[str, ArraySpec]:
    """Arrays that grow with the number of agencies (`array_growth`), and with what happens to them."""
    space = max(256, 2 * n.agencies)
    rows = max(8_192, 2 * space)
    return {
        "members": ArraySpec("i8", (space,)),
        "agencies": ArraySpec("agency", (space,), untouched=True),
        "contracts": ArraySpec("contract", (16 * space,), untouched=True),
        "ties": ArraySpec("tie", (4 * space + n.branches,), untouched=True),
        "presences": ArraySpec("presence", (4 * space,), untouched=True),
        "refused": ArraySpec("refused_founder", (space,), untouched=True),
        "bids": ArraySpec("bid", (8 * space,), untouched=True),
        "bid_records": ArraySpec("bid_record", (16 * space,), untouched=True),
        "skills": ArraySpec("f8", (space, n.fields)),
        "practice": ArraySpec("f8", (space, n.fields)),
        "incomes": ArraySpec("i8", (space, 4, len(Source))),
        "flows": ArraySpec("flow", (max(65_536, 24 * space),), untouched=True),
        "events": ArraySpec("event", (16 * space,), untouched=True),
        "panel": ArraySpec("agency", (rows,), untouched=True),
        "panel_rows": ArraySpec("i8", (rows, 2), untouched=True),
        "panel_skills": ArraySpec("f8", (rows, n.fields), untouched=True),
    }


def panel_arrays(n: WorldCounts) -> dict[str, ArraySpec]:
    """Arrays with a row for each quarter."""
    return {
        "sector": ArraySpec("sector", (n.quarters,), untouched=True),
        "trigger_panel": ArraySpec("i8", (n.quarters, n.triggers), untouched=True),
        "growth_panel": ArraySpec("f8", (n.quarters, n.governments, 2), untouched=True),
        "community_panel": ArraySpec("community", (n.quarters, n.communities), untouched=True),
        "unmet_panel": ArraySpec("f8", (n.quarters, n.communities, n.fields), untouched=True),
        "split_panel": ArraySpec("f8", (n.quarters, n.governments, n.fields), untouched=True),
        "government_panel": ArraySpec("government", (n.quarters, n.governments), untouched=True),
        "association_panel": ArraySpec("association", (n.quarters, n.associations), untouched=True),
        "institution_panel": ArraySpec("institution", (n.quarters, n.institutions), untouched=True),
        "city_panel": ArraySpec("city", (n.quarters, n.cities), untouched=True),
    }


def world_bytes(counts: WorldCounts) -> int:
    """Memory of all arrays of a world that is used in full."""
    return sum(spec.bytes for spec in world_arrays(counts).values())
