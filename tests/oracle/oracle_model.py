"""Oracle model: the model of the sector a second time, written in the plainest way.

Plain Mesa agents with ordinary attributes, lists and dictionaries; nothing is shared with the compiled rules
but the scenario, the starting values, the names of things and the random numbers.  Read from here on, phase by
phase, it says what the model does.

    sector = Sector(CompiledScenario.of(load_scenario("beijing-2010").scenario), seed=1)
    sector.step()
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import mesa

from sim.declarations.accounts import OUTSIDE, Party
from sim.declarations.random_streams import Stream
from sim.model.setup.compiled_scenario import CompiledScenario
from tests.oracle import random_draws as draws
from tests.oracle import scenario_inputs as given
from tests.oracle.adoption import adopt_purchasing
from tests.oracle.agency import Agency
from tests.oracle.assessment import assess_contracts
from tests.oracle.award import award_lots
from tests.oracle.bidding import make_bids
from tests.oracle.budgets import set_budgets, update_economy
from tests.oracle.calls import call_lots, end_contracts
from tests.oracle.closure import support_and_close_agencies
from tests.oracle.commissions import give_commissions
from tests.oracle.community import Community, update_needs
from tests.oracle.contract import BidMade, Contract
from tests.oracle.costs import pay_costs
from tests.oracle.delivery import deliver_services
from tests.oracle.direct_hiring import hire_directly
from tests.oracle.dormancy import update_dormant
from tests.oracle.entry_of_firms import note_returns_of_firms
from tests.oracle.events import EventRecord
from tests.oracle.founding import found_agencies, found_in_other_cities
from tests.oracle.funding import receive_other_income, return_unused
from tests.oracle.government import Government
from tests.oracle.grants import pay_grants
from tests.oracle.initial_state import open_sector
from tests.oracle.instalments import let_instalments_fall_due
from tests.oracle.institution import Institution
from tests.oracle.labour import note_sector_wages, update_labour_market
from tests.oracle.layoffs import adjust_staff
from tests.oracle.money import Flow, Outside
from tests.oracle.named_agencies import begin_planned
from tests.oracle.observation import observe
from tests.oracle.other_organisations import Assessor, Association, City, College, Donors, Sponsor
from tests.oracle.payment import pay_contracts
from tests.oracle.policies import LeverUnderPolicies, Trigger, apply_policies
from tests.oracle.quits_and_hiring import let_staff_quit, update_tenure
from tests.oracle.registration import change_rooms, register_attached
from tests.oracle.relations_and_reputation import update_standing
from tests.oracle.settlement import settle_contracts
from tests.oracle.shocks import change_directors, reorganise, strike_by_scandal
from tests.oracle.strategy import choose_strategy
from tests.oracle.waiting_founders import let_waiting_founders_try

PLANS_AND_PEOPLE = (
    update_economy,
    adopt_purchasing,
    set_budgets,
    update_needs,
    note_sector_wages,
    update_labour_market,
    let_staff_quit,
    hire_directly,
    change_directors,
    strike_by_scandal,
    reorganise,
    begin_planned,
    found_agencies,
    let_waiting_founders_try,
    update_dormant,
)
"""The first half of a quarter in a city, once policies are in force."""

PURCHASE_AND_SERVICE = (
    register_attached,
    change_rooms,
    choose_strategy,
    end_contracts,
    call_lots,
    make_bids,
    award_lots,
    adjust_staff,
    give_commissions,
    deliver_services,
    let_instalments_fall_due,
    assess_contracts,
    pay_contracts,
    receive_other_income,
    pay_grants,
    pay_costs,
    settle_contracts,
    note_returns_of_firms,
    support_and_close_agencies,
    return_unused,
    update_standing,
)
"""The second half."""


class Sector(mesa.Model):
    """A sector of social work agencies, with all other organisations.

    `agencies` holds all there ever were, in order of founding; `agencies_at_work` those not closed.  `watchers` are
    called when a quarter was observed, before time in post goes on.
    """

    def __init__(self, compiled: CompiledScenario, seed: int) -> None:
        super().__init__(rng=seed)
        world = compiled.world
        clock = given.plain(world.clock[0])
        self.rules = given.behaviour(compiled)
        self.policies = [LeverUnderPolicies(*facts) for facts in given.policies(compiled)]
        self.triggers = [Trigger(facts) for facts in given.triggers(compiled)]
        self.random_key = draws.RandomKey(seed, clock["noise_scale"], 0)
        self.first_season = clock["first_season"]
        self.quarter, self.season = 0, self.first_season
        self.fields = compiled.names["field"]
        self.hours_per_resident, self.paying_share = (world.fields[:, n].tolist() for n in (0, 1))
        self.first_split = world.split[0].tolist()
        self.outside = {party: Outside(party) for party in Party if party < OUTSIDE}
        self.agencies: list[Agency] = []
        self.contracts: list[Contract] = []
        self.bids_made: list[BidMade] = []
        self.flows: list[Flow] = []
        self.events: list[EventRecord] = []
        self.outcomes: list[dict[str, float]] = []
        self.disruptions_before = 0
        self.watchers: list[Callable[[Sector], None]] = []
        self.lay_out_places(compiled)
        self.associations = [Association(self, n, given.plain(r)) for n, r in enumerate(world.associations)]
        self.colleges = [College(self, n, given.plain(r)) for n, r in enumerate(world.colleges)]
        self.sponsors = [Sponsor(self, n, given.plain(r)) for n, r in enumerate(world.sponsors)]
        self.donors = [Donors(self, n, given.plain(r)) for n, r in enumerate(world.donors)]
        self.assessors = [Assessor(self, city) for city in self.cities]
        self.place_institutions(compiled)
        open_sector(self, compiled)
        self.given_agencies = len(self.agencies)

    def lay_out_places(self, compiled: CompiledScenario) -> None:
        """Cities with their governments, districts with theirs, communities."""
        world = compiled.world
        self.cities = [City(self, n, given.plain(record)) for n, record in enumerate(world.cities)]
        self.governments: list[Government] = []
        for n, record in enumerate(world.governments):
            facts = given.plain(record)
            city = self.cities[facts["city"]]
            government = Government(self, n, facts, city, is_city=n < len(self.cities))
            self.governments.append(government)
            if government.is_city:
                city.government = government
            else:
                city.districts.append(government)
        self.communities: list[Community] = []
        for n, record in enumerate(world.communities):
            district = self.governments[record.district]
            community = Community(self, n, given.plain(record), district)
            self.communities.append(community)
            district.communities.append(community)
            district.city.government.communities.append(community)

    def place_institutions(self, compiled: CompiledScenario) -> None:
        """Institutions, in their districts and cities."""
        self.institutions = [Institution(self, n, given.plain(r)) for n, r in enumerate(compiled.world.institutions)]
        for institution in self.institutions:
            institution.district.institutions.append(institution)
            institution.city.government.institutions.append(institution)

    @property
    def agencies_at_work(self) -> list[Agency]:
        return [agency for agency in self.agencies if agency.active]

    def step(self) -> None:
        """Advance by one quarter."""
        self.open_quarter()
        apply_policies(self)
        self.run_phases(PLANS_AND_PEOPLE)
        found_in_other_cities(self)
        self.run_phases(PURCHASE_AND_SERVICE)
        observe(self)
        for watch in self.watchers:
            watch(self)
        for city in self.cities:
            update_tenure(self, city)
        self.quarter += 1

    def run_phases(self, phases: Iterable[Callable[[Sector, City], None]]) -> None:
        """All phases in one city, then in the next."""
        for city in self.cities:
            for phase in phases:
                phase(self, city)

    def open_quarter(self) -> None:
        """Turn the calendar and clear what is counted by the quarter."""
        self.season = (self.first_season + self.quarter) % 4
        self.random_key = draws.RandomKey(self.random_key.seed, self.random_key.noise_scale, self.quarter)
        for agency in self.agencies_at_work:
            agency.clear_counts()
            # Last year's income of this season drops out of the books of four quarters.
            agency.incomes[self.season] = dict.fromkeys(agency.incomes[self.season], 0)
            for tie in agency.ties.values():
                tie.income[self.season] = 0
        for city in self.cities:
            for agency in city.asleep:
                agency.clear_counts()
        for government in self.governments:
            government.clear_counts()
            government.called_lots = []
        for institution in self.institutions:
            institution.clear_counts()
        for association in self.associations:
            association.fees = association.passed_on = association.support = 0

    # Each draw is a function of its stream, the entity, the quarter, an index and the seed.

    def uniform(self, stream: Stream, who: int, index: int) -> float:
        return draws.uniform(self.random_key, stream, who, index)

    def happens(self, p: float, stream: Stream, who: int, index: int) -> bool:
        return draws.bernoulli(self.random_key, p, stream, who, index)

    def pick(self, n: int, stream: Stream, who: int, index: int) -> int:
        return draws.random_index(self.random_key, n, stream, who, index)

    def normal(self, stream: Stream, who: int, index: int) -> float:
        return draws.normal(self.random_key, stream, who, index)

    def gumbel(self, stream: Stream, who: int, index: int) -> float:
        return draws.gumbel(self.random_key, stream, who, index)

    def factor(self, sigma: float, stream: Stream, who: int, index: int) -> float:
        """A factor of median 1 whose logarithm has standard deviation `sigma`."""
        return draws.lognormal_factor(self.random_key, sigma, stream, who, index)

    def count(self, n: int, p: float, stream: Stream, who: int, index: int) -> int:
        """How many of `n` do what each does with probability `p`."""
        if n == 0:
            return 0
        return draws.binomial_count(self.uniform(stream, who, index), n, p)
