"""Sampling: which combinations of values are run; points in the unit cube, or numbers of levels.

Chance comes from SciPy's and SALib's own generators, seeded by the design; nothing is drawn from a global one.
A design that is grown keeps its first points: a Sobol sequence goes on (that of a Saltelli design too), Morris
adds trajectories, and a Latin hypercube gets a further hypercube, because one of more points would be another.

>>> from sim.experiment.design.experiment_file import SobolDesign
>>> few, many = (SobolDesign(kind="sobol", points=n) for n in (3, 9))
>>> bool((unit_points(few, 2) == unit_points(many, 2)[:3]).all())
True
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.experiment.design.experiment_file import LatinHypercubeDesign, MorrisDesign, SaltelliDesign, SobolDesign

Numbers = npt.NDArray[np.float64]
Sampled = LatinHypercubeDesign | SobolDesign | SaltelliDesign | MorrisDesign


def grid_index(sizes: Sequence[int]) -> list[npt.NDArray[np.intp]]:
    """Numbers of levels of every combination, the last axis varying fastest.

    Returns
    -------
    list of int array, shape (combinations,)
        One array for each axis.

    Examples
    --------
    >>> [column.tolist() for column in grid_index([2, 3])]
    [[0, 0, 0, 1, 1, 1], [0, 1, 2, 0, 1, 2]]
    """
    total = int(np.prod(sizes, dtype=np.int64))
    columns = []
    inner = total
    for size in sizes:
        inner //= size
        columns.append(np.tile(np.repeat(np.arange(size, dtype=np.intp), inner), total // (inner * size)))
    return columns


def size_of(design: Sampled, dimensions: int) -> int:
    """Points that a sampled design has for one scenario."""
    if isinstance(design, MorrisDesign):
        return design.trajectories * (dimensions + 1)
    if isinstance(design, SaltelliDesign):
        return design.points * (2 * dimensions + 2 if design.second_order else dimensions + 2)
    return design.points


def unit_points(design: Sampled, dimensions: int) -> Numbers:
    """Points of a sampled design in the unit cube; a pure function of its arguments.

    Returns
    -------
    float array, shape (points, dimensions)
        0 to 1; in the order that SALib's analyses expect.
    """
    if isinstance(design, LatinHypercubeDesign):
        return _latin_hypercube(design, dimensions)
    if isinstance(design, SobolDesign):
        return _sobol(design, dimensions)
    if isinstance(design, SaltelliDesign):
        return _saltelli(design, dimensions)
    return _morris(design, dimensions)


def _latin_hypercube(design: LatinHypercubeDesign, dimensions: int) -> Numbers:
    """One hypercube for each block, each with chance of its own."""
    from scipy.stats import qmc

    blocks = [
        qmc.LatinHypercube(dimensions, rng=_seed_of(design.seed, n)).random(size)
        for n, size in enumerate(design.blocks or [design.points])
    ]
    return np.concatenate(blocks)


def _sobol(design: SobolDesign, dimensions: int) -> Numbers:
    from scipy.stats import qmc

    engine = qmc.Sobol(dimensions, rng=_seed_of(design.seed, 0))
    points: Numbers = engine.random(power_of_two(design.points))[: design.points]
    return points


def _saltelli(design: SaltelliDesign, dimensions: int) -> Numbers:
    from SALib.sample import sobol

    base = power_of_two(design.points)
    seed = _seed_of(design.seed, 0)
    points: Numbers = sobol.sample(_problem(dimensions), base, calc_second_order=design.second_order, seed=seed)
    # Each base point and its crosses lie together, so that the first ones stand for themselves.
    return points[: size_of(design, dimensions)]


def _morris(design: MorrisDesign, dimensions: int) -> Numbers:
    from SALib.sample import morris

    problem = _problem(dimensions)
    seed = _seed_of(design.seed, 0)
    points: Numbers = morris.sample(problem, design.trajectories, num_levels=design.levels, seed=seed)
    return np.clip(points, 0.0, 1.0)


def _problem(dimensions: int) -> dict[str, Any]:
    """The unit cube, as SALib expects it."""
    names = [str(n) for n in range(dimensions)]
    return {"num_vars": dimensions, "names": names, "bounds": [[0.0, 1.0]] * dimensions}


def power_of_two(number: int) -> int:
    """The least power of two that is not below a number.

    >>> [power_of_two(n) for n in (1, 5, 8)]
    [1, 8, 8]
    """
    return 1 << (number - 1).bit_length()


def _seed_of(seed: int, block: int) -> int:
    """Seed of a block's generator; neighbouring seeds and blocks have nothing in common."""
    digest = hashlib.blake2b(f"points {seed} {block}".encode(), digest_size=6)
    return int.from_bytes(digest.digest(), "big")
