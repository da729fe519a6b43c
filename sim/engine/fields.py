"""Declarations of state: one line per field feeds the record type, the tables, the axes and the docs.

>>> Field("cash", "i8", "fen", "Money in hand.").unit
'fen'
"""

from __future__ import annotations

import builtins
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, TypeAlias

from sim.engine.column_names import column_name

Row: TypeAlias = Any
"""One record of some kind's array, as rules receive it; numba checks its fields when it compiles."""

StructArray: TypeAlias = Any
"""An array of records (`numpy.recarray`)."""


class LabelledEnum(IntEnum):
    """An enumeration whose members carry a sentence of meaning, shown in tables and docs."""

    meaning: str

    def __new__(cls, value: int, meaning: str) -> LabelledEnum:
        """Make a member from its number and its meaning."""
        member = int.__new__(cls, value)
        member._value_ = value
        member.meaning = meaning
        return member

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
