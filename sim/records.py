"""Arrays of records, made from the declarations of their fields.

>>> from sim.declare import Field
>>> fresh((Field("cash", "i8", "fen", "Money."), Field("voice", "f8", "0-1", "Voice.", start=0.5)), 2).voice
array([0.5, 0.5])
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from sim.declare import Field, Records


def record_type(fields: Iterable[Field]) -> np.dtype[np.void]:
    """Aligned structured type with one field per declaration."""
    return np.dtype([(field.name, field.type, field.shape) for field in fields], align=True)


def fresh(fields: Iterable[Field], *shape: int) -> Records:
    """Array of fresh records: every field at its declared start value."""
    declared = tuple(fields)
    records = np.zeros(shape, dtype=record_type(declared))
    for field in declared:
        if field.start:
            records[field.name] = field.start
    return records.view(np.recarray)


def untouched(fields: Iterable[Field], *shape: int) -> Records:
    """Array of records of noughts, whose memory is not taken before it is used."""
    return np.zeros(shape, dtype=record_type(fields)).view(np.recarray)


def number_table(records: Records, columns: int) -> npt.NDArray[np.float64]:
    """The real numbers with which records begin, as a table that shares their memory."""
    width = records.dtype.itemsize // 8
    numbers: npt.NDArray[np.float64] = records.view(np.ndarray).view(np.float64).reshape(len(records), width)
    return numbers[:, :columns]


def as_bytes(array: Records) -> npt.NDArray[np.uint8]:
    """An array's memory as rows of bytes; NumPy copies records field by field, which is many times slower."""
    plain = array.view(np.ndarray)
    return plain.reshape(len(plain), -1).view(np.uint8) if plain.size else np.empty((0, 0), np.uint8)
