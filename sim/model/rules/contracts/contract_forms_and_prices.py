"""Contract forms and prices: a project in one field, a centre for all fields of a community, posts at a price each.

A centre spreads its hours over fields as need is unmet, and counts in all fields of its purchaser's split.
A lot of posts is a whole number of social workers; its price follows from the price of a post.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.declarations.choices import ContractForm
from sim.declarations.random_streams import Stream
from sim.engine.arithmetic import to_fen
from sim.engine.compilation import rule
from sim.engine.rng.distributions import lognormal_factor
from sim.engine.rng.philox import IntLike

if TYPE_CHECKING:
    from sim.model.state.row_types import ContractRow, GovernmentRow
    from sim.model.state.world import World


@rule
def post_price(government: GovernmentRow) -> int:
    """Yearly price of one post now, whole fen."""
    return max(to_fen(government.contract_post_price * government.price_index), 1)


@rule
def post_hours(world: World) -> float:
    """Hours of service that one post promises a quarter: working time less the base share of administration."""
    return world.rules[0].people_hours * (1.0 - world.rules[0].delivery_base_tasks)


@rule
def hourly_price(world: World, government: GovernmentRow, form: int) -> float:
    """Ceiling price of one hour of service in a form of contract now, fen."""
    if form == ContractForm.POST:
        return post_price(government) / (4.0 * post_hours(world))
    return government.contract_hourly_price * government.price_index


@rule
def hourly_price_ceiling(world: World, government: GovernmentRow) -> float:
    """Ceiling price of one hour of service in the form that a government buys now, fen."""
    return hourly_price(world, government, int(government.contract_form))


@rule
def income_per_person(world: World, government: GovernmentRow, administrative: float) -> float:
    """Quarterly income from one person at full work and the ceiling price, fen.

    A post is paid per person; other forms by the hours left after administrative tasks.
    """
    if int(government.contract_form) == ContractForm.POST:
        return post_price(government) / 4.0
    return hourly_price_ceiling(world, government) * world.rules[0].people_hours * (1.0 - administrative)


@rule
def updated_price_ceiling(world: World, government: GovernmentRow, old: ContractRow) -> int:
    """Highest yearly price of the services of an expired contract, at today's prices, fen."""
    if old.form == ContractForm.POST:
        return to_fen(float(old.posts) * post_price(government))
    return to_fen(old.minimum_hours * 4.0 * hourly_price(world, government, old.form))


@rule
def lot_size(
    world: World, government: GovernmentRow, form: int, entity: IntLike, n: int, free: int, least: float
) -> tuple[int, int]:
    """Highest yearly price and number of posts of a purchaser's n-th new lot.

    Parameters
    ----------
    entity : int
        Id that keys the draw of its value.
    free : int
        Uncommitted money of the year, fen.
    least : float
        Smallest lot that is called, fen.

    Returns
    -------
    tuple of (int, int)
        Yearly price, fen, and posts; zeros where the free money is too little.
    """
    value = government.contract_value * government.price_index
    value *= lognormal_factor(world.clock[0], government.contract_spread, Stream.LOT_VALUE, entity, n)
    if form == ContractForm.POST:
        price = post_price(government)
        most = max(free, 0) // price
        posts = min(max(round(min(value / price, float(most))), 1), most)
        return int(posts * price), int(posts)
    ceiling = to_fen(min(value, float(free)))
    if ceiling < least or ceiling <= 0:
        return 0, 0
    return int(ceiling), 0


@rule
def skill_for_lot(world: World, a: int, lot: ContractRow) -> float:
    """Skill of agency `a` in a lot's field; for a centre the mean over fields, weighted by the split."""
    if lot.form != ContractForm.CENTRE:
        return world.skills[a, lot.field]
    skill = 0.0
    for f in range(world.skills.shape[1]):
        skill += world.split[lot.government, f] * world.skills[a, f]
    return skill
