"""The tables of a results folder: which there are, and what each column means.

Columns come from the declarations of records and outcomes, so a field that is added to a record is a
column, with its unit and meaning, at once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sim.declarations.events_and_causes import EVENT
from sim.declarations.outcome_type import Outcome
from sim.declarations.sector_outcomes import SECTOR
from sim.engine.fields import Field
from sim.model.state.agency_fields import AGENCY
from sim.model.state.community_fields import COMMUNITY
from sim.model.state.contract_fields import CONTRACT
from sim.model.state.government_fields import GOVERNMENT, LEVERS
from sim.model.state.institution_fields import INSTITUTION


@dataclass(frozen=True)
class Column:
    """One column of a table.

    Attributes
    ----------
    name, unit, meaning : str
        As declared; money is in CNY.
    """

    name: str
    unit: str
    meaning: str


POINT = Column("point", "", "Point of the design, from 0; 0 in a run of one scenario.")
REPLICATION = Column("replication", "", "Number of the replication, from 0; the same random numbers at every point.")
QUARTER = Column("quarter", "", "Calendar quarter.")


def table_unit(unit: str) -> str:
    """Unit in tables: money is kept in fen and written in CNY."""
    return unit.replace("fen", "CNY")


def columns_of(fields: Iterable[Field], skip: tuple[str, ...] = ()) -> tuple[Column, ...]:
    """Columns for the fields that a table shows."""
    shown = [field for field in fields if field.table and field.name not in skip]
    return tuple(
        Column(
            name,
            table_unit(field.unit),
            f"{field.meaning} {field.formula.capitalize()}." if isinstance(field, Outcome) else field.meaning,
        )
        for field in shown
        for name in field.column_names
    )


TABLES: dict[str, tuple[Column, ...]] = {
    "sector": (POINT, REPLICATION, QUARTER, *columns_of(SECTOR)),
    "agencies": (
        POINT,
        REPLICATION,
        QUARTER,
        Column("agency", "", "Agency."),
        *columns_of(AGENCY),
        Column("skill_FIELD", "0-1", "Skill in each field of service."),
    ),
    "communities": (
        POINT,
        REPLICATION,
        QUARTER,
        Column("community", "", "Community."),
        *columns_of(COMMUNITY),
        Column("unmet_FIELD", "0-1", "Unmet need in each field of service."),
    ),
    "contracts": (
        POINT,
        REPLICATION,
        QUARTER,
        Column("contract", "", "Number of the lot or contract within the run."),
        *columns_of(CONTRACT, ("called",)),
    ),
    "events": (
        POINT,
        REPLICATION,
        *columns_of(EVENT, ("party", "other")),
        Column("party", "", "Kind of the other party."),
        Column("other", "", "The other party."),
    ),
    "money": (
        POINT,
        REPLICATION,
        QUARTER,
        Column("payer_kind", "", "Kind of the account that pays."),
        Column("payer", "", "Account that pays; empty for parties outside the model."),
        Column("payee_kind", "", "Kind of the account that is paid."),
        Column("payee", "", "Account that is paid; empty for parties outside the model."),
        Column("purpose", "", "What the money is for."),
        Column("contract", "", "Contract that it belongs to; -1 for none."),
        Column("amount", "CNY", "Amount."),
    ),
    "policy": (
        POINT,
        REPLICATION,
        QUARTER,
        Column("jurisdiction", "", "City or district; a lever that its level does not have is empty."),
        *(Column(leaf.name, leaf.unit, leaf.info.description or "") for leaf in LEVERS),
        *columns_of(GOVERNMENT),
    ),
    "institutions": (
        POINT,
        REPLICATION,
        QUARTER,
        Column("institution", "", "Institution; no rows where there is none."),
        *columns_of(INSTITUTION),
    ),
    "triggers": (
        POINT,
        REPLICATION,
        QUARTER,
        Column("trigger", "", "Condition that a policy waits for; no rows where no policy does."),
        Column("reading", "", "What it read: last quarter's outcome, in its unit."),
        Column("stand", "", "Where it stood: off, waiting, or in-force."),
        Column("in_force", "yes/no", "Whether its policies were in force."),
    ),
}
"""Columns of every table; `FIELD` stands for each field of service of the scenario."""
