"""Client fees: what clients pay, by their means, by the quality of service and by the effort to bill them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.declarations.accounts import Party, Purpose
from sim.declarations.income_sources import Source
from sim.engine.arithmetic import to_fen_down
from sim.engine.compilation import rule
from sim.model.rules.funding.funding_effort_and_capability import share_of_source_won
from sim.model.rules.ledger.income_accounts import record_income
from sim.model.rules.ledger.transfers_and_events import transfer

if TYPE_CHECKING:
    from sim.model.state.row_types import AgencyRow
    from sim.model.state.world import World

USUAL_QUALITY = 0.6
"""Quality of service at which clients pay `fees.rate`."""


@rule
def fees_billed(world: World, agency: AgencyRow, share: float) -> float:
    """Fees of a quarter, fen: hours x share of paying clients x rate x means x quality x share won.

    Clients' means follow wages outside the sector and the wealth of the district.

    Parameters
    ----------
    share : float
        Share that the agency's effort wins, 0 to 1.
    """
    rules = world.rules[0]
    paying_hours = 0.0
    for f in range(world.practice.shape[1]):
        paying_hours += world.practice[agency.index, f] * world.fields[f, 1]
    rate = rules.fees_rate * world.cities[agency.city].wage_index * world.governments[agency.district].wealth
    return paying_hours * rate * (agency.quality / USUAL_QUALITY) ** rules.fees_quality * share


@rule
def collect_client_fees(world: World, a: int) -> None:
    """Collect the fees of a quarter from clients."""
    agency = world.agencies[a]
    amount = to_fen_down(fees_billed(world, agency, share_of_source_won(world, agency, Source.FEES)))
    transfer(world, world.externals[Party.HOUSEHOLDS], agency, Purpose.FEES, -1, amount)
    record_income(world, a, Source.FEES, amount)
