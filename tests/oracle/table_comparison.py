"""Comparison of all tables of a run with those of the oracle, cell by cell, and of names and ids."""

from __future__ import annotations

import math
from collections import Counter
from typing import Any

import pyarrow as pa

from sim.model.setup.compiled_scenario import CompiledScenario
from sim.run import simulate
from sim.scenario.parameters.scenario_file import Scenario
from tests.oracle.expected_names import Names, names_of
from tests.oracle.expected_tables import Row, TableRecorder
from tests.oracle.oracle_model import Sector

ALREADY_TESTED = {"run", "point", "replication", "date"}
"""Columns that say which run a row is of, or its quarter once more."""

SINGLE, DOUBLE = 1e-6, 1e-9
"""Relative tolerance for columns of single and of double precision."""

RECORDS = {
    "city": "cities",
    "government": "governments",
    "assessor": "assessors",
    "community": "communities",
    "college": "colleges",
    "sponsor": "sponsors",
    "association": "associations",
    "institution": "institutions",
    "agency": "agencies",
}
"""Arrays of a compiled scenario, by kind."""


class TableDifferenceError(AssertionError):
    """A table of a run is not what the oracle makes of it."""


def equal(expected: Any, found: Any, tolerance: float) -> bool:
    """Whether two cells agree: words and whole numbers exactly, real numbers within the tolerance."""
    if isinstance(expected, str) or isinstance(found, str) or expected is None or found is None:
        return bool(expected == found)
    if isinstance(found, float):
        both = math.isnan(expected) and math.isnan(found)
        return both or math.isclose(expected, found, rel_tol=tolerance, abs_tol=1e-9)
    return bool(expected == found)


def compare_names(compiled: CompiledScenario, names: Names) -> None:
    """Names, ids and who belongs to whom.

    Raises
    ------
    TableDifferenceError
        At the first kind that differs.
    """
    for kind, expected in names.names.items():
        if compiled.names[kind] != expected:
            raise TableDifferenceError(f"names of {kind}: the run has {compiled.names[kind]}, the oracle {expected}")
    for kind, ids in names.ids.items():
        found = getattr(compiled.world, RECORDS[kind])
        if found.id[: len(ids)].tolist() != ids:
            raise TableDifferenceError(f"ids of {kind}")
    agencies = compiled.world.agencies
    if agencies.district[: len(names.homes)].tolist() != names.homes:
        raise TableDifferenceError("districts of agencies")
    for column, partners in names.partners.items():
        if agencies[column][: len(partners)].tolist() != partners:
            raise TableDifferenceError(f"{column} of agencies")
    if [tuple(row) for row in compiled.branches.tolist()] != names.branches:
        raise TableDifferenceError(f"branches: the run has {compiled.branches.tolist()}, the oracle {names.branches}")


def compare_rows(table: str, found: pa.Table, expected: list[Row]) -> None:
    """All rows of a table, in their order.

    Raises
    ------
    TableDifferenceError
        At the first cell, column or number of rows that differs.
    """
    columns = [name for name in found.column_names if name not in ALREADY_TESTED]
    if found.num_rows != len(expected):
        raise TableDifferenceError(f"{table}: the run has {found.num_rows} rows, the oracle {len(expected)}")
    if expected and set(columns) != set(expected[0]):
        raise TableDifferenceError(f"{table}: columns {sorted(set(columns) ^ set(expected[0]))}")
    for name in columns:
        tolerance = SINGLE if found.schema.field(name).type == pa.float32() else DOUBLE
        for n, (value, row) in enumerate(zip(found[name].to_pylist(), expected, strict=True)):
            if not equal(row[name], value, tolerance):
                raise TableDifferenceError(f"{table}, row {n}, {name}: the run has {value!r}, the oracle {row}")


def compare_flows(found: pa.Table, expected: list[Row]) -> None:
    """Flows, whose order within a quarter is left open.

    Raises
    ------
    TableDifferenceError
        With the rows that only one side has.
    """
    columns = [name for name in found.column_names if name not in ALREADY_TESTED]
    theirs = Counter(zip(*(found[name].to_pylist() for name in columns), strict=True))
    ours = Counter(tuple(row[name] for name in columns) for row in expected)
    if theirs != ours:
        raise TableDifferenceError(f"money: only in the run {theirs - ours}, only in the oracle {ours - theirs}")


def compare_tables(scenario: Scenario, seed: int) -> Sector:
    """Run a scenario and the oracle, and compare names, ids and every table.

    Returns
    -------
    Sector
        The oracle at the end.
    """
    compiled = CompiledScenario.of(scenario)
    names = names_of(scenario)
    compare_names(compiled, names)
    sector = Sector(compiled, seed)
    recorder = TableRecorder(sector, scenario, names)
    for _ in range(compiled.quarters):
        sector.step()
    expected = recorder.finish()
    for table, found in simulate(compiled, seed).tables().items():
        if table == "money":
            compare_flows(found, expected[table])
        else:
            compare_rows(table, found, expected[table])
    return sector
