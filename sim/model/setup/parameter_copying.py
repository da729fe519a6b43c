"""Parameter copying: all parameters of a group into the fields of the same name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from operator import attrgetter
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from sim.engine.fields import StructArray
from sim.engine.struct_arrays import number_table
from sim.scenario.parameters.parameter_spec import FEN_PER_CNY, Group, parameters_of


class CopyPlan(NamedTuple):
    """How the parameters of a group are copied into a kind of row.

    Attributes
    ----------
    read : callable
        All values of a group, in order of declaration.
    words : tuple of (int, mapping of str to float)
        Which of them are choices, and the numbers that their words stand for.
    factors : float array
        What the others are multiplied by: money is held in fen.
    columns : int array
        Positions of the fields in a row, counted in real numbers.
    """

    read: attrgetter[Any]
    words: tuple[tuple[int, Mapping[str, float]], ...]
    factors: npt.NDArray[np.float64]
    columns: npt.NDArray[np.intp]


@cache
def copy_plan(group: type[Group], record: np.dtype[Any]) -> CopyPlan:
    """Determine once how a group is copied."""
    declared = parameters_of(group)
    words = tuple((n, {one.label: float(one) for one in leaf.codes}) for n, leaf in enumerate(declared) if leaf.codes)
    factors = [float(FEN_PER_CNY) if leaf.unit.startswith("CNY") and leaf.codes is None else 1.0 for leaf in declared]
    fields: Any = record.fields or {}
    columns = [fields[leaf.name][1] // 8 for leaf in declared]
    return CopyPlan(attrgetter(*(leaf.key for leaf in declared)), words, np.array(factors), np.array(columns))


def copy_parameters(records: StructArray, rows: Sequence[int] | npt.NDArray[np.intp], group: Group) -> None:
    """Copy every parameter of a group into the fields of the same name of some rows.

    Parameters
    ----------
    records : recarray
        Rows whose fields of these names are real numbers of eight bytes, as all parameters are declared.
    rows : sequence or array of int
        Which rows; copies of one entry have the same parameters.
    group : Group
        The parameters.
    """
    plan = copy_plan(type(group), records.dtype)
    values = list(plan.read(group))
    for n, numbers in plan.words:
        values[n] = numbers[values[n]]
    table = number_table(records, records.dtype.itemsize // 8)
    table[np.array(rows)[:, None], plan.columns] = np.array(values, dtype=np.float64) * plan.factors
