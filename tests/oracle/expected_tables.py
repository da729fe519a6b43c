"""Expected tables of a run, from the oracle: what the rows say, in words, names and CNY.

Columns of rows follow the declarations; how a value is written (words for codes, names for numbers, CNY for fen) is
defined here again, after section 10 of the model.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from sim.declarations.accounts import OUTSIDE, Party
from sim.declarations.choices import Origin
from sim.declarations.events_and_causes import EVENT
from sim.declarations.state_codes import Level
from sim.engine.fields import Field
from sim.model.state.agency_fields import AGENCY
from sim.model.state.community_fields import COMMUNITY
from sim.model.state.contract_fields import CONTRACT
from sim.model.state.government_fields import GOVERNMENT, LEVELS_OF_LEVER, LEVERS
from sim.model.state.institution_fields import INSTITUTION
from sim.scenario.parameters.scenario_file import Scenario
from tests.oracle.agency import Agency
from tests.oracle.expected_names import Names
from tests.oracle.government import Government
from tests.oracle.oracle_model import Sector

Row = dict[str, Any]

FEN_PER_CNY = 100


def column_of(kind: str, field: str) -> str:
    """Column about a field of service: every character but ASCII letters, digits and the underscore is replaced."""
    return re.sub(r"[^A-Za-z0-9_]", "_", f"{kind}_{field}")[:32]


def level_of(government: Government) -> Level:
    """City or district."""
    return Level.CITY if government.is_city else Level.DISTRICT


class TableRecorder:
    """Rows of every table, taken down quarter by quarter.

    `rows` holds them by table; those of contracts and events are there after `finish`.
    """

    def __init__(self, sector: Sector, scenario: Scenario, names: Names) -> None:
        self.sector = sector
        self.scenario = scenario
        self.names = names
        self.rows: dict[str, list[Row]] = defaultdict(list)
        sector.watchers.append(self.take_down)

    def calendar(self, quarter: int) -> str:
        """Calendar quarter of a step."""
        count = self.scenario.start.year * 4 + self.scenario.start.number - 1 + quarter
        return f"{count // 4}-Q{count % 4 + 1}"

    def name(self, kind: str, number: int) -> str | None:
        """Name of one of a kind; none for -1."""
        if number < 0:
            return None
        if kind == "agency":
            return self.agency_name(self.sector.agencies[number])
        return self.names.names[kind][number]

    def agency_name(self, agency: Agency) -> str:
        """As given, or made from founder, origin and quarter."""
        if agency.index < self.sector.given_agencies:
            return self.names.names["agency"][agency.index]
        district = self.names.names["government"][agency.district.index]
        called = {
            Origin.COLLEGE: lambda: f"{self.names.names['college'][agency.founder.index]} agency",
            Origin.SPIN_OFF: lambda: f"Sister of {self.agency_name(agency.founder)}",
            Origin.CONVERTED: lambda: f"{district} group",
            Origin.COMMERCIAL: lambda: f"{district} firm",
            Origin.CORPORATE: lambda: f"{self.names.names['sponsor'][agency.founder.index]} agency",
            Origin.GOVERNMENT: lambda: f"{district} example",
        }[agency.origin]()
        return f"{called} {self.calendar(agency.founded)}"

    def holder(self, party: int, number: int) -> str | None:
        """Name of who holds an account; none outside the model."""
        return None if party < OUTSIDE else self.name(Party(party).label, number)

    def cells(self, fields: Iterable[Field], one: Any, skip: tuple[str, ...] = ()) -> Row:
        """The cells of a record for the fields that its table shows."""
        row: Row = {}
        for field in fields:
            if field.table and field.name not in skip:
                value = level_of(one) if field.name == "level" else getattr(one, field.name)
                values = value if field.shape else [value]
                for column, part in zip(field.column_names, values, strict=True):
                    row[column] = part if field.shape else self.cell(field, part)
        return row

    def cell(self, field: Field, value: Any) -> Any:
        """One value as a table shows it."""
        if value is None:
            value = -1
        if hasattr(value, "index") and hasattr(value, "model"):
            value = value.index
        if field.labels is not None:
            return None if value < 0 else field.labels(int(value)).label
        if field.refers:
            return self.name(field.refers, int(value))
        return value / FEN_PER_CNY if field.unit.startswith("fen") else value

    def take_down(self, sector: Sector) -> None:
        """Add the rows of a quarter."""
        when = {"quarter": self.calendar(sector.quarter)}
        rows = self.rows
        rows["sector"].append(when | sector.outcomes[-1])
        fields = self.names.names["field"]
        for agency in sector.agencies_at_work:
            skills = {column_of("skill", one): skill for one, skill in zip(fields, agency.skills, strict=True)}
            head = when | {"agency": self.agency_name(agency)}
            rows["agencies"].append(head | self.cells(AGENCY, agency) | skills)
        for community in sector.communities:
            needs = zip(fields, community.needs, strict=True)
            unmet = {column_of("unmet", one): need.unmet for one, need in needs}
            head = when | {"community": self.name("community", community.index)}
            rows["communities"].append(head | self.cells(COMMUNITY, community) | unmet)
        for government in sector.governments:
            head = when | {"jurisdiction": self.name("government", government.index)}
            split = {column_of("split", one): part for one, part in zip(fields, government.split, strict=True)}
            rows["policy"].append(head | self.levers(government) | self.cells(GOVERNMENT, government) | split)
        for institution in sector.institutions:
            head = when | {"institution": self.name("institution", institution.index)}
            rows["institutions"].append(head | self.cells(INSTITUTION, institution))
        rows["triggers"] += [when | self.trigger(n) for n in range(len(sector.triggers))]
        self.take_down_money()

    def levers(self, government: Government) -> Row:
        """Levers in force; none where the level does not have one."""
        level = level_of(government)
        row: Row = {}
        for lever in LEVERS:
            value = getattr(government, lever.name)
            if level not in LEVELS_OF_LEVER[lever.name]:
                row[lever.name] = None
            elif lever.codes is not None:
                row[lever.name] = lever.codes(int(value)).label
            else:
                row[lever.name] = value / FEN_PER_CNY if lever.unit.startswith("CNY") else value
        return row

    def trigger(self, number: int) -> Row:
        """What a trigger read, and where it stood."""
        trigger, now = self.sector.triggers[number], self.sector.quarter
        before = self.sector.outcomes[-2] if now > 0 else None
        waits = any(now < first for first, _ in trigger.times)
        stand = "in-force" if trigger.in_force(now) else "waiting" if waits else "off"
        reading = before[trigger.facts["outcome"]] if before else float("nan")
        return {
            "trigger": self.names.names["trigger"][number],
            "reading": reading,
            "stand": stand,
            "in_force": trigger.in_force(now),
        }

    def take_down_money(self) -> None:
        """Add the flows since the last call; those of the start come with the first quarter."""
        for flow in self.sector.flows:
            self.rows["money"].append(
                {
                    "quarter": self.calendar(flow.quarter),
                    "payer_kind": Party(flow.payer.party).label,
                    "payer": self.holder(flow.payer.party, flow.payer.index),
                    "payee_kind": Party(flow.payee.party).label,
                    "payee": self.holder(flow.payee.party, flow.payee.index),
                    "purpose": flow.purpose.label,
                    "contract": flow.contract,
                    "amount": flow.amount / FEN_PER_CNY,
                }
            )
        self.sector.flows.clear()

    def finish(self) -> dict[str, list[Row]]:
        """Add contracts and events, as they stand at the end."""
        self.take_down_money()
        for made in self.sector.bids_made:
            bid = made.bid
            self.rows["bids"].append(
                {
                    "quarter": self.calendar(made.quarter),
                    "contract": made.lot.index,
                    "agency": self.agency_name(bid.agency),
                    "community": self.name("community", bid.community.index),
                    "price": bid.price / FEN_PER_CNY,
                    "hours": bid.hours,
                    "staffing": bid.staffing,
                    "believed": bid.believed,
                    "cost_estimate": bid.cost / FEN_PER_CNY,
                    "score": bid.score,
                    "has_capacity": bid.has_capacity,
                    "won": made.won,
                }
            )
        for contract in self.sector.contracts:
            head = {"quarter": self.calendar(contract.called), "contract": contract.index}
            self.rows["contracts"].append(head | self.cells(CONTRACT, contract, ("called",)))
        for happening in self.sector.events:
            row = {"quarter": self.calendar(happening.quarter)}
            row |= self.cells(EVENT, happening, ("quarter", "party", "other"))
            row["party"] = None if happening.party < 0 else Party(happening.party).label
            row["other"] = None if happening.party < 0 else self.holder(happening.party, happening.other)
            self.rows["events"].append(row)
        return self.rows
