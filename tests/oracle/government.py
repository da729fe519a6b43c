"""Governments that buy: a city with its special fund, a district with contracts of its own."""

from __future__ import annotations

from collections import Counter
from math import nan
from typing import TYPE_CHECKING, Any

import mesa

from sim.declarations.accounts import Party
from sim.declarations.choices import Admission, Applicants, ContractForm, Form, Pricing
from tests.oracle.contract_forms import post_hours
from tests.oracle.guise import looks_like_nonprofit
from tests.oracle.ordered_sums import add_up
from tests.oracle.scenario_inputs import LEVER_NAMES, chosen

if TYPE_CHECKING:
    from tests.oracle.agency import Agency
    from tests.oracle.community import Community
    from tests.oracle.contract import Contract
    from tests.oracle.institution import Institution
    from tests.oracle.oracle_model import Sector
    from tests.oracle.other_organisations import City
    from tests.oracle.policies import Year


class Government(mesa.Agent):
    """A purchaser.

    Every policy lever is an attribute under its name (`procurement_growth`, `scoring_relation`, ...), so a
    policy is a plain assignment.  `split` is the share of the budget meant for each field; `active` is the
    yearly value of what runs, or is being called, in each.
    """

    party = Party.GOVERNMENT

    def __init__(self, model: Sector, index: int, facts: dict[str, Any], city: City, is_city: bool) -> None:
        super().__init__(model)
        vars(self).update(chosen(facts, LEVER_NAMES))
        self.index = index
        self.id = facts["id"]
        self.city = city
        self.is_city = is_city
        self.communities: list[Community] = []
        self.home_agencies: list[Agency] = []
        self.commercial_groups = facts["commercial_groups"]
        self.wealth = facts["wealth"]
        self.idle_agencies = 0
        self.grants_cover = 1.0
        self.added_budget = 0
        self.overdue = 0
        self.cash = 0
        self.years: list[Year] = []
        self.grown_budget = 0.0
        self.price_index = 1.0
        self.budget = self.own_budget = self.grants_budget = self.direct_budget = 0
        self.running = 0
        self.centre_value = 0
        self.core_grants = self.incubation_grants = self.matching_grants = 0
        self.workers = [0, 0]
        self.direct_vacancies = 0
        self.reorganised_until = 0
        self.institutions: list[Institution] = []
        self.obligations = 0
        self.split = list(model.first_split)
        self.hearing = self.turn = nan
        self.needed, self.needed_held, self.offered = 0.3, 0.4, 0.3
        self.price_ratio = 1.0
        self.co_payments = 0
        self.active = [0 for _ in model.fields]
        self.expired: list[Contract] = []
        self.called_lots: list[Contract] = []
        self.clear_counts()

    def clear_counts(self) -> None:
        """Reset quarterly counters."""
        self.called = 0
        self.awarded = 0
        self.paid = 0
        self.lapsed = 0
        self.alike: Counter[Any] = Counter()
        self.graded = self.found_missing = 0
        self.grades = 0.0
        self.withheld = self.settled = 0
        self.handovers = 0
        self.belief_gap, self.bids_awarded = 0.0, 0

    @property
    def is_reorganised(self) -> bool:
        """Whether it renews nothing and calls nothing again."""
        return self.model.quarter < self.reorganised_until

    @property
    def pauses(self) -> bool:
        """Whether it calls nothing at all: the first quarters of being reorganised."""
        begun = self.reorganised_until - 4
        return self.is_reorganised and self.model.quarter < begun + self.model.rules.shocks_reorganisation_pause

    @property
    def agencies(self) -> int:
        """Number of agencies based here."""
        return len(self.home_agencies)

    @property
    def lots(self) -> int:
        """Number of lots called this quarter."""
        return len(self.called_lots)

    @property
    def unbound(self) -> int:
        """Uncommitted yearly money; what a city pays of a district is committed in the city."""
        return self.own_budget - self.running - (self.co_payments if self.is_city else -self.co_payments)

    def to_call(self, free: int, form: ContractForm) -> int:
        """Ceiling prices to call for free money; where bidders compete in price, contracts cost less."""
        fixed = form == ContractForm.POST or self.contract_pricing == Pricing.FIXED
        return free if fixed or free <= 0 else int(free / self.price_ratio)

    @property
    def direct_staff(self) -> int:
        """Number of government social workers."""
        return sum(self.workers)

    @property
    def number(self) -> int:
        """Number among purchasers."""
        return self.index

    @property
    def rules(self) -> Government:
        """Government by whose rules it buys: itself."""
        return self

    @property
    def form(self) -> ContractForm:
        """Form of contract that it buys now."""
        return ContractForm(int(self.contract_form))

    @property
    def money_for_contracts(self) -> int:
        return self.own_budget

    @property
    def administrative_pressure(self) -> float:
        return self.payment_administrative_pressure

    @property
    def post_price(self) -> int:
        """Yearly price of one post now."""
        return max(round(self.contract_post_price * self.price_index), 1)

    def hourly_price(self, form: ContractForm) -> float:
        """Ceiling price of one hour of service in a form of contract."""
        if form == ContractForm.POST:
            return self.post_price / (4.0 * post_hours(self.model))
        return self.contract_hourly_price * self.price_index

    @property
    def hourly_ceiling(self) -> float:
        """Ceiling price of one hour of service now, fen."""
        return self.hourly_price(self.form)

    def income_per_person(self, administrative: float) -> float:
        """Quarterly income from one person at full work: per person for a post, else by the hours left for service."""
        if self.form == ContractForm.POST:
            return self.post_price / 4.0
        return self.hourly_ceiling * self.model.rules.people_hours * (1.0 - administrative)

    @property
    def mean_pressure(self) -> float:
        """Pressure of unmet need, weighted by residents."""
        people = sum(community.residents for community in self.communities)
        felt = add_up(community.pressure * community.residents for community in self.communities)
        return felt / people if people > 0 else 0.0

    def lets_apply(self, agency: Agency) -> bool:
        """Whether an agency may apply to its fund without an association."""
        return self.special_fund_applicants == Applicants.REGISTERED and agency.form == Form.REGISTERED

    def admits(self, agency: Agency) -> bool:
        """Whether an agency may hold its contracts.

        The city's fund reaches nonprofits through their associations, attached ones among them, or, where they may
        apply themselves, registered ones; a district signs with registered agencies, for-profits only where
        they are admitted.
        """
        if self.is_city:
            member = agency.association is not None and agency.form != Form.COMMERCIAL
            return (member or self.lets_apply(agency)) and looks_like_nonprofit(agency)
        if agency.form != Form.REGISTERED:
            return False
        return looks_like_nonprofit(agency) or self.admits_firm(agency.licensed, agency.staff)

    def admits_firm(self, licensed: int, staff: int) -> bool:
        """Whether a for-profit may register here and hold contracts."""
        if self.for_profits_admission == Admission.QUALIFIED:
            return staff > 0 and licensed >= self.for_profits_qualification * staff
        return self.for_profits_admission == Admission.OPEN
