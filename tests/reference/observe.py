"""Observation: a few outcomes of the sector, in plain sums, for the tests to compare."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.scenario.choices import Kind
from tests.reference.community import mean_unmet
from tests.reference.sums import add_up

if TYPE_CHECKING:
    from tests.reference.model import Sector

FEN = 100


def observe(model: Sector) -> None:
    """Watch the sector, once, at the end of a quarter; money in CNY."""
    working = model.agencies_at_work
    for community in model.communities:
        community.unmet = mean_unmet(community)
    hours = add_up(community.load for community in model.communities)
    model.outcomes.append(
        {
            "agencies": len(working),
            "agencies_for_profit": sum(agency.kind == Kind.FOR_PROFIT for agency in working),
            "budget": sum(government.budget for government in model.governments) / FEN,
            "running": sum(government.running for government in model.governments) / FEN,
            "paid": sum(government.paid for government in model.governments) / FEN,
            "staff": sum(agency.staff for agency in working),
            "hired": sum(agency.hired for agency in working),
            "promised_hours": add_up(agency.promised for agency in working),
            "delivered_hours": add_up(agency.delivered for agency in working),
            "effective_hours": add_up(agency.effective for agency in working),
            "overdue_income": sum(agency.overdue_income for agency in working) / FEN,
            "overdue_wages": sum(agency.overdue_wages for agency in working) / FEN,
            "association_fees": sum(association.fees for association in model.associations) / FEN,
            "moves": sum(
                a.lost_to_agency for a in model.agencies if a.active or model.quarter in (a.closed, a.dormant_since)
            ),
            "dormant": sum(city.dormant for city in model.cities),
            "placements": add_up(agency.placements for agency in working),
            "seekers": sum(sum(city.seekers) for city in model.cities),
            "unmet_need": add_up(community.unmet * community.load for community in model.communities) / hours,
        }
    )
