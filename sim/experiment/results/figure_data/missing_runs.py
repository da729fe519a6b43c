"""Missing runs: a sentence on runs that a figure cannot show, because they failed or are still to be done."""

from __future__ import annotations

from collections.abc import Collection

from sim.experiment.results.result_arrays import ResultArrays


def missing_runs_note(results: ResultArrays, points: Collection[int]) -> str:
    """Say which runs are lacking; nothing where none is.

    Parameters
    ----------
    results : ResultArrays
        The folder.
    points : collection of int
        Points that are shown.

    Raises
    ------
    StoreError
        If a receipt is damaged.
    """
    shown = {*points}
    progress = results.progress()
    failed = sum(each.point in shown for each in results.open_failures()) if progress.failed else 0
    waiting = progress.runs - progress.done - progress.failed
    words = []
    if failed:
        words.append(
            f"{failed:,} {'run' if failed == 1 else 'runs'} failed and {'is' if failed == 1 else 'are'} left out"
        )
    if waiting > 0:
        words.append(f"{waiting:,} of {progress.runs:,} runs of these results are still to be done")
    return "; ".join(words)
