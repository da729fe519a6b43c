"""Figure source: where the numbers of a figure come from, carried within PNG, SVG and PDF files and read back.

The facts are written once in words, into the fields that every format has (title, description, source), and once as
JSON in one line of plain characters behind a mark.  None of the three formats compresses these fields, so whatever
can read a file can find them, and copies of the file keep them.

>>> facts_in(mark({"kind": "bands", "title": "Hope $5"}).encode())
[{'kind': 'bands', 'title': 'Hope $5'}]
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Mapping
from typing import Any

_MARK = "social-work-sim-figure:"
_MARKED = re.compile(_MARK.encode() + rb"([A-Za-z0-9_-]+=*)")

FORMATS = ("png", "svg", "pdf")
"""Formats of figures; all of them carry their source."""
Facts = Mapping[str, Any]
"""Name of a fact -> text, number, or a list or mapping of these."""


def mark(facts: Facts) -> str:
    """Facts as one word of plain characters.

    Raises
    ------
    TypeError
        If a fact is nothing that JSON knows.
    """
    word = base64.urlsafe_b64encode(json.dumps(facts, ensure_ascii=False).encode()).decode()
    # In a PNG file the checksum follows at once, whose bytes may be letters too: a stop ends the word.
    return f"{_MARK}{word}."


def facts_in(content: bytes) -> list[dict[str, Any]]:
    """Facts of all figures in the bytes of a file, each once, in their order; damaged ones are left out."""
    found: list[dict[str, Any]] = []
    for word in _MARKED.findall(content):
        try:
            facts = json.loads(base64.urlsafe_b64decode(word))
        except (ValueError, RecursionError):
            continue
        if isinstance(facts, dict) and facts not in found:
            found.append(facts)
    return found


def metadata(ending: str, title: str, words: str, facts: Facts) -> dict[str, Any]:
    """Fields of a file, as matplotlib takes them; no date, so that the same results give the same bytes.

    Parameters
    ----------
    ending : str
        ``png``, ``svg`` or ``pdf``.
    title : str
        Of the figure.
    words : str
        What the figure shows, for readers who do not see it.
    facts : mapping
        Where its numbers come from; none where that is not known.

    Raises
    ------
    ValueError
        If there is no such format.
    """
    marked = mark(facts) if facts else ""
    if ending == "png":
        fields = {"Title": title, "Description": words, "Comment": marked}
        return {key: value for key, value in fields.items() if value} | {"Software": None}
    if ending == "svg":
        return {"Title": title, "Description": words, "Keywords": [marked], "Date": None, "Creator": None}
    if ending == "pdf":
        return {"Title": title, "Subject": words, "Keywords": marked, "CreationDate": None, "Creator": None}
    raise ValueError(f"no format '{ending}'; there are {', '.join(FORMATS)}")
