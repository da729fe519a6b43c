"""Agency groups: what agencies are set apart by in figures, such as their district or the years of their founding."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt
    import pyarrow as pa

    from sim.declarations.calendar_quarter import Quarter

    Whole = npt.NDArray[np.int64]

_MOST_COHORTS = 6
_WIDTHS = (1, 2, 3, 4, 5, 10, 20, 50, 100)
"""Years that a cohort may span."""


class Grouped(NamedTuple):
    """Agencies in groups.

    Attributes
    ----------
    codes : int array, shape (rows,)
        Group of each row.
    names : list of str
        Of the groups.
    """

    codes: Whole
    names: list[str]


@dataclass(frozen=True)
class Grouping:
    """What agencies may be set apart by.

    Attributes
    ----------
    column : str
        Column of the table of agencies that it is made from.
    meaning : str
        In a few words.
    group : callable
        Makes groups from the column of all rows, for a first quarter of the runs.
    ordered : bool
        Whether groups have an order of their own; others are sorted by their size.
    """

    column: str
    meaning: str
    group: Callable[[pa.ChunkedArray, Quarter], Grouped]
    ordered: bool = False


def _by_word(column: pa.ChunkedArray, start: Quarter) -> Grouped:
    """Groups that are named by the column itself."""
    import pyarrow as pa
    import pyarrow.compute as pc

    words = pc.fill_null(pc.cast(column, pa.string()), "").combine_chunks().dictionary_encode()
    names = [name or "none" for name in words.dictionary.to_pylist()]
    return Grouped(np.asarray(words.indices.to_numpy(zero_copy_only=False), np.int64), names)


def _by_founding(column: pa.ChunkedArray, start: Quarter) -> Grouped:
    """Groups of years of founding, of one width, and one of those founded before the runs begin."""
    founded = np.asarray(column.to_numpy(), np.int64)
    years = (start.ordinal + founded) // 4
    first, before = start.year, founded < 0
    last = int(years.max(initial=first))
    width = next(each for each in _WIDTHS if (last - first) // each < _MOST_COHORTS or each == _WIDTHS[-1])
    code = np.where(before, 0, 1 + (years - first) // width)
    names = [f"before {start}", *_cohorts(first, last, width)]
    return Grouped(np.asarray(code, np.int64), [f"founded {name}" for name in names])


def _cohorts(first: int, last: int, width: int) -> list[str]:
    """Names of groups of years.

    >>> _cohorts(2009, 2013, 3), _cohorts(2009, 2010, 1)
    (['2009–2011', '2012–2013'], ['2009', '2010'])
    """
    begins = range(first, last + 1, width)
    ends = [min(begin + width - 1, last) for begin in begins]
    return [str(begin) if begin == end else f"{begin}–{end}" for begin, end in zip(begins, ends, strict=True)]


GROUPINGS = {
    "district": Grouping("district", "home district", _by_word),
    "city": Grouping("city", "city", _by_word),
    "origin": Grouping("origin", "who founded it", _by_word),
    "kind": Grouping("kind", "nonprofit or for-profit", _by_word),
    "field": Grouping("field", "main field of service", _by_word),
    "cohort": Grouping("founded", "years of founding", _by_founding, ordered=True),
}
"""What agencies may be set apart by, by the word for it."""
