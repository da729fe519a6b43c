"""Quarter columns of tables: an ordered category, with the date of the quarter's first day beside it.

>>> table = pa.table(quarter_columns(Quarter(2010, 4), 3, np.array([1, 0])))
>>> table["quarter"].to_pylist(), str(table["date"][1])
(['2011-Q1', '2010-Q4'], '2010-10-01 00:00:00')
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from sim.declarations.calendar_quarter import Quarter
from sim.output.arrow_arrays import coded, dates, dictionary

QUARTER, DATE = "quarter", "date"
MONTHS_OF_A_QUARTER = 3


@lru_cache(maxsize=64)
def _calendar(start: Quarter, quarters: int) -> tuple[pa.Array, npt.NDArray[np.int64]]:
    """Quarters of a run in words, and their first days in milliseconds since 1970."""
    all_of_them = [start + n for n in range(quarters)]
    months = [12 * (each.year - 1970) + MONTHS_OF_A_QUARTER * (each.number - 1) for each in all_of_them]
    first_days = np.array(months, dtype="datetime64[M]").astype("datetime64[ms]").astype(np.int64)
    return dictionary([str(each) for each in all_of_them]), first_days


def quarter_columns(start: Quarter, quarters: int, steps: npt.NDArray[np.integer]) -> dict[str, pa.Array]:
    """Both columns of a run that begins at `start`.

    Parameters
    ----------
    start : Quarter
        First quarter of the run.
    quarters : int
        Length of the run; all of its quarters are categories, whether a row has them or not.
    steps : int array, shape (rows,)
        Quarter of each row, counted from the start.
    """
    words, first_days = _calendar(start, quarters)
    return {QUARTER: coded(steps, words, ordered=True), DATE: dates(first_days[steps])}


def columns_of_runs(starts: Sequence[tuple[int, Quarter]]) -> dict[str, pa.Array]:
    """Both columns for all quarters of several runs, one run after the other.

    Parameters
    ----------
    starts : sequence of (int, Quarter)
        Length of each run, and its first quarter.
    """
    firsts = [start.ordinal for _, start in starts]
    begin = min(firsts)
    end = max(first + length for first, (length, _) in zip(firsts, starts, strict=True))
    steps = [np.arange(length) + first - begin for first, (length, _) in zip(firsts, starts, strict=True)]
    return quarter_columns(Quarter.from_ordinal(begin), end - begin, np.concatenate(steps))


def concatenate(tables: Sequence[pa.Table]) -> pa.Table:
    """Tables as one, each text with one dictionary and quarters in the order of time."""
    return unify(pa.concat_tables(tables))


def unify(table: pa.Table) -> pa.Table:
    """A table with one dictionary for each text, and quarters in the order of time.

    Runs that begin at different times have different quarters; Arrow alone would put the later ones of the first run
    before the earlier ones of the second.
    """
    whole = table.unify_dictionaries()
    if QUARTER not in whole.column_names or not pa.types.is_dictionary(whole.schema.field(QUARTER).type):
        return whole
    chunks = whole[QUARTER].chunks
    words = chunks[0].dictionary.to_pylist() if chunks else []
    if words == sorted(words):
        return whole
    order = np.argsort(np.array(words))
    rank = np.empty(len(words), dtype=np.int32)
    rank[order] = np.arange(len(words), dtype=np.int32)
    sorted_words = dictionary([words[n] for n in order])
    in_order = [coded(rank[chunk.indices.to_numpy()], sorted_words, ordered=True) for chunk in chunks]
    place = whole.column_names.index(QUARTER)
    return whole.set_column(place, whole.schema.field(QUARTER), pa.chunked_array(in_order))
