"""World: the state of a run, a named tuple of record arrays that compiled rules read and write.

Arrays that can run full (agencies, contracts, ledger, ...) begin small and grow between quarters (`array_growth`);
`sim.model.quarter` asks for more room before a quarter that might need it, so no limit is ever met.
"""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import numpy.typing as npt

from sim.declarations.sector_outcomes import SECTOR
from sim.engine.fields import Field, Rows
from sim.engine.struct_arrays import as_bytes, number_table
from sim.model.state.government_fields import LEVERS
from sim.scenario.parameters.parameter_spec import parameters_of
from sim.scenario.parameters.rule_parameters import Rules

if TYPE_CHECKING:
    from sim.model.state.row_types import (
        AgencyDrawsRow,
        AgencyRow,
        AssessorRow,
        AssociationRow,
        BidRecordRow,
        BidRow,
        CityRow,
        ClockRow,
        CollegeRow,
        CommunityRow,
        ContractRow,
        DonorsRow,
        EventRow,
        ExternalRow,
        FlowRow,
        GovernmentRow,
        InstitutionRow,
        MeasureRow,
        NeedRow,
        PresenceRow,
        RefusedFounderRow,
        RulesRow,
        SectorRow,
        SettingRow,
        SponsorRow,
        TieRow,
        TriggerRow,
    )

Numbers = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]

RULES = tuple(Field(leaf.name, "f8", leaf.unit, leaf.info.description or "") for leaf in parameters_of(Rules))

CLOCK = (
    # Not in the order of RANDOM_KEY: numba takes a record that begins like another for a kind of it, and warns.
    Field("quarter", "i8", "quarter", "Quarter now, counted from the start."),
    Field("season", "i8", "", "Quarter of the year, 0 to 3."),
    Field("seed", "u8", "", "Seed of the run."),
    Field("noise_scale", "f8", "0-1", "Width of every draw."),
    Field("detailed", "?", "", "Whether the ledger and the panels are kept.", start=1),
    Field("first_season", "i8", "", "Quarter of the year in which the run begins."),
    Field("agencies", "i8", "records", "Agencies so far, closed ones included."),
    Field("contracts", "i8", "records", "Contracts so far."),
    Field("ties", "i8", "records", "Ties so far."),
    Field("presences", "i8", "records", "Presences so far, freed ones included."),
    Field("free_presence", "i8", "", "First freed presence; -1 for none.", start=-1),
    Field("refused", "i8", "records", "Refused founders so far, freed ones included."),
    Field("free_refused", "i8", "", "First freed record of refused founders; -1 for none.", start=-1),
    Field("bids", "i8", "records", "Bids of this quarter."),
    Field("bid_records", "i8", "records", "Bids kept so far."),
    Field("flows", "i8", "records", "Flows so far."),
    Field("events", "i8", "records", "Events so far."),
    Field("panel", "i8", "records", "Rows of the agency panel so far."),
    Field("first_lot", "i8", "", "First contract record of this quarter.", table=False),
    Field("running", "i8", "contracts", "Running contracts."),
    Field("open", "i8", "contracts", "Contracts that run or are not yet paid in full."),
    Field("full_array", "i8", "", "Growing array that was full when the run stopped; -1 for none.", start=-1),
    Field("full_code", "i8", "", "What the row or transfer was about that stopped the run; -1 for nothing.", start=-1),
)


class World(NamedTuple):
    """Everything that a run knows, as arrays.

    Attributes
    ----------
    clock, rules : recarray, shape (1,)
        Time, counters and random key; behavioural parameters.
    cities, governments, associations, colleges, sponsors, donors, institutions, communities : recarray
        One record each; governments hold the cities' first, then the districts'.
    needs : recarray, shape (communities, fields)
        Need by community and field.
    fields : float array, shape (fields, 2)
        Hours of need per resident and quarter, and share of paying clients.
    split, active : float arrays, shape (governments, fields)
        Share of the budget by field, and yearly value of running contracts by field in fen.
    plan : float array, shape (governments, fields)
        Share of the budget by field that the government plans of its own accord, the same for the whole run.
    unplaced : int array, shape (governments, fields)
        Lots opened this quarter for which bidders propose the community.
    peer_skills : float array, shape (associations, fields)
        Mean skill of an association's members by field, noted each quarter before they learn from each other.
    lever_values : float array, shape (governments, levers)
        The levers inside `governments`, as a table that shares their memory.
    members : int array, shape (agencies,)
        Active agencies, city by city (`sim.model.rules.shared.active_agencies.index_active_agencies`).
    agencies, contracts, ties, presences, refused, bids : recarray
        Growing arrays; `clock` says how many records are in use.
    bid_records : recarray
        Every bid of the run, where details are kept.
    agency_draws : recarray, shape (agencies of the scenario,)
        Medians and spreads of what is drawn when they begin.
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
    growth_panel : float array, shape (quarters, governments, rates)
        Growth of budgets and of prices in force, by quarter.
    community_panel, unmet_panel : arrays, shapes (quarters, communities[, fields])
        Communities' records and unmet need by quarter.
    split_panel : float array, shape (quarters, governments, fields)
        Share of each budget by field, by quarter.
    government_panel, association_panel, institution_panel, city_panel : recarray, shapes (quarters, kind)
        Records by quarter.
    assessors : recarray, shape (cities,)
        Third-party assessors, a body for each city.
    """

    clock: Rows[ClockRow]
    rules: Rows[RulesRow]
    cities: Rows[CityRow]
    governments: Rows[GovernmentRow]
    associations: Rows[AssociationRow]
    colleges: Rows[CollegeRow]
    sponsors: Rows[SponsorRow]
    donors: Rows[DonorsRow]
    institutions: Rows[InstitutionRow]
    communities: Rows[CommunityRow]
    needs: Rows[NeedRow]
    fields: Numbers
    split: Numbers
    plan: Numbers
    active: Numbers
    unplaced: Integers
    peer_skills: Numbers
    lever_values: Numbers
    members: Integers
    agencies: Rows[AgencyRow]
    contracts: Rows[ContractRow]
    ties: Rows[TieRow]
    presences: Rows[PresenceRow]
    refused: Rows[RefusedFounderRow]
    bids: Rows[BidRow]
    bid_records: Rows[BidRecordRow]
    agency_draws: Rows[AgencyDrawsRow]
    blank_agency: Rows[AgencyRow]
    blank_contract: Rows[ContractRow]
    skills: Numbers
    practice: Numbers
    incomes: Integers
    externals: Rows[ExternalRow]
    flows: Rows[FlowRow]
    events: Rows[EventRow]
    panel: Rows[AgencyRow]
    panel_rows: Integers
    panel_skills: Numbers
    settings: Rows[SettingRow]
    measures: Rows[MeasureRow]
    triggers: Rows[TriggerRow]
    sector: Rows[SectorRow]
    outcome_values: Numbers
    trigger_panel: Integers
    growth_panel: Numbers
    community_panel: Rows[CommunityRow]
    unmet_panel: Numbers
    split_panel: Numbers
    government_panel: Rows[GovernmentRow]
    association_panel: Rows[AssociationRow]
    institution_panel: Rows[InstitutionRow]
    city_panel: Rows[CityRow]
    assessors: Rows[AssessorRow]

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
        clock = self.clock[0]
        used = {name: int(getattr(clock, array.counter)) for array, names in GROWING.items() for name in names}
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
        return with_views(arrays)

    def __repr__(self) -> str:
        clock = self.clock[0]
        return f"<World: quarter {clock.quarter}, agencies {clock.agencies}, contracts {clock.contracts}>"

    def __deepcopy__(self, memo: dict[int, Any]) -> World:
        """Copy the arrays, and let the views share their memory again."""
        return memo.setdefault(id(self), self.copied())

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle the arrays without the views, which share the memory of others."""
        return with_views, ({name: array for name, array in self._asdict().items() if name not in VIEWS},)


def with_views(arrays: dict[str, Any]) -> World:
    """A world of these arrays, with the views that share their memory."""
    arrays["lever_values"] = number_table(arrays["governments"], len(LEVERS))
    arrays["outcome_values"] = number_table(arrays["sector"], len(SECTOR))
    return World(**arrays)


class GrowingArray(IntEnum):
    """Arrays to which rules add rows; the clock counts the rows in use under the member's name in lower case."""

    AGENCIES = 0
    CONTRACTS = 1
    TIES = 2
    PRESENCES = 3
    BIDS = 4
    FLOWS = 5
    EVENTS = 6
    PANEL = 7
    BID_RECORDS = 8
    REFUSED = 9

    @property
    def counter(self) -> str:
        """Field of the clock that counts the rows in use."""
        return self.name.lower()


GROWING_ARRAYS = len(GrowingArray)
"""Number of growing arrays."""

GROWING = {
    GrowingArray.AGENCIES: ("agencies", "members", "skills", "practice", "incomes"),
    GrowingArray.CONTRACTS: ("contracts",),
    GrowingArray.TIES: ("ties",),
    GrowingArray.PRESENCES: ("presences",),
    GrowingArray.BIDS: ("bids",),
    GrowingArray.FLOWS: ("flows",),
    GrowingArray.EVENTS: ("events",),
    GrowingArray.PANEL: ("panel", "panel_rows", "panel_skills"),
    GrowingArray.BID_RECORDS: ("bid_records",),
    GrowingArray.REFUSED: ("refused",),
}
"""Growing array -> the arrays of a world that grow together, the one that gives it its name first."""

SERIES = (
    "sector",
    "trigger_panel",
    "growth_panel",
    "community_panel",
    "unmet_panel",
    "split_panel",
    "government_panel",
    "association_panel",
    "institution_panel",
    "city_panel",
)
"""Arrays that get a row each quarter."""

VIEWS = ("lever_values", "outcome_values")
"""Arrays that share the memory of others."""
