"""Founding teams: who founds an agency, its initial staff, and the people that are recruited."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, NamedTuple

from sim.declarations.accounts import Party
from sim.declarations.choices import Admission, Kind, Origin
from sim.declarations.random_streams import Stream
from sim.engine.compilation import rule
from sim.engine.rng.distributions import lognormal_factor
from sim.engine.rng.philox import IntLike
from sim.model.rules.lifecycle.founding_prospects import newcomer_cost
from sim.model.rules.shared.agency_capacity_and_unit_cost import monthly_cost, own_reserve
from sim.model.state.agency_fields import LICENSED, SETTLED

if TYPE_CHECKING:
    from sim.model.state.row_types import AgencyRow, CityRow, GovernmentRow
    from sim.model.state.world import World

MINIMUM_FOUNDING_STAFF = 2
"""People needed to found an agency."""


MAXIMUM_STAFF_MULTIPLE = 4
"""Founding staff is at most this multiple of the median."""


class Founders(NamedTuple):
    """Who founds an agency.

    Attributes
    ----------
    party : int
        Kind of founder, `sim.declarations.accounts.Party`.
    which : int
        Index of the founder among its kind.
    id : int
        Number that keys the draws.
    origin : int
        `Origin` of the agency.
    kind : int
        `Kind` of the agency.
    leaving : int
        Settled people who leave the founder for the new agency (spin-offs); an agency whom nobody leaves founds in
        another city.
    """

    party: int
    which: int
    id: IntLike
    origin: int
    kind: int
    leaving: int


@rule
def promotion_effect(government: GovernmentRow) -> float:
    """Factor of officials' promotion on a founding hazard."""
    return 0.2 + 0.8 * government.promotion_push


@rule
def founds_elsewhere(founders: Founders) -> bool:
    """Whether an agency founds a sister in another city: it gives money, and its people stay where they live."""
    return founders.party == Party.AGENCY and founders.leaving == 0


@rule
def sister_cost(world: World, government: GovernmentRow, size: int) -> float:
    """Money that a sister in another city needs from its founder, fen: the first quarters of so many, and capital."""
    each = world.rules[0].founding_runway * newcomer_cost(world, world.cities[government.city])
    return max(size * each, government.registration_capital)


@rule
def spare_reserve(world: World, agency: AgencyRow) -> float:
    """Own reserve of an agency above the one that it wants, fen."""
    wanted = agency.reserve_target * monthly_cost(world, agency, agency.staff)
    return max(own_reserve(world, agency, world.clock[0].quarter) - wanted, 0.0)


@rule
def affords_sister(world: World, agency: AgencyRow, government: GovernmentRow) -> bool:
    """Whether an agency can give what the smallest sister in a district of another city needs."""
    return spare_reserve(world, agency) >= sister_cost(world, government, MINIMUM_FOUNDING_STAFF)


@rule
def founding_cash(world: World, government: GovernmentRow, founders: Founders, size: int, entity: IntLike) -> float:
    """Money that founders bring, fen, beside a college's grant.

    Parameters
    ----------
    government : row
        District government.
    founders : Founders
        Who founds it.
    size : int
        People wanted.
    entity : int
        Id of the agency to be.
    """
    rules = world.rules[0]
    if founds_elsewhere(founders):
        # Nobody else brings money, so a founder with less to spare founds a smaller sister.
        return min(sister_cost(world, government, size), spare_reserve(world, world.agencies[founders.which]))
    brought = rules.founding_firm_capital if founders.kind == Kind.FOR_PROFIT else rules.founding_founder_cash
    cash = brought * lognormal_factor(world.clock[0], 0.5, Stream.FOUNDER_TRAITS, entity, 1)
    if founders.kind == Kind.FOR_PROFIT or founders.party == Party.SPONSOR:
        # Investors and companies bring the capital that registration asks.
        cash = max(cash, government.registration_capital)
    if founders.origin == Origin.CONVERTED:
        cash = max(cash, rules.founding_runway * size * newcomer_cost(world, world.cities[government.city]))
    return cash


@rule
def required_licensed_share(government: GovernmentRow, founders: Founders, guise: bool) -> float:
    """Share of licence holders that founders must have, to register and, for firms not in `guise`, to be qualified."""
    share = government.registration_licensed_share
    if founders.kind == Kind.FOR_PROFIT and not guise and int(government.for_profits_admission) == Admission.QUALIFIED:
        return max(share, government.for_profits_qualification)
    return share


@rule
def founding_staff_size(world: World, founders: Founders, entity: IntLike) -> int:
    """Staff that founders want to begin with; converted groups, which worked for years, are larger."""
    rules = world.rules[0]
    if founders.leaving > 0:
        return founders.leaving
    median = rules.founding_staff * (1.6 if founders.origin == Origin.CONVERTED else 1.0)
    drawn = median * lognormal_factor(world.clock[0], rules.founding_staff_spread, Stream.FOUNDER_TRAITS, entity, 0)
    return int(min(max(round(drawn), MINIMUM_FOUNDING_STAFF), MAXIMUM_STAFF_MULTIPLE * rules.founding_staff))


@rule
def affordable_staff(world: World, city: CityRow, founders: Founders, size: int, capital: float) -> int:
    """Staff that the founders of a nonprofit can pay for the first quarters; a group brings its people anyway."""
    if founders.kind == Kind.FOR_PROFIT or founders.origin == Origin.CONVERTED:
        return size
    most = capital / (world.rules[0].founding_runway * newcomer_cost(world, city))
    return min(size, max(int(min(most, float(size))), MINIMUM_FOUNDING_STAFF))


@rule
def founding_recruits(world: World, city: CityRow, founders: Founders, size: int, share: float) -> tuple[int, int]:
    """People without and with licence who would join, limited by the city's seekers or the sister's settled staff.

    Founders look for the usual share of licence holders (investors for less), or for the given share if that is larger.
    A group that turns nonprofit brings its own people, an agency those who leave it, unless it founds in another city.
    Who recruits seekers finds as many as agencies fill posts lately.

    Parameters
    ----------
    size : int
        People wanted.
    share : float
        Least share of licence holders.

    Returns
    -------
    tuple of (int, int)
        People without and with licence.
    """
    along = founders.party == Party.AGENCY and not founds_elsewhere(founders)
    if founders.origin != Origin.CONVERTED and not along:
        size = round(size * city.filled)
    usual = world.rules[0].founding_licensed
    if founders.kind == Kind.FOR_PROFIT:
        usual *= world.rules[0].founding_firm_licensed
    licensed = max(round(size * usual), ceil(size * share), 1)
    if founders.origin == Origin.CONVERTED:
        return size - licensed, licensed
    if along:
        sister = world.agencies[founders.which]
        licensed = min(licensed, sister.cohorts[SETTLED, LICENSED])
        return min(size - licensed, sister.cohorts[SETTLED, 0]), licensed
    licensed = min(licensed, size, city.seekers[LICENSED])
    return min(size - licensed, city.seekers[0]), licensed
