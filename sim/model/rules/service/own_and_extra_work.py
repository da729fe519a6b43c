"""Own and extra work: hours of an agency's own design, and hours beyond the promise, paid from contracts' surplus."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.declarations.state_codes import Status
from sim.engine.compilation import rule
from sim.model.rules.service.serving_communities import serve_community, serve_contract
from sim.model.rules.shared.agency_capacity_and_unit_cost import hours_per_person, hours_served
from sim.model.rules.shared.relations_and_presence import ensure_presence
from sim.model.rules.shared.unmet_need import unmet_hours_in_field

if TYPE_CHECKING:
    from sim.model.state.row_types import AgencyRow
    from sim.model.state.world import World


@rule
def hours_for_contracts(world: World, agency: AgencyRow) -> float:
    """Hours of staff that contracts can take: all but those of own posts that are there beside what contracts planned.

    Else own people would do what lean bids left out, and own money would buy contracts.
    """
    beside = max(agency.hours - agency.planned, 0.0)
    return agency.hours - min(agency.own_posts * hours_per_person(world, agency), beside)


@rule
def hours_beside_contracts(world: World, agency: AgencyRow) -> float:
    """Hours that neither contracts nor commissions take; overtime for contracts takes none of them."""
    taken = min(agency.delivered, hours_for_contracts(world, agency))
    return max(agency.hours - taken - agency.commission_hours, 0.0)


@rule
def serve_extra_hours(world: World, a: int, fade: float) -> None:
    """Give the hours of extra posts to running contracts, by promised hours; they do not count towards the promise.

    Parameters
    ----------
    a : int
        Index of the agency.
    fade : float
        Share of need that returns in a quarter.
    """
    agency = world.agencies[a]
    if agency.extra_posts <= 0 or agency.promised <= 0:
        return
    free = hours_beside_contracts(world, agency)
    agency.extra_hours = min(agency.extra_posts * hours_per_person(world, agency), free)
    k = agency.first_contract
    while k >= 0:
        contract = world.contracts[k]
        if contract.status == Status.RUNNING:
            hours = agency.extra_hours * (contract.promised_hours / agency.promised)
            share = agency.mission + agency.compliance * (contract.development - agency.mission)
            serve_contract(world, a, contract, hours, share, fade)
            contract.quarter_hours += hours
            agency.hours_off_mission += hours * abs(share - agency.founding_mission)
        k = contract.next_of_agency


@rule
def hours_of_own_work(world: World, agency: AgencyRow) -> float:
    """Hours for work of one's own design: those of own posts in full, and part of those that are otherwise free.

    Contracts and commissions come first: who is short of people cuts own work.  Hours that named staff do not give to
    contracts are free.
    """
    free = max(hours_beside_contracts(world, agency) - agency.extra_hours, 0.0)
    funded = min(agency.own_posts * hours_per_person(world, agency), free)
    return funded + world.rules[0].delivery_own_work * (free - funded)


@rule
def serve_own_projects(world: World, a: int, fade: float) -> None:
    """Put own hours into the main field, at home and where contracts run, by the hours that are unmet there.

    Parameters
    ----------
    a : int
        Index of the agency.
    fade : float
        Share of need that returns in a quarter.
    """
    agency = world.agencies[a]
    agency.own_hours = hours_of_own_work(world, agency)
    if agency.own_hours > 0:
        f = agency.field
        missing = unmet_hours_in_field(world, agency.community, f)
        total = missing
        k = agency.first_contract
        while k >= 0:
            if serves_another_community(world, agency, k):
                total += unmet_hours_in_field(world, world.contracts[k].community, f)
            k = world.contracts[k].next_of_agency
        hours = agency.own_hours / total if total > 0 else 0.0
        at_home = hours * missing if total > 0 else agency.own_hours
        ensure_presence(world, a, agency.community)
        serve_community(world, a, agency.community, f, at_home, agency.mission, fade)
        k = agency.first_contract if total > 0 else -1
        while k >= 0:
            c = world.contracts[k].community
            if serves_another_community(world, agency, k):
                serve_community(world, a, c, f, hours * unmet_hours_in_field(world, c, f), agency.mission, fade)
            k = world.contracts[k].next_of_agency
    agency.hours_off_mission += agency.own_hours * abs(agency.mission - agency.founding_mission)


@rule
def serves_another_community(world: World, agency: AgencyRow, k: int) -> bool:
    """Whether a running contract is the first of the agency's that serves its community, which is not its home."""
    contract = world.contracts[k]
    if contract.status != Status.RUNNING or contract.community == agency.community:
        return False
    earlier = agency.first_contract
    while earlier != k:
        other = world.contracts[earlier]
        if other.status == Status.RUNNING and other.community == contract.community:
            return False
        earlier = other.next_of_agency
    return True


@rule
def judgement_of_quarter(agency: AgencyRow) -> float:
    """How near the hours of a quarter were to the agency's mission at founding; not a number without any."""
    served = hours_served(agency)
    return 1.0 - agency.hours_off_mission / served if served > 0 else np.nan
