"""`make same` finds every kind of difference, and none where names or types of storage alone changed."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from tests.support.renamed_columns import RENAMED
from tests.support.same_comparison import compare_run
from tests.support.same_renames import EVERY, Renames

OLD = {
    "sector": pa.table(
        {
            "quarter": pa.array(["2009-Q3", "2009-Q4"]).dictionary_encode(),
            "wage": pa.array([0.0, np.nan]),
            "share": pa.array([0.5, 0.1], pa.float32()),
            "staff": pa.array([3, None], pa.int32()),
            "form": pa.array(["for_profit", None]).dictionary_encode(),
            "open": pa.array([True, False]),
        }
    )
}


def found(new, renames=RENAMED, old=OLD):
    """Differences as (table, column, kind)."""
    return {(one.table, one.column, one.kind) for one in compare_run(old, new, renames)}


def changed(column, values):
    """The tables with other values in one column."""
    table = OLD["sector"]
    return {"sector": table.set_column(table.column_names.index(column), column, values)}


def ordered(words):
    """Words as an ordered categorical, in an order and with words of its own."""
    known = sorted({word for word in words if word}, reverse=True)
    codes = pa.array([known.index(word) if word else None for word in words], pa.int8())
    return pa.DictionaryArray.from_arrays(codes, pa.array([*known, "never used"]), ordered=True)


def test_a_table_is_the_same_as_itself():
    assert not found(OLD)


@pytest.mark.parametrize(
    ("column", "values"),
    [
        ("wage", pa.array([-0.0, np.nan])),
        ("wage", pa.array([np.nextafter(0.0, 1.0), np.nan])),
        ("wage", pa.array([0.0, None])),
        ("share", pa.array([0.5, 0.1])),
        ("staff", pa.array([3, 0])),
        ("form", pa.array(["nonprofit", None])),
        ("form", pa.array(["for_profit", ""])),
        ("open", pa.array([True, True])),
    ],
)
def test_another_value_is_seen(column, values):
    assert found(changed(column, values)) == {("sector", column, "values")}


@pytest.mark.parametrize(
    ("column", "values"),
    [
        ("quarter", ordered(["2009-Q3", "2009-Q4"])),
        ("form", pa.array(["for-profit", None])),
        ("share", OLD["sector"]["share"].cast(pa.float64())),
        ("staff", pa.array([3.0, None])),
    ],
)
def test_another_type_with_the_same_meaning_is_the_same(column, values):
    assert not found(changed(column, values))


def test_another_meaning_is_seen():
    assert found(changed("open", pa.array(["yes", "no"]))) == {("sector", "open", "type")}
    assert found(changed("form", pa.array(["for-profit", "for_profit"]))) == {("sector", "form", "words")}


def test_names_and_rows_are_seen():
    table = OLD["sector"]
    assert found({}) == {("sector", "", "missing")}
    assert found({**OLD, "other": table}) == {("other", "", "extra")}
    assert found({"sector": table.slice(1)}) == {("sector", "", "rows")}
    renamed = table.rename_columns({"wage": "pay"})
    assert found({"sector": renamed}) == {("sector", "wage", "missing"), ("sector", "pay", "extra")}
    assert not found({"sector": table.append_column("date", pa.array([1, 2])).select(["date", *table.column_names])})


def test_what_was_renamed_is_the_same():
    new = pa.table(
        {
            "quarter": OLD["sector"]["quarter"],
            "pay.mean": OLD["sector"]["wage"],
            "percent": pa.array([50.0, 10.0]),
            "persons": OLD["sector"]["staff"],
            "form": pa.array(["firm", None]),
        }
    )
    renames = Renames(
        tables={"sector": "outcomes"},
        columns={("sector", "wage"): "pay_mean", (EVERY, "staff"): "persons", (EVERY, "share"): "percent"},
        column_rules=(lambda table, name: name.replace("_", "."),),
        words={("form", "for_profit"): "firm"},
        values={("sector", "share"): lambda table: pa.array([50.0, 10.0])},
        removed_columns=frozenset({("sector", "open")}),
    )
    assert not found({"outcomes": new}, renames)
    assert found(OLD, renames) == {("outcomes", "", "missing"), ("sector", "", "extra")}
