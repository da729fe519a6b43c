"""Purchasing begun: whether the governments of a city buy services yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.engine.compilation import rule

if TYPE_CHECKING:
    from sim.model.state.row_types import CityRow


@rule
def buys_services(city: CityRow, quarter: int) -> bool:
    """Whether a city buys services in a quarter."""
    return bool(0 <= city.begins <= quarter)


@rule
def bought_services_before(city: CityRow, quarter: int) -> bool:
    """Whether a city bought services before a quarter; at the start of the run, whether it buys then."""
    return bool(0 <= city.begins < max(quarter, 1))
