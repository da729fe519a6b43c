"""Philox, the random number generator: a draw is a function of what it is for, and of nothing else.

`uniform(random_key, stream, entity, index)` puts (seed, stream, entity, quarter, index) through one block of
Philox4x32-10 and returns a number strictly between 0 and 1.  There is no state to advance, hence no
order of calls: the same decision has the same draw in every scenario, batch, worker and thread.

The arithmetic is on whole numbers below 2**32, masked after each step.  That gives the same bits in
numba's wrapping 64-bit integers and in Python's unbounded ones, so compiled and uncompiled runs agree.

>>> from sim.declarations.random_streams import Stream
>>> key = new_random_key(seed=1)
>>> uniform(key, Stream.QUIT, entity_id("Sunshine"), 0) == uniform(key, Stream.QUIT, entity_id("Sunshine"), 0)
True
>>> uniform(new_random_key(seed=1, noise_scale=0.0), Stream.QUIT, entity_id("Sunshine"), 0)
0.5

References
----------
Salmon, Moraes, Dror, Shaw (2011), Parallel random numbers: as easy as 1, 2, 3. Proceedings of SC'11.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from typing import Protocol, TypeAlias

import numpy as np

from sim.engine.compilation import rule
from sim.engine.fields import Field
from sim.engine.struct_arrays import fresh, record_type

IntLike: TypeAlias = int | np.int64 | np.uint64
"""A whole number, or an id out of a record (``u8``)."""

RANDOM_KEY_FIELDS = (
    Field("seed", "u8", "", "Seed of the run."),
    Field("noise_scale", "f8", "0-1", "Share of chance kept: 1 all of it, 0 every draw at its median.", start=1.0),
    Field("quarter", "i8", "quarter", "Quarter that is being lived."),
)
RANDOM_KEY = record_type(RANDOM_KEY_FIELDS)
"""What every draw of a quarter has in common."""


class RandomKey(Protocol):
    """A row of type `RANDOM_KEY`, or any row that has its fields."""

    seed: IntLike
    noise_scale: float
    quarter: int


_WORD = 0xFFFFFFFF
_QUARTER_BITS = 20
_QUARTER = (1 << _QUARTER_BITS) - 1
_STREAM = 0xFFF
_ULP = 2.0**-52
# Key of the ids of founded entities: the first 64 bits of the fractional part of the square root of 2.
_ID_KEY_LOW = 0xF3BCC908
_ID_KEY_HIGH = 0x6A09E667


def new_random_key(seed: int, noise_scale: float = 1.0, quarter: int = 0) -> RandomKey:
    """Record that rules draw from.

    Parameters
    ----------
    seed : int
        0 to 2**64 - 1.  Below 2**32, different seeds never share a draw; above, only by accident.
    noise_scale : float
        Share of chance kept, 0 to 1.
    quarter : int
        -2**19 to 2**19 - 1; further ones repeat.

    Returns
    -------
    np.record
        A record of type `RANDOM_KEY`, on memory of its own.

    Raises
    ------
    ValueError
        If a value is outside its range.
    """
    if not 0 <= seed < 1 << 64:
        raise ValueError(f"seed must be between 0 and 2**64 - 1, not {seed}")
    if not 0.0 <= noise_scale <= 1.0:
        raise ValueError(f"noise_scale must be between 0 and 1, not {noise_scale}")
    if not -(1 << _QUARTER_BITS - 1) <= quarter < 1 << _QUARTER_BITS - 1:
        raise ValueError(f"quarter must be between -2**19 and 2**19 - 1, not {quarter}")
    random_keys = fresh(RANDOM_KEY_FIELDS, 1)
    random_keys[0] = (seed, noise_scale, quarter)
    record: RandomKey = random_keys[0]
    return record


@rule
def philox(a: int, b: int, c: int, d: int, key_low: int, key_high: int) -> tuple[int, int, int, int]:
    """One block of Philox4x32-10.

    Parameters
    ----------
    a, b, c, d : int
        The counter, four words of 32 bits.
    key_low, key_high : int
        The key, two words of 32 bits.

    Returns
    -------
    tuple of int
        Four words of 32 bits.
    """
    for _ in range(10):
        left = a * 0xD2511F53
        right = c * 0xCD9E8D57
        a = ((right >> 32) & _WORD) ^ b ^ key_low
        b = right & _WORD
        c = ((left >> 32) & _WORD) ^ d ^ key_high
        d = left & _WORD
        key_low = (key_low + 0x9E3779B9) & _WORD
        key_high = (key_high + 0xBB67AE85) & _WORD
    return a, b, c, d


@rule
def _block(
    entity: IntLike, stream: int, quarter: IntLike, index: IntLike, key_low: int, key_high: int
) -> tuple[int, int]:
    """Two words of 32 bits for a decision.

    Counter: entity (64 bits), stream (12) and quarter (20), low half of the index (32).  The index's
    high half, zero unless it is an id, goes to the key's high half.
    """
    words = philox(
        int(entity) & _WORD,
        (int(entity) >> 32) & _WORD,
        int((stream & _STREAM) << _QUARTER_BITS) | (int(quarter) & _QUARTER),
        int(index) & _WORD,
        key_low,
        key_high ^ ((int(index) >> 32) & _WORD),
    )
    return words[0], words[1]


@rule
def uniform(random_key: RandomKey, stream: int, entity: IntLike, index: IntLike) -> float:
    """Draw evenly from between 0 and 1, both excluded.

    Parameters
    ----------
    random_key : record of `RANDOM_KEY`
        Seed, share of chance kept, quarter.
    stream : Stream
        What the draw is for.
    entity : int
        Id of whom it happens to (64 bits).
    index : int
        Which draw of this stream, entity and quarter: 0, 1, ..., or the id of the other party.

    Returns
    -------
    float
        An odd multiple of 2**-53: 52 random bits, symmetric about 0.5.  With ``random_key.noise_scale`` v,
        ``0.5 + v * (u - 0.5)``.
    """
    seed = int(random_key.seed)
    high, low = _block(entity, stream, random_key.quarter, index, seed & _WORD, (seed >> 32) & _WORD)
    drawn = (((high << 20) | (low >> 12)) + 0.5) * _ULP
    return 0.5 + float(random_key.noise_scale) * (drawn - 0.5)


@lru_cache(maxsize=1 << 16)
def entity_id(text: str) -> int:
    """Id of an entity that a scenario names.

    Ids fill 63 bits, so that they are the same number signed and unsigned.  Sweeps ask for the same ones at every
    point, so they are remembered.

    >>> entity_id("Sunshine") == entity_id("Sunshine") != entity_id("sunshine")
    True
    """
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "little") >> 1


@rule
def child_id(parent: IntLike, kind: int, quarter: IntLike, slot: IntLike) -> np.uint64:
    """Id of an entity founded during a run.

    Parameters
    ----------
    parent : int
        Id of the founder.
    kind : int
        What is founded: a member of an enumeration, 0 to 4095.
    quarter : int
        Quarter of founding.
    slot : int
        Which of the founder's foundings of this kind and quarter; or the id of another founder.

    Returns
    -------
    np.uint64
        63 bits; the same for every seed, so that the same founding has the same draws and the same name.
    """
    high, low = _block(parent, kind, quarter, slot, _ID_KEY_LOW, _ID_KEY_HIGH)
    return np.uint64(((high & 0x7FFFFFFF) << 32) | low)
