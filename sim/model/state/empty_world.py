"""Empty world: its arrays before anything is written into them."""

from __future__ import annotations

import numpy as np

from sim.declarations.accounts import EXTERNAL, FLOW, OUTSIDE
from sim.declarations.events_and_causes import EVENT
from sim.declarations.income_sources import Source
from sim.declarations.sector_outcomes import SECTOR
from sim.engine.struct_arrays import Layout, number_table
from sim.model.state.agency_fields import AGENCY
from sim.model.state.assessor_fields import ASSESSOR
from sim.model.state.community_fields import COMMUNITY, NEED, PRESENCE, TIE
from sim.model.state.contract_fields import BID, BID_RECORD, CONTRACT
from sim.model.state.government_fields import GOVERNMENT, LEVERS
from sim.model.state.institution_fields import INSTITUTION
from sim.model.state.other_organisation_fields import ASSOCIATION, CITY, COLLEGE, DONORS, SPONSOR
from sim.model.state.policy_fields import MEASURE, SETTING, TRIGGER
from sim.model.state.world import CLOCK, RULES, World

LAYOUTS = {
    "agency": Layout(AGENCY),
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
    "rules": Layout(RULES),
    "sector": Layout(SECTOR),
    "setting": Layout(SETTING),
    "sponsor": Layout(SPONSOR),
    "tie": Layout(TIE),
    "trigger": Layout(TRIGGER),
}
"""Record types of all kinds."""


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
    branches: int,
    settings: int,
    measures: int,
    triggers: int,
    quarters: int,
) -> World:
    """Arrays of fresh records for so many of each kind.

    Records that rules write in full before anything reads them (growing arrays and series) are left untouched: most
    of a world is unused, and writing zeros into it would take longer than everything else about a compiled scenario.

    Parameters
    ----------
    cities, governments, associations, colleges, sponsors, institutions, communities, fields, agencies, branches : int
        How many of each.
    settings, measures, triggers : int
        Levers that policies touch, what entries do to them, and conditions that some wait for.
    quarters : int
        Length of a run.
    """
    space = max(256, 2 * agencies)
    rows = max(8_192, 2 * space)
    records = LAYOUTS["government"].fresh(governments)
    sector = LAYOUTS["sector"].untouched(quarters)
    return World(
        clock=LAYOUTS["clock"].fresh(1),
        rules=LAYOUTS["rules"].fresh(1),
        cities=LAYOUTS["city"].fresh(cities),
        governments=records,
        associations=LAYOUTS["association"].fresh(associations),
        colleges=LAYOUTS["college"].fresh(colleges),
        sponsors=LAYOUTS["sponsor"].fresh(sponsors),
        donors=LAYOUTS["donors"].fresh(cities),
        institutions=LAYOUTS["institution"].fresh(institutions),
        communities=LAYOUTS["community"].fresh(communities),
        needs=LAYOUTS["need"].fresh(communities, fields),
        fields=np.zeros((fields, 2)),
        split=np.zeros((governments, fields)),
        active=np.zeros((governments, fields)),
        unplaced=np.zeros((governments, fields), np.int64),
        peer_skills=np.zeros((associations, fields)),
        lever_values=number_table(records, len(LEVERS)),
        members=np.zeros(space, dtype=np.int64),
        agencies=LAYOUTS["agency"].untouched(space),
        contracts=LAYOUTS["contract"].untouched(16 * space),
        ties=LAYOUTS["tie"].untouched(4 * space + branches),
        presences=LAYOUTS["presence"].untouched(4 * space),
        bids=LAYOUTS["bid"].untouched(8 * space),
        bid_records=LAYOUTS["bid_record"].untouched(16 * space),
        blank_agency=LAYOUTS["agency"].fresh(1),
        blank_contract=LAYOUTS["contract"].fresh(1),
        skills=np.zeros((space, fields)),
        practice=np.zeros((space, fields)),
        incomes=np.zeros((space, 4, len(Source)), dtype=np.int64),
        externals=LAYOUTS["external"].fresh(OUTSIDE),
        flows=LAYOUTS["flow"].untouched(max(65_536, 24 * space)),
        events=LAYOUTS["event"].untouched(16 * space),
        panel=LAYOUTS["agency"].untouched(rows),
        panel_rows=np.empty((rows, 2), dtype=np.int64),
        panel_skills=np.empty((rows, fields)),
        settings=LAYOUTS["setting"].fresh(settings),
        measures=LAYOUTS["measure"].fresh(measures),
        triggers=LAYOUTS["trigger"].fresh(triggers),
        sector=sector,
        outcome_values=number_table(sector, len(SECTOR)),
        trigger_panel=np.empty((quarters, triggers), dtype=np.int64),
        community_panel=LAYOUTS["community"].untouched(quarters, communities),
        unmet_panel=np.empty((quarters, communities, fields)),
        government_panel=LAYOUTS["government"].untouched(quarters, governments),
        association_panel=LAYOUTS["association"].untouched(quarters, associations),
        institution_panel=LAYOUTS["institution"].untouched(quarters, institutions),
        city_panel=LAYOUTS["city"].untouched(quarters, cities),
        assessors=LAYOUTS["assessor"].fresh(cities),
    )
