"""Lots, contracts and bids."""

from __future__ import annotations

from dataclasses import dataclass
from math import nan
from typing import TYPE_CHECKING, Any

from sim.declarations.choices import ContractForm, Pricing
from sim.declarations.income_sources import Source
from sim.declarations.state_codes import Channel, Route, Status
from tests.oracle.contract_forms import post_hours
from tests.oracle.random_draws import child_id

if TYPE_CHECKING:
    from tests.oracle.agency import Agency
    from tests.oracle.community import Community
    from tests.oracle.government import Government
    from tests.oracle.oracle_model import Sector


SOURCES = {
    Channel.DISTRICT: Source.DISTRICT_CONTRACTS,
    Channel.SPECIAL_FUND: Source.SPECIAL_FUND,
    Channel.INSTITUTION: Source.INSTITUTIONS,
}
"""Source of an agency's income that a contract's money is."""


@dataclass
class Bid:
    """Offer of an agency for a lot: community, yearly price, hours a quarter."""

    agency: Agency
    community: Community
    price: int
    hours: float
    cost: float
    staffing: float = 1.0
    believed: float = 0.0
    points: float = 0.0
    score: float = float("nan")
    has_capacity: bool = False


@dataclass(frozen=True)
class BidMade:
    """A bid once its lot is awarded, and whether it won."""

    quarter: int
    lot: Contract
    bid: Bid
    won: bool


def slot(purchaser: Any, place: Community | None, field: int) -> int:
    """Key that distinguishes the lots that a purchaser opens this quarter: place, field, and a running number.

    `place` is where it is for, or where the contract ran that is bought again.  An institution has one place and
    one field.
    """
    kind = None
    if purchaser is purchaser.rules:
        kind = (1 + purchaser.communities.index(place) if place else 0, field)
    number = purchaser.alike[kind]
    purchaser.alike[kind] += 1
    where, what = kind or (0, 0)
    return where * 2**32 + what * 2**16 + number


class Contract:
    """A lot when it is called, a contract once it is signed.

    `ceiling` and `price` are fen a year, hours are by the quarter, `due` and `paid` are fen so far.
    """

    def __init__(
        self,
        model: Sector,
        purchaser: Any,
        field: int,
        community: Community | None,
        form: ContractForm,
        ceiling: int,
        posts: int,
        after: Community | None = None,
    ) -> None:
        government = purchaser.rules
        self.index = len(model.contracts)
        self.id = child_id(purchaser.id, Status.CALLED, model.quarter, slot(purchaser, community or after, field))
        self.called = model.quarter
        self.purchaser = purchaser
        self.government: Government = government
        self.institution = None if purchaser is government else purchaser
        self.channel = Channel.SPECIAL_FUND if government.is_city else Channel.DISTRICT
        if self.institution:
            self.channel = Channel.INSTITUTION
        self.community = community
        self.field = field
        self.form = form
        self.posts = posts
        self.ceiling = ceiling
        self.minimum_hours = ceiling / (4.0 * government.hourly_price(form))
        self.term = int(government.contract_term)
        self.pricing = government.contract_pricing
        if form == ContractForm.POST:
            self.minimum_hours = posts * post_hours(model)
            self.pricing = Pricing.FIXED
        self.development = government.contract_development
        self.incumbent: Agency | None = None
        self.bids: list[Bid] = []
        self.status = Status.CALLED
        self.route = Route.CALL
        self.agency: Agency | None = None
        self.association = None
        self.price = 0
        self.score = 0.0
        self.cost_estimate = 0.0
        self.promised_hours = 0.0
        self.staffing, self.believed = 1.0, nan
        self.ends = -1
        self.promised_total = 0.0
        self.delivered_total = 0.0
        self.effective_total = 0.0
        self.due = 0
        self.instalment = 0
        self.paid = 0
        self.fee = 0
        self.written_off = 0
        self.upfront = self.co_payment = self.co_payment_due = self.co_payment_paid = 0
        self.handover = 0.0
        # For assessment: whether it waits, its last year, and what was delivered before that year.
        self.waiting = False
        self.assessed = 0
        self.grade = nan
        self.withheld = self.assessment_fee = 0
        self.spent = self.quarter_hours = 0.0
        self.settled_due = self.returned = self.taken_off = 0
        self.year_ended, self.year_price = -1, 0
        self.delivered_share = self.performance = 0.0
        self.promised_before = self.delivered_before = self.effective_before = 0.0
        self.taken_over = 0.0
        model.contracts.append(self)

    @property
    def bidders(self) -> int:
        return len(self.bids)

    def count_running(self, value: int, step: int) -> None:
        """Add or remove it where needs and the government's split count contracts in force."""
        if not self.institution:
            if self.form == ContractForm.CENTRE:
                self.government.centre_value += value
            else:
                self.government.active[self.field] += value
        if self.community:
            for f, need in enumerate(self.community.needs):
                if f == self.field or self.form == ContractForm.CENTRE:
                    need.served += step

    @property
    def source(self) -> Source:
        return SOURCES[self.channel]

    @property
    def runs(self) -> bool:
        return self.status == Status.RUNNING

    @property
    def owed(self) -> int:
        """Amount due and not yet paid, by either level of government."""
        return self.due - self.paid

    @property
    def owed_by_city(self) -> int:
        """The city's part of it, where the purchaser is a district."""
        return self.co_payment_due - self.co_payment_paid

    @property
    def begun(self) -> int:
        """Quarter in which it was signed."""
        return self.ends - self.term


def sign(
    model: Sector,
    contract: Contract,
    agency: Agency,
    community: Community,
    price: int,
    hours: float,
    staffing: float,
    route: Route,
) -> None:
    """Sign: commit the purchaser's budget and the agency's hours, and start its presence in the community."""
    contract.status = Status.RUNNING
    contract.route = route
    contract.agency = agency
    contract.community = community
    contract.price = price
    contract.promised_hours = hours
    contract.staffing = staffing
    contract.ends = model.quarter + contract.term
    if contract.channel == Channel.SPECIAL_FUND and not contract.government.lets_apply(agency):
        contract.association = agency.association
    schedule_early_payments(contract)
    agency.signed.insert(0, contract)
    agency.wins += 1
    agency.held = True
    agency.committed += hours
    agency.planned += hours * staffing
    contract.purchaser.running += price
    contract.purchaser.awarded += price
    contract.count_running(price, 1)
    agency.tie_with(contract.purchaser)
    agency.presence_in(community)


def schedule_early_payments(contract: Contract) -> None:
    """Set what falls due early, and what the city pays of it as far as its own budget is uncommitted.

    The city pays nothing of what institutions buy.
    """
    government = contract.government
    contract.upfront = int(contract.price * government.payment_upfront)
    if contract.channel == Channel.DISTRICT:
        city = government.city.government
        part = min(int(contract.price * government.payment_co_payment), max(city.unbound, 0))
        contract.co_payment = part
        city.co_payments += part
        government.co_payments += part


def release(contract: Contract, status: Status) -> None:
    """End a contract in force: release what it committed."""
    contract.status = status
    contract.purchaser.running -= contract.price
    if contract.co_payment > 0:
        contract.government.co_payments -= contract.co_payment
        contract.government.city.government.co_payments -= contract.co_payment
    contract.count_running(-contract.price, -1)
    agency = contract.agency
    # Sums of hours are real numbers: an agency without contract must be at exactly zero again.
    if agency.contracts > 0:
        agency.committed -= contract.promised_hours
        agency.planned -= contract.promised_hours * contract.staffing
    else:
        agency.committed = agency.planned = 0.0
