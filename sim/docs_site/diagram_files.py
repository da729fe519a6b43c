"""Diagram files: drawings of the mermaid diagrams of the documents, kept in docs/images/diagrams.

GitHub draws mermaid itself.  The site is read offline and shows drawings, which
``python -m sim.docs_site.diagram_drawing`` makes when a diagram has changed; each names the digest of its diagram.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

from sim.docs_site.site_folders import DOCS, ROOT, SiteError

DIAGRAMS = DOCS / "images" / "diagrams"
_BLOCK = re.compile(r"^```mermaid\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def diagram_file(origin: str, number: int) -> Path:
    """The drawing of the n-th diagram, from 1, of a document."""
    return DIAGRAMS / f"{Path(origin).stem}-{number}.svg"


def diagram_mark(code: str) -> str:
    """What a drawing ends in: the digest of its diagram."""
    return f"<!-- mermaid {hashlib.sha256(code.encode()).hexdigest()[:16]} -->"


def diagram_picture(origin: str, number: int, code: str) -> Path:
    """The drawing of a diagram.

    Raises
    ------
    SiteError
        If there is none, or it shows what the diagram was before.
    """
    path = diagram_file(origin, number)
    if not path.is_file() or not path.read_text(encoding="utf-8").rstrip().endswith(diagram_mark(code)):
        what = "has changed since it was drawn" if path.is_file() else "is not drawn"
        raise SiteError(f"{origin}: diagram {number} {what}; draw it with: python -m sim.docs_site.diagram_drawing")
    return path


def written_diagrams() -> Iterator[tuple[str, int, str]]:
    """The diagrams of all documents: file, number and code."""
    for path in sorted(DOCS.rglob("*.md")):
        for number, code in enumerate(_BLOCK.findall(path.read_text(encoding="utf-8")), 1):
            yield path.relative_to(ROOT).as_posix(), number, code
