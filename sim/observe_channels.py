"""Observation of channels: institutions, commissions, grants, direct hiring, and the way of the fund's money."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.agents.government import Level
from sim.declare import Record
from sim.distributions import FEN, ratio
from sim.rule import rule

if TYPE_CHECKING:
    from sim.world import World


@rule
def watch_channels(world: World, row: Record) -> None:
    """Sum up what went other ways than through governments' own contracts."""
    row.institutions_running = 0.0
    row.institutions_paid = 0.0
    row.commissions = 0.0
    for institution in world.institutions:
        row.institutions_running += institution.running / FEN
        row.institutions_paid += institution.paid / FEN
        row.commissions += institution.commissioned / FEN
    row.grants_core = 0.0
    row.grants_incubation = 0.0
    row.grants_matching = 0.0
    row.direct_staff = 0.0
    fund = 0.0
    for government in world.governments:
        row.grants_core += government.core_grants / FEN
        row.grants_incubation += government.incubation_grants / FEN
        row.grants_matching += government.matching_grants / FEN
        row.direct_staff += government.direct_staff
        fund += government.paid / FEN if government.level == Level.CITY else 0.0
    passed = 0.0
    for association in world.associations:
        passed += (association.fees + association.passed_on) / FEN
    row.fund_through_associations = ratio(passed, fund)
