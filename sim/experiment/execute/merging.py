"""Shards joined: the folders of a job array become the one folder that a single sweep would have left.

The manifest is written last, so a folder that has one is whole.  Until then a mark says whose the rest is: the same
command clears away what a merge left that was killed, and begins again.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from sim.experiment.execute.batches import Batch
from sim.experiment.store.atomic_files import TEMPORARY, StoreError, WrongInputError, make_folder, reason, write_file
from sim.experiment.store.identity_changes import changes
from sim.experiment.store.run_folder import COLUMNS, MANIFEST, OutputExistsError, chosen_folder
from sim.experiment.store.sweep_folder import DESIGN, FAILURES, LOCK, MERGING, SUMMARY, Archive
from sim.experiment.store.sweep_manifest import Standing, SweepManifest

_SAME = ("seed", "keep", "batches", "format")
"""What all shards of a sweep share, beside what decides its numbers."""


def merge(shards: Sequence[Path], out: Path) -> Standing:
    """Join the folders of shards.

    Parameters
    ----------
    shards : sequence of Path
        Their folders; not all need to be there, nor complete: the joined sweep is taken up where they left off.
    out : Path
        An empty folder, or one where a merge was cut short.

    Returns
    -------
    Standing
        Runs in all, done, and failed.

    Raises
    ------
    OutputExistsError
        If something is in `out`.
    WrongInputError
        If the folders are not shards of one sweep.
    StoreError
        If they cannot be read or written.
    """
    archives = [Archive(path) for path in shards]
    manifests = [archive.manifest() for archive in archives]
    _check(archives, manifests)
    if not _left_over(out):
        chosen_folder(out)
    joined = Archive(out)
    with joined.locked(), _all_or_nothing(out):
        for name in (DESIGN, COLUMNS):
            _copy_file(archives[0].path / name, out / name)
        for archive in archives:
            _copy(archive, joined)
        values = dict(manifests[0])
        values |= {
            "shard": None,
            "changes": [change for manifest in manifests for change in manifest["changes"]],
            "commands": [command for manifest in manifests for command in manifest["commands"]],
            "merged": [str(path) for path in shards],
        }
        manifest = SweepManifest(joined, values, [Batch.from_json(each) for each in values["batches"]])
        standing = manifest.standing()
        whole = standing.done + standing.failed == standing.runs
        status = ("failed" if standing.failed else "complete") if whole else "interrupted"
        manifest.close(status, *standing)
        return standing


def _left_over(out: Path) -> bool:
    """Whether a folder holds nothing but what a merge has left that was cut short, if only its lock."""
    try:
        names = {name for name in os.listdir(out) if not name.startswith(TEMPORARY)}
    except OSError:
        return False
    return names == {LOCK} or (MERGING in names and MANIFEST not in names)


@contextlib.contextmanager
def _all_or_nothing(out: Path) -> Iterator[None]:
    """Clear the folder of an earlier attempt, and again if this one fails.

    Raises
    ------
    OutputExistsError
        If somebody has filled the folder since it was looked at.
    """
    if not _left_over(out):
        raise OutputExistsError(f"{out} is not empty any more; nothing is overwritten, so choose another folder")
    write_file(out / MERGING, b"")
    try:
        _clear(out)
        yield
    except BaseException:
        with contextlib.suppress(OSError):
            _clear(out)
            (out / MERGING).unlink()
        raise
    with contextlib.suppress(OSError):
        (out / MERGING).unlink()


def _clear(out: Path) -> None:
    """Remove everything from a folder but its lock and its mark."""
    for entry in out.iterdir():
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry)
        elif entry.name not in (LOCK, MERGING):
            entry.unlink()


def _check(archives: Sequence[Archive], manifests: Sequence[dict[str, Any]]) -> None:
    """Refuse folders that do not belong together."""
    first = manifests[0]
    seen: dict[int, Path] = {}
    for archive, manifest in zip(archives, manifests, strict=True):
        if manifest["shard"] is None:
            raise WrongInputError(f"{archive.path} is no shard: it was run without --shard")
        different = changes(first["identity"], manifest["identity"])
        different += [key for key in _SAME if manifest[key] != first[key]]
        if manifest["shard"][1] != first["shard"][1]:
            different.append(f"{first['shard'][1]} shards in one, {manifest['shard'][1]} in the other")
        if different:
            raise WrongInputError(f"{archives[0].path} and {archive.path} are not of one sweep: {'; '.join(different)}")
        number = int(manifest["shard"][0])
        if number in seen:
            raise WrongInputError(f"{seen[number]} and {archive.path} are both shard {number}")
        seen[number] = archive.path


def _copy(archive: Archive, joined: Archive) -> None:
    """Copy what is done, each chunk's summary last."""
    done = archive.done()
    folders = sorted(path for path in archive.path.iterdir() if path.is_dir() and not path.name.startswith("."))
    order = [path for path in folders if path.name != SUMMARY] + [archive.path / SUMMARY]
    for folder in order:
        if not folder.is_dir():
            continue
        make_folder(joined.path / folder.name)
        suffix = ".json" if folder.name == FAILURES else ".parquet"
        for part in sorted(folder.glob(f"[0-9]*{suffix}")):
            if int(part.stem) in done:
                _copy_file(part, joined.path / folder.name / part.name)


def _copy_file(source: Path, target: Path) -> None:
    """Copy a file, whole or not at all and onto the disk: shards may be removed after it."""
    try:
        data = source.read_bytes()
    except OSError as error:
        raise StoreError(f"cannot read {source}: {reason(error)}") from error
    write_file(target, data)
