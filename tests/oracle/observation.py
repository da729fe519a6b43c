"""Observation: the outcomes of the sector, computed as plain sums, once a quarter."""

from __future__ import annotations

from math import exp, nan
from typing import TYPE_CHECKING

from sim.declarations.state_codes import Route, Status
from tests.oracle.agency_observation import (
    FEN,
    count_agencies,
    mean,
    share,
    watch_channels,
    watch_income,
    watch_lending,
    watch_measures,
    watch_owners,
    watch_people,
    watch_reserves,
    watch_service,
)
from tests.oracle.community import mean_unmet
from tests.oracle.ordered_sums import add_up

if TYPE_CHECKING:
    from tests.oracle.government import Government
    from tests.oracle.oracle_model import Sector


def observe(model: Sector) -> None:
    """Compute the outcomes once, at the end of a quarter; money in CNY."""
    working = model.agencies_at_work
    for community in model.communities:
        community.unmet = mean_unmet(community)
    running = sum(one.running for one in (*model.governments, *model.institutions))
    model.outcomes.append(
        {
            **count_agencies(model, working),
            **watch_people(model, working),
            **watch_service(working),
            **watch_channels(working),
            **watch_income(model, working, running),
            **watch_measures(working),
            **watch_reserves(working),
            **watch_lending(model, working),
            **watch_owners(model, working),
            **watch_budgets(model),
            **watch_calls(model),
            **watch_surroundings(model),
            **watch_assessment(model),
            **watch_communities(model),
        }
    )


def watch_budgets(model: Sector) -> dict[str, float]:
    """What purchasers have, call, award, hold and pay."""
    buyers = [*model.governments, *model.institutions]
    names = ("called", "awarded", "running", "paid", "lapsed")
    found = {name: sum(getattr(one, name) for one in buyers) / FEN for name in names}
    return found | {
        "budget": sum(government.budget for government in model.governments) / FEN,
        "institutions_running": sum(one.running for one in model.institutions) / FEN,
        "institutions_paid": sum(one.paid for one in model.institutions) / FEN,
        "commissions": sum(one.commissions_paid for one in model.institutions) / FEN,
        "grants_core": sum(government.core_grants for government in model.governments) / FEN,
        "grants_incubation": sum(government.incubation_grants for government in model.governments) / FEN,
        "grants_matching": sum(government.matching_grants for government in model.governments) / FEN,
        "direct_staff": sum(government.direct_staff for government in model.governments),
        "purchasers_reorganised": sum(government.is_reorganised for government in model.governments),
        "co_payments": sum(city.government.co_payments for city in model.cities) / FEN,
    }


def watch_calls(model: Sector) -> dict[str, float]:
    """Bids on what was called this quarter, and who won."""
    lots = [one for one in model.contracts if one.called == model.quarter and one.route != Route.RENEWAL]
    won = [lot for lot in lots if lot.agency is not None and lot.status in (Status.RUNNING, Status.BROKEN)]
    held = [lot for lot in won if lot.incumbent is not None]
    return {
        "bidders": mean([lot.bidders for lot in lots]),
        "incumbent_wins": mean([lot.incumbent is lot.agency for lot in held]),
        "price_to_ceiling": mean([lot.price / lot.ceiling for lot in won]),
        "promised_to_asked": mean([lot.promised_hours / lot.minimum_hours for lot in won]),
        "won_under_cost": mean([lot.price < lot.cost_estimate for lot in won]),
        "belief_gap": share(
            add_up(government.belief_gap for government in model.governments),
            sum(government.bids_awarded for government in model.governments),
        ),
    }


def watch_surroundings(model: Sector) -> dict[str, float]:
    """Associations, donors, labour markets and the economy."""
    fund = sum(city.government.paid for city in model.cities)
    through = sum(association.fees + association.passed_on for association in model.associations)
    return {
        "fund_via_associations": through / fund if fund else nan,
        "association_fees": sum(association.fees for association in model.associations) / FEN,
        "association_support": sum(association.support for association in model.associations) / FEN,
        "donations": sum(donors.given for donors in model.donors) / FEN,
        "graduates_entering": sum(city.graduates_entering for city in model.cities),
        "seekers": sum(sum(city.seekers) for city in model.cities),
        "purchasing_cities": sum(city.buys(model.quarter) for city in model.cities),
        "licence_holders": sum(agency.licensed for agency in model.agencies_at_work)
        + sum(government.workers[1] for government in model.governments)
        + sum(city.seekers[1] + city.outside[1] + city.other_holders for city in model.cities),
        "economy": mean([exp(city.economy) for city in model.cities]),
    }


def watch_assessment(model: Sector) -> dict[str, float]:
    """Grades and their consequences."""
    now = model.quarter
    lately = range(now - 3, now + 1)
    ended = sum(one.ended_in.get(quarter, 0) for one in model.assessors for quarter in lately)
    covered = sum(one.covered_in.get(quarter, 0) for one in model.assessors for quarter in lately)
    graded = sum(government.graded for government in model.governments)
    return {
        "assessed": graded,
        "found_missing": share(sum(government.found_missing for government in model.governments), graded),
        "grade": share(add_up(government.grades for government in model.governments), graded),
        "withheld": sum(government.withheld for government in model.governments) / FEN,
        "third_party_coverage": share(covered, ended),
        "assessment_backlog": sum(one.backlog for one in model.assessors),
        "assessment_missed": sum(one.missed for one in model.assessors),
        "assessment_fees": sum(one.fees for one in model.assessors) / FEN,
        "handovers": sum(government.handovers for government in model.governments),
    }


def watch_communities(model: Sector) -> dict[str, float]:
    """Need, strength and service in communities, and how far budgets are from need."""
    places = model.communities
    served = [community for community in places if community.hours > 0]
    disruptions = sum(community.disruptions for community in places)
    found = {
        "unmet_need": share(add_up(one.unmet * one.load for one in places), add_up(one.load for one in places)),
        "strength": share(add_up(one.strength * one.residents for one in places), sum(one.residents for one in places)),
        "community_continuity": mean([community.continuity for community in served]),
        "unbroken_years": mean([community.unbroken_years for community in served]),
        "communities_served": len(served) / len(places),
        "worst_unmet": max(unmet_in_field(model, f) for f in range(len(model.fields))),
        "disruptions": disruptions - model.disruptions_before,
        "budget_need_gap": share(
            add_up(one.budget * gap_to_need(model, one) for one in model.governments if one.budget > 0),
            sum(one.budget for one in model.governments if one.budget > 0),
        ),
    }
    model.disruptions_before = disruptions
    return found


def unmet_in_field(model: Sector, field: int) -> float:
    """Unmet need in a field, over all communities."""
    needs = [community.needs[field] for community in model.communities]
    return share(add_up(need.hours for need in needs), add_up(need.load for need in needs))


def gap_to_need(model: Sector, government: Government) -> float:
    """Half the sum of what the split of a budget and the split of unmet hours differ by."""
    fields = range(len(model.fields))
    hours = [add_up(community.needs[f].hours for community in government.communities) for f in fields]
    total = add_up(hours)
    wanted = [one / total if total > 0 else 1.0 / len(hours) for one in hours]
    return 0.5 * add_up(abs(has - wants) for has, wants in zip(government.split, wanted, strict=True))
