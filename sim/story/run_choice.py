"""Run choice: which points and which replication of a folder a story is about."""

from __future__ import annotations

from collections.abc import Sequence

from sim.experiment.results.comparison_results import point_labels
from sim.experiment.results.figure_data.point_series import chosen_points
from sim.experiment.results.result_arrays import ResultArrays
from sim.experiment.store.part_reader import QueryError
from sim.story.agency_names import runs_words


def story_points(results: ResultArrays, asked: Sequence[str]) -> tuple[int, ...]:
    """One point, or two whose lives are shown side by side.

    Parameters
    ----------
    results : ResultArrays
        The folder.
    asked : sequence of str
        Labels or numbers; the first two points of the folder by default.

    Raises
    ------
    QueryError
        If there is no such point, one is named twice, or there are more than two.
    """
    if not asked:
        return tuple(range(min(results.points.num_rows, 2)))
    found = tuple(chosen_points(results, asked))
    if len(found) > 2:
        raise QueryError(f"a story is of one point or of two side by side; {len(found)} are named")
    if len(set(found)) < len(found):
        raise QueryError(f"point {found[0]} is named twice; name another to set beside it")
    return found


def point_label(results: ResultArrays, point: int) -> str:
    """What is different about a point; the scenario where there is only one."""
    if results.points.num_rows == 1:
        return str(results.points["scenario"][0].as_py())
    return point_labels(results)[point]


def done_runs(results: ResultArrays, point: int) -> list[int]:
    """Replications of a point that are done, in ascending order.

    Raises
    ------
    StoreError
        If no run is kept yet.
    QueryError
        If none of this point is.
    """
    index = results.index
    found = sorted({int(each) for each in index["replication"][index["point"] == point]})
    if not found:
        raise QueryError(f"no run of point {point} ({point_label(results, point)}) is kept in {results.path}")
    return found


def check_run(results: ResultArrays, point: int, replication: int) -> None:
    """Refuse a run that does not exist, failed, or is not done yet.

    Raises
    ------
    QueryError
        Says which it is, and which runs there are.
    """
    done = done_runs(results, point)
    if replication in done:
        return
    failed = next(
        (each for each in results.open_failures() if (each.point, each.replication) == (point, replication)), None
    )
    if failed is not None:
        raise QueryError(f"this run failed: {failed.words()}")
    where = f" of point {point}" if results.points.num_rows > 1 else ""
    raise QueryError(
        f"there is no run {replication}{where} in {results.path}; there is {runs_words(done)}, counted from 0"
    )
