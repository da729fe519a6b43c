"""Service and labour outcomes: knowledge of clients, what an hour of service does, supervisors."""

from __future__ import annotations

from sim.declarations.outcome_type import Outcome, declare_outcome

SERVICE_AND_LABOUR: tuple[Outcome, ...] = (
    declare_outcome(
        "client_knowledge",
        "share",
        "Hours by people who know the clients.",
        "hours by people who know the clients over hours that served clients",
    ),
    declare_outcome(
        "effective_per_hour", "ratio", "What an hour of service does.", "effective hours over hours of service"
    ),
    declare_outcome("supervisors", "persons", "Supervisors on the staff.", "sum over active agencies"),
)
"""Outcomes that the table of the sector has after the others."""
