"""Server options: what the page may look at."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class ServerOptions:
    """What the page may look at.

    Attributes
    ----------
    folder : Path
        Where scenario files are offered from.
    results : Path
        Root of the folders of results.
    """

    folder: Path
    results: Path
