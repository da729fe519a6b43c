"""Fields: one declaration of a quantity feeds the record type, the tables, the axes and the docs.

>>> Field("cash", "i8", "fen", "Money in hand.").unit
'fen'
"""

from __future__ import annotations

import builtins
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, Any, Protocol, Self, SupportsIndex, TypeAlias, TypeVar, overload

from sim.engine.column_names import column_name

if TYPE_CHECKING:
    import numpy as np  # for types only: commands that only check a file start without it

RowT_co = TypeVar("RowT_co", covariant=True)

StructArray: TypeAlias = Any
"""A struct array (`numpy.recarray`) of a row type that is not said."""


class Rows(Protocol[RowT_co]):
    """A struct array (`numpy.recarray`) as mypy and editors see it: an index gives a row of the type `RowT_co`."""

    @property
    def shape(self) -> tuple[int, ...]:
        """Length in each direction."""

    @property
    def nbytes(self) -> int:
        """Memory that it takes, in bytes."""

    @property
    def dtype(self) -> np.dtype[Any]:
        """The row type, as NumPy knows it."""

    def view(self, kind: Any) -> Any:
        """The same memory as an array of another kind."""

    def __len__(self) -> int:
        """Number of rows."""

    def __iter__(self) -> Iterator[RowT_co]:
        """Rows from first to last."""

    @overload
    def __getitem__(self, index: SupportsIndex | tuple[SupportsIndex, SupportsIndex]) -> RowT_co: ...

    @overload
    def __getitem__(self, index: Any) -> StructArray: ...

    def __setitem__(self, index: Any, value: Any) -> None:
        """Write one row, several rows or a column."""


class LabelledEnum(IntEnum):
    """An enumeration whose members carry a sentence of meaning, shown in tables and docs, and perhaps flags.

    Flags say what the code needs to know of a member, so that nothing hangs on the order of members.

    >>> class Fruit(LabelledEnum):
    ...     PEAR = 0, "A pear.", "sweet"
    ...     LEMON = 1, "A lemon."
    >>> Fruit.having("sweet"), Fruit.LEMON.meaning
    ((0,), 'A lemon.')
    """

    meaning: str
    flags: frozenset[str]

    def __new__(cls, value: int, meaning: str, *flags: str) -> LabelledEnum:
        """Make a member from its number, its meaning and its flags."""
        member = int.__new__(cls, value)
        member._value_ = value
        member.meaning = meaning
        member.flags = frozenset(flags)
        return member

    @classmethod
    def having(cls, flag: str) -> tuple[int, ...]:
        """Numbers of the members that have a flag, in order; as plain integers, which rules can go through."""
        return tuple(int(member) for member in cls if flag in member.flags)

    @classmethod
    def member(cls, value: int) -> Self:
        """The member of a number.

        Raises
        ------
        StopIteration
            If there is none.
        """
        return next(member for member in cls if member == value)

    @property
    def label(self) -> str:
        """The member's name as files and tables write it: lower case, with hyphens."""
        return self.name.lower().replace("_", "-")


@dataclass(frozen=True)
class Field:
    """One field of a record.

    Attributes
    ----------
    name : str
        Name in code and in tables.
    type : str
        NumPy type code (``i8`` whole numbers, ``f8`` real numbers, ``u8`` ids, ``?`` yes or no).
    unit : str
        Unit; ``fen`` fields are written to tables in CNY.
    meaning : str
        One sentence.
    shape : tuple of int
        Shape of a field that holds several numbers; empty for one.
    labels : type of Named, optional
        Enumeration that a whole number stands for, or that names the places of a field of several numbers;
        tables write its labels.
    refers : str
        Kind of organisation that a whole number is the index of (-1 for none); tables write its name.
    table : bool
        Whether the field is a column of its kind's table.
    start : float
        Value of a fresh record.
    """

    name: str
    type: str
    unit: str
    meaning: str
    shape: tuple[int, ...] = ()
    labels: builtins.type[LabelledEnum] | None = None
    refers: str = ""
    table: bool = True
    start: float = 0

    @property
    def column_names(self) -> tuple[str, ...]:
        """Names of its columns in a table: its own, or one for each label of a field of several numbers."""
        return tuple(column_name(self.name, part) for part in self.part_names) if self.shape else (self.name,)

    @property
    def part_names(self) -> tuple[str, ...]:
        """What the numbers of a field of several are called: by its labels, or 0, 1, ..."""
        words: list[Any] = [] if self.labels is None else list(self.labels)
        return tuple(words[n].label if words else str(n) for n in range(self.shape[0] if self.shape else 0))
