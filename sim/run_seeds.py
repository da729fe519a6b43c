"""Seeds of runs: what may be given for one, and how one is drawn where none is given.

>>> read_seed(7), read_seed(rng=7)
(7, 7)
>>> read_seed(7.0)
Traceback (most recent call last):
TypeError: found the seed 7.0; expected a whole number from 0 to 2**63 - 1, or None to draw one; did you mean 7?
"""

from __future__ import annotations

import secrets
from numbers import Integral

import numpy as np

LARGEST_SEED = 2**63 - 1
"""Largest seed of a run."""
DRAWN_BELOW = 2**53
"""Seeds that are drawn are below this, so that every reader of JSON keeps them exactly."""

_ALLOWED = "expected a whole number from 0 to 2**63 - 1"


def read_seed(seed: object = None, rng: object = None) -> int:
    """The seed that is meant; a fresh one where nothing is given.

    Parameters
    ----------
    seed : int, optional
        The seed itself.
    rng : int or numpy.random.Generator, optional
        The seed, or a generator of which one draw becomes the seed.

    Returns
    -------
    int
        0 to 2**63 - 1; drawn ones are below 2**53.

    Raises
    ------
    TypeError
        If it is of another kind.
    ValueError
        If it is out of bounds, or both are given.
    """
    if seed is not None and rng is not None:
        raise ValueError("found both seed and rng; expected one of them")
    if isinstance(rng, np.random.Generator):  # noqa: TID251 (for the user's own generator; the rules draw by the seed)
        return int(rng.integers(DRAWN_BELOW))
    if seed is None and rng is None:
        return secrets.randbelow(DRAWN_BELOW)
    name, given, other = ("seed", seed, "None to draw one") if rng is None else ("rng", rng, "a numpy Generator")
    if isinstance(given, bool) or not isinstance(given, Integral):
        whole = isinstance(given, float | np.floating) and given.is_integer()
        meant = f"; did you mean {given:.0f}?" if whole else ""
        raise TypeError(f"found the {name} {given!r}; {_ALLOWED}, or {other}{meant}")
    if not 0 <= int(given) <= LARGEST_SEED:
        raise ValueError(f"found the {name} {int(given)}; {_ALLOWED}")
    return int(given)
