"""NumPy arrays as Arrow columns, straight from their memory.

`pyarrow.array` looks whether it was given a pandas object, and imports pandas to find out: three quarters of
a second, for a run that takes milliseconds.  Columns made from buffers need no such look.

>>> numbers(np.array([1.5, 2.5])).to_pylist(), coded(np.array([1, -1]), ["a", "b"]).to_pylist()
([1.5, 2.5], ['b', None])
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

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


def numbers(values: npt.NDArray[Any], known: npt.NDArray[np.bool_] | None = None) -> pa.Array:
    """Whole or real numbers, or yes and no, as a column; empty where not `known`; both of shape (rows,)."""
    validity = None if known is None else _bits(known)
    if values.dtype == np.bool_:
        return pa.Array.from_buffers(pa.bool_(), len(values), [validity, _bits(values)])
    values = np.ascontiguousarray(values)
    return pa.Array.from_buffers(_TYPES[values.dtype.str[1:]], len(values), [validity, pa.py_buffer(values)])


def dates(milliseconds: npt.NDArray[np.int64]) -> pa.Array:
    """Dates, given in milliseconds since 1970, as a column."""
    return pa.Array.from_buffers(DATE, len(milliseconds), [None, pa.py_buffer(np.ascontiguousarray(milliseconds))])


def _bits(flags: npt.NDArray[Any]) -> pa.Buffer:
    return pa.py_buffer(np.packbits(flags, bitorder="little"))


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
    narrow: npt.NDArray[Any] = np.array(codes, dtype=np.int32)  # a copy: a world's arrays are written over
    validity = None
    if len(narrow) and narrow.min() < 0:
        validity = _bits(narrow >= 0)
        narrow = np.maximum(narrow, 0)
    index = pa.Array.from_buffers(pa.int32(), len(narrow), [validity, pa.py_buffer(narrow)])
    held = words if isinstance(words, pa.Array) else dictionary(words)
    return pa.DictionaryArray.from_arrays(index, held, ordered=ordered, safe=False)
