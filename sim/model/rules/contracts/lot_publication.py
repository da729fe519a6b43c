"""Lot publication: a new lot, its identity, and its counting until it is awarded."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sim.declarations.choices import ContractForm, Pricing
from sim.declarations.state_codes import Channel, Level, Status
from sim.engine.compilation import rule
from sim.engine.rng.philox import IntLike, child_id
from sim.model.rules.contracts.contract_forms_and_prices import hourly_price, post_hours
from sim.model.rules.contracts.purchaser_commitments import update_contracts_in_force
from sim.model.state.row_adding import add_contract

if TYPE_CHECKING:
    from sim.model.state.world import World


class LotSpec(NamedTuple):
    """What a purchaser asks for in one lot.

    Attributes
    ----------
    government : int
        Government that buys, or by whose rules an institution buys.
    institution : int
        Institution that buys; -1 for the government itself.
    field, community : int
        Field of service (the one of most need, for a centre); community, -1 where bidders propose one (special fund).
    form : int
        `ContractForm`.
    ceiling : int
        Highest yearly price, fen.
    posts : int
        Number of posts; 0 unless posts are bought.
    after : int
        Community of the expired contract that is called again; -1 for a new lot.
    """

    government: int
    institution: int
    field: int
    community: int
    form: int
    ceiling: int
    posts: int
    after: int


@rule
def publish_lot(world: World, wanted: LotSpec) -> int:
    """Publish a lot; until it is awarded it counts as in force, so that the next lot goes elsewhere."""
    if wanted.institution >= 0:
        world.institutions[wanted.institution].called += wanted.ceiling
    else:
        world.governments[wanted.government].called += wanted.ceiling
    k = create_lot(world, wanted)
    update_contracts_in_force(world, world.contracts[k], wanted.ceiling, 1)
    return k


@rule
def create_lot(world: World, wanted: LotSpec) -> int:
    """Create the row of a lot and return its index."""
    clock = world.clock[0]
    government = world.governments[wanted.government]
    k = add_contract(world)
    lot = world.contracts[k]
    lot.id = lot_id(world, wanted)
    lot.called = clock.quarter
    lot.government = wanted.government
    lot.institution = wanted.institution
    lot.channel = Channel.SPECIAL_FUND if government.level == Level.CITY else Channel.DISTRICT
    if wanted.institution >= 0:
        lot.channel = Channel.INSTITUTION
    lot.community = wanted.community
    lot.field = wanted.field
    lot.form = wanted.form
    lot.posts = wanted.posts
    lot.ceiling = wanted.ceiling
    lot.minimum_hours = wanted.ceiling / (4.0 * hourly_price(world, government, wanted.form))
    lot.term = int(government.contract_term)
    lot.development = government.contract_development
    lot.pricing = int(government.contract_pricing)
    if wanted.form == ContractForm.POST:
        lot.minimum_hours = wanted.posts * post_hours(world)
        lot.pricing = Pricing.FIXED
    return k


@rule
def lot_id(world: World, wanted: LotSpec) -> IntLike:
    """Number that keys the random draws of a lot: purchaser, quarter, place, field, and its rank among equal lots.

    One lot more or less elsewhere therefore leaves the draws of this one unchanged.
    """
    quarter = world.clock[0].quarter
    if wanted.institution >= 0:
        institution = world.institutions[wanted.institution]
        institution.opened += 1
        return child_id(institution.id, Status.CALLED, quarter, institution.opened - 1)
    government = world.governments[wanted.government]
    f = wanted.field
    place = wanted.community if wanted.community >= 0 else wanted.after
    if place < 0:
        alike = world.unplaced[wanted.government, f]
        world.unplaced[wanted.government, f] += 1
        where = 0
    else:
        need = world.needs[place, f]
        alike = need.opened[government.level]
        need.opened[government.level] += 1
        where = 1 + place - government.first_community
    return child_id(government.id, Status.CALLED, quarter, (where << 32) + (f << 16) + alike)
