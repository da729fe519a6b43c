"""Samplers: within bounds, the same for a seed, and old points stay when a design grows."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from SALib.analyze import morris, sobol

from sim.experiment.design.experiment_file import LatinHypercubeDesign, MorrisDesign, SaltelliDesign, SobolDesign
from sim.experiment.design.sampling import Sampled, grid_index, size_of, unit_points

seeds = st.integers(0, 2**53 - 1)


def sampled(kind: str, number: int, seed: int, added: int = 0) -> Sampled:
    """A design of so many points, or grown by some."""
    if kind == "latin-hypercube":
        blocks = [number, added] if added else None
        return LatinHypercubeDesign(kind="latin-hypercube", points=number + added, blocks=blocks, seed=seed)
    if kind == "sobol":
        return SobolDesign(kind="sobol", points=number + added, seed=seed)
    if kind == "morris":
        return MorrisDesign(kind="morris", trajectories=number + added, seed=seed)
    return SaltelliDesign(kind="saltelli", points=number + added, second_order=kind == "saltelli", seed=seed)


KINDS = ("latin-hypercube", "sobol", "saltelli", "saltelli of first order", "morris")
any_kind = st.sampled_from(KINDS)


@settings(max_examples=60)
@given(any_kind, st.integers(1, 20), st.integers(1, 6), seeds)
def test_points_lie_in_the_unit_cube(kind: str, number: int, dimensions: int, seed: int) -> None:
    design = sampled(kind, number, seed)
    points = unit_points(design, dimensions)
    assert points.shape == (size_of(design, dimensions), dimensions)
    assert points.min() >= 0
    assert points.max() <= 1


@settings(max_examples=60)
@given(any_kind, st.integers(1, 20), st.integers(1, 20), st.integers(1, 4), seeds)
def test_a_design_that_grows_keeps_its_points(kind: str, number: int, added: int, dimensions: int, seed: int) -> None:
    few = unit_points(sampled(kind, number, seed), dimensions)
    many = unit_points(sampled(kind, number, seed, added), dimensions)
    assert np.array_equal(many[: len(few)], few)
    assert len(many) > len(few)


def test_salib_finds_its_points_in_its_order() -> None:
    """An answer of which the parts are known: of a sum, and of a number that does not count."""
    problem = {"num_vars": 3, "names": list("abc"), "bounds": [[0.0, 1.0]] * 3}
    for kind, second in (("saltelli", True), ("saltelli of first order", False)):
        points = unit_points(sampled(kind, 256, 1), 3)
        found = sobol.analyze(problem, points @ [2.0, 1.0, 0.0], calc_second_order=second, seed=1)
        assert found["S1"] == pytest.approx([0.8, 0.2, 0.0], abs=0.05)
        assert found["ST"] == pytest.approx([0.8, 0.2, 0.0], abs=0.05)
    points = unit_points(sampled("morris", 10, 1), 3)
    effects = morris.analyze(problem, points, points @ [2.0, 1.0, 0.0], seed=1)
    assert list(effects["mu"]) == pytest.approx([2.0, 1.0, 0.0])


@pytest.mark.parametrize("kind", KINDS)
def test_a_seed_decides_and_no_global_generator(kind: str) -> None:
    before = np.random.get_state()[1].copy()  # noqa: NPY002 - the global generator is what must not move
    one, again, other = (unit_points(sampled(kind, 8, seed), 3) for seed in (5, 5, 6))
    assert np.array_equal(one, again)
    assert not np.array_equal(one, other)
    assert np.array_equal(np.random.get_state()[1], before)  # noqa: NPY002


@given(st.lists(st.integers(1, 12), unique=True, min_size=1, max_size=3), st.integers(1, 3), seeds)
def test_each_share_of_a_hypercube_holds_one_point(blocks: list[int], dimensions: int, seed: int) -> None:
    design = LatinHypercubeDesign(kind="latin-hypercube", points=sum(blocks), blocks=blocks, seed=seed)
    points = unit_points(design, dimensions)
    first = 0
    for size in blocks:
        shares = np.floor(points[first : first + size] * size).astype(int)
        assert (np.sort(shares, axis=0) == np.arange(size)[:, None]).all()
        first += size


def test_blocks_of_a_hypercube_differ() -> None:
    points = unit_points(sampled("latin-hypercube", 9, seed=1, added=9), 2)
    assert not np.array_equal(points[:9], points[9:])


def test_saltelli_crosses_are_those_that_salib_analyses() -> None:
    """Base point, then with each axis from the other matrix, and the other way round, then the other matrix."""
    points = unit_points(sampled("saltelli", 4, seed=1), 2).reshape(4, 6, 2)
    for first, ab0, ab1, ba0, ba1, last in points:
        assert ab0.tolist() == [last[0], first[1]]
        assert ab1.tolist() == [first[0], last[1]]
        assert ba0.tolist() == [first[0], last[1]]
        assert ba1.tolist() == [last[0], first[1]]


def test_trajectories_move_one_axis_at_a_time() -> None:
    points = unit_points(sampled("morris", 5, seed=1), 4).reshape(5, 5, 4)
    moved = np.abs(np.diff(points, axis=1)) > 1e-12
    assert (moved.sum(axis=2) == 1).all()
    assert (moved.sum(axis=1) == 1).all()


@given(st.lists(st.integers(1, 5), max_size=4))
def test_a_grid_has_every_combination_once(sizes: list[int]) -> None:
    columns = grid_index(sizes)
    found = list(zip(*(column.tolist() for column in columns), strict=True)) if sizes else []
    assert found == sorted(set(found))
    assert len(found) == (np.prod(sizes) if sizes else 0)
