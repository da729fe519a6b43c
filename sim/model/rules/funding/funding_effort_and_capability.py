"""Funding effort and capability by source: what an agency begins with, learns and forgets.

Effort is the management's time, in shares that sum to one over the sources that can be asked.  A source is
*entered* while the agency has any capability in it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.declarations.choices import Form, Origin
from sim.declarations.income_sources import ASKED_SOURCES, BID_SOURCES, FOUND_SOURCES, KEPT_SOURCES, Source
from sim.engine.compilation import rule
from sim.model.rules.funding.source_availability import is_source_available
from sim.model.rules.ledger.income_accounts import annual_income

if TYPE_CHECKING:
    from sim.model.state.row_types import AgencyRow
    from sim.model.state.world import World

UNSKILLED_EFFORT_VALUE = 0.3
"""Value of effort without any capability, relative to effort with full capability."""


MINIMUM_CAPABILITY = 0.01
"""Capability in a source that was entered never falls below this; zero means that it was not entered."""


MAXIMUM_BIDDING_STRENGTH = 1.5
"""Bidding strength with full capability and all effort on bids."""


COMPANY_FORM_EFFORT = 0.6
"""Part of its effort that a group of company form gives to donors and foundations when it is first seen."""


COMPANY_FORM_CAPABILITY = 0.6
"""Its capability with them: it has lived on them for years."""


@rule
def initialise_effort(world: World, agency: AgencyRow, sees_donors: bool) -> None:
    """Give founders their first portfolio: bids and fees, and what their origin brings.

    Sponsorship where a company founded the agency, donations for a group that lived without purchasing before and for
    founders who see donors; none where a source is not available.

    Parameters
    ----------
    sees_donors : bool
        Whether founders begin with donors in view.
    """
    rules = world.rules[0]
    for s in ASKED_SOURCES:
        agency.effort[s] = 0.0
        agency.capability[s] = 0.0
    rest = 1.0
    if is_source_available(world, agency, Source.FEES):
        initialise_source(world, agency, Source.FEES, rules.strategy_fees_effort)
        rest -= rules.strategy_fees_effort
    if agency.sponsor >= 0:
        initialise_source(world, agency, Source.SPONSORSHIP, rules.strategy_first_effort)
        rest -= rules.strategy_first_effort
    rest -= initialise_donations(world, agency, sees_donors, rest)
    initialise_source(world, agency, Source.DISTRICT_CONTRACTS, 0.5 * rest)
    initialise_source(world, agency, Source.SPECIAL_FUND, 0.5 * rest)


@rule
def initialise_donations(world: World, agency: AgencyRow, sees_donors: bool, rest: float) -> float:
    """Let founders begin with donors where they have or see some; return the effort that it takes.

    Parameters
    ----------
    sees_donors : bool
        Whether founders begin with donors in view.
    rest : float
        Effort that is left.
    """
    if not is_source_available(world, agency, Source.DONATIONS):
        return 0.0
    first = world.rules[0].strategy_first_effort
    if agency.form == Form.COMMERCIAL:
        agency.effort[Source.DONATIONS] = COMPANY_FORM_EFFORT * rest
        agency.capability[Source.DONATIONS] = COMPANY_FORM_CAPABILITY
    elif (agency.origin == Origin.CONVERTED or sees_donors) and rest > first:
        initialise_source(world, agency, Source.DONATIONS, first)
    return agency.effort[Source.DONATIONS]


@rule
def initialise_source(world: World, agency: AgencyRow, s: int, effort: float) -> None:
    """Let founders begin with a source, with a share of effort and the capability of founders."""
    agency.effort[s] = effort
    agency.capability[s] = world.rules[0].strategy_founding_capability


@rule
def recognise_paying_sources(world: World, agency: AgencyRow) -> None:
    """Count contracts of institutions and commissions as entered once they have paid.

    Grants are given by rule, so no effort goes into them.
    """
    for s in FOUND_SOURCES:
        if agency.capability[s] <= 0.0 and annual_income(world, agency.index, s) > 0:
            agency.capability[s] = world.rules[0].strategy_first_capability


@rule
def skilled_effort(agency: AgencyRow, s: int) -> float:
    """Effort in a source weighted by capability, from 0 to 1."""
    return worth_of_effort(agency.effort[s], agency.capability[s])


@rule
def worth_of_effort(effort: float, capability: float) -> float:
    """Effort weighted by capability, from 0 to 1: without any it counts for three tenths."""
    return effort * (UNSKILLED_EFFORT_VALUE + (1.0 - UNSKILLED_EFFORT_VALUE) * capability)


@rule
def share_of_source_won(world: World, agency: AgencyRow, s: int) -> float:
    """Share of what a source can give that an agency's effort wins, from 0 to 1, with diminishing returns."""
    worth = skilled_effort(agency, s)
    return worth / (worth + world.rules[0].strategy_half_effort)


@rule
def bidding_strength(agency: AgencyRow) -> float:
    """Effort on bids, weighted by 0.5 to 1.5 as capability goes from zero to full."""
    strength = 0.0
    for s in BID_SOURCES:
        strength += agency.effort[s] * (0.5 + agency.capability[s])
    # Shares may sum to slightly more than one, and the array of bids is sized for the maximum.
    return min(strength, MAXIMUM_BIDDING_STRENGTH)


@rule
def update_capability(world: World, a: int) -> int:
    """Let capability grow with effort and fade without; a source without income or effort is left.

    Returns
    -------
    int
        The sources left, a bit for each.
    """
    left = 0
    rules = world.rules[0]
    agency = world.agencies[a]
    for s in ASKED_SOURCES:
        if agency.capability[s] <= 0.0:
            continue
        doing = agency.effort[s] / (agency.effort[s] + rules.strategy_half_learning_effort)
        gain = rules.strategy_learning * doing * (1.0 - agency.capability[s])
        kept = agency.capability[s] + gain - rules.strategy_forgetting * agency.capability[s]
        agency.capability[s] = max(kept, MINIMUM_CAPABILITY)
        if s not in KEPT_SOURCES and agency.effort[s] < rules.strategy_give_up and annual_income(world, a, s) == 0:
            agency.effort[Source.DISTRICT_CONTRACTS] += agency.effort[s]
            agency.effort[s] = 0.0
            agency.capability[s] = 0.0
            left |= 1 << s
    return left
