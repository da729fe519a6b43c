"""Table columns: which tables a results folder has, and what each column means.

Columns come from the declarations of records and outcomes, so a field that is added to a record is a
column, with its unit and meaning, at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from sim.declarations.accounts import Party, Purpose
from sim.declarations.events_and_causes import EVENT
from sim.declarations.outcome_type import Outcome
from sim.declarations.sector_outcomes import SECTOR
from sim.declarations.state_codes import Stand
from sim.engine.column_names import column_name
from sim.engine.fields import Field, LabelledEnum
from sim.model.state.agency_fields import AGENCY
from sim.model.state.community_fields import COMMUNITY
from sim.model.state.contract_fields import BID_RECORD, CONTRACT
from sim.model.state.government_fields import GOVERNMENT, LEVERS
from sim.model.state.institution_fields import INSTITUTION


@dataclass(frozen=True)
class Column:
    """One column of a table.

    Attributes
    ----------
    name, unit, meaning : str
        As declared; money is in CNY.
    words : type of LabelledEnum, optional
        Enumeration whose words it holds.
    outcome, measure : str
        Outcome of the sector that it holds, and what of its trajectory where that is one number a run.
    named : bool
        Whether it holds names or dates.
    """

    name: str
    unit: str
    meaning: str
    words: type[LabelledEnum] | None = None
    outcome: str = ""
    measure: str = ""
    named: bool = False

    @property
    def has_numbers(self) -> bool:
        """Whether its values are numbers, or true and false."""
        return self.words is None and not self.named

    def note(self) -> dict[str, Any]:
        """What `columns.json` says of it: name, unit, meaning, and what else there is to say."""
        note: dict[str, Any] = {"name": self.name, "unit": self.unit, "meaning": self.meaning}
        note |= {key: value for key, value in (("outcome", self.outcome), ("measure", self.measure)) if value}
        if self.words is not None:
            note["values"] = [{"word": member.label, "meaning": member.meaning} for member in self.words]
        return note


POINT = Column("point", "", "Point of the design, from 0; 0 in a run of one scenario.")
REPLICATION = Column("replication", "", "Number of the replication, from 0; the same random numbers at every point.")
QUARTER = Column("quarter", "", "Calendar quarter; a category with an order.", named=True)
DATE = Column("date", "", "First day of the quarter.", named=True)
EVERY_FIELD = "_FIELD"
"""Ending that stands for each field of service of the scenario."""


def table_unit(unit: str) -> str:
    """Unit in tables: money is kept in fen and written in CNY."""
    return unit.replace("fen", "CNY")


def columns_of(fields: Iterable[Field], skip: tuple[str, ...] = ()) -> tuple[Column, ...]:
    """Columns for the fields that a table shows."""
    shown = [field for field in fields if field.table and field.name not in skip]
    return tuple(column for field in shown for column in _columns_of_field(field))


def _columns_of_field(field: Field) -> Iterator[Column]:
    unit = table_unit(field.unit)
    if isinstance(field, Outcome):
        yield Column(field.name, unit, f"{field.meaning} {field.formula.capitalize()}.", outcome=field.name)
    elif not field.shape:
        yield Column(field.name, unit, field.meaning, field.labels, named=bool(field.refers))
    else:
        for name, part in zip(field.column_names, field.part_names, strict=True):
            yield Column(name, unit, f"{field.meaning.rstrip('.')}: {part}.")


def notes(columns: Iterable[Column], fields: Iterable[str] = ()) -> list[dict[str, Any]]:
    """What `columns.json` says of the columns of a table.

    Parameters
    ----------
    columns : iterable of Column
        The columns.
    fields : iterable of str
        Fields of service of the scenario, or of all scenarios.
    """
    found = []
    for column in columns:
        if column.name.endswith(EVERY_FIELD):
            stem = column.name.removesuffix(EVERY_FIELD)
            for field in fields:
                meaning = f"{column.meaning.removesuffix(' in each field of service.')} in the field {field}."
                found.append(replace(column, name=column_name(stem, field), meaning=meaning).note())
        else:
            found.append(column.note())
    return found


TABLES: dict[str, tuple[Column, ...]] = {
    "sector": (POINT, REPLICATION, QUARTER, DATE, *columns_of(SECTOR)),
    "agencies": (
        POINT,
        REPLICATION,
        QUARTER,
        DATE,
        Column("agency", "", "Agency.", named=True),
        *columns_of(AGENCY),
        Column("skill_FIELD", "0-1", "Skill in each field of service."),
    ),
    "communities": (
        POINT,
        REPLICATION,
        QUARTER,
        DATE,
        Column("community", "", "Community.", named=True),
        *columns_of(COMMUNITY),
        Column("unmet_FIELD", "0-1", "Unmet need in each field of service."),
    ),
    "contracts": (
        POINT,
        REPLICATION,
        QUARTER,
        DATE,
        Column("contract", "", "Number of the lot or contract within the run."),
        *columns_of(CONTRACT, ("called",)),
    ),
    "bids": (
        POINT,
        REPLICATION,
        QUARTER,
        DATE,
        *columns_of(BID_RECORD),
    ),
    "events": (
        POINT,
        REPLICATION,
        QUARTER,
        DATE,
        *columns_of(EVENT, ("quarter", "party", "other")),
        Column("party", "", "Kind of the other party.", Party),
        Column("other", "", "The other party.", named=True),
    ),
    "money": (
        POINT,
        REPLICATION,
        QUARTER,
        DATE,
        Column("payer_kind", "", "Kind of the account that pays.", Party),
        Column("payer", "", "Account that pays; empty for parties outside the model.", named=True),
        Column("payee_kind", "", "Kind of the account that is paid.", Party),
        Column("payee", "", "Account that is paid; empty for parties outside the model.", named=True),
        Column("purpose", "", "What the money is for.", Purpose),
        Column("contract", "", "Contract that it belongs to; -1 for none."),
        Column("amount", "CNY", "Amount."),
    ),
    "policy": (
        POINT,
        REPLICATION,
        QUARTER,
        DATE,
        Column("jurisdiction", "", "City or district; a lever that its level does not have is empty.", named=True),
        *(Column(leaf.name, leaf.unit, leaf.info.description or "", leaf.codes) for leaf in LEVERS),
        *columns_of(GOVERNMENT),
        Column("split_FIELD", "share", "Share of its budget for contracts in each field of service."),
    ),
    "institutions": (
        POINT,
        REPLICATION,
        QUARTER,
        DATE,
        Column("institution", "", "Institution; no rows where there is none.", named=True),
        *columns_of(INSTITUTION),
    ),
    "triggers": (
        POINT,
        REPLICATION,
        QUARTER,
        DATE,
        Column("trigger", "", "Condition that a policy waits for; no rows where no policy does.", named=True),
        Column("reading", "", "What it read: last quarter's outcome, in its unit."),
        Column("stand", "", "Where it stood.", Stand),
        Column("in_force", "yes/no", "Whether its policies were in force."),
    ),
}
"""Columns of every table; `FIELD` stands for each field of service of the scenario."""
