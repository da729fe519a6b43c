"""File checks by checksum: what is known of every file of results, and whether it is still what was written."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from sim.experiment.store.atomic_files import StoreError, reason

LARGEST_HASHED = 2_000_000_000
"""Bytes up to which a command hashes all that it reads; beyond, it checks footers, and checksums of pages."""
AGAIN = "the command that filled this folder, given again, makes it anew"
_SEAL = "sha256"
_TAIL = 8
"""Bytes at the end of a Parquet file: length of the footer, and a mark."""


class FileRecord(NamedTuple):
    """What a file is when it is complete.

    Attributes
    ----------
    bytes : int
        Its size.
    sha256 : str
        SHA-256 of all of it.
    footer : str
        SHA-256 of a Parquet file's footer, which says where its columns are; empty for other files.
    """

    bytes: int
    sha256: str
    footer: str = ""


def footer_digest(path: Path) -> str:
    """SHA-256 of the footer of a Parquet file; the empty text where there cannot be one."""
    with path.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(max(size - _TAIL, 0))
        length = int.from_bytes(file.read(4), "little") + _TAIL
        if length > size:
            return ""
        file.seek(size - length)
        return hashlib.sha256(file.read()).hexdigest()


def is_small(records: Iterable[FileRecord]) -> bool:
    """Whether a command hashes these files whole."""
    return sum(record.bytes for record in records) <= LARGEST_HASHED


def check_file(path: Path, record: FileRecord, *, whole: bool = True) -> None:
    """Compare a file with its record.

    Parameters
    ----------
    path : Path
        The file.
    record : FileRecord
        What it was when it was written.
    whole : bool
        Whether all of it is read; otherwise only its size and footer are compared.

    Raises
    ------
    StoreError
        If it is missing or changed; the message names it and says what to do.
    """
    try:
        size = path.stat().st_size
        if size != record.bytes:
            raise damaged(path, f"it has {size:,} of {record.bytes:,} bytes")
        if not whole and record.footer:
            good = footer_digest(path) == record.footer
        else:
            with path.open("rb") as file:
                good = hashlib.file_digest(file, "sha256").hexdigest() == record.sha256
    except FileNotFoundError:
        raise StoreError(f"{path} is missing; {AGAIN}") from None
    except OSError as error:
        raise StoreError(f"cannot read {path}: {reason(error)}") from error
    if not good:
        raise damaged(path, "its checksum is wrong")


def damaged(path: Path, what: object) -> StoreError:
    """The error for a file that is not what was written."""
    return StoreError(f"{path} is damaged ({what}); {AGAIN}")


def sealed(values: Mapping[str, Any]) -> bytes:
    """JSON text that carries its own checksum."""
    seal = {_SEAL: _digest(values)}
    return json_text({**values, **seal})


def json_text(values: object) -> bytes:
    """Plain values as the bytes of a JSON file; what is half a character, as in some names of files, is escaped."""
    try:
        return (json.dumps(values, indent=1, ensure_ascii=False) + "\n").encode()
    except UnicodeEncodeError:
        return (json.dumps(values, indent=1) + "\n").encode()


def unsealed(data: bytes) -> dict[str, Any]:
    """Values of a JSON text whose checksum is right.

    Raises
    ------
    ValueError
        If it is no such text, or was changed.
    """
    values = json.loads(data)
    if not isinstance(values, dict):
        raise ValueError("it is no JSON object")
    if values.pop(_SEAL, None) != _digest(values):
        raise ValueError("its checksum is wrong")
    return values


def _digest(values: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()
