"""Arrow arrays made from NumPy arrays, straight from their memory.

`pyarrow.array` looks whether it was given a pandas object, and imports pandas to find out: three quarters of
a second, for a run that takes milliseconds.  Columns made from buffers need no such look.

>>> numbers(np.array([1.5, 2.5])).to_pylist(), coded(np.array([1, -1]), ["a", "b"]).to_pylist()
([1.5, 2.5], ['b', None])
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa

_TYPES = {
    "i4": pa.int32(),
    "i8": pa.int64(),
    "f4": pa.float32(),
    "f8": pa.float64(),
}
DATE = pa.timestamp("ms")
"""Type of dates: with it pandas has dates of its own rather than objects, and DuckDB a TIMESTAMP."""


Validity: TypeAlias = "pa.Buffer | None"
"""Which rows of a column are not empty, as bits; None for all of them."""


def bits(flags: npt.NDArray[Any]) -> pa.Buffer:
    """Flags, shape (rows,), as bits."""
    return pa.py_buffer(np.packbits(flags, bitorder="little"))


def numbers(values: npt.NDArray[Any], known: Validity = None) -> pa.Array:
    """Whole or real numbers, or yes and no, of shape (rows,), as a column; empty where not `known`."""
    if values.dtype == np.bool_:
        return pa.Array.from_buffers(pa.bool_(), len(values), [known, bits(values)])
    values = np.ascontiguousarray(values)
    return pa.Array.from_buffers(_TYPES[values.dtype.str[1:]], len(values), [known, pa.py_buffer(values)])


def number_rows(values: npt.NDArray[Any], known: Sequence[Validity]) -> list[pa.Array]:
    """Numbers of shape (columns, rows), in one piece of memory, as that many columns."""
    kind, length = _TYPES[values.dtype.str[1:]], values.shape[1]
    size = length * values.itemsize
    whole = pa.py_buffer(values)
    make = pa.Array.from_buffers
    return [make(kind, length, [valid, whole.slice(n * size, size)]) for n, valid in enumerate(known)]


def dates(milliseconds: npt.NDArray[np.int64]) -> pa.Array:
    """Dates, given in milliseconds since 1970, as a column."""
    return pa.Array.from_buffers(DATE, len(milliseconds), [None, pa.py_buffer(np.ascontiguousarray(milliseconds))])


LONG = 4096
"""Words from which a dictionary is made anew each time: the names of a whole country would fill the cache."""


def dictionary(words: Sequence[str]) -> pa.Array:
    """Words as an Arrow array; few of them are kept for the next time."""
    return _kept_dictionary(tuple(words)) if len(words) < LONG else _new_dictionary(words)


@lru_cache(maxsize=512)
def _kept_dictionary(words: tuple[str, ...]) -> pa.Array:
    return _new_dictionary(words)


def _new_dictionary(words: Sequence[str]) -> pa.Array:
    encoded = [word.encode() for word in words]
    offsets = np.zeros(len(words) + 1, dtype=np.int32)
    np.cumsum([len(word) for word in encoded], out=offsets[1:])
    return pa.Array.from_buffers(
        pa.string(), len(words), [None, pa.py_buffer(offsets), pa.py_buffer(b"".join(encoded))]
    )


def coded(codes: npt.NDArray[Any], words: Sequence[str] | pa.Array, ordered: bool = False) -> pa.DictionaryArray:
    """Codes as words; a code below 0 is empty.

    Parameters
    ----------
    codes : int array, shape (rows,)
        Places in `words`.
    words : sequence of str, or pyarrow.Array
        Words by code; as an array where it is used more than once.
    ordered : bool
        Whether the words have an order, which is that of their codes.
    """
    held = words if isinstance(words, pa.Array) else dictionary(words)
    # A copy of the codes: a world's arrays are written over by its next run.
    (column,) = coded_rows(np.array(codes, dtype=np.int32).reshape(1, -1), [held], [None], ordered)
    return column


def coded_rows(
    codes: npt.NDArray[Any], words: Sequence[pa.Array], known: Sequence[Validity], ordered: bool = False
) -> list[pa.DictionaryArray]:
    """Codes of shape (columns, rows), 32 bits each, as that many columns; a code below 0 is empty."""
    validity = list(known)
    if codes.size and codes.min() < 0:
        for n in np.flatnonzero(codes.min(axis=1) < 0):
            validity[n] = bits(codes[n] >= 0)
        codes = np.maximum(codes, 0)
    pairs = zip(number_rows(codes, validity), words, strict=True)
    return [pa.DictionaryArray.from_arrays(index, held, ordered=ordered, safe=False) for index, held in pairs]
