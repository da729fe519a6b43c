"""Scenario file: everything that it may say, as checked values.

Organisations are mappings from name to facts, so that a scenario that `extends` another can change or
remove one by its name.  Names are unique across kinds; references between them are checked in
`sim.scenario.checks.name_checks`.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from sim.declarations.calendar_quarter import Quarter
from sim.declarations.choices import ContractForm, Form, Kind, Origin
from sim.declarations.short_repr import ShortRepr
from sim.scenario.parameters.fundraising_parameters import Donors
from sim.scenario.parameters.labour_parameters import Economy, Labour
from sim.scenario.parameters.name_types import Name, Title
from sim.scenario.parameters.parameter_spec import LARGEST_AMOUNT, Codes, Group, param
from sim.scenario.parameters.policy_levers import CityGovernment, DistrictGovernment
from sim.scenario.parameters.policy_syntax import Policy
from sim.scenario.parameters.rule_parameters import Rules


class FieldOfService(Group):
    """A field of service, such as work with the elderly."""

    incidence: float = param(0.004, "share of residents", "Residents who need professional help.", ge=0, le=1)
    hours: float = param(3.0, "hours/quarter", "Hours that one of them needs.", ge=0, le=500)
    paying: float = param(0.3, "share", "Clients who pay a fee.", ge=0, le=1)
    share: float = param(1.0, "weight", "Weight in the first year's budgets.", ge=0, le=100)


class Communities(Group):
    """The communities of a district: their number; they differ by random draws only."""

    count: int = param(10, "communities", "Number of communities.", ge=1, le=1000)
    residents: float = param(80_000.0, "persons", "Median residents of one community.", ge=1_000, le=1_000_000)
    spread: float = param(0.15, "log sd", "Spread of residents.", ge=0, le=1)
    strength: float = param(0.2, "0-1", "Strength of communities at the start.", ge=0, le=1)
    need_spread: float = param(0.25, "log sd", "Spread of need between communities.", ge=0, le=2)


class District(Group):
    """A district: its communities, its government and its ability to pay."""

    count: int = param(
        1,
        "districts",
        "Number of districts made from this entry; each has its own copy of the agencies and associations named here, "
        "tied to each other within it, and copies tied to another entry's take its copies in turn.",
        ge=1,
        le=5000,
    )
    communities: Communities = Communities()
    government: DistrictGovernment = DistrictGovernment()
    wealth: float = param(1.0, "ratio", "Ability of residents to pay fees, relative to the average.", ge=0, le=10)
    commercial_groups: int = param(
        0, "groups", "Groups registered as companies that would turn nonprofit.", "article, 2010", ge=0, le=1000
    )


class City(Group):
    """A city: its government, districts, labour market and economy."""

    count: int = param(
        1, "cities", "Number of cities made from this entry, each with its own organisations.", ge=1, le=1000
    )
    begins: Quarter | None = Field(
        None, description="First quarter of the year in which its governments begin to buy services; else the start."
    )
    adopts: bool = param(
        False, "yes/no", "Whether its governments begin to buy by the rule of adoption, city by city, after the start."
    )
    region: Name | None = Field(
        None, description="Region of which its neighbours are, which adopting cities look at; else all without one."
    )
    government: CityGovernment = CityGovernment()
    districts: dict[Name, District] = Field(min_length=1)
    labour: Labour = Labour()
    economy: Economy = Economy()
    donors: Donors = Donors()


class College(Group):
    """A college that trains social workers and founds agencies."""

    city: str
    graduates: int = param(40, "persons/year", "Social work graduates a year.", ge=0, le=100_000)
    supervision: float = param(3.0, "agencies", "Agencies that it can supervise well.", ge=0, le=1000)
    drive: float = param(0.5, "0-1", "Drive to found agencies.", ge=0, le=1)
    grant: float = param(60_000.0, "CNY", "Cash given to an agency that it founds.", ge=0, le=1e9)
    emergency: float = param(20_000.0, "CNY/year", "Money for affiliates in distress.", ge=0, le=1e9)
    hosts: bool = param(True, "yes/no", "Gives rooms to agencies that it founds.", "article, 2010")
    assessors: int = param(
        0, "contracts/quarter", "Assessments that its professors can make as third party.", ge=0, le=100_000
    )
    placements: float = param(
        0.0, "students/quarter", "Students in placement, shared equally by its affiliates.", ge=0, le=100_000
    )


class Sponsor(Group):
    """A company that pays an agency for its social responsibility."""

    city: str
    budget: float = param(120_000.0, "CNY/year", "Money for its agencies.", ge=0, le=LARGEST_AMOUNT)
    cycle: float = param(1.0, "elasticity", "How strongly the budget follows the economy.", ge=0, le=10)
    count: int = param(1, "companies", "Number of companies made from this entry, in each city.", ge=1, le=1000)
    patience: float = param(
        5.0, "years", "Time after which it tires of an agency of middling reputation.", gt=0, le=100
    )
    agencies: int = param(1, "agencies", "Agencies that it would pay.", ge=0, le=1000)
    drive: float = param(0.0, "0-1", "Drive to found agencies.", ge=0, le=1)


class Association(Group):
    """A social work association, of one district or of the whole city."""

    city: str
    district: str | None = None
    founded: Quarter | None = None
    rooms: int = param(4, "agencies", "Members that it can give rooms.", "article, 2010", ge=0, le=10_000)
    members: int = param(100, "agencies", "Members that it can take.", ge=0, le=100_000)
    cash: float = param(0.0, "CNY", "Money at the start.", ge=0, le=1e9)
    overlap: float = param(
        0.0, "share", "Directors who become officers of the association when their agency joins.", ge=0, le=1
    )


class Agency(Group):
    """A named agency."""

    district: str
    origin: Annotated[
        Literal["college", "spin-off", "converted", "corporate", "government", "commercial"], Codes(Origin)
    ] = param("college", "choice", "Who founded it.")
    form: Annotated[Literal["registered", "attached", "commercial"], Codes(Form)] = param(
        "registered", "choice", "Legal form."
    )
    kind: Annotated[Literal["nonprofit", "for-profit"], Codes(Kind)] = param("nonprofit", "choice", "What it is for.")
    founded: Quarter | None = None
    begins: Quarter | None = None
    college: str | None = None
    sponsor: str | None = None
    association: str | None = None
    sister: str | None = None
    branches: list[str] = []
    fields: list[str] = []
    staff: int = param(5, "persons", "Staff at the start.", ge=0, le=10_000)
    licensed: float = param(0.35, "share", "Staff with a licence.", ge=0, le=1)
    cash: float = param(80_000.0, "CNY", "Money at the start.", ge=0, le=1e9)
    reputation: float = param(0.4, "0-1", "Reputation at the start.", ge=0, le=1)
    skill: float = param(0.45, "0-1", "Skill in its fields at the start.", ge=0, le=1)
    mission: float = param(0.6, "0-1", "Orientation towards development of communities.", ge=0, le=1)
    officers_in_common: bool = param(False, "yes/no", "Its director is an officer of its association.")
    rooms: Literal["own", "college", "association", "sponsor"] = param("own", "choice", "Who gives it rooms.")
    advisers: int = param(0, "colleges", "Colleges beside its own whose teachers advise it from afar.", ge=0, le=50)


class AgencyGroup(Group):
    """Agencies made from one entry: a count, and distributions around an `Agency`'s values."""

    count: int = param(
        10,
        "agencies",
        "Number of agencies, dealt out to the districts in turn, every copy of a counted one among them.",
        ge=0,
        le=100_000,
    )
    cities: list[str] = []
    origin: Annotated[
        Literal["college", "spin-off", "converted", "corporate", "government", "commercial"], Codes(Origin)
    ] = param("college", "choice", "Who founded them.")
    form: Annotated[Literal["registered", "attached", "commercial"], Codes(Form)] = param(
        "registered", "choice", "Legal form."
    )
    kind: Annotated[Literal["nonprofit", "for-profit"], Codes(Kind)] = param(
        "nonprofit", "choice", "What they are for."
    )
    staff: int = param(5, "persons", "Median staff.", ge=1, le=10_000)
    staff_spread: float = param(0.4, "log sd", "Spread of staff.", ge=0, le=2)
    licensed: float = param(0.35, "share", "Staff with a licence.", ge=0, le=1)
    cash: float = param(80_000.0, "CNY", "Median money.", ge=0, le=1e9)
    cash_spread: float = param(0.5, "log sd", "Spread of money.", ge=0, le=2)
    reputation: float = param(0.4, "0-1", "Mean reputation.", ge=0, le=1)
    skill: float = param(0.45, "0-1", "Skill in its field.", ge=0, le=1)
    mission: float = param(0.6, "0-1", "Mean leaning to development.", ge=0, le=1)
    trait_spread: float = param(0.1, "sd", "Spread of reputation, skill and mission.", ge=0, le=0.5)


class Institutions(Group):
    """Institutions that may buy services themselves: so many of a kind in each district."""

    field: str
    count: int = param(1, "institutions", "Number in each district.", ge=1, le=1000)
    cities: list[str] = []
    form: Annotated[Literal["project", "post"], Codes(ContractForm)] = param(
        "project", "choice", "What they buy: projects, or posts for social workers on the spot."
    )
    weight: float = param(1.0, "weight", "Weight in what governments allot to institutions.", gt=0, le=1000)
    own_money: float = param(
        0.0,
        "CNY/year",
        "Money of its own that each spends on contracts, beside what governments allot.",
        "article, 2010: institutions buy with money of their own; level free",
        grows_with="rules.costs.inflation",
        plausible=(0, 200_000),
        ge=0,
        le=LARGEST_AMOUNT,
    )
    administrative_pressure: float = param(
        0.2, "0-1", "Administrative tasks asked of agencies that depend on them.", ge=0, le=1
    )
    track_record: float = param(
        0.3, "0-1", "Least skill in the field of an agency that they buy from.", "article, 2010", ge=0, le=1
    )


class Scenario(ShortRepr, Group):
    """A whole scenario."""

    title: Title
    question: str = ""
    start: Quarter
    quarters: int = param(60, "quarters", "Length of a run.", ge=1, le=400)
    dates_outside_run: bool = Field(
        False,
        description="Whether policies may have dates before the start or after the end, as those of a base may; of "
        "what began before, what is left holds.",
    )
    fields: dict[Name, FieldOfService] = Field(min_length=1, max_length=20)
    cities: dict[Name, City] = Field(min_length=1)
    colleges: dict[Name, College] = {}
    sponsors: dict[Name, Sponsor] = {}
    associations: dict[Name, Association] = {}
    agencies: dict[Name, Agency] = {}
    generated: dict[Name, AgencyGroup] = {}
    institutions: dict[Name, Institutions] = {}
    policies: list[Policy] = []
    rules: Rules = Rules()

    def _facts(self) -> tuple[str, dict[str, object]]:
        districts = sum(len(city.districts) for city in self.cities.values())
        return self.title, {
            "start": self.start,
            "quarters": self.quarters,
            "cities": len(self.cities),
            "districts": districts,
            "agencies": len(self.agencies) + sum(group.count for group in self.generated.values()),
            "policies": len(self.policies),
        }

    @property
    def scenario(self) -> Scenario:
        """The scenario itself, for programs of the time when `load_scenario` gave an object around it."""
        return self
