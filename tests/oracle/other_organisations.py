"""Other organisations: cities with their labour markets, associations, colleges, sponsors, donors and assessors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import mesa

from sim.declarations.accounts import Party
from tests.oracle.scenario_inputs import CITY_NAMES, chosen

if TYPE_CHECKING:
    from tests.oracle.agency import Agency
    from tests.oracle.community import Community
    from tests.oracle.contract import Contract
    from tests.oracle.founding_attempt import Waiting
    from tests.oracle.government import Government
    from tests.oracle.oracle_model import Sector


class City(mesa.Agent):
    """A city: its labour market and its economy.

    Parameters of both (`entry`, `exit_rate`, `volatility`, ...) are attributes.  `members` are the agencies at work
    here; `seekers` and `outside` count qualified people without and with licence.
    """

    def __init__(self, model: Sector, index: int, facts: dict[str, Any]) -> None:
        super().__init__(model)
        vars(self).update(chosen(facts, CITY_NAMES))
        self.index = index
        self.id = facts["id"]
        self.begins = facts["begins"] if facts["begins"] >= 0 else None
        self.adopts = facts["adopts"]
        self.region = facts["region"]
        self.government: Government
        self.districts: list[Government] = []
        self.members: list[Agency] = []
        self.colleges: list[College] = []
        self.associations: list[Association] = []
        self.donors: Donors
        self.sponsors: list[Sponsor] = []
        self.assessor: Assessor
        self.economy = 0.0
        self.wage_index = 1.0
        self.cost_index = 1.0
        self.market_wage = self.outside_wage
        self.sector_wage = self.outside_wage
        self.seekers = facts["seekers"]
        self.people_at_start = sum(self.seekers)
        self.outside = [0, 0]
        self.trained = 0
        self.other_holders = facts["other_holders"]
        self.candidates_index = 1.0
        self.imported_staff = 0
        self.vacancies = 0
        self.finding, self.filled = model.rules.people_usual_finding, 1.0
        self.firm_income = self.firm_cost = 0.0
        self.graduates_entering = 0
        self.movers = [0, 0]
        self.asleep: list[Agency] = []
        self.waiting: list[Waiting] = []
        self.plans: list[tuple[Agency, dict[str, Any], dict[str, Any]]] = []
        self.revived = 0

    def buys(self, quarter: int) -> bool:
        """Whether its governments buy services in a quarter."""
        return self.begins is not None and self.begins <= quarter

    @property
    def refused_founders(self) -> int:
        """Number of founders who wait."""
        return len(self.waiting)

    @property
    def planned(self) -> int:
        """Number of named agencies that begin later."""
        return len(self.plans)

    @property
    def dormant(self) -> int:
        """Number of dormant agencies."""
        return len(self.asleep)

    @property
    def agencies(self) -> int:
        """Number of active agencies."""
        return len(self.members)

    @property
    def purchasers(self) -> list[Government]:
        return [self.government, *self.districts]

    @property
    def communities(self) -> list[Community]:
        return self.government.communities


class Association(mesa.Agent):
    """A social work association, of one district or (`district` is None) of a whole city."""

    party = Party.ASSOCIATION

    def __init__(self, model: Sector, index: int, facts: dict[str, Any]) -> None:
        super().__init__(model)
        self.index = index
        self.city = model.cities[facts["city"]]
        self.district = model.governments[facts["district"]] if facts["district"] >= 0 else None
        self.founded = facts["founded"]
        self.rooms = facts["rooms"]
        self.hosted = 0
        self.members_limit = facts["members_limit"]
        self.overlap = facts["overlap"]
        self.members = 0
        self.cash = 0
        self.fees = 0
        self.passed_on = 0
        self.support = 0
        self.best: Agency | None = None
        self.best_quarter = -1
        self.city.associations.append(self)

    @property
    def has_room(self) -> bool:
        """Whether it can take another member."""
        return self.members < self.members_limit


class College(mesa.Agent):
    """A college that trains social workers, and founds and supports agencies."""

    party = Party.COLLEGE

    def __init__(self, model: Sector, index: int, facts: dict[str, Any]) -> None:
        super().__init__(model)
        self.index = index
        self.id = facts["id"]
        self.city = model.cities[facts["city"]]
        self.graduates = facts["graduates"]
        self.supervision = facts["supervision"]
        self.drive = facts["drive"]
        self.grant = facts["grant"]
        self.emergency = facts["emergency"]
        self.hosts = facts["hosts"]
        self.assessors = facts["assessors"]
        self.placements = facts["placements"]
        self.affiliates = 0
        self.cash = 0
        self.city.colleges.append(self)


class Sponsor(mesa.Agent):
    """A company that pays agencies for its social responsibility, as the business cycle allows."""

    party = Party.SPONSOR

    def __init__(self, model: Sector, index: int, facts: dict[str, Any]) -> None:
        super().__init__(model)
        self.index = index
        self.id = facts["id"]
        self.city = model.cities[facts["city"]]
        self.drive = facts["drive"]
        self.budget = facts["budget"]
        self.cycle = facts["cycle"]
        self.patience = facts["patience"]
        self.agencies_limit = facts["agencies_limit"]
        self.agencies = 0
        self.cash = 0
        self.served = 0
        self.city.sponsors.append(self)

    @property
    def takes_another(self) -> bool:
        """Whether it has money, and sponsors fewer agencies than it would."""
        return self.budget > 0 and self.agencies < self.agencies_limit


class Donors(mesa.Agent):
    """Foundations and the public of a city, as one pool."""

    party = Party.DONORS

    def __init__(self, model: Sector, index: int, facts: dict[str, Any]) -> None:
        super().__init__(model)
        self.index = index
        self.city = model.cities[facts["city"]]
        self.pool, self.growth = facts["pool"], facts["growth"]
        self.cycle, self.reach = facts["cycle"], facts["reach"]
        self.calls, self.project = facts["calls"], facts["project"]
        self.growth_index = 1.0
        self.cash = 0
        self.asked = 0.0
        self.given = 0
        self.city.donors = self


class Assessor(mesa.Agent):
    """The third-party assessors of a city.

    `queue` holds the contracts that wait; `ended` and `covered` the price of contract years that came up, and of
    those that were graded, by quarter.
    """

    party = Party.ASSESSOR

    def __init__(self, model: Sector, city: City) -> None:
        super().__init__(model)
        self.index = city.index
        self.city = city
        self.cash = self.capacity = self.price = self.fees = self.done = self.missed = 0
        self.precision = 0.0
        self.served = 1.0
        self.queue: list[Contract] = []
        self.ended_in: dict[int, int] = {}
        self.covered_in: dict[int, int] = {}
        city.assessor = self

    @property
    def backlog(self) -> int:
        return len(self.queue)

    @property
    def ended(self) -> list[int]:
        return self.by_season(self.ended_in)

    @property
    def covered(self) -> list[int]:
        return self.by_season(self.covered_in)

    def by_season(self, sums: dict[int, int]) -> list[int]:
        """The last four quarters, by quarter of the year."""
        values = [0, 0, 0, 0]
        for quarter in range(max(self.model.quarter - 4, 0), self.model.quarter):
            values[(self.model.first_season + quarter) % 4] = sums.get(quarter, 0)
        return values
