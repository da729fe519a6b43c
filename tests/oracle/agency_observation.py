"""Outcomes of agencies: how many of which kind, their people, service, income and measures."""

from __future__ import annotations

from math import floor, isnan, nan
from typing import TYPE_CHECKING

from sim.declarations.choices import Form, Kind, Origin
from sim.declarations.events_and_causes import Cause
from sim.declarations.income_sources import Source
from sim.declarations.state_codes import Quadrant
from tests.oracle.guise import looks_like_nonprofit
from tests.oracle.ordered_sums import add_up

if TYPE_CHECKING:
    from tests.oracle.agency import Agency
    from tests.oracle.oracle_model import Sector

FEN = 100
"""Fen in a CNY."""

PARTS = (
    "governance", "time", "voice", "heard", "agreement", "stability", "retention", "contract_cover", "continuity",
)  # fmt: skip
"""Parts of the measures, and what is reported beside them."""

QUADRANTS = {
    "ia": Quadrant.INDEPENDENT_AUTONOMOUS,
    "da": Quadrant.DEPENDENT_AUTONOMOUS,
    "it": Quadrant.INDEPENDENT_TIED,
    "dt": Quadrant.DEPENDENT_TIED,
}


def mean(values: list[float]) -> float:
    """Mean; undefined where there is nothing to measure."""
    return add_up(values) / len(values) if values else nan


def share(part: float, whole: float) -> float:
    """Part of a whole; not a number where there is no whole."""
    return part / whole if whole > 0 else nan


def served(agency: Agency) -> float:
    """Hours under contract, beyond the promise, and of its own design."""
    return agency.delivered + agency.extra_hours + agency.own_hours


def quantile(values: list[float], place: float) -> float:
    """Value at a share of the way through the ordered values, linear between neighbours."""
    if not values:
        return nan
    ordered = sorted(values)
    where = place * (len(ordered) - 1)
    low = floor(where)
    above = ordered[min(low + 1, len(ordered) - 1)]
    return ordered[low] + (where - low) * (above - ordered[low])


def count_agencies(model: Sector, working: list[Agency]) -> dict[str, float]:
    """Agencies by kind, form and origin, and those founded, closed, become dormant or revived this quarter."""
    now, given = model.quarter, model.given_agencies
    kinds = [agency.kind for agency in working]
    forms = [agency.form for agency in working]
    origins = [agency.origin for agency in working]
    founded = [agency for agency in model.agencies if agency.founded == now and (agency.index >= given or now > 0)]
    closed = [agency for agency in model.agencies if agency.closed == now]
    closures = len(closed)
    dormant = sum(city.dormant for city in model.cities)
    listed = [*working, *(agency for city in model.cities for agency in city.asleep)]
    return {
        "agencies": len(working),
        "agencies_nonprofit": kinds.count(Kind.NONPROFIT),
        "agencies_for_profit": kinds.count(Kind.FOR_PROFIT),
        "agencies_registered": forms.count(Form.REGISTERED),
        "nonprofits_on_register": sum(
            agency.form == Form.REGISTERED and looks_like_nonprofit(agency) for agency in listed
        ),
        "agencies_attached": forms.count(Form.ATTACHED),
        "agencies_commercial_form": forms.count(Form.COMMERCIAL),
        "agencies_college": origins.count(Origin.COLLEGE),
        "agencies_spin_off": origins.count(Origin.SPIN_OFF),
        "agencies_converted": origins.count(Origin.CONVERTED),
        "agencies_corporate": origins.count(Origin.CORPORATE),
        "agencies_government": origins.count(Origin.GOVERNMENT),
        "agencies_investor": origins.count(Origin.COMMERCIAL),
        "foundings": len(founded),
        "conversions": sum(agency.origin == Origin.CONVERTED for agency in founded),
        "registrations": sum(agency.registered == now for agency in model.agencies),
        "founders_waiting": sum(city.refused_founders for city in model.cities),
        "closures": closures,
        **count_closures(closed),
        "closure_hazard": share(closures, len(working) + dormant + closures - len(founded)),
        "dormant": dormant,
        "revivals": sum(city.revived for city in model.cities),
        "agencies_barred": sum(agency.barred_until >= now for agency in working),
    }


def count_closures(closed: list[Agency]) -> dict[str, float]:
    """Agencies that closed this quarter, by cause, and those that were large."""
    causes = [agency.closing_cause for agency in closed]
    return {
        "closures_insolvent": causes.count(Cause.INSOLVENT),
        "closures_no_contract": causes.count(Cause.NO_CONTRACT),
        "closures_no_staff": causes.count(Cause.NO_STAFF),
        "closures_low_return": causes.count(Cause.LOW_RETURN),
        "closures_no_successor": causes.count(Cause.NO_SUCCESSOR),
        "closures_for_cause": causes.count(Cause.STRUCK_OFF_FOR_CAUSE),
        "closures_struck_off": causes.count(Cause.STRUCK_OFF),
        "closures_large": sum(agency.staff_at_end >= 10 for agency in closed),
    }


def watch_people(model: Sector, working: list[Agency]) -> dict[str, float]:
    """Staff, how long they have been there, what they earn, and who left for another agency."""
    stopped = [one for one in model.agencies if not one.active and model.quarter in (one.closed, one.dormant_since)]
    staff = sum(agency.staff for agency in working)
    quits = sum(agency.quits for agency in working)
    first_quits = sum(agency.first_year_quits for agency in working)
    paid = add_up(agency.wage * agency.staff for agency in working)
    vacancies = sum(agency.vacancies for agency in working)
    moves = sum(agency.lost_to_agency for agency in [*working, *stopped])
    return {
        "staff": staff,
        "licensed": sum(agency.licensed for agency in working),
        "supervisors": sum(agency.supervisors for agency in working),
        "hired": sum(agency.hired for agency in working),
        "placements": add_up(agency.placements for agency in working),
        "moves": moves,
        "moved_share": share(moves, sum(agency.quits + agency.laid_off for agency in [*working, *stopped])),
        "turnover": 4.0 * share(quits, staff + quits),
        "first_year_turnover": 4.0
        * share(first_quits, sum(agency.staff - agency.settled for agency in working) + first_quits),
        "tenure": share(add_up(agency.tenure for agency in working) / 4.0, staff),
        "wage": share(paid, staff) / FEN,
        "mean_pay": share(add_up(agency.mean_pay() * agency.staff for agency in working), staff) / FEN,
        "unfilled_posts": share(sum(agency.unfilled for agency in working), vacancies),
        "wage_ratio": share(paid, add_up(agency.city.market_wage * agency.staff for agency in working)),
    }


def watch_service(working: list[Agency]) -> dict[str, float]:
    """Hours, what they cost, how good they were, and how far promises were kept."""
    effective = add_up(agency.effective for agency in working)
    found: dict[str, float] = {
        "promised_hours": add_up(agency.promised for agency in working),
        "delivered_hours": add_up(agency.delivered for agency in working),
        "service_hours": add_up(map(served, working)),
        "effective_hours": effective,
        "effective_per_hour": share(effective, add_up(map(served, working))),
        "diverted_hours": add_up(agency.diverted for agency in working),
        "client_knowledge": share(
            add_up(agency.known_hours for agency in working),
            add_up(served(agency) - agency.handover_hours for agency in working),
        ),
        "cost_per_effective_hour": share(sum(agency.cost for agency in working) / FEN, effective),
    }
    for kind, word in ((Kind.NONPROFIT, "nonprofit"), (Kind.FOR_PROFIT, "for_profit")):
        alike = [agency for agency in working if agency.kind == kind]
        promised = add_up(agency.promised for agency in alike)
        found[f"quality_{word}"] = mean([agency.quality for agency in alike if agency.effective > 0])
        found[f"staffing_{word}"] = share(add_up(agency.delivered for agency in alike), promised)
    return found


def watch_channels(working: list[Agency]) -> dict[str, float]:
    """Staffing planned, and who lives on the fund or on districts alone."""
    by_fund = []
    for agency in working:
        income = agency.income_special_fund + agency.income_district_contracts + agency.income_institutions
        if agency.contracts > 0 and income > 0:
            by_fund.append(agency.income_special_fund / income)
    return {
        "planned_staffing": share(
            add_up(agency.planned for agency in working), add_up(agency.committed for agency in working)
        ),
        "fund_alone": mean([part >= 0.95 for part in by_fund]),
        "districts_alone": mean([part <= 0.05 for part in by_fund]),
    }


def watch_income(model: Sector, working: list[Agency], running: int) -> dict[str, float]:
    """Where money came from, how it is spread over payers, sources and agencies, and what is paid late."""
    earning = [agency for agency in working if agency.income_year > 0]
    living = [agency for agency in earning if agency.operating]
    operating = [agency for agency in working if agency.operating]
    income = sum(agency.income_year for agency in earning)
    late = sum(agency.overdue_income for agency in working)
    values = sorted(agency.contract_value for agency in working)
    weighted = sum((2 * i - len(values) - 1) * value for i, value in enumerate(values, start=1))
    top = values[len(values) - (len(values) + 9) // 10 :]
    firms = sum(agency.contract_value for agency in working if agency.kind == Kind.FOR_PROFIT)
    now = model.season
    return {
        "government_share": share(add_up(one.income_year * one.government_share for one in earning), income),
        "government_share_median": quantile([agency.government_share for agency in living], 0.5),
        "concentration": mean([agency.concentration for agency in living]),
        "source_concentration": mean([agency.source_concentration for agency in living]),
        "three_sources": mean([agency.sources >= 3 for agency in operating]),
        "sponsored": mean([agency.sponsor is not None for agency in working]),
        "bidding_effort": mean([add_up(agency.effort[:3]) for agency in working]),
        "fundraising_effort": mean([agency.effort_on(Source.DONATIONS) for agency in working]),
        "sponsorship": sum(agency.incomes[now][Source.SPONSORSHIP] for agency in working) / FEN,
        "fees": sum(agency.incomes[now][Source.FEES] for agency in working) / FEN,
        "overdue_income": late / FEN,
        "agencies_overdue": mean([agency.overdue_income > 0 for agency in working]),
        "overdue_to_purchase": share(late, running),
        "overdue_assessment": share(sum(agency.overdue_assessment for agency in working), late),
        "overdue_wages": sum(agency.overdue_wages for agency in working) / FEN,
        "for_profit_share": share(firms, running),
        "gini": share(weighted, len(values) * sum(values)),
        "top_decile": share(sum(top), sum(values)),
    }


def watch_measures(working: list[Agency]) -> dict[str, float]:
    """Independence, autonomy, sustainability and their parts, over operating agencies."""
    operating = [agency for agency in working if agency.operating]
    found = {f"{part}_mean": mean([getattr(agency, part) for agency in operating]) for part in PARTS}
    found["operating"] = len(operating)
    found["idle_shells"] = len(working) - len(operating)
    months = [agency.reserve_months for agency in operating]
    found |= {f"reserve_months{end}": quantile(months, at) for end, at in (("", 0.5), ("_p10", 0.1), ("_p90", 0.9))}
    found["contract_cover_median"] = quantile([agency.contract_cover for agency in operating], 0.5)
    serving = [agency for agency in operating if served(agency) > 0]
    found["design_mean"] = mean([agency.own_share for agency in serving])
    found["judgement_mean"] = mean([agency.judgement for agency in serving])
    placed = [agency.quadrant for agency in operating if agency.quadrant != Quadrant.UNDEFINED]
    found |= {f"plane_{word}": share(placed.count(quadrant), len(placed)) for word, quadrant in QUADRANTS.items()}
    for word in ("resource_independence", "operational_autonomy"):
        spread = spread_of(word, operating)
        found |= {f"{word}_{ending}": spread[ending] for ending in ("p10", "p50", "p90", "staff", "value")}
    for word in ("independence", "sustainability"):
        spread = spread_of(word, operating)
        found |= {f"{word}_{ending}": spread[ending] for ending in ("mean", "p10", "p90")}
        found |= {f"{word}_median": spread["p50"], f"{word}_weighted": spread["value"]}
    found["sustainability_staff"] = spread_of("sustainability", operating)["staff"]
    return found


def watch_lending(model: Sector, working: list[Agency]) -> dict[str, float]:
    """Advances and bridging loans: given, paid back, outstanding, lost with those who closed this quarter."""
    closed = [agency for agency in model.agencies if agency.closed == model.quarter]
    asleep = [agency for city in model.cities for agency in city.asleep]
    return {
        "advances": sum(agency.support for agency in working) / FEN,
        "advances_repaid": sum(agency.repaid for agency in [*working, *closed, *asleep]) / FEN,
        "advances_lost": sum(agency.advance for agency in closed) / FEN,
        "loans": sum(agency.loan for agency in working) / FEN,
        "loans_lost": sum(agency.loan for agency in closed) / FEN,
    }


def watch_owners(model: Sector, working: list[Agency]) -> dict[str, float]:
    """Owners' money into and out of firms, those that closed this quarter too, and what firms earn lately."""
    touched = [*working, *(agency for agency in model.agencies if agency.closed == model.quarter)]
    income = add_up(city.firm_income for city in model.cities)
    cost = add_up(city.firm_cost for city in model.cities)
    return {
        "owners_money_in": sum(agency.owners_in for agency in touched) / FEN,
        "owners_money_out": sum(agency.owners_out for agency in touched) / FEN,
        "firms_in_guise": sum(agency.guise for agency in working),
        "firm_return": share(income - cost, cost),
    }


def watch_reserves(working: list[Agency]) -> dict[str, float]:
    """Money of agencies, and what their own money does."""
    hours = add_up(map(served, working))
    income = sum(agency.income_year for agency in working if agency.income_year > 0)
    money = [agency.money_after_debts for agency in working]
    return {
        "own_posts": add_up(agency.own_posts for agency in working),
        "own_work_share": share(add_up(agency.own_hours for agency in working), hours),
        "extra_hours": add_up(agency.extra_hours for agency in working),
        "returned": sum(agency.returned for agency in working) / FEN,
        "hours_per_income": share(4.0 * hours, income / (1_000.0 * FEN)),
        "agencies_in_debt": mean([one < 0 for one in money]),
        "reserves_above_year": mean([agency.reserve_months > 12 for agency in working]),
        "reserves_to_cost": share(sum(money), 4.0 * sum(agency.cost for agency in working)),
    }


def spread_of(word: str, agencies: list[Agency]) -> dict[str, float]:
    """Mean, quantiles and weighted means over the agencies of which it is defined."""
    known = [agency for agency in agencies if not isnan(getattr(agency, word))]
    values = [getattr(agency, word) for agency in known]
    by_staff = add_up(value * one.staff for value, one in zip(values, known, strict=True))
    by_income = add_up(value * one.income_year for value, one in zip(values, known, strict=True))
    return {
        "mean": mean(values),
        "p10": quantile(values, 0.1),
        "p50": quantile(values, 0.5),
        "p90": quantile(values, 0.9),
        "staff": share(by_staff, sum(agency.staff for agency in known)),
        "value": share(by_income, sum(agency.income_year for agency in known)),
    }
