"""Founding attempt: founders with enough staff, licences and capital register, others attach themselves or give up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.declarations.accounts import Party
from sim.declarations.choices import Form, Kind, Origin
from sim.declarations.events_and_causes import Cause, Event
from sim.declarations.random_streams import Stream
from sim.engine.arithmetic import to_fen
from sim.engine.compilation import rule
from sim.engine.rng.distributions import lognormal_factor
from sim.engine.rng.philox import IntLike, child_id
from sim.model.rules.contracts.contract_eligibility import admits_for_profit
from sim.model.rules.ledger.transfers_and_events import record_event
from sim.model.rules.lifecycle.agency_registration import registration_obstacle
from sim.model.rules.lifecycle.association_membership import find_open_association
from sim.model.rules.lifecycle.founding_teams import (
    MINIMUM_FOUNDING_STAFF,
    Founders,
    founding_recruits,
    founding_staff_size,
    required_licensed_share,
)

if TYPE_CHECKING:
    from sim.model.state.world import World


from sim.model.rules.lifecycle.agency_creation import (
    affiliate_new_agency,
    assign_founding_staff,
    create_agency,
    provide_founding_money,
)


@rule
def try_to_found_agency(world: World, g: int, founders: Founders) -> bool:
    """Try to found an agency in a district.

    Staff come from the seekers of the city, from the sister agency, or from the company it was.  Founders who
    cannot register attach themselves to an association with room; a group of company form remains one; others
    give up.

    Parameters
    ----------
    g : int
        District government.
    founders : Founders
        Who founds it.

    Returns
    -------
    bool
        Whether the agency began to work.
    """
    clock = world.clock[0]
    rules = world.rules[0]
    government = world.governments[g]
    city = world.cities[government.city]
    entity: IntLike = child_id(founders.id, founders.origin, clock.quarter, 0)
    size = founding_staff_size(world, founders, entity)
    share = required_licensed_share(government, founders)
    unlicensed, licensed = founding_recruits(world, city, founders, size, share)
    cash = rules.founding_founder_cash * lognormal_factor(clock, 0.5, Stream.FOUNDER_TRAITS, entity, 1)
    capital = cash + (world.colleges[founders.which].grant if founders.party == Party.COLLEGE else 0)
    if founders.kind == Kind.FOR_PROFIT or founders.party == Party.SPONSOR:
        # Investors and companies bring the capital that registration asks.
        capital = max(capital, government.registration_capital)
        cash = max(cash, government.registration_capital)
    form = Form.REGISTERED
    obstacle = founding_obstacle(world, g, founders, entity, capital, unlicensed + licensed, licensed)
    if obstacle != Cause.NONE:
        if not may_attach(world, g, founders, unlicensed + licensed):
            people = unlicensed + licensed
            record_event(world, Event.NOT_FOUNDED, obstacle, -1, g, founders.party, founders.which, 0, people)
            return False
        form = Form.ATTACHED
    a = create_agency(world, g, founders, form, entity)
    assign_founding_staff(world, a, founders, unlicensed, licensed)
    provide_founding_money(world, a, founders, to_fen(cash))
    affiliate_new_agency(world, a, founders, form)
    return True


@rule
def founding_obstacle(
    world: World, g: int, founders: Founders, entity: IntLike, capital: float, people: int, licensed: int
) -> int:
    """Obstacle that keeps founders from registering; `Cause.NONE` where there is none.

    Parameters
    ----------
    g : int
        District government.
    entity : int
        Id of the agency to be, that keys the draws.
    capital : float
        Capital that founders can show, fen.
    people, licensed : int
        Founding staff, and licence holders among them.
    """
    government = world.governments[g]
    if founders.kind == Kind.FOR_PROFIT and not admits_for_profit(government, licensed, people):
        return Cause.TOO_FEW_LICENSED
    if people < MINIMUM_FOUNDING_STAFF:
        return Cause.NOT_ENOUGH_STAFF
    wished = founders.origin == Origin.GOVERNMENT
    return registration_obstacle(world.clock[0], government, entity, capital, licensed, people, wished)


@rule
def may_attach(world: World, g: int, founders: Founders, people: int) -> bool:
    """Whether founders who cannot register may attach themselves to an association of district `g` or its city.

    Parameters
    ----------
    g : int
        District government.
    founders : Founders
        Who founds it.
    people : int
        Founding staff.
    """
    government = world.governments[g]
    nonprofit = founders.kind == Kind.NONPROFIT and founders.origin != Origin.CONVERTED
    home = find_open_association(world, world.cities[government.city], g)
    enough = people >= MINIMUM_FOUNDING_STAFF
    return bool(nonprofit and enough and government.registration_attachment > 0 and home >= 0)
