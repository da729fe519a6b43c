"""Mesa handle: one record of a world as a Mesa agent, with its fields as attributes.

What may be set is declared in `sim.mesa_writes`; a name that does not exist is an error with the nearest that does.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Protocol, TypeVar

import mesa
import numpy as np

from sim.declarations.input_issues import suggest
from sim.engine.fields import Field, StructArray
from sim.mesa_writes import Writable, plain_value, share_numbers

if TYPE_CHECKING:
    from sim.model.state.world import World

HandleT = TypeVar("HandleT", bound="Handle")

_PROBED = ("cell", "grid", "space")
"""Attributes that Mesa looks for on any agent."""


class Keeper(Protocol):
    """What a handle asks of its model."""

    @property
    def world(self) -> World:
        """The arrays behind the agents."""

    @property
    def quarter(self) -> int:
        """Quarters done."""

    @property
    def makes_handles(self) -> bool:
        """Whether it is making handles just now."""

    def note_change(self, agent: Handle) -> None:
        """Note that an agent was changed, which is checked as a whole before the next quarter."""

    def names(self, kind: str) -> list[str]:
        """Names of all organisations of a kind."""


class Parts(dict[str, Any]):
    """Named parts of an attribute, to read; new ones are set at once: ``agent.effort = agent.effort | {...}``."""

    def _refuse(self, *_args: object, **_named: object) -> Any:
        raise TypeError("a part cannot be set alone: set the attribute to a mapping of all its parts")

    __setitem__ = __delitem__ = __ior__ = update = pop = popitem = clear = setdefault = _refuse

    def __reduce__(self) -> tuple[Any, ...]:
        """Become an ordinary dictionary where it is copied or sent to another process."""
        return dict, (dict(self),)


class Handle(mesa.Agent):
    """One record as a Mesa agent.

    Handles are made by their model. Attributes that a scenario file may set, and that rules read every quarter, may be
    set here too, within the same bounds (`writable`); all others are to be read.

    Parameters
    ----------
    model : SectorModel
        The model.
    row : int
        Place of the record in its array.

    Raises
    ------
    AttributeError
        If an attribute is set that there is not, or that follows from the rules.
    ValueError
        If one is set to what a file could not say either.
    """

    array: ClassVar[str] = ""
    """Name of the world's array."""

    kind_name: ClassVar[str] = ""
    """Kind, as in `Field.refers`."""

    writable: ClassVar[Mapping[str, Writable]] = {}
    """Attributes that may be set, with their declarations."""

    writable_shares: ClassVar[tuple[str, ...]] = ()
    """Attributes of several shares that may be set as a whole."""

    model: Keeper

    def __init__(self, model: Keeper, row: int) -> None:
        if not getattr(model, "makes_handles", False):
            raise TypeError(f"a {type(self).__name__} is made by its model; see the model's agents")
        super().__init__(model)
        self.row = row

    @property
    def record(self) -> StructArray:
        """The record itself, to read; `model.world` has the arrays, which nothing checks."""
        rows = getattr(self.model.world, self.array).view()
        rows.flags.writeable = False
        return rows[self.row]

    @property
    def label(self) -> str:
        """Name, as in tables."""
        return self.model.names(self.kind_name)[self.row]

    def may_set(self, name: str) -> Writable | None:
        """Declaration of an attribute that may be set; None for others.

        Raises
        ------
        AttributeError
            If it belongs to agents of another level.
        """
        return self.writable.get(name)

    def read_number(self, name: str, number: float) -> object:
        """An attribute's value from its number in the record."""
        declared = self.writable.get(name)
        return number if declared is None else declared.read(number)

    def check_change(self, name: str, value: object) -> None:
        """See that a value goes with the rest of the agent.

        Raises
        ------
        AttributeError, ValueError
            If it does not.
        """

    def _set_field(self, field: Field, value: object) -> None:
        """Set a field to a value that was checked."""
        place = (self.label, field.name)
        declared = self.may_set(field.name)
        new: Any
        if field.name in self.writable_shares:
            new = share_numbers(place, field, value)
        elif declared is None:
            raise AttributeError(f"{self.label}: {field.name} cannot be set: it follows from the rules")
        else:
            new = declared.number(place, value, field)
        self.check_change(field.name, value if field.name in self.writable_shares else plain_value(place, value))
        getattr(self.model.world, self.array)[field.name][self.row] = new
        self.note_written(field.name)

    def note_written(self, name: str) -> None:
        """Note that an attribute was set."""
        self.model.note_change(self)

    def remove(self) -> None:
        """Refuse to go: agencies close by the rules, and all others stay.

        Raises
        ------
        AttributeError
            Always.
        """
        raise AttributeError(f"{self.label} cannot be removed: who works and who closes follows from the rules")

    def _leave(self) -> None:
        """Leave the agents of the model, when the rules have ended it."""
        super().remove()

    def __setattr__(self, name: str, value: Any) -> None:
        known = getattr(type(self), name, None)
        if "row" not in self.__dict__ or name == "pos" or name.startswith("_"):
            object.__setattr__(self, name, value)  # Mesa's own
        elif isinstance(known, property) and known.fset is not None:
            known.fset(self, value)
        elif known is not None or name in self.__dict__:
            raise AttributeError(f"{self.label}: {name} cannot be set: it follows from the rules")
        else:
            raise AttributeError(f"{self.label}: {type(self).__name__} has no attribute {_unknown(type(self), name)}")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"{self.label}: {name} cannot be deleted")

    def __getattr__(self, name: str) -> Any:
        text = f"{type(self).__name__} has no attribute {_unknown(type(self), name)}"
        if not name.startswith("_") and name not in _PROBED and not _is_somewhere(name):
            # Mesa's collectors ask for a default, and would fill a column with it.
            warnings.warn(text, UserWarning, stacklevel=2)
        raise AttributeError(text)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.label}>"


def _attributes(kind: type[Handle]) -> tuple[str, ...]:
    """Attributes that a kind of agent presents."""
    return tuple(name for name in dir(kind) if isinstance(getattr(kind, name), property))


def _is_somewhere(name: str, kind: type[Handle] = Handle) -> bool:
    """Whether any kind of agent has an attribute of this name."""
    return hasattr(kind, name) or any(_is_somewhere(name, below) for below in kind.__subclasses__())


def _unknown(kind: type[Handle], name: str) -> str:
    """A name that does not exist, and the nearest that does."""
    nearest = suggest(name, _attributes(kind))
    return f"'{name}'" + (f"; did you mean '{nearest}'?" if nearest else "")


def _attribute(field: Field) -> property:
    """Property that reads one field of a handle's record, and writes it where that is possible."""

    def read(self: Handle) -> Any:
        value = self.record[field.name]
        if field.shape:
            return Parts(zip(field.part_names, value.tolist(), strict=True)) if field.labels else value
        if field.labels is not None:
            return field.labels(int(value)).label  # type: ignore[call-arg]
        if field.refers:
            return self.model.names(field.refers)[value] if value >= 0 else None
        return self.read_number(field.name, value.item() if isinstance(value, np.generic) else value)

    def write(self: Handle, value: Any) -> None:
        self._set_field(field, value)

    unit = field.unit.replace("CNY", "fen")
    return property(read, write, doc=f"{field.meaning} [{unit}]" if unit else field.meaning)


def with_fields(declared: Iterable[Field]) -> Callable[[type[HandleT]], type[HandleT]]:
    """Class decorator: one property per declared field."""

    def add(cls: type[HandleT]) -> type[HandleT]:
        for field in declared:
            setattr(cls, field.name, _attribute(field))
        return cls

    return add
