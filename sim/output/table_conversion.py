"""From the arrays of a run to Arrow tables: codes become words, indices names, fen CNY."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache

import numpy as np
import pyarrow as pa

from sim.declarations.accounts import OUTSIDE, Party, Purpose, account_holder
from sim.declarations.choices import Origin
from sim.declarations.events_and_causes import EVENT
from sim.declarations.sector_outcomes import SECTOR
from sim.declarations.state_codes import Stand
from sim.engine.column_names import column_name
from sim.engine.fields import Field, LabelledEnum, StructArray
from sim.model.setup.compiled_scenario import CompiledScenario
from sim.model.state.agency_fields import AGENCY
from sim.model.state.community_fields import COMMUNITY
from sim.model.state.contract_fields import CONTRACT
from sim.model.state.government_fields import GOVERNMENT, LEVELS_OF_LEVER, LEVERS
from sim.model.state.institution_fields import INSTITUTION
from sim.model.state.world import World
from sim.output.arrow_arrays import coded, numbers
from sim.scenario.parameters.parameter_spec import FEN_PER_CNY

KIND_OF_PARTY = {
    Party.GOVERNMENT: "government",
    Party.ASSOCIATION: "association",
    Party.COLLEGE: "college",
    Party.SPONSOR: "sponsor",
    Party.AGENCY: "agency",
    Party.DONORS: "donors",
    Party.ASSESSOR: "assessor",
    Party.INSTITUTION: "institution",
}


@cache
def labels_of(members: type[LabelledEnum]) -> tuple[str, ...]:
    """Words of an enumeration by code; codes without a member are empty."""
    found = {int(member): member.label for member in members}
    return tuple(found.get(code, "") for code in range(max(found) + 1))


def rows_of(panel: StructArray, quarters: range) -> StructArray:
    """Records of a panel of shape (quarters, kind), quarter by quarter."""
    return panel[quarters.start : quarters.stop].reshape(-1)


def calendar(compiled: CompiledScenario, quarters: range, count: int) -> pa.DictionaryArray:
    """Calendar quarters of so many rows each."""
    return quarters_of(compiled, np.repeat(np.arange(quarters.start, quarters.stop), count))


def turns(quarters: range, names: Sequence[str]) -> pa.DictionaryArray:
    """Names of everybody, in turn, for each quarter."""
    return coded(np.tile(np.arange(len(names)), len(quarters)), names)


def quarters_of(compiled: CompiledScenario, steps: np.ndarray) -> pa.DictionaryArray:
    """Calendar quarters of steps."""
    return coded(steps, [str(compiled.start + n) for n in range(compiled.quarters)])


def agency_names(compiled: CompiledScenario, world: World) -> list[str]:
    """Names of all agencies: given, or made from founder and quarter for those founded on the way."""
    names = list(compiled.names["agency"])
    founded = world.agencies[len(names) : int(world.clock[0].agencies)]
    columns = (founded[name].tolist() for name in ("founder_kind", "founder", "district", "founded", "origin"))
    for kind, founder, district, quarter, origin in zip(*columns, strict=True):
        called = founder_name(compiled, kind, founder, district, names)
        if origin == Origin.GOVERNMENT:
            called = f"{compiled.names['government'][district]} example"
        names.append(f"{called} {compiled.start + quarter}")
    return names


def founder_name(compiled: CompiledScenario, kind: int, founder: int, district: int, names: list[str]) -> str:
    """What an agency founded during the run is called, without its date."""
    if kind == Party.COLLEGE:
        return f"{compiled.names['college'][founder]} agency"
    if kind == Party.SPONSOR:
        return f"{compiled.names['sponsor'][founder]} agency"
    if kind == Party.AGENCY:
        return f"Sister of {names[founder]}"
    return f"{compiled.names['government'][district]} {'group' if kind == Party.GOVERNMENT else 'firm'}"


def column(field: Field, values: np.ndarray, compiled: CompiledScenario, agencies: Sequence[str]) -> pa.Array:
    """One field of many records as a column."""
    if field.labels is not None:
        return coded(values, labels_of(field.labels))
    if field.refers:
        return coded(values, agencies if field.refers == "agency" else compiled.names[field.refers])
    if field.unit.startswith("fen"):
        return numbers(values / FEN_PER_CNY)
    if values.dtype == np.float64:
        return numbers(values.astype(np.float32))
    if values.dtype.kind == "i":
        return numbers(values.astype(np.int32))
    return numbers(values)


def shown(fields: Iterable[Field], skip: tuple[str, ...] = ()) -> list[Field]:
    """Fields that a table shows."""
    return [field for field in fields if field.table and field.name not in skip]


def record_columns(
    fields: Iterable[Field], records: StructArray, compiled: CompiledScenario, agencies: Sequence[str] = ()
) -> dict[str, pa.Array]:
    """Columns for the fields of many records; a field of several numbers has one for each."""
    columns: dict[str, pa.Array] = {}
    for field in fields:
        values = records[field.name]
        if field.shape:
            parts = zip(field.column_names, np.moveaxis(values, -1, 0), strict=True)
            columns |= {name: column(replace(field, labels=None), part, compiled, agencies) for name, part in parts}
        else:
            columns[field.name] = column(field, values, compiled, agencies)
    return columns


def sector_table(compiled: CompiledScenario, world: World, quarters: range) -> pa.Table:
    """One row per quarter; outcomes are in CNY already."""
    rows = world.sector[quarters.start : quarters.stop]
    columns = {outcome.name: numbers(rows[outcome.name]) for outcome in SECTOR}
    return pa.table({"quarter": calendar(compiled, quarters, 1), **columns})


def agencies_table(compiled: CompiledScenario, world: World, names: Sequence[str], rows: range) -> pa.Table:
    """One row per quarter and active agency, of what the panel holds now."""
    which = slice(rows.start, rows.stop)
    columns = {
        "quarter": quarters_of(compiled, world.panel_rows[which, 0]),
        "agency": coded(world.panel_rows[which, 1], names),
        **record_columns(shown(AGENCY), world.panel[which], compiled, names),
    }
    for f, name in enumerate(compiled.names["field"]):
        columns[column_name("skill", name)] = numbers(world.panel_skills[which, f].astype(np.float32))
    return pa.table(columns)


def communities_table(compiled: CompiledScenario, world: World, quarters: range) -> pa.Table:
    """One row per quarter and community."""
    columns = {
        "quarter": calendar(compiled, quarters, len(world.communities)),
        "community": turns(quarters, compiled.names["community"]),
        **record_columns(shown(COMMUNITY), rows_of(world.community_panel, quarters), compiled),
    }
    unmet = world.unmet_panel[quarters.start : quarters.stop]
    for f, name in enumerate(compiled.names["field"]):
        columns[column_name("unmet", name)] = numbers(unmet[:, :, f].reshape(-1).astype(np.float32))
    return pa.table(columns)


def contracts_table(compiled: CompiledScenario, world: World, names: Sequence[str], rows: range) -> pa.Table:
    """One row per lot, with the contract that it became."""
    records = world.contracts[rows.start : rows.stop]
    columns = {
        "quarter": quarters_of(compiled, records.called),
        "contract": numbers(np.arange(rows.start, rows.stop, dtype=np.int32)),
        **record_columns(shown(CONTRACT, ("called",)), records, compiled, names),
    }
    return pa.table(columns)


def events_table(compiled: CompiledScenario, world: World, names: Sequence[str], rows: range) -> pa.Table:
    """One row per event."""
    records = world.events[rows.start : rows.stop]
    columns = {
        "quarter": quarters_of(compiled, records.quarter),
        **record_columns(shown(EVENT, ("quarter", "other", "party")), records, compiled, names),
    }
    columns["party"] = coded(records.party, labels_of(Party))
    columns["other"] = holders(records.party, records.other, compiled, names)
    return pa.table(columns)


def holders(
    parties: np.ndarray, indices: np.ndarray, compiled: CompiledScenario, agencies: Sequence[str]
) -> pa.DictionaryArray:
    """Names of parties; empty for those outside the model.

    A name may stand for parties of two kinds; as a word of a column it stands once.
    """
    everybody: list[str] = []
    offsets = np.full(len(Party) + 1, -1, dtype=np.int64)
    for party, kind in KIND_OF_PARTY.items():
        offsets[party] = len(everybody)
        everybody += agencies if kind == "agency" else compiled.names[kind]
    known = (parties >= OUTSIDE) & (indices >= 0)
    words: dict[str, int] = {}
    codes = np.array([words.setdefault(name, len(words)) for name in everybody] + [-1])
    return coded(codes[np.where(known, offsets[parties] + indices, -1)], list(words))


def money_table(compiled: CompiledScenario, world: World, names: Sequence[str], rows: range) -> pa.Table:
    """One row per flow, of what the ledger holds now."""
    flows = world.flows[rows.start : rows.stop]
    payer_kind, payer = account_holder(flows.payer)
    payee_kind, payee = account_holder(flows.payee)
    return pa.table(
        {
            "quarter": quarters_of(compiled, flows.quarter),
            "payer_kind": coded(payer_kind, labels_of(Party)),
            "payer": holders(payer_kind, payer, compiled, names),
            "payee_kind": coded(payee_kind, labels_of(Party)),
            "payee": holders(payee_kind, payee, compiled, names),
            "purpose": coded(flows.purpose, labels_of(Purpose)),
            "contract": numbers(flows.contract.astype(np.int32)),
            "amount": numbers(flows.amount / FEN_PER_CNY),
        }
    )


def policy_table(compiled: CompiledScenario, world: World, quarters: range) -> pa.Table:
    """One row per quarter and jurisdiction: every lever in force, and the state of the purchaser.

    A lever that a city, or a district, does not have is empty there.
    """
    panel = rows_of(world.government_panel, quarters)
    columns = {
        "quarter": calendar(compiled, quarters, len(world.governments)),
        "jurisdiction": turns(quarters, compiled.names["government"]),
    }
    for leaf in LEVERS:
        values = panel[leaf.name]
        there = np.isin(panel["level"], LEVELS_OF_LEVER[leaf.name])
        if leaf.codes is not None:
            columns[leaf.name] = coded(np.where(there, values, -1).astype(np.int64), labels_of(leaf.codes))
        else:
            columns[leaf.name] = numbers(values / FEN_PER_CNY if leaf.unit.startswith("CNY") else values, there)
    columns.update(record_columns(shown(GOVERNMENT), panel, compiled))
    return pa.table(columns)


def institutions_table(compiled: CompiledScenario, world: World, quarters: range) -> pa.Table:
    """One row per quarter and institution."""
    columns = {
        "quarter": calendar(compiled, quarters, len(world.institutions)),
        "institution": turns(quarters, compiled.names["institution"]),
        **record_columns(shown(INSTITUTION), rows_of(world.institution_panel, quarters), compiled),
    }
    return pa.table(columns)


def triggers_table(compiled: CompiledScenario, world: World, quarters: range) -> pa.Table:
    """One row per quarter and trigger: what it read in the quarter before, and where it stood."""
    readings = np.full((len(quarters), len(world.triggers)), np.nan)
    # Nothing was to be read in the first quarter of a run.
    first = 1 if quarters.start == 0 else 0
    before = world.outcome_values[quarters.start + first - 1 : max(quarters.stop - 1, 0)]
    readings[first:] = before[:, world.triggers["outcome"]]
    stands = world.trigger_panel[quarters.start : quarters.stop].reshape(-1)
    return pa.table(
        {
            "quarter": calendar(compiled, quarters, len(world.triggers)),
            "trigger": turns(quarters, compiled.names["trigger"]),
            "reading": numbers(readings.reshape(-1)),
            "stand": coded(stands, labels_of(Stand)),
            "in_force": numbers(stands == Stand.IN_FORCE),
        }
    )
