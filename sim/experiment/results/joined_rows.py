"""Joined rows: rows of runs behind the values of their points."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.experiment.results.result_arrays import ResultArrays

if TYPE_CHECKING:
    import pyarrow as pa


def joined(results: ResultArrays, table: pa.Table) -> pa.Table:
    """Rows of a table with the column `point`, behind the columns of the design.

    An axis that bears the name of another column is called ``NAME_axis``.
    """
    import pyarrow as pa

    row = table["point"]
    names = results.labels(table.column_names)
    columns = {}
    for old, new in zip(results.points.column_names, names, strict=True):
        values = results.points[old].combine_chunks()
        # A word that a million runs share is kept once.
        columns[new] = (values.dictionary_encode() if pa.types.is_string(values.type) else values).take(row)
    return pa.table(columns | {name: table[name] for name in table.column_names if name != "point"})
