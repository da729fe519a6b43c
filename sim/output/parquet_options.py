"""Parquet options, measured on runs of a city: what is quick to write and read, and not too large.

LZ4 costs next to nothing where zstd takes half of the writing, for files that are a quarter larger.  Dictionaries are
kept for text and for what repeats in every row (point, replication, date): numbers of a simulation hardly repeat, and
trying costs half the time.  Minima and maxima are kept for the columns by which rows are chosen.
"""

from __future__ import annotations

from typing import Any

import pyarrow as pa

RANGED = ("point", "replication")
REPEATED = (*RANGED, "date")


def parquet_options(schema: pa.Schema) -> dict[str, Any]:
    """Options of `pyarrow.parquet.ParquetWriter` for tables of a schema."""
    text = [f.name for f in schema if pa.types.is_string(f.type) or pa.types.is_dictionary(f.type)]
    there = set(schema.names)
    return {
        "compression": "lz4",
        "use_dictionary": [*text, *(name for name in REPEATED if name in there)],
        "write_statistics": [name for name in RANGED if name in there],
    }
