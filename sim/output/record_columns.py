"""Record columns: fields of many records as Arrow columns, one by one or, where possible, several at once.

A run of a city has four hundred columns of a few hundred rows, so what counts is what each column costs by itself.
Fields of one type that become columns of one type are therefore taken out of the records, converted and laid down
together; their columns are slices of one piece of memory.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from sim.engine.fields import Field, LabelledEnum, StructArray
from sim.output.arrow_arrays import Validity, coded_rows, dictionary, number_rows, numbers
from sim.output.table_names import TableNames
from sim.scenario.parameters.parameter_spec import FEN_PER_CNY


class Target(Enum):
    """What a field becomes."""

    SINGLE = "real number of single precision"
    DOUBLE = "real number"
    MONEY = "CNY"
    WHOLE = "whole number"
    WORD = "word or name"
    FLAG = "yes or no"


@dataclass(frozen=True)
class ColumnSource:
    """Where the numbers of a column stand in a record, and what becomes of them.

    Attributes
    ----------
    name : str
        Name of the column.
    field : str
        Name of the field.
    place : int
        Place of the number in a field of several.
    type : str
        NumPy type code of the field.
    target : Target
        What it becomes.
    words : Array, optional
        Words of its codes.
    refers : str
        Kind of organisation whose names its codes stand for.
    """

    name: str
    field: str
    place: int
    type: str
    target: Target
    words: pa.Array | None = None
    refers: str = ""


def labels_of(members: type[LabelledEnum]) -> pa.Array:
    """Words of an enumeration by code; codes without a member are empty."""
    found = {int(member): member.label for member in members}
    return dictionary([found.get(code, "") for code in range(max(found) + 1)])


def sources_of(fields: Iterable[Field], skip: tuple[str, ...] = ()) -> tuple[ColumnSource, ...]:
    """Columns for the fields that a table shows; a field of several numbers has one for each."""
    return tuple(
        source for field in fields if field.table and field.name not in skip for source in _sources_of_field(field)
    )


def _sources_of_field(field: Field) -> Iterable[ColumnSource]:
    for place, name in enumerate(field.column_names):
        if not field.shape and (field.labels is not None or field.refers):
            words = None if field.labels is None else labels_of(field.labels)
            yield ColumnSource(name, field.name, place, field.type, Target.WORD, words, field.refers)
        else:
            yield ColumnSource(name, field.name, place, field.type, _target(field))


def _target(field: Field) -> Target:
    if field.unit.startswith("fen"):
        return Target.MONEY
    if field.type == "?":
        return Target.FLAG
    return Target.SINGLE if field.type.startswith("f") else Target.WHOLE


class RecordColumns:
    """Makes columns of the records of one kind.

    Parameters
    ----------
    sources : sequence of ColumnSource
        The columns, in order.
    """

    def __init__(self, sources: Sequence[ColumnSource]) -> None:
        self.names = [source.name for source in sources]
        self._groups: dict[tuple[str, Target], list[ColumnSource]] = {}
        for source in sources:
            self._groups.setdefault((source.type, source.target), []).append(source)

    def columns(
        self, records: StructArray, names: TableNames, known: dict[str, Validity] | None = None
    ) -> dict[str, pa.Array]:
        """Columns by name, in order.

        Parameters
        ----------
        records : record array, shape (rows,)
            Records, one after the other in memory.
        names : TableNames
            Names that codes stand for.
        known : dict of str to Validity, optional
            Rows in which a column is not empty, for columns that are empty in some.
        """
        found: dict[str, pa.Array] = {}
        there = known or {}
        for (kind, target), sources in self._groups.items():
            if target is Target.FLAG:
                found |= {
                    one.name: numbers(records[one.field].astype(np.bool_), there.get(one.name)) for one in sources
                }
                continue
            rows = _converted(taken_out(records, kind, sources), target)
            validity = [there.get(one.name) for one in sources]
            if target is Target.WORD:
                words = [one.words if one.words is not None else names.dictionary(one.refers) for one in sources]
                arrays = coded_rows(rows, words, validity)
            else:
                arrays = number_rows(rows, validity)
            found.update(zip([one.name for one in sources], arrays, strict=True))
        return {name: found[name] for name in self.names}


def taken_out(records: StructArray, kind: str, sources: Sequence[ColumnSource]) -> npt.NDArray[np.generic]:
    """Numbers of one type out of records, a row for each of the fields; shape (fields, records)."""
    dtype, size = records.dtype, np.dtype(kind).itemsize
    offsets = [dtype.fields[one.field][1] + one.place * size for one in sources]
    # Records are aligned, so a number of some bytes stands at a multiple of these.
    flat = np.ascontiguousarray(records).view(np.ndarray).view(np.uint8).view(kind)
    return flat.reshape(len(records), dtype.itemsize // size)[:, [offset // size for offset in offsets]].T


def _converted(rows: npt.NDArray[np.generic], target: Target) -> npt.NDArray[np.generic]:
    """Numbers as columns hold them, each row in one piece."""
    if target is Target.MONEY:
        return np.divide(rows, FEN_PER_CNY, order="C")
    types = {Target.SINGLE: np.float32, Target.DOUBLE: np.float64, Target.WHOLE: np.int32, Target.WORD: np.int32}
    return np.ascontiguousarray(rows, dtype=types[target])
