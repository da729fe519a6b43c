"""Room for a run: fresh arrays for so many of each kind, and longer ones for those that might run full."""

from __future__ import annotations

import numpy as np

from sim.agents.agency import AGENCY, Source
from sim.agents.assessor import ASSESSOR
from sim.agents.community import COMMUNITY, NEED, PRESENCE, TIE
from sim.agents.government import GOVERNMENT, LEVERS
from sim.agents.institution import INSTITUTION
from sim.agents.others import ASSOCIATION, CITY, COLLEGE, DONORS, SPONSOR
from sim.events import EVENT
from sim.money import EXTERNAL, FLOW
from sim.outcomes import SECTOR
from sim.procurement.contract import BID, CONTRACT
from sim.records import as_bytes, fresh, number_table, untouched
from sim.timeline import MEASURE, SETTING, TRIGGER
from sim.world import CLOCK, GROWING, RULES, World


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
