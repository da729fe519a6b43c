"""Country outcomes: what ministries count, and how many cities buy services."""

from __future__ import annotations

from sim.declarations.outcome_type import Outcome, declare_outcome

COUNTRY: tuple[Outcome, ...] = (
    declare_outcome(
        "nonprofits_on_register",
        "agencies",
        "Registered nonprofits, dormant ones included, as the register counts them.",
        "count of what passes as a nonprofit of registered form, active or dormant",
    ),
    declare_outcome("purchasing_cities", "cities", "Cities that buy services.", "count of cities that have begun"),
    declare_outcome(
        "licence_holders",
        "persons",
        "Licence holders, in the sector and outside it.",
        "staff of active agencies and of governments, seekers, people outside, and those with other work",
    ),
)
"""Outcomes that the table of the sector has last."""
