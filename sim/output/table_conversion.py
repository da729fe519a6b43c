"""Table conversion, from the arrays of a run to Arrow tables: codes become words, indices names, fen CNY."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from sim.declarations.accounts import Party, Purpose, account_holder
from sim.declarations.events_and_causes import EVENT
from sim.declarations.sector_outcomes import SECTOR
from sim.declarations.state_codes import Level, Stand
from sim.engine.column_names import column_name
from sim.engine.fields import StructArray
from sim.model.setup.compiled_scenario import CompiledScenario
from sim.model.state.agency_fields import AGENCY
from sim.model.state.community_fields import COMMUNITY
from sim.model.state.contract_fields import BID_RECORD, CONTRACT
from sim.model.state.government_fields import GOVERNMENT, LEVELS_OF_LEVER, LEVERS
from sim.model.state.institution_fields import INSTITUTION
from sim.model.state.world import World
from sim.output.arrow_arrays import bits, coded, numbers
from sim.output.quarter_columns import quarter_columns
from sim.output.record_columns import ColumnSource, RecordColumns, Target, labels_of, sources_of
from sim.output.table_names import TableNames
from sim.scenario.parameters.parameter_spec import FEN_PER_CNY


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


LEVER_SOURCES = tuple(
    ColumnSource(
        leaf.name,
        leaf.name,
        0,
        "f8",
        Target.WORD if leaf.codes else Target.MONEY if leaf.unit.startswith("CNY") else Target.DOUBLE,
        labels_of(leaf.codes) if leaf.codes else None,
    )
    for leaf in LEVERS
)
ONE_LEVEL = {name: levels[0] for name, levels in LEVELS_OF_LEVER.items() if len(levels) == 1}
"""Level of government of each lever that the other level does not have."""

SECTOR_COLUMNS = RecordColumns([ColumnSource(one.name, one.name, 0, "f8", Target.DOUBLE) for one in SECTOR])
AGENCY_COLUMNS = RecordColumns(sources_of(AGENCY))
COMMUNITY_COLUMNS = RecordColumns(sources_of(COMMUNITY))
CONTRACT_COLUMNS = RecordColumns(sources_of(CONTRACT, ("called",)))
BID_COLUMNS = RecordColumns(sources_of(BID_RECORD))
EVENT_COLUMNS = RecordColumns(sources_of(EVENT, ("quarter", "other", "party")))
POLICY_COLUMNS = RecordColumns([*LEVER_SOURCES, *sources_of(GOVERNMENT)])
INSTITUTION_COLUMNS = RecordColumns(sources_of(INSTITUTION))
PARTIES, PURPOSES, STANDS = labels_of(Party), labels_of(Purpose), labels_of(Stand)


def sector_table(compiled: CompiledScenario, world: World, names: TableNames, quarters: range) -> pa.Table:
    """One row per quarter; outcomes are in CNY already."""
    columns = SECTOR_COLUMNS.columns(world.sector[quarters.start : quarters.stop], names)
    return pa.table({**quarters_of(compiled, np.arange(quarters.start, quarters.stop)), **columns})


def agencies_table(compiled: CompiledScenario, world: World, names: TableNames, rows: range) -> pa.Table:
    """One row per quarter and active agency, of what the panel holds now."""
    which = slice(rows.start, rows.stop)
    columns = {
        **quarters_of(compiled, world.panel_rows[which, 0]),
        "agency": names.column("agency", world.panel_rows[which, 1]),
        **AGENCY_COLUMNS.columns(world.panel[which], names),
    }
    for f, name in enumerate(compiled.names["field"]):
        columns[column_name("skill", name)] = numbers(world.panel_skills[which, f].astype(np.float32))
    return pa.table(columns)


def communities_table(compiled: CompiledScenario, world: World, names: TableNames, quarters: range) -> pa.Table:
    """One row per quarter and community."""
    columns = {
        **panel_keys(compiled, names, quarters, "community", "community"),
        **COMMUNITY_COLUMNS.columns(rows_of(world.community_panel, quarters), names),
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
        **CONTRACT_COLUMNS.columns(records, names),
    }
    return pa.table(columns)


def bids_table(compiled: CompiledScenario, world: World, names: TableNames, rows: range) -> pa.Table:
    """One row per bid, of what is kept of them now."""
    records = world.bid_records[rows.start : rows.stop]
    return pa.table({**quarters_of(compiled, records.quarter), **BID_COLUMNS.columns(records, names)})


def events_table(compiled: CompiledScenario, world: World, names: TableNames, rows: range) -> pa.Table:
    """One row per event."""
    records = world.events[rows.start : rows.stop]
    columns = {
        **quarters_of(compiled, records.quarter),
        **EVENT_COLUMNS.columns(records, names),
    }
    columns["party"] = coded(records.party, PARTIES)
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
            "payer_kind": coded(payer_kind, PARTIES),
            "payer": names.column_of_parties(payer_kind, payer),
            "payee_kind": coded(payee_kind, PARTIES),
            "payee": names.column_of_parties(payee_kind, payee),
            "purpose": coded(flows["purpose"], PURPOSES),
            "contract": numbers(flows["contract"].astype(np.int32)),
            "amount": numbers(flows["amount"] / FEN_PER_CNY),
        }
    )


def policy_table(compiled: CompiledScenario, world: World, names: TableNames, quarters: range) -> pa.Table:
    """One row per quarter and jurisdiction: every lever in force, and the state of the purchaser.

    A lever that a city, or a district, does not have is empty there.
    """
    panel = rows_of(world.government_panel, quarters)
    there = {level: bits(panel["level"] == level) for level in Level}
    known = {name: there[level] for name, level in ONE_LEVEL.items()}
    keys = panel_keys(compiled, names, quarters, "government", "jurisdiction")
    columns = {**keys, **POLICY_COLUMNS.columns(panel, names, known)}
    split = world.split_panel[quarters.start : quarters.stop]
    for f, name in enumerate(compiled.names["field"]):
        columns[column_name("split", name)] = numbers(split[:, :, f].reshape(-1).astype(np.float32))
    return pa.table(columns)


def institutions_table(compiled: CompiledScenario, world: World, names: TableNames, quarters: range) -> pa.Table:
    """One row per quarter and institution."""
    columns = {
        **panel_keys(compiled, names, quarters, "institution", "institution"),
        **INSTITUTION_COLUMNS.columns(rows_of(world.institution_panel, quarters), names),
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
            "stand": coded(stands, STANDS),
            "in_force": numbers(stands == Stand.IN_FORCE),
        }
    )


def with_run_numbers(table: pa.Table, replication: int, point: int) -> pa.Table:
    """A table with the numbers of point and replication in front."""
    first, second = (numbers(np.full(table.num_rows, n, np.int32)) for n in (point, replication))
    return table.add_column(0, "replication", second).add_column(0, "point", first)
