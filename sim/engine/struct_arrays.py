"""Struct arrays: arrays of records, made from the declarations of their fields.

>>> from sim.engine.fields import Field
>>> fresh((Field("cash", "i8", "fen", "Money."), Field("voice", "f8", "0-1", "Voice.", start=0.5)), 2).voice
array([0.5, 0.5])
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.engine.fields import Field, StructArray


def record_type(fields: Iterable[Field]) -> np.dtype[np.void]:
    """Aligned structured type with one field per declaration."""
    return np.dtype([(field.name, field.type, field.shape) for field in fields], align=True)


class Layout:
    """Declared fields as a record type, worked out once for many arrays.

    Parameters
    ----------
    fields : iterable of Field
        Declarations, in order.

    Raises
    ------
    ValueError
        If a name is that of an attribute of NumPy's records.
    """

    def __init__(self, fields: Iterable[Field]) -> None:
        declared = tuple(fields)
        for field in declared:
            if hasattr(np.record, field.name):
                # Uncompiled rules would get that in place of the value.
                raise ValueError(
                    f"a field cannot be called '{field.name}': NumPy's records have an attribute of that name"
                )
        # A view as recarray would turn the type into one of records each time.
        self.type: np.dtype[Any] = np.dtype((np.record, record_type(declared)))
        self.fields = declared
        self._starts = tuple((field.name, field.start) for field in declared if field.start)

    def fresh(self, *shape: int) -> StructArray:
        """Array of fresh records: every field at its declared start value."""
        records = np.zeros(shape, dtype=self.type)
        for name, start in self._starts:
            records[name] = start
        return records.view(np.recarray)

    def untouched(self, *shape: int) -> StructArray:
        """Array whose records are uninitialised until they are written."""
        return np.empty(shape, dtype=self.type).view(np.recarray)


def fresh(fields: Iterable[Field], *shape: int) -> StructArray:
    """Array of fresh records of a kind of which few arrays are made."""
    return Layout(fields).fresh(*shape)


def fill(records: StructArray, columns: Mapping[str, Any], first: int = 0) -> None:
    """Write several fields of several records, field by field, which is many times faster than record by record.

    Parameters
    ----------
    records : recarray
        Where to write.
    columns : mapping of str to sequence
        Values of each field, all of one length.
    first : int
        Record that the first value belongs to.
    """
    plain = records.view(np.ndarray)
    for name, values in columns.items():
        plain[name][first : first + len(values)] = values


def number_table(records: StructArray, columns: int) -> npt.NDArray[np.float64]:
    """The real numbers with which records begin, as a table that shares their memory."""
    width = records.dtype.itemsize // 8
    numbers: npt.NDArray[np.float64] = records.view(np.ndarray).view(np.float64).reshape(len(records), width)
    return numbers[:, :columns]


def as_bytes(array: StructArray) -> npt.NDArray[np.uint8]:
    """An array's memory as rows of bytes; NumPy copies records field by field, which is many times slower."""
    plain = array.view(np.ndarray)
    return plain.reshape(len(plain), -1).view(np.uint8) if plain.size else np.empty((0, 0), np.uint8)
