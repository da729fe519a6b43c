"""Amount limit: the message of a run that stopped because an amount of money was no longer exact to the fen."""

from __future__ import annotations

from collections.abc import Iterator
from math import exp
from typing import TYPE_CHECKING

from sim.declarations.accounts import Purpose
from sim.engine.arithmetic import LARGEST_FEN, LARGEST_POWER, AmountError
from sim.scenario.parameters.parameter_spec import FEN_PER_CNY

if TYPE_CHECKING:
    from sim.declarations.calendar_quarter import Quarter
    from sim.model.state.world import World

HIGHEST_WORDS = f"{LARGEST_FEN // FEN_PER_CNY:,} CNY"
"""Largest amount that is exact to the fen, in words."""
WORTH_SAYING = 2.0
"""Growth since the start from which it may be why an amount is too large."""


def amount_error(world: World, names: dict[str, list[str]], start: Quarter) -> AmountError:
    """The error of a run that stopped, with quarter, purpose and what has grown most.

    Parameters
    ----------
    world : World
        The run as it stopped.
    names : dict of str to list of str
        Names of organisations by kind.
    start : Quarter
        First quarter of the run.
    """
    clock = world.clock[0]
    purpose = int(clock.full_code)
    what = f"moving money ({Purpose.member(purpose).label})" if purpose >= 0 else "an amount"
    message = f"in {start + int(clock.quarter)} {what} went beyond {HIGHEST_WORDS}, above which money is not exact"
    factor, words = max(growths(world, names), default=(0.0, ""))
    if factor >= WORTH_SAYING:
        message += f"; {words} has grown {factor:.3g} times since the start"
    return AmountError(f"{message}. Use smaller amounts, slower growth, or a shorter run")


def growths(world: World, names: dict[str, list[str]]) -> Iterator[tuple[float, str]]:
    """What multiplies amounts of money now, and whose it is."""
    for government, name in zip(world.governments, names["government"], strict=True):
        level = max(float(government.procurement_budget), 1.0)
        yield float(government.grown_budget) / level, f"the budget of {name}"
        yield float(government.price_index), f"the ceiling price of {name}"
        yield from economy_growths(
            government.procurement_cycle * world.cities[government.city].economy, f"the budget of {name}"
        )
    for city, name in zip(world.cities, names["city"], strict=True):
        yield float(city.wage_index), f"the outside wage in {name}"
        yield float(city.cost_index), f"the level of rent and other costs in {name}"
    for donors, city, name in zip(world.donors, world.cities, names["donors"], strict=True):
        if donors.pool > 0:
            yield float(donors.growth_index), f"the pool of {name}"
            yield from economy_growths(donors.cycle * city.economy, f"the pool of {name}")
    for sponsor, name in zip(world.sponsors, names["sponsor"], strict=True):
        yield from economy_growths(sponsor.cycle * world.cities[sponsor.city].economy, f"the budget of {name}")


def economy_growths(power: float, words: str) -> Iterator[tuple[float, str]]:
    """What the economy multiplies an amount by, whose logarithm is `power`."""
    yield exp(min(float(power), LARGEST_POWER)), f"what the economy adds to {words}"
