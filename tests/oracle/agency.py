"""Agencies: state, capacity, costs, and relations with purchasers and communities.

A for-profit is an agency with another purpose (`kind`).
"""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, Any

import mesa

from sim.declarations.accounts import Party
from sim.declarations.choices import Form, Kind, Origin
from sim.declarations.events_and_causes import Cause
from sim.declarations.income_sources import ASKED_SOURCES, Source
from sim.declarations.state_codes import Host
from tests.oracle.agency_links import Presence, SourceWork, Tie
from tests.oracle.measures import start_measures

if TYPE_CHECKING:
    from tests.oracle.community import Community
    from tests.oracle.contract import Contract
    from tests.oracle.government import Government
    from tests.oracle.oracle_model import Sector
    from tests.oracle.other_organisations import Association, College, Sponsor

COHORTS = range(5)
"""Time in post: quarters 0 to 3 of the first year, then settled."""

SETTLED = 4
UNLICENSED, LICENSED = 0, 1
LICENCES = (UNLICENSED, LICENSED)

STRETCH = 1.0 / 3.0
"""Part of a post that the staff covers by working more."""


class Agency(mesa.Agent):
    """An agency."""

    party = Party.AGENCY

    def __init__(
        self, model: Sector, id: int, district: Government, origin: Origin, form: Form, kind: Kind, founded: int
    ) -> None:
        super().__init__(model)
        self.index = len(model.agencies)
        self.id = id
        self.active = True
        self.origin, self.form, self.kind = origin, form, kind
        self.city, self.district = district.city, district
        self.association: Association | None = None
        self.college: College | None = None
        self.sponsor: Sponsor | None = None
        self.sister: Agency | None = None
        self.founder: Any = None
        self.host, self.officers_in_common, self.founded = Host.OWN, False, founded
        self.director_since, self.directors = founded, 1
        self.closing_cause, self.staff_at_end = Cause.NONE, 0
        self.held, self.seats = False, 0.0
        self.community: Community
        self.field = 0
        self.signed: list[Contract] = []
        self.ties: dict[Any, Tie] = {}
        self.presences: dict[Community, Presence] = {}
        self.cohorts = [[0, 0] for _ in COHORTS]
        self.movers = [0, 0]
        self.skills = [0.0 for _ in model.fields]
        self.practice = [0.0 for _ in model.fields]
        self.work: dict[Source, SourceWork] = {}
        self.incomes = [dict.fromkeys(Source, 0) for _ in range(4)]
        self.start_accounts()
        self.start_relations()
        self.clear_counts()
        model.agencies.append(self)
        self.city.members.append(self)
        district.home_agencies.insert(0, self)

    def start_accounts(self) -> None:
        self.cash = 0
        self.receivable = self.overdue_assessment = self.overdue_income = self.overdue_wages = self.overdue_bills = 0
        self.wage, self.wage_bill, self.cost, self.unit_cost = 0.0, 0, 0, 0.0
        self.closed = self.dormant_since = self.registered = -1
        self.acceptance = 0.0
        self.advisers = 0
        self.committed = self.planned = 0.0
        self.idle_quarters = self.low_return_quarters = 0
        self.income_district_contracts = self.income_special_fund = 0
        self.income_institutions = self.income_grants = self.income_commissions = self.income_donations = 0
        self.income_sponsorship = self.income_fees = self.income_college = 0
        self.government_share = self.concentration = 0.0
        self.sources, self.source_concentration = 0, 0.0
        self.income_mean = self.income_variance = self.turnover = 0.0

    def start_relations(self) -> None:
        self.tenure = self.placements = 0.0
        self.supervisors = 0
        self.looseness = self.staffed = 1.0
        self.own_share = self.hours = self.promised = self.effective = self.known_hours = 0.0
        self.administrative = self.quality = self.supervision = self.reputation = self.mission = 0.0
        self.reserve_target = self.adequacy = self.own_posts = self.extra_posts = 0.0
        self.loan = self.advance = self.unpaid = 0
        self.capital = self.drawn = 0
        self.guise = False
        self.lender: Any = None
        self.last_advance = -1
        self.project = self.project_left = 0
        self.compliance = 0.5
        start_measures(self)

    def clear_counts(self) -> None:
        """Reset quarterly counters."""
        self.hired = self.quits = self.first_year_quits = self.laid_off = self.vacancies = self.unfilled = 0
        self.exams_passed = self.moved_in = self.lost_to_agency = 0
        self.bids = self.wins = 0
        self.income = self.support = self.repaid = self.returned = 0
        self.severance = self.severed = 0
        self.owners_in = self.owners_out = 0
        self.delivered = self.own_hours = self.extra_hours = self.shading = self.diverted = 0.0
        self.handover_hours = self.commission_hours = 0.0

    # --- people

    @property
    def staff(self) -> int:
        return sum(unlicensed + licensed for unlicensed, licensed in self.cohorts)

    @property
    def settled(self) -> int:
        return sum(self.cohorts[SETTLED])

    @property
    def licensed(self) -> int:
        return sum(licensed for _, licensed in self.cohorts)

    def settled_tenure(self) -> float:
        """Mean quarters in post of settled people."""
        early = sum(younger * sum(self.cohorts[younger]) for younger in range(SETTLED))
        return (self.tenure - early) / max(self.settled, 1)

    def supervisors_needed(self) -> int:
        """One for each span of people, from three people on, as far as there are settled ones."""
        return min(ceil(self.staff / self.model.rules.people_span), self.settled) if self.staff > 2 else 0

    def hours_per_person(self) -> float:
        """Hours of service that one person gives in a quarter."""
        return self.model.rules.people_hours * (1.0 - self.administrative)

    def hiring_limit(self) -> int:
        """New staff that it can take on within a quarter."""
        rules = self.model.rules
        usual = max(rules.people_hiring_minimum, rules.people_hiring_limit * self.staff)
        return int((rules.founding_firm_growth if self.kind == Kind.FOR_PROFIT else 1.0) * usual)

    # --- contracts and income

    @property
    def running(self) -> list[Contract]:
        """Contracts in force; `signed` also holds those that have ended but are not yet paid in full."""
        return [contract for contract in self.signed if contract.runs]

    @property
    def contracts(self) -> int:
        return len(self.running)

    @property
    def contract_value(self) -> int:
        return sum(contract.price for contract in self.running)

    @property
    def income_year(self) -> int:
        """Income of the last four quarters."""
        return sum(sum(quarter.values()) for quarter in self.incomes)

    def year_income(self, source: Source) -> int:
        return sum(quarter[source] for quarter in self.incomes)

    def book(self, source: Source, amount: int) -> None:
        """Add income to the accounts."""
        self.incomes[self.model.season][source] += amount
        self.income += amount

    # --- sources of funding

    @property
    def effort(self) -> list[float]:
        return [
            self.work[source].effort if source in self.work else 0.0 for source in map(Source.member, ASKED_SOURCES)
        ]

    @property
    def capability(self) -> list[float]:
        return [
            self.work[source].capability if source in self.work else 0.0 for source in map(Source.member, ASKED_SOURCES)
        ]

    def effort_on(self, source: Source) -> float:
        return self.work[source].effort if source in self.work else 0.0

    def share_won(self, source: Source) -> float:
        """Share of what a source can give that its effort there wins."""
        worth = self.worth_of(source)
        return worth / (worth + self.model.rules.strategy_half_effort)

    def worth_of(self, source: Source) -> float:
        """Effort on a source; without capability it counts for three tenths."""
        if source not in self.work:
            return 0.0
        return self.work[source].effort * (0.3 + 0.7 * self.work[source].capability)

    # --- costs

    def pay_factor(self) -> float:
        """Mean pay over the wage of who is no supervisor."""
        return 1.0 + self.model.rules.costs_supervisor_premium * self.supervisors_needed() / max(self.staff, 1)

    def mean_pay(self) -> float:
        """Mean pay of the staff, supervisors included."""
        return self.wage * self.pay_factor()

    def relative_pay(self, wage: float) -> float:
        """A wage over the outside wage; beyond a hundred times pay makes no difference."""
        return min(max(wage / self.city.market_wage, 0.01), 100.0)

    def rent_per_person(self) -> float:
        """Rent of one workplace for a quarter; zero where a host provides the office."""
        return self.model.rules.costs_rent * self.city.cost_index if self.host == Host.OWN else 0.0

    def cost_per_person(self) -> float:
        """Wage, social insurance, rent and overhead of one person for a quarter."""
        rules = self.model.rules
        pay = 3.0 * self.mean_pay() * (1.0 + rules.costs_social_insurance)
        return pay + self.rent_per_person() + rules.costs_overhead * self.city.cost_index

    def fixed_cost(self) -> float:
        return self.model.rules.costs_fixed * self.city.cost_index

    def cost_per_hour(self) -> float:
        """Cost of one hour of service, fixed costs spread over the staff."""
        return (self.cost_per_person() + self.fixed_cost() / max(self.staff, 1)) / self.hours_per_person()

    @property
    def debts(self) -> int:
        """Wages and bills owed."""
        return self.overdue_wages + self.overdue_bills

    @property
    def money_after_debts(self) -> int:
        return self.cash - self.debts - self.loan - self.advance

    def own_reserve(self, until: int) -> int:
        """Money after debts, less what is paid for work from quarter `until` on."""
        ahead = [one.paid - one.price * (until - one.begun) // 4 for one in self.running]
        return self.money_after_debts - sum(max(money, 0) for money in ahead)

    def monthly_cost(self, staff: int) -> float:
        """Cost of a month with so many people."""
        return (staff * self.cost_per_person() + self.fixed_cost()) / 3.0

    def months_of_reserve(self) -> float:
        """Cash less debts, in months of the present staff's cost; below zero where debts are higher."""
        return self.money_after_debts / max(self.monthly_cost(self.staff), 1.0)

    def months_of_wages(self, owed: int) -> float:
        """Debts in months of full wages of the present staff; of one person where there is no staff."""
        return owed / max(self.mean_pay() * max(self.staff, 1), 1.0)

    @property
    def nearness_to_peers(self) -> float:
        """Part of what fellow members can teach that reaches it: all in shared rooms."""
        return 1.0 if self.host == Host.ASSOCIATION else self.model.rules.rooms_apart

    # --- ties

    @property
    def barred_until(self) -> int:
        """Last quarter in which any purchaser bars it."""
        return max((tie.barred_until for tie in self.ties.values()), default=-1)

    def is_barred_by(self, purchaser: Any) -> bool:
        """Whether a low grade keeps it from a purchaser's calls this quarter."""
        return purchaser in self.ties and self.ties[purchaser].barred_until >= self.model.quarter

    def tie_with(self, purchaser: Any) -> Tie:
        """Its tie with a purchaser, created where there was none."""
        if purchaser not in self.ties:
            self.ties[purchaser] = Tie()
        return self.ties[purchaser]

    def relation_with(self, purchaser: Any) -> float:
        """From 0 (strangers) to 1."""
        return self.ties[purchaser].relation if purchaser in self.ties else 0.0

    @property
    def relation(self) -> float:
        """Relation with the government of its home district."""
        return self.relation_with(self.district)

    def presence_in(self, community: Community) -> Presence:
        """Its presence in a community, created where there was none."""
        if community not in self.presences:
            self.presences[community] = Presence(self.model.quarter)
        return self.presences[community]

    def quarters_in(self, community: Community) -> float:
        """Unbroken quarters of service in a community, less what was lost with staff."""
        return self.presences[community].quarters if community in self.presences else 0.0

    def leave_community(self, community: Community) -> None:
        """Leave a community; a disruption where service was unbroken."""
        if self.presences.pop(community).quarters > 0:
            community.disruptions += 1

    def income_share_of(self, tie: Tie) -> float:
        """Its dependence on a purchaser: the share of the year's income that comes from there."""
        return tie.income_year / self.income_year if self.income_year > 0 else 0.0
