"""What runs were made with, in a sweep that went on although something had changed.

Each such change is an entry of the manifest: what was different, which chunks were done by then, and, where it was
the experiment or a scenario, how that stood before.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from sim.experiment.store.sweep_manifest import SweepManifest

Stretches = list[list[int]]
"""Numbers as stretches, first and last included."""


class Past(NamedTuple):
    """How it was when a run was made.

    Attributes
    ----------
    design : dict
        The design of then, as `sim.experiment.design.Design.dump` writes it.
    since : tuple of str
        What has changed since, in words.
    """

    design: dict[str, Any]
    since: tuple[str, ...] = ()


def stretches(numbers: Iterable[int]) -> Stretches:
    """Write numbers shorter.

    >>> stretches([5, 1, 2, 3])
    [[1, 3], [5, 5]]
    """
    found: Stretches = []
    for number in sorted(numbers):
        if found and found[-1][1] == number - 1:
            found[-1][1] = number
        else:
            found.append([number, number])
    return found


def entry(before: Mapping[str, Any], now: Mapping[str, Any], done: Iterable[int], what: list[str]) -> dict[str, Any]:
    """An entry of the manifest, less its time.

    Parameters
    ----------
    before, now : mapping
        What the manifest said of the design, the versions and the checkout, and says now.
    done : iterable of int
        Chunks that were done before.
    what : list of str
        What is different.
    """
    changed = {key: value for key, value in before.items() if value != now[key]}
    return {"what": what, "done": stretches(done), "before": changed}


def past_of(manifest: SweepManifest, point: int, replication: int) -> Past:
    """How it was when a run of a sweep was made, or how it is, if that is still to be done."""
    chunk = manifest.chunk_of(point, replication)
    later = [change for change in manifest.values["changes"] if chunk is not None and _holds(change["done"], chunk)]
    designs = [change["before"]["design"] for change in later if "design" in change["before"]]
    since = dict.fromkeys(what for change in later for what in change["what"])
    return Past(designs[0] if designs else manifest.values["design"], tuple(since))


def mixture(manifest: SweepManifest) -> list[str]:
    """A line for each change that runs of the sweep were made before."""
    told = []
    for change in manifest.values["changes"]:
        runs = sum(
            len(batch.chunk_at(number).runs)
            for batch in manifest.batches
            if not batch.picked
            for number in batch.numbers
            if _holds(change["done"], number)
        )
        if runs:
            when = str(change["at"]).replace("T", " ")
            told.append(f"{runs:,} of these runs were made before a change ({when}): {'; '.join(change['what'])}")
    return told


def _holds(found: Stretches, number: int) -> bool:
    return any(first <= number <= last for first, last in found)
