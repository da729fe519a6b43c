"""Mesa agents: thin handles on the records of a world.

The state of a run lives in arrays (`sim.model.state.world.World`); a handle presents one record as a Mesa agent.
Its attributes are the record's fields, as declared: numbers as numbers (money in fen), words for codes, names
for references.  Handles are made at the first use of `model.agents`; a sweep never makes one.

This file is the only one, with `sim.mesa_model`, that imports Mesa: the import takes longer than a whole run.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

import mesa
import numpy as np

from sim.declarations.choices import Kind
from sim.declarations.state_codes import Stage
from sim.engine.fields import Field, StructArray
from sim.model.state.agency_fields import AGENCY
from sim.model.state.assessor_fields import ASSESSOR
from sim.model.state.community_fields import COMMUNITY
from sim.model.state.government_fields import GOVERNMENT
from sim.model.state.institution_fields import INSTITUTION
from sim.model.state.other_organisation_fields import ASSOCIATION, CITY, COLLEGE, DONORS, SPONSOR

if TYPE_CHECKING:
    from sim.model.state.world import World


class Keeper(Protocol):
    """What a handle asks of its model."""

    @property
    def world(self) -> World:
        """The arrays behind the agents."""

    @property
    def quarter(self) -> int:
        """Quarters done."""

    def names(self, kind: str) -> list[str]:
        """Names of all organisations of a kind."""


class Handle(mesa.Agent):
    """One record as a Mesa agent.

    Parameters
    ----------
    model : SectorModel
        The model.
    row : int
        Place of the record in its array.
    """

    array: ClassVar[str] = ""
    """Name of the world's array."""

    kind_name: ClassVar[str] = ""
    """Kind, as in `Field.refers`."""

    model: Keeper

    def __init__(self, model: Keeper, row: int) -> None:
        super().__init__(model)
        self.row = row

    @property
    def record(self) -> StructArray:
        """The record itself; writing to its fields changes the world."""
        return getattr(self.model.world, self.array)[self.row]

    @property
    def label(self) -> str:
        """Name, as in tables."""
        return self.model.names(self.kind_name)[self.row]

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.label}>"


def _attribute(field: Field) -> property:
    """Property that reads and writes one field of a handle's record."""

    def read(self: Handle) -> Any:
        value = self.record[field.name]
        if field.shape:
            return dict(zip(field.part_names, value.tolist(), strict=True)) if field.labels else value
        if field.labels is not None:
            return field.labels(int(value)).label  # type: ignore[call-arg]
        if field.refers:
            return self.model.names(field.refers)[value] if value >= 0 else None
        return value.item() if isinstance(value, np.generic) else value

    def write(self: Handle, value: Any) -> None:
        if field.shape and isinstance(value, dict):
            if value.keys() != set(field.part_names):
                raise ValueError(f"{field.name} has the parts {', '.join(field.part_names)}")
            value = [value[part] for part in field.part_names]
        if field.labels is not None and isinstance(value, str):
            value = field.labels[value.upper().replace("-", "_")]
        if field.refers and isinstance(value, str):
            value = self.model.names(field.refers).index(value)
        self.record[field.name] = value

    return property(read, write, doc=f"{field.meaning} [{field.unit}]" if field.unit else field.meaning)


def _with_fields(declared: Iterable[Field]) -> Any:
    """Class decorator: one property per declared field."""

    def add(cls: type[Handle]) -> type[Handle]:
        for field in declared:
            setattr(cls, field.name, _attribute(field))
        return cls

    return add


@_with_fields(AGENCY)
class Agency(Handle):
    """A nonprofit social work agency."""

    array = "agencies"
    kind_name = "agency"

    @property
    def age(self) -> int:
        """Quarters since founding."""
        return self.model.quarter - int(self.record.founded)


class ForProfitAgency(Agency):
    """A for-profit firm among agencies."""


@_with_fields(GOVERNMENT)
class Government(Handle):
    """A city or district government; its levers are attributes too."""

    array = "governments"
    kind_name = "government"


@_with_fields(ASSOCIATION)
class Association(Handle):
    """A social work association."""

    array = "associations"
    kind_name = "association"


@_with_fields(COLLEGE)
class College(Handle):
    """A college with a social work programme."""

    array = "colleges"
    kind_name = "college"


@_with_fields(SPONSOR)
class Sponsor(Handle):
    """A company that pays an agency."""

    array = "sponsors"
    kind_name = "sponsor"


@_with_fields(DONORS)
class Donors(Handle):
    """Foundations and the public of a city."""

    array = "donors"
    kind_name = "donors"


@_with_fields(ASSESSOR)
class Assessor(Handle):
    """The third-party assessors of a city."""

    array = "assessors"
    kind_name = "assessor"


@_with_fields(INSTITUTION)
class Institution(Handle):
    """A hospital, home, school or office that buys services itself."""

    array = "institutions"
    kind_name = "institution"


@_with_fields(COMMUNITY)
class Community(Handle):
    """A community."""

    array = "communities"
    kind_name = "community"


@_with_fields(CITY)
class LabourMarket(Handle):
    """The labour market and the economy of a city."""

    array = "cities"
    kind_name = "city"


STANDING_KINDS: tuple[type[Handle], ...] = (
    LabourMarket,
    Government,
    Association,
    College,
    Sponsor,
    Donors,
    Assessor,
    Institution,
    Community,
)
"""Kinds whose members neither come nor go during a run."""


def class_of(record: StructArray) -> type[Agency]:
    """Class of an agency's handle."""
    return ForProfitAgency if record.kind == Kind.FOR_PROFIT else Agency


def is_active(record: StructArray) -> bool:
    """Whether an agency is at work."""
    return bool(record.stage == Stage.ACTIVE)
