"""Institutions that buy services themselves, by the rules of their district, with allotted money."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import mesa

from sim.declarations.accounts import Party, Purpose
from sim.declarations.choices import ContractForm
from sim.declarations.random_streams import Stream
from tests.oracle.channels import part_of_budget
from tests.oracle.contract import Contract
from tests.oracle.contract_forms import lot_size, updated_price
from tests.oracle.money import transfer
from tests.oracle.ordered_sums import add_up

if TYPE_CHECKING:
    from tests.oracle.agency import Agency
    from tests.oracle.government import Government
    from tests.oracle.oracle_model import Sector

MOST_LOTS = 4
"""New lots that an institution can prepare in a quarter."""


class Institution(mesa.Agent):
    """A hospital, home, school or office."""

    party = Party.INSTITUTION

    def __init__(self, model: Sector, index: int, facts: dict[str, Any]) -> None:
        super().__init__(model)
        self.index = index
        self.id = facts["id"]
        self.district: Government = model.governments[facts["district"]]
        self.city = self.district.city
        places = self.district.communities
        self.community = places[model.pick(len(places), Stream.INITIAL_STATE, self.id, 0)]
        self.field = facts["field"]
        self.form = ContractForm(facts["form"])
        self.weight = facts["weight"]
        self.administrative_pressure = facts["administrative_pressure"]
        self.track_record = facts["track_record"]
        self.own_money, self.own_held = facts["own_money"], 0
        self.cash = self.budget = self.running = self.obligations = self.overdue = 0
        self.commissions_left = 0
        self.expired: list[Contract] = []
        self.clear_counts()

    def clear_counts(self) -> None:
        """Reset quarterly counters."""
        self.called = self.awarded = self.paid = self.lapsed = self.commissions_paid = 0
        self.alike: Counter[Any] = Counter()

    @property
    def opened(self) -> int:
        """Lots opened this quarter."""
        return self.alike.total()

    @property
    def number(self) -> int:
        """Number among purchasers: after all governments."""
        return len(self.model.governments) + self.index

    @property
    def rules(self) -> Government:
        """Government by whose rules it buys."""
        return self.district

    @property
    def money_for_contracts(self) -> int:
        return self.budget

    @property
    def unbound(self) -> int:
        """Uncommitted yearly money."""
        return self.budget - self.running

    def knows_work_of(self, agency: Agency) -> bool:
        """Whether an agency has a track record in its field."""
        return agency.skills[self.field] >= self.track_record

    def admits(self, agency: Agency) -> bool:
        """Agencies that its district admits, with a track record."""
        return self.district.admits(agency) and self.knows_work_of(agency)


def settle_year(model: Sector, institution: Institution) -> None:
    """Return what is left of the allotment and not carried over; fill up the institution's own money."""
    institution.budget = institution.commissions_left = 0
    if model.quarter > 0:
        unspent = max(institution.cash - institution.obligations, 0)
        institution.own_held = min(institution.own_held, unspent)
        allotted = unspent - institution.own_held
        lapsing = allotted - round(allotted * institution.district.procurement_carry_over)
        transfer(model, institution, model.outside[Party.TREASURY], Purpose.LAPSE, lapsing)
        institution.lapsed += lapsing
        institution.budget = allotted - lapsing
    wanted = int(institution.own_money * institution.city.cost_index)
    institution.budget += max(wanted, institution.own_held)
    added = max(wanted * (4 - model.season) // 4 - institution.own_held, 0)
    transfer(model, model.outside[Party.HOUSEHOLDS], institution, Purpose.OWN_BUDGET, added)
    institution.own_held += added


def allot(model: Sector, government: Government) -> None:
    """Allot a government's shares to the institutions of its area by weight, for the rest of the year."""
    weights = add_up(institution.weight for institution in government.institutions)
    left = 4 - model.season
    for institution in government.institutions:
        part = institution.weight / weights
        contracts = int(part_of_budget(government, "institutions") * part)
        commissions = int(part_of_budget(government, "commissions") * part) * left // 4
        institution.budget += contracts
        institution.commissions_left += commissions
        money = min(contracts * left // 4 + commissions, government.cash)
        transfer(model, government, institution, Purpose.ALLOTMENT, money)


def call_own_lots(model: Sector, institution: Institution) -> None:
    """Call expired contracts again, then new lots; a single one where the allotment is small."""
    district = institution.district
    free = district.to_call(institution.unbound, institution.form)
    if free <= 0:
        return
    for old in institution.expired:
        ceiling = updated_price(old)
        if 0 < ceiling <= free:
            lot = call(model, institution, ceiling, old.posts)
            lot.incumbent = old.agency
            free -= ceiling
    least = 0.5 * min(district.contract_value * district.price_index, institution.budget)
    for n in range(MOST_LOTS):
        ceiling, posts = lot_size(model, institution, n, free, least)
        if ceiling <= 0:
            return
        call(model, institution, ceiling, posts)
        free -= ceiling


def call(model: Sector, institution: Institution, ceiling: int, posts: int) -> Contract:
    """Publish a lot among those of the district."""
    lot = Contract(model, institution, institution.field, institution.community, institution.form, ceiling, posts)
    institution.district.called_lots.append(lot)
    institution.called += ceiling
    lot.count_running(ceiling, 1)
    return lot
