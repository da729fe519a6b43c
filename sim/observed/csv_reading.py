"""CSV reading: lines and cells of a CSV file of ours with their places; lines that begin with ``#`` are remarks."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

from sim.declarations.input_issues import Problem
from sim.scenario.reading.file_encoding import decoded
from sim.scenario.reading.file_search import MOST_BYTES, label


def csv_lines(path: Path, *, remarks: bool = False) -> list[str] | Problem:
    """Lines of a CSV file in UTF-8, or what is wrong with it.

    Parameters
    ----------
    path : Path
        The file.
    remarks : bool
        Whether remarks are kept; otherwise each is an empty line, so that the count of lines stays.
    """
    text = _text(path, label(path))
    if isinstance(text, Problem):
        return text
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    # A remark may hold anything, quotes too.
    return lines if remarks else ["" if line.startswith("#") else line for line in lines]


def _text(path: Path, name: str) -> str | Problem:
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        return Problem(name, 0, 0, (), f"cannot be read: {why.lower()}")
    if len(data) > MOST_BYTES:
        return Problem(name, 0, 0, (), "is too large", f"expected at most {MOST_BYTES // 1_000_000} MB")
    return decoded(data, name, "CSV in UTF-8")


def csv_rows(lines: Sequence[str], name: str) -> Iterator[tuple[int, list[str]] | Problem]:
    """Lines that are not empty, as cells with their number; a problem ends it."""
    reader = csv.reader((f"{line}\n" for line in lines), strict=True)
    begun = 1
    while True:
        try:
            cells = next(reader, None)
        except csv.Error as error:
            what = f"the cells of the line cannot be told apart ({error})"
            yield Problem(name, begun, 1, (), what, "expected a closing quote, and commas between cells")
            return
        if cells is None:
            return
        if cells:
            yield begun, [cell.strip() for cell in cells]
        begun = reader.line_num + 1


def cell_starts(line: str) -> list[int]:
    """Columns of text, from 1, at which the cells of a line begin; it may end within a cell.

    >>> cell_starts('2013,"a, b",3')
    [1, 6, 13]
    """
    starts, quoted = [1], False
    for place, sign in enumerate(line, start=1):
        if sign == '"':
            quoted = not quoted
        elif sign == "," and not quoted:
            starts.append(place + 1)
    return starts
