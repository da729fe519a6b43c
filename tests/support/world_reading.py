"""Reading a world in tests: the records in use, linked lists, and what a run is to the last bit."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

import numpy as np
import pandas as pd
import pyarrow as pa

from sim.model.state.world import GROWING, SERIES, VIEWS, World

ROUNDING = 1e-9

NO_STATE = (*VIEWS, "members")
"""Second views of the same numbers, and a list that is made anew whenever it is needed."""


COUNTERS = {array: growing.counter for growing, arrays in GROWING.items() for array in arrays}
"""What counts the records of an array that grows."""


def used(world: World, name: str) -> np.ndarray:
    """The records of an array that are in use, as a plain array."""
    clock = world.clock[0]
    array = np.asarray(getattr(world, name)).view(np.ndarray)
    if name in SERIES:
        return array[: int(clock.quarter)]
    return array[: int(clock[COUNTERS[name]])] if name in COUNTERS else array


def bits(world: World, without: Iterable[str] = ()) -> dict[str, str]:
    """Digest of every field of every array in use; undefined numbers count as one.

    Parameters
    ----------
    world : World
        What to read.
    without : iterable of str
        Arrays to leave out.
    """
    digests = {}
    for name in World._fields:
        if name in without or name in NO_STATE:
            continue
        array = used(world, name)
        for part in array.dtype.names or ("",):
            values = np.ascontiguousarray(array[part] if part else array)
            if values.dtype == np.float64:
                values = np.where(np.isnan(values), np.nan, values)
            digests[f"{name}.{part}"] = hashlib.blake2b(values.tobytes(), digest_size=12).hexdigest()
    return digests


def differences(one: World, other: World, without: Iterable[str] = ()) -> list[str]:
    """Fields of arrays in which two worlds differ."""
    left, right = bits(one, without), bits(other, without)
    return [part for part in left if left[part] != right[part]]


def chain(first: int, records: np.ndarray, link: str = "next") -> Iterator[int]:
    """Walk along a linked list; a list that bites its tail is an error."""
    seen = set()
    n = int(first)
    while n >= 0:
        assert n not in seen, f"a list by {link} comes back to {n}"
        assert n < len(records), f"a list by {link} leaves the records in use"
        seen.add(n)
        yield n
        n = int(records[n][link])


def within(values: np.ndarray, low: float = 0.0, high: float = 1.0) -> bool:
    """Whether all values lie in a range, but for rounding; undefined ones do not."""
    return bool(((values >= low - ROUNDING) & (values <= high + ROUNDING)).all())


def plain(table: pa.Table) -> pd.DataFrame:
    """A table with words instead of codes for words."""
    schema = [
        pa.field(column.name, column.type.value_type if pa.types.is_dictionary(column.type) else column.type)
        for column in table.schema
    ]
    return table.cast(pa.schema(schema)).to_pandas()
