"""Comparison of the tables of one run in two trees, column by column and bit by bit, through the table of renames."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.types as types

from tests.support.same_renames import Renames


@dataclass(frozen=True)
class Difference:
    """One thing that is not the same.

    Attributes
    ----------
    table, column : str
        In the new tree's words; the column is empty where the table as a whole differs.
    kind : str
        "missing", "extra", "rows", "type", "words" or "values".
    description : str
        What is different, for people.
    """

    table: str
    column: str
    kind: str
    description: str


def compare_run(old: dict[str, pa.Table], new: dict[str, pa.Table], renames: Renames) -> Iterator[Difference]:
    """Every difference between the tables of one run."""
    expected = {renames.table(name): name for name in old if name not in renames.removed_tables}
    for name, was in expected.items():
        if name not in new:
            yield Difference(name, "", "missing", f"table is missing{_formerly(was, name)}")
        else:
            yield from compare_table(was, old[was], name, new[name], renames)
    for name in new.keys() - expected.keys() - renames.added_tables:
        yield Difference(name, "", "extra", "table is not in the old tree")


def compare_table(was: str, old: pa.Table, name: str, new: pa.Table, renames: Renames) -> Iterator[Difference]:
    """Every difference between a table `was` of the old tree and a table `name` of the new one."""
    expected: dict[str, str] = {}
    for column in old.column_names:
        if not renames.is_removed(was, column):
            called = renames.column(was, column)
            if called in expected:
                yield Difference(name, called, "extra", f"stands for both {expected[called]} and {column}")
            expected[called] = column
    there = set(new.column_names)
    if len(there) < new.num_columns:
        yield Difference(name, "", "extra", "two columns have the same name")
    for called in there - expected.keys():
        if not renames.is_added(name, called):
            yield Difference(name, called, "extra", "column is not in the old tree")
    if old.num_rows != new.num_rows:
        yield Difference(name, "", "rows", f"{old.num_rows} rows became {new.num_rows}")
    for called, column in expected.items():
        if called not in there:
            yield Difference(name, called, "missing", f"column is missing{_formerly(column, called)}")
        elif old.num_rows == new.num_rows:
            make = renames.value(was, column)
            values = old.column(column) if make is None else make(old)
            kind, description = compare_column(column, values, new.column(called), renames)
            if kind:
                yield Difference(name, called, kind, description)


def _formerly(old: str, new: str) -> str:
    return "" if old == new else f" (formerly {old})"


def compare_column(
    column: str, old: pa.Array | pa.ChunkedArray, new: pa.Array | pa.ChunkedArray, renames: Renames
) -> tuple[str, str]:
    """Kind of difference and what it is, both empty where there is none; `column` is the old name."""
    if kind_of(old.type) != kind_of(new.type):
        return "type", f"{old.type} became {new.type}"
    before, after = plain(old), plain(new)
    if kind_of(old.type) == "text":
        old_words = {word: renames.word(column, word) for word in words_of(before)}
        new_words = {word: renames.spelled(word) for word in words_of(after)}
        for words in (old_words, new_words):
            if merged := [word for word, count in Counter(words.values()).items() if count > 1]:
                return "words", f"two words are compared as one: {', '.join(merged)}"
        before, after = respelled(before, old_words), respelled(after, new_words)
    different = np.flatnonzero(unequal(before, after))
    if not len(different):
        return "", ""
    row = int(different[0])
    first = f"first in row {row}: {before[row].as_py()!r} became {after[row].as_py()!r}"
    return "values", f"{len(different)} of {len(before)} rows differ, {first}"


def kind_of(kind: pa.DataType) -> str:
    """What a type means, whichever way its values are kept."""
    if types.is_dictionary(kind):
        return kind_of(kind.value_type)
    if types.is_integer(kind) or types.is_floating(kind):
        return "number"
    if types.is_string(kind) or types.is_large_string(kind) or types.is_string_view(kind):
        return "text"
    return str(kind)


def plain(values: pa.Array | pa.ChunkedArray) -> pa.Array:
    """A column in one piece, with categories written out."""
    whole = values.combine_chunks() if isinstance(values, pa.ChunkedArray) else values
    if isinstance(whole, pa.ChunkedArray):  # as older versions of pyarrow leave it
        whole = pa.concat_arrays(whole.chunks)
    if types.is_dictionary(whole.type):
        whole = whole.cast(whole.type.value_type)
    return whole.cast(pa.string()) if kind_of(whole.type) == "text" else whole


def words_of(values: pa.Array) -> list[str]:
    """Words that a text column uses."""
    return [word for word in pc.unique(values).to_pylist() if word is not None]


def respelled(values: pa.Array, words: dict[str, str]) -> pa.Array:
    """A text column with each word replaced."""
    coded = values.dictionary_encode()
    spelled = pa.array([words.get(word) for word in coded.dictionary.to_pylist()], pa.string())
    return pa.DictionaryArray.from_arrays(coded.indices, spelled).cast(pa.string())


def unequal(old: pa.Array, new: pa.Array) -> np.ndarray:
    """Whether each row differs; bool array, shape (rows,).  An empty value equals an empty value only."""
    gone, gone_now = (values.is_null().to_numpy(zero_copy_only=False) for values in (old, new))
    both = ~gone & ~gone_now
    if kind_of(old.type) == "number":
        same = same_numbers(numbers(old), numbers(new))
    elif old.type.num_fields:  # lists and structures, which Arrow does not compare row by row
        same = np.array([a == b for a, b in zip(old.to_pylist(), new.to_pylist(), strict=True)], dtype=bool)
    else:
        same = pc.fill_null(pc.equal(old, new), False).to_numpy(zero_copy_only=False)
    return (gone != gone_now) | (both & ~same)


def numbers(values: pa.Array) -> np.ndarray:
    """Numbers of a column; 0 where it is empty, so that a whole number stays one."""
    return pc.fill_null(values, pa.scalar(0, values.type)).to_numpy(zero_copy_only=False)


def same_numbers(old: np.ndarray, new: np.ndarray) -> np.ndarray:
    """Whether numbers are the same to the last bit: NaN equals NaN, and -0.0 is not 0.0.

    >>> same_numbers(np.array([np.nan, 0.0, 1.0]), np.array([np.nan, -0.0, np.nextafter(1.0, 2.0)])).tolist()
    [True, False, False]
    >>> same_numbers(np.array([0.1], dtype=np.float32), np.array([0.1])).tolist()
    [False]
    """
    if old.dtype.kind != "f" and new.dtype.kind != "f":
        return old == new
    before, after = old.astype(np.float64), new.astype(np.float64)
    rounded = (before.astype(old.dtype) != old) & ~np.isnan(before)
    rounded |= (after.astype(new.dtype) != new) & ~np.isnan(after)
    bits = before.view(np.int64) == after.view(np.int64)
    return (bits | (np.isnan(before) & np.isnan(after))) & ~rounded
