"""Contract instalments: how much of the price is due when, and which level of government owes it."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from sim.declarations.choices import ContractForm
from tests.oracle.agency import STRETCH, Agency
from tests.oracle.contract import Contract

if TYPE_CHECKING:
    from tests.oracle.oracle_model import Sector
    from tests.oracle.other_organisations import City


def let_instalments_fall_due(model: Sector, city: City) -> None:
    """This quarter's instalment of every running contract, of which a city may owe a part."""
    for agency in (*city.members, *city.asleep):
        for contract in agency.signed:
            contract.instalment = 0
            if contract.runs:
                contract.instalment = instalments(contract)[model.quarter - contract.begun]
                if contract.form == ContractForm.POST:
                    # Posts are paid as far as they are filled.
                    contract.instalment = int(contract.instalment * posts_filled(agency))
                part = int(contract.instalment * (contract.co_payment / max(contract.price, 1)))
                contract.due += contract.instalment
                contract.co_payment_due += part
                agency.receivable += contract.instalment
                contract.purchaser.obligations += contract.instalment - part
                city.government.obligations += part


def posts_filled(agency: Agency) -> float:
    """Share of its posts for which an agency has people; other promised hours count as posts too."""
    mine = [contract for contract in agency.signed if contract.runs and contract.form == ContractForm.POST]
    other = agency.planned
    for contract in mine:
        other -= contract.promised_hours
    posts = sum(contract.posts for contract in mine) + max(ceil(other / agency.hours_per_person() - STRETCH), 0)
    return min(agency.staff / max(posts, 1), 1.0)


def instalments(contract: Contract) -> list[int]:
    """Every instalment of a contract, in whole fen.

    Each year some of the price falls due at once.  The rest is spread over the quarters so that four add up to
    the yearly rest exactly; where a last year is short, what comes early makes its price exact.
    """
    rest = contract.price - contract.upfront
    falling: list[int] = []
    while len(falling) < contract.term:
        length = min(4, contract.term - len(falling))
        spread = [rest * (i + 1) // 4 - rest * i // 4 for i in range(length)]
        early = contract.price * length // 4 - sum(spread)
        falling += [early + spread[0], *spread[1:]]
    return falling


def take_off(contract: Contract, wanted: int) -> int:
    """Reduce what is owed, the purchaser's own part before the city's; return the reduction."""
    own = min(wanted, contract.owed - contract.owed_by_city)
    of_city = min(wanted - own, contract.owed_by_city)
    contract.due -= own + of_city
    contract.co_payment_due -= of_city
    contract.agency.receivable -= own + of_city
    contract.purchaser.obligations -= own
    contract.government.city.government.obligations -= of_city
    return own + of_city
