"""From the arrays of a run to Arrow tables: codes become words, indices names, fen CNY."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache

import numpy as np
import pyarrow as pa

from sim.declarations.accounts import Party, Purpose, account_holder
from sim.declarations.events_and_causes import EVENT
from sim.declarations.sector_outcomes import SECTOR
from sim.declarations.state_codes import Level, Stand
from sim.engine.column_names import column_name
from sim.engine.fields import Field, LabelledEnum, StructArray
from sim.model.setup.compiled_scenario import CompiledScenario
from sim.model.state.agency_fields import AGENCY
from sim.model.state.community_fields import COMMUNITY
from sim.model.state.contract_fields import CONTRACT
from sim.model.state.government_fields import GOVERNMENT, LEVELS_OF_LEVER, LEVERS
from sim.model.state.institution_fields import INSTITUTION
from sim.model.state.world import World
from sim.output.arrow_arrays import coded, dictionary, numbers
from sim.output.quarter_columns import quarter_columns
from sim.output.table_names import TableNames
from sim.scenario.parameters.parameter_spec import FEN_PER_CNY, ParameterSpec


@cache
def labels_of(members: type[LabelledEnum]) -> pa.Array:
    """Words of an enumeration by code; codes without a member are empty."""
    found = {int(member): member.label for member in members}
    return dictionary([found.get(code, "") for code in range(max(found) + 1)])


def rows_of(panel: StructArray, quarters: range) -> StructArray:
    """Records of a panel of shape (quarters, kind), quarter by quarter."""
    return panel[quarters.start : quarters.stop].reshape(-1)


def quarters_of(compiled: CompiledScenario, steps: np.ndarray) -> dict[str, pa.Array]:
    """Columns `quarter` and `date` of steps."""
    return quarter_columns(compiled.start, compiled.quarters, steps)


def panel_keys(
    compiled: CompiledScenario, names: TableNames, quarters: range, kind: str, column: str
) -> dict[str, pa.Array]:
    """Columns that say of which quarter and organisation each row of a panel is: all of a kind, quarter by quarter."""
    count = len(compiled.names[kind])
    steps = np.repeat(np.arange(quarters.start, quarters.stop), count)
    everybody = np.tile(np.arange(count, dtype=np.int32), len(quarters))
    return {**quarters_of(compiled, steps), column: names.column(kind, everybody)}


def field_column(field: Field, values: np.ndarray, names: TableNames) -> pa.Array:
    """One field of many records as a column."""
    if field.labels is not None:
        return coded(values, labels_of(field.labels))
    if field.refers:
        return names.column(field.refers, values)
    if field.unit.startswith("fen"):
        return numbers(values / FEN_PER_CNY)
    if values.dtype == np.float64:
        return numbers(values.astype(np.float32))
    if values.dtype.kind == "i":
        return numbers(values.astype(np.int32))
    return numbers(values)


def shown(fields: Iterable[Field], skip: tuple[str, ...] = ()) -> tuple[Field, ...]:
    """Fields that a table shows."""
    return tuple(field for field in fields if field.table and field.name not in skip)


AGENCY_FIELDS, COMMUNITY_FIELDS, CONTRACT_FIELDS = shown(AGENCY), shown(COMMUNITY), shown(CONTRACT, ("called",))
GOVERNMENT_FIELDS, INSTITUTION_FIELDS = shown(GOVERNMENT), shown(INSTITUTION)
EVENT_FIELDS = shown(EVENT, ("quarter", "other", "party"))


@cache
def parts_of(field: Field) -> tuple[Field, ...]:
    """A field of several numbers as fields of one number each."""
    return tuple(replace(field, name=name, shape=(), labels=None) for name in field.column_names)


def record_columns(fields: Iterable[Field], records: StructArray, names: TableNames) -> dict[str, pa.Array]:
    """Columns for the fields of many records; a field of several numbers has one for each."""
    plain = records.view(np.ndarray)  # record arrays look up each field in a slow way
    columns: dict[str, pa.Array] = {}
    for field in fields:
        values = plain[field.name]
        if field.shape:
            for n, part in enumerate(parts_of(field)):
                columns[part.name] = field_column(part, values[..., n], names)
        else:
            columns[field.name] = field_column(field, values, names)
    return columns


def sector_table(compiled: CompiledScenario, world: World, names: TableNames, quarters: range) -> pa.Table:
    """One row per quarter; outcomes are in CNY already."""
    rows = world.sector[quarters.start : quarters.stop].view(np.ndarray)
    columns = {outcome.name: numbers(rows[outcome.name]) for outcome in SECTOR}
    return pa.table({**quarters_of(compiled, np.arange(quarters.start, quarters.stop)), **columns})


def agencies_table(compiled: CompiledScenario, world: World, names: TableNames, rows: range) -> pa.Table:
    """One row per quarter and active agency, of what the panel holds now."""
    which = slice(rows.start, rows.stop)
    columns = {
        **quarters_of(compiled, world.panel_rows[which, 0]),
        "agency": names.column("agency", world.panel_rows[which, 1]),
        **record_columns(AGENCY_FIELDS, world.panel[which], names),
    }
    for f, name in enumerate(compiled.names["field"]):
        columns[column_name("skill", name)] = numbers(world.panel_skills[which, f].astype(np.float32))
    return pa.table(columns)


def communities_table(compiled: CompiledScenario, world: World, names: TableNames, quarters: range) -> pa.Table:
    """One row per quarter and community."""
    columns = {
        **panel_keys(compiled, names, quarters, "community", "community"),
        **record_columns(COMMUNITY_FIELDS, rows_of(world.community_panel, quarters), names),
    }
    unmet = world.unmet_panel[quarters.start : quarters.stop]
    for f, name in enumerate(compiled.names["field"]):
        columns[column_name("unmet", name)] = numbers(unmet[:, :, f].reshape(-1).astype(np.float32))
    return pa.table(columns)


def contracts_table(compiled: CompiledScenario, world: World, names: TableNames, rows: range) -> pa.Table:
    """One row per lot, with the contract that it became."""
    records = world.contracts[rows.start : rows.stop]
    columns = {
        **quarters_of(compiled, records.called),
        "contract": numbers(np.arange(rows.start, rows.stop, dtype=np.int32)),
        **record_columns(CONTRACT_FIELDS, records, names),
    }
    return pa.table(columns)


def events_table(compiled: CompiledScenario, world: World, names: TableNames, rows: range) -> pa.Table:
    """One row per event."""
    records = world.events[rows.start : rows.stop]
    columns = {
        **quarters_of(compiled, records.quarter),
        **record_columns(EVENT_FIELDS, records, names),
    }
    columns["party"] = coded(records.party, labels_of(Party))
    columns["other"] = names.column_of_parties(records.party, records.other)
    return pa.table(columns)


def money_table(compiled: CompiledScenario, world: World, names: TableNames, rows: range) -> pa.Table:
    """One row per flow, of what the ledger holds now."""
    flows = world.flows[rows.start : rows.stop].view(np.ndarray)
    payer_kind, payer = account_holder(flows["payer"])
    payee_kind, payee = account_holder(flows["payee"])
    return pa.table(
        {
            **quarters_of(compiled, flows["quarter"]),
            "payer_kind": coded(payer_kind, labels_of(Party)),
            "payer": names.column_of_parties(payer_kind, payer),
            "payee_kind": coded(payee_kind, labels_of(Party)),
            "payee": names.column_of_parties(payee_kind, payee),
            "purpose": coded(flows["purpose"], labels_of(Purpose)),
            "contract": numbers(flows["contract"].astype(np.int32)),
            "amount": numbers(flows["amount"] / FEN_PER_CNY),
        }
    )


def policy_table(compiled: CompiledScenario, world: World, names: TableNames, quarters: range) -> pa.Table:
    """One row per quarter and jurisdiction: every lever in force, and the state of the purchaser.

    A lever that a city, or a district, does not have is empty there.
    """
    panel = rows_of(world.government_panel, quarters)
    columns = panel_keys(compiled, names, quarters, "government", "jurisdiction")
    plain = panel.view(np.ndarray)
    of_level = {level: plain["level"] == level for level in Level}
    for leaf in LEVERS:
        having = LEVELS_OF_LEVER[leaf.name]
        columns[leaf.name] = lever_column(leaf, plain[leaf.name], of_level[having[0]] if len(having) == 1 else None)
    columns.update(record_columns(GOVERNMENT_FIELDS, panel, names))
    return pa.table(columns)


def lever_column(leaf: ParameterSpec, values: np.ndarray, there: np.ndarray | None) -> pa.Array:
    """One lever as a column; empty where not `there`."""
    if leaf.codes is not None:
        codes = values if there is None else np.where(there, values, -1)
        return coded(codes, labels_of(leaf.codes))
    return numbers(values / FEN_PER_CNY if leaf.unit.startswith("CNY") else values, there)


def institutions_table(compiled: CompiledScenario, world: World, names: TableNames, quarters: range) -> pa.Table:
    """One row per quarter and institution."""
    columns = {
        **panel_keys(compiled, names, quarters, "institution", "institution"),
        **record_columns(INSTITUTION_FIELDS, rows_of(world.institution_panel, quarters), names),
    }
    return pa.table(columns)


def triggers_table(compiled: CompiledScenario, world: World, names: TableNames, quarters: range) -> pa.Table:
    """One row per quarter and trigger: what it read in the quarter before, and where it stood."""
    readings = np.full((len(quarters), len(world.triggers)), np.nan)
    # Nothing was to be read in the first quarter of a run.
    first = 1 if quarters.start == 0 else 0
    before = world.outcome_values[quarters.start + first - 1 : max(quarters.stop - 1, 0)]
    readings[first:] = before[:, world.triggers["outcome"]]
    stands = world.trigger_panel[quarters.start : quarters.stop].reshape(-1)
    return pa.table(
        {
            **panel_keys(compiled, names, quarters, "trigger", "trigger"),
            "reading": numbers(readings.reshape(-1)),
            "stand": coded(stands, labels_of(Stand)),
            "in_force": numbers(stands == Stand.IN_FORCE),
        }
    )


def with_run_numbers(table: pa.Table, replication: int, point: int) -> pa.Table:
    """A table with the numbers of point and replication in front."""
    of_run: Sequence[pa.Array] = [numbers(np.full(table.num_rows, n, np.int32)) for n in (point, replication)]
    return pa.Table.from_arrays([*of_run, *table.columns], ["point", "replication", *table.column_names])
