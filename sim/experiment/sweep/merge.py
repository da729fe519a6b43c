"""Shards joined: the folders of a job array become the one folder that a single sweep would have left."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sim.experiment.files import StoreError, WrongInputError, make_folder
from sim.experiment.store import COLUMNS, MANIFEST, chosen_folder
from sim.experiment.sweep.archive import DESIGN, FAILURES, SUMMARY, Archive
from sim.experiment.sweep.changes import changes
from sim.experiment.sweep.logbook import Logbook, Standing, now

_SAME = ("seed", "keep", "batches", "format")
"""What all shards of a sweep share, beside what decides its numbers."""


def merge(shards: Sequence[Path], out: Path) -> Standing:
    """Join the folders of shards.

    Parameters
    ----------
    shards : sequence of Path
        Their folders; not all need to be there, nor complete: the joined sweep is taken up where they left off.
    out : Path
        An empty folder.

    Returns
    -------
    Standing
        Runs in all, done, and failed.

    Raises
    ------
    FolderTakenError
        If something is in `out`.
    WrongInputError
        If the folders are not shards of one sweep.
    StoreError
        If they cannot be read or written.
    """
    archives = [Archive(path) for path in shards]
    manifests = [archive.manifest() for archive in archives]
    _check(archives, manifests)
    chosen_folder(out)
    joined = Archive(out)
    with joined.locked():
        for name in (DESIGN, COLUMNS):
            shutil.copyfile(archives[0].path / name, out / name)
        for archive in archives:
            _copy(archive, joined)
        values = dict(manifests[0])
        values |= {
            "shard": None,
            "changes": [change for manifest in manifests for change in manifest["changes"]],
            "commands": [command for manifest in manifests for command in manifest["commands"]],
            "merged": [str(path) for path in shards],
            "ended": now(),
        }
        joined.write_json(MANIFEST, values)
        logbook = Logbook.read(joined)
        standing = logbook.standing()
        whole = standing.done + standing.failed == standing.runs
        status = ("failed" if standing.failed else "complete") if whole else "interrupted"
        logbook.close(status, *standing)
        return standing


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
                target = joined.path / folder.name / part.name
                try:
                    shutil.copyfile(part, target.with_name(f".part-{part.name}"))
                    target.with_name(f".part-{part.name}").replace(target)
                except OSError as error:
                    raise StoreError(f"cannot copy {part} to {target}: {error.strerror or error}") from error
