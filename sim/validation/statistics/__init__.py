"""Validation statistics: what patterns can be measured by; importing the package declares all of them.

Each is general and takes what it is about as arguments, so that a pattern of one's own needs no code.
"""

from sim.validation.statistics import (
    agency_averages,
    agency_correlations,
    agency_endings,
    agency_entrants,
    community_presence,
    contract_competition,
    income_dynamics,
    outcome_series,
    ratios_of_sums,
    winning_bids,
    world_differences,
)

__all__ = [
    "agency_averages",
    "agency_correlations",
    "agency_endings",
    "agency_entrants",
    "community_presence",
    "contract_competition",
    "income_dynamics",
    "outcome_series",
    "ratios_of_sums",
    "winning_bids",
    "world_differences",
]
