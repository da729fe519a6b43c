"""Government fields: a city with its special fund, or a district with its own contracts.

Its record begins with every policy lever, so that a dated change is one number written in one place;
the state follows.
"""

from __future__ import annotations

from math import nan

from sim.declarations.state_codes import Level
from sim.engine.fields import Field
from sim.model.state.agency_fields import LICENCES
from sim.scenario.parameters.parameter_spec import ParameterSpec, parameters_of
from sim.scenario.parameters.policy_levers import CityGovernment, DistrictGovernment, Purchaser

GROUPS: dict[Level, type[Purchaser]] = {Level.DISTRICT: DistrictGovernment, Level.CITY: CityGovernment}
"""Levers of each level."""


def _all_levers() -> tuple[ParameterSpec, ...]:
    """Levers of both levels, each once, in order of declaration."""
    found = {leaf.name: leaf for group in GROUPS.values() for leaf in parameters_of(group)}
    return tuple(found.values())


LEVERS = _all_levers()
"""Every policy lever; its place here is its column in the table of lever values."""

BUDGET_LEVER = [lever.key for lever in LEVERS].index("procurement.budget")
"""Column of the yearly budget."""

LEVELS_OF_LEVER = {
    lever.name: [level for level, group in GROUPS.items() if lever.name in {leaf.name for leaf in parameters_of(group)}]
    for lever in LEVERS
}
"""Levels of government that have a lever, by its name in a record."""

FIRST_NEEDED = 0.3
"""Points that bidders believe to win at the start, where nobody else holds the contract."""

FIRST_NEEDED_HELD = 0.4
"""The same where another agency holds the contract."""

FIRST_OFFERED = 0.3
"""Points for price or hours, at a weight of one, that bidders believe to win at the start."""

GOVERNMENT = (
    *(Field(leaf.name, "f8", leaf.unit, leaf.info.description or "", table=False) for leaf in LEVERS),
    Field("id", "u8", "", "Number that keys its random draws.", table=False),
    Field("account", "i8", "", "Number of its account.", table=False),
    Field("level", "i8", "", "City or district.", labels=Level),
    Field("city", "i8", "", "City.", refers="city"),
    Field("first_community", "i8", "", "First of its communities.", table=False),
    Field("communities", "i8", "communities", "Number of its communities.", table=False),
    Field("first_agency", "i8", "", "First agency at home here.", table=False, start=-1),
    Field("commercial_groups", "i8", "groups", "Company-form groups that may still convert."),
    Field("wealth", "f8", "ratio", "Ability of residents to pay fees."),
    Field("agencies", "i8", "agencies", "Active agencies at home here."),
    Field("idle_agencies", "i8", "agencies", "Of them, those without a contract and with less than one own post."),
    Field("cash", "i8", "fen", "Money in its purchasing account."),
    Field("price_index", "f8", "ratio", "Growth of the ceiling price since the start.", table=False, start=1),
    Field(
        "grown_budget",
        "f8",
        "fen/year",
        "Yearly budget with its growth, before the economy and the pressure of unmet need.",
        table=False,
    ),
    Field("budget", "i8", "fen", "Budget of the current year."),
    Field("added_budget", "i8", "fen", "Of it, what a district added because the city's fund pays agencies there."),
    Field("running", "i8", "fen/year", "Yearly value of running contracts."),
    Field("obligations", "i8", "fen", "Instalments due and not yet paid.", table=False),
    Field("called", "i8", "fen/year", "Yearly value of lots called this quarter."),
    Field("awarded", "i8", "fen/year", "Yearly value of contracts awarded or renewed this quarter."),
    Field("paid", "i8", "fen", "Paid for contracts this quarter."),
    Field("lapsed", "i8", "fen", "Returned to the treasury this quarter."),
    Field("overdue", "i8", "fen", "Instalments due before this quarter and not yet paid."),
    Field("first_expired", "i8", "", "First contract that ended this quarter.", table=False, start=-1),
    Field(
        "hearing", "f8", "share", "Weight of what agencies argue for in its aim; undefined before it is set.", start=nan
    ),
    Field(
        "turn", "f8", "share", "Part of its budget that changed fields at the last Q1; undefined before it.", start=nan
    ),
    Field("first_lot", "i8", "", "First lot called this quarter.", table=False),
    Field("lots", "i8", "lots", "Lots called this quarter, by it and by its institutions."),
    Field(
        "needed",
        "f8",
        "share of points",
        "Points that win its lots, as bidders believe, where nobody else holds the contract.",
        start=FIRST_NEEDED,
    ),
    Field(
        "needed_held",
        "f8",
        "share of points",
        "The same where another agency holds the contract.",
        start=FIRST_NEEDED_HELD,
    ),
    Field(
        "offered",
        "f8",
        "points",
        "Points for price or hours that win lately, at a weight of one.",
        start=FIRST_OFFERED,
    ),
    Field(
        "belief_gap",
        "f8",
        "wins",
        "Believed chances of the bids on lots that were awarded this quarter in its name, summed, less these awards.",
    ),
    Field("bids_awarded", "i8", "bids", "Bids on these lots."),
    Field(
        "price_ratio",
        "f8",
        "ratio",
        "Price over ceiling of the lots that it awarded lately, other than posts.",
        start=1,
    ),
    Field(
        "co_payments",
        "i8",
        "fen/year",
        "City's part of running contracts of districts: of a city all, of a district its own.",
    ),
    Field("graded", "i8", "contracts", "Contracts graded this quarter."),
    Field("found_missing", "i8", "contracts", "Of them, those in which hours were found missing."),
    Field("grades", "f8", "0-1", "Their grades, summed.", table=False),
    Field("withheld", "i8", "fen", "Withheld for low grades and missing hours this quarter."),
    Field(
        "settled",
        "i8",
        "fen",
        "Unspent money of contracts by its rules that went back this quarter.",
    ),
    Field("handovers", "i8", "contracts", "Handovers between agencies this quarter."),
    Field("own_budget", "i8", "fen", "Of the year's budget, what goes into its own contracts."),
    Field("grants_budget", "i8", "fen", "Of it, what is set aside for grants."),
    Field("direct_budget", "i8", "fen", "Of it, what is spent on social workers whom it employs itself."),
    Field("centre_value", "i8", "fen/year", "Yearly value of running centre contracts, which serve all fields."),
    Field("core_grants", "i8", "fen", "Core grants given this quarter."),
    Field("incubation_grants", "i8", "fen", "Incubation grants given this quarter."),
    Field("matching_grants", "i8", "fen", "Matching grants given this quarter."),
    Field("grants_cover", "f8", "share", "Part of last quarter's claims on its grants that was paid.", start=1),
    Field("workers", "i8", "persons", "Social workers whom it employs itself.", shape=(LICENCES,), table=False),
    Field("direct_staff", "i8", "persons", "Social workers whom it employs itself, with licence and without."),
    Field("direct_vacancies", "i8", "persons", "Official posts that it could not fill this quarter."),
    Field("first_institution", "i8", "", "First of the institutions in its area.", table=False),
    Field("institutions", "i8", "institutions", "Number of institutions in its area.", table=False),
    Field("reorganised_until", "i8", "quarter", "Quarter from which it buys as before; 0 if never reorganised."),
)
