"""Service and labour outcomes: knowledge of clients, effect of an hour, diversion, supervisors, pay, open posts."""

from __future__ import annotations

from sim.declarations.outcome_type import Outcome, declare_flow, declare_outcome

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
    declare_flow(
        "diverted_hours", "hours", "Promised hours in which named staff did other work.", "sum over active nonprofits"
    ),
    declare_outcome(
        "found_missing",
        "share",
        "Assessed contract years in which hours were found missing.",
        "contracts graded this quarter in which hours were found missing, over all that were graded",
    ),
    declare_outcome("supervisors", "persons", "Supervisors on the staff.", "sum over active agencies"),
    declare_outcome("mean_pay", "CNY/month", "Mean pay, supervisors' premium included.", "mean over staff"),
    declare_outcome(
        "unfilled_posts", "share", "Vacancies that stay open.", "posts that stayed open this quarter over vacancies"
    ),
)
"""Outcomes that the table of the sector has after the others."""
