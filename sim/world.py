"""The state of a run: a named tuple of record arrays that compiled rules read and write.

Arrays that can run full (agencies, contracts, ledger, ...) begin small and are doubled between quarters;
`sim.quarter` asks for more room before a quarter that might need it, so no limit is ever met.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sim.agents.agency import AGENCY, Source
from sim.agents.assessor import ASSESSOR
from sim.agents.community import COMMUNITY, NEED, PRESENCE, TIE
from sim.agents.government import GOVERNMENT, LEVERS
from sim.agents.institution import INSTITUTION
from sim.agents.others import ASSOCIATION, CITY, COLLEGE, DONORS, SPONSOR
from sim.declare import Field, Records
from sim.events import EVENT
from sim.money import EXTERNAL, FLOW
from sim.outcomes import SECTOR
from sim.procurement.contract import BID, CONTRACT
from sim.records import as_bytes, fresh, number_table, untouched
from sim.scenario.behaviour import Rules
from sim.scenario.param import leaves
from sim.timeline import MEASURE, SETTING, TRIGGER

Numbers = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]

RULES = tuple(Field(leaf.name, "f8", leaf.unit, leaf.info.description or "") for leaf in leaves(Rules))

CLOCK = (
    Field("seed", "u8", "", "Seed of the run."),
    Field("variation", "f8", "0-1", "Width of every draw."),
    Field("quarter", "i8", "quarter", "Quarter now, counted from the start."),
    Field("season", "i8", "", "Quarter of the year, 0 to 3."),
    Field("detailed", "?", "", "Whether the ledger and the agency panel are kept.", start=1),
    Field("first_season", "i8", "", "Quarter of the year in which the run begins."),
    Field("agencies", "i8", "records", "Agencies so far, closed ones included."),
    Field("contracts", "i8", "records", "Contracts so far."),
    Field("ties", "i8", "records", "Ties so far."),
    Field("presences", "i8", "records", "Presences so far, freed ones included."),
    Field("free_presence", "i8", "", "First freed presence; -1 for none.", start=-1),
    Field("bids", "i8", "records", "Bids of this quarter."),
    Field("flows", "i8", "records", "Flows so far."),
    Field("events", "i8", "records", "Events so far."),
    Field("panel", "i8", "records", "Rows of the agency panel so far."),
    Field("first_lot", "i8", "", "First contract record of this quarter.", table=False),
    Field("running", "i8", "contracts", "Running contracts."),
    Field("open", "i8", "contracts", "Contracts that run or are not yet paid in full."),
)


class World(NamedTuple):
    """Everything that a run knows, as arrays.

    Attributes
    ----------
    clock, rules : recarray, shape (1,)
        Time, counters and luck; behavioural parameters.
    cities, governments, associations, colleges, sponsors, donors, institutions, communities : recarray
        One record each; governments hold the cities' first, then the districts'.
    needs : recarray, shape (communities, fields)
        Need by community and field.
    fields : float array, shape (fields, 2)
        Hours of need per resident and quarter, and share of paying clients.
    split, active : float arrays, shape (governments, fields)
        Share of the budget by field, and yearly value of running contracts by field in fen.
    peer_skills : float array, shape (associations, fields)
        Mean skill of an association's members by field, noted each quarter before they learn from each other.
    lever_values : float array, shape (governments, levers)
        The levers inside `governments`, as a table that shares their memory.
    members : int array, shape (agencies,)
        Active agencies, city by city (`sim.agents.places.muster`).
    agencies, contracts, ties, presences, bids : recarray
        Growing arrays; `clock` says how many records are in use.
    blank_agency, blank_contract : recarray, shape (1,)
        Fresh records that a new agency or lot starts from.
    skills : float array, shape (agencies, fields)
        Skill by field.
    practice : float array, shape (agencies, fields)
        Hours delivered this quarter by field.
    incomes : int array, shape (agencies, 4, sources)
        Income by quarter of the year and source, fen.
    externals : recarray, shape (outside parties,)
        Accounts outside the model.
    flows, events, panel : recarray
        Ledger, events, and every quarter's copy of each active agency's record.
    panel_rows : int array, shape (rows, 2)
        Quarter and agency of each row of `panel`.
    panel_skills : float array, shape (rows, fields)
        Skills that go with each row of `panel`.
    settings, measures, triggers : recarray
        Levers of governments that policies touch, what entries do to each, and what some of them wait for.
    sector : recarray, shape (quarters,)
        Outcomes of the sector.
    outcome_values : float array, shape (quarters, outcomes)
        The outcomes inside `sector`, as a table that shares their memory.
    trigger_panel : int array, shape (quarters, triggers)
        Where each trigger stood, by quarter.
    community_panel, unmet_panel : arrays, shapes (quarters, communities[, fields])
        Communities' records and unmet need by quarter.
    government_panel, association_panel, institution_panel, city_panel : recarray, shapes (quarters, kind)
        Records by quarter.
    assessors : recarray, shape (cities,)
        Third-party assessors, a body for each city.
    """

    clock: Records
    rules: Records
    cities: Records
    governments: Records
    associations: Records
    colleges: Records
    sponsors: Records
    donors: Records
    institutions: Records
    communities: Records
    needs: Records
    fields: Numbers
    split: Numbers
    active: Numbers
    peer_skills: Numbers
    lever_values: Numbers
    members: Integers
    agencies: Records
    contracts: Records
    ties: Records
    presences: Records
    bids: Records
    blank_agency: Records
    blank_contract: Records
    skills: Numbers
    practice: Numbers
    incomes: Integers
    externals: Records
    flows: Records
    events: Records
    panel: Records
    panel_rows: Integers
    panel_skills: Numbers
    settings: Records
    measures: Records
    triggers: Records
    sector: Records
    outcome_values: Numbers
    trigger_panel: Integers
    community_panel: Records
    unmet_panel: Numbers
    government_panel: Records
    association_panel: Records
    institution_panel: Records
    city_panel: Records
    assessors: Records

    def copied(self, into: World | None = None) -> World:
        """An independent copy: what happens to one does not touch the other.

        Of growing arrays and of series only the records in use are copied; rules write every field of a new
        record.

        Parameters
        ----------
        into : World, optional
            A world of the same scenario whose arrays are used again, which spares the system the work of
            giving out fresh memory for every run.
        """
        used = {name: int(self.clock[0][counter]) for counter, names in GROWING.items() for name in names}
        used |= dict.fromkeys(SERIES, int(self.clock[0].quarter))
        targets = (into or self)._asdict()
        arrays = {}
        for name, array in self._asdict().items():
            if name in VIEWS:
                continue
            target = targets[name] if into is not None else np.empty_like(array)
            count = used.get(name, len(array))
            as_bytes(target)[:count] = as_bytes(array)[:count]
            arrays[name] = target
        arrays["lever_values"] = number_table(arrays["governments"], len(LEVERS))
        arrays["outcome_values"] = number_table(arrays["sector"], len(SECTOR))
        return World(**arrays)


GROWING = {
    "agencies": ("agencies", "members", "skills", "practice", "incomes"),
    "contracts": ("contracts",),
    "ties": ("ties",),
    "presences": ("presences",),
    "bids": ("bids",),
    "flows": ("flows",),
    "events": ("events",),
    "panel": ("panel", "panel_rows", "panel_skills"),
}
"""Counter in the clock -> arrays that grow together."""

SERIES = (
    "sector",
    "trigger_panel",
    "community_panel",
    "unmet_panel",
    "government_panel",
    "association_panel",
    "institution_panel",
    "city_panel",
)
"""Arrays that get a row each quarter."""

VIEWS = ("lever_values", "outcome_values")
"""Arrays that share the memory of others."""


def empty_world(
    *,
    cities: int,
    governments: int,
    associations: int,
    colleges: int,
    sponsors: int,
    institutions: int,
    communities: int,
    fields: int,
    agencies: int,
    settings: int,
    measures: int,
    triggers: int,
    quarters: int,
) -> World:
    """Arrays of fresh records for so many of each kind.

    Parameters
    ----------
    cities, governments, associations, colleges, sponsors, institutions, communities, fields, agencies : int
        How many of each; there is always room for at least one record.
    settings, measures, triggers : int
        Levers that policies touch, what entries do to them, and conditions that some wait for.
    quarters : int
        Length of a run.
    """
    room = max(256, 2 * agencies)
    rows = max(8_192, 2 * room)
    records = fresh(GOVERNMENT, governments)
    sector = fresh(SECTOR, quarters)
    return World(
        clock=fresh(CLOCK, 1),
        rules=fresh(RULES, 1),
        cities=fresh(CITY, cities),
        governments=records,
        associations=fresh(ASSOCIATION, associations),
        colleges=fresh(COLLEGE, colleges),
        sponsors=fresh(SPONSOR, sponsors),
        donors=fresh(DONORS, cities),
        institutions=fresh(INSTITUTION, institutions),
        communities=fresh(COMMUNITY, communities),
        needs=fresh(NEED, communities, fields),
        fields=np.zeros((fields, 2)),
        split=np.zeros((governments, fields)),
        active=np.zeros((governments, fields)),
        peer_skills=np.zeros((associations, fields)),
        lever_values=number_table(records, len(LEVERS)),
        members=np.zeros(room, dtype=np.int64),
        agencies=untouched(AGENCY, room),
        contracts=untouched(CONTRACT, 16 * room),
        ties=untouched(TIE, 4 * room),
        presences=untouched(PRESENCE, 4 * room),
        bids=untouched(BID, 8 * room),
        blank_agency=fresh(AGENCY, 1),
        blank_contract=fresh(CONTRACT, 1),
        skills=np.zeros((room, fields)),
        practice=np.zeros((room, fields)),
        incomes=np.zeros((room, 4, len(Source)), dtype=np.int64),
        externals=fresh(EXTERNAL, 8),
        flows=untouched(FLOW, max(65_536, 24 * room)),
        events=untouched(EVENT, 16 * room),
        panel=untouched(AGENCY, rows),
        panel_rows=np.zeros((rows, 2), dtype=np.int64),
        panel_skills=np.zeros((rows, fields)),
        settings=fresh(SETTING, settings),
        measures=fresh(MEASURE, measures),
        triggers=fresh(TRIGGER, triggers),
        sector=sector,
        outcome_values=number_table(sector, len(SECTOR)),
        trigger_panel=np.zeros((quarters, triggers), dtype=np.int64),
        community_panel=untouched(COMMUNITY, quarters, communities),
        unmet_panel=np.zeros((quarters, communities, fields)),
        government_panel=untouched(GOVERNMENT, quarters, governments),
        association_panel=untouched(ASSOCIATION, quarters, associations),
        institution_panel=untouched(INSTITUTION, quarters, institutions),
        city_panel=untouched(CITY, quarters, cities),
        assessors=fresh(ASSESSOR, cities),
    )


def grown(world: World, needed: dict[str, int]) -> World:
    """The same world with room for at least so many more records of each growing kind.

    Parameters
    ----------
    world : World
        State that is to go on.
    needed : dict of str to int
        Counter name -> records that the next quarter may add.
    """
    arrays = world._asdict()
    done, quarters = int(world.clock[0].quarter), len(world.sector)
    for counter, names in GROWING.items():
        used = int(world.clock[0][counter])
        wanted = used + needed.get(counter, 0)
        # An array that moves is there twice for that moment, and the later it moves, the more there is of it.  So
        # it gets room for the rest of the run at twice the pace so far; what is never used takes no memory.
        ahead = 2 * used * min(quarters - done, done) // max(done, 1)
        for name in names:
            array = arrays[name]
            if len(array) < wanted:
                length = max(wanted + ahead, len(array) + len(array) // 2)
                longer = np.zeros((length, *array.shape[1:]), dtype=array.dtype)
                as_bytes(longer)[:used] = as_bytes(array)[:used]
                arrays[name] = longer.view(np.recarray) if array.dtype.names else longer
    return World(**arrays)
