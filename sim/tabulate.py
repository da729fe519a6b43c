"""From the arrays of a run to Arrow tables: codes become words, indices names, fen CNY."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache

import numpy as np
import pyarrow as pa
import pyarrow.ipc

from sim.agents.agency import AGENCY
from sim.agents.community import COMMUNITY
from sim.agents.government import GOVERNMENT, LEVELS_OF_LEVER, LEVERS
from sim.arrow import coded, numbers
from sim.build.blueprint import Blueprint
from sim.declare import Field, Named, Records
from sim.events import EVENT
from sim.money import OUTSIDE, Party, Purpose, account_holder
from sim.outcomes import SECTOR
from sim.procurement.contract import CONTRACT
from sim.scenario.choices import Origin
from sim.scenario.param import FEN_PER_CNY
from sim.timeline import Stand
from sim.world import World

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


def packed(table: pa.Table) -> pa.Buffer:
    """A table as compressed bytes, a fraction of its size, until it is asked for."""
    sink = pa.BufferOutputStream()
    options = pa.ipc.IpcWriteOptions(compression="lz4")
    with pa.ipc.new_stream(sink, table.schema, options=options) as writer:
        writer.write_table(table)
    return sink.getvalue()


def unpacked(pieces: Sequence[pa.Buffer], last: pa.Table) -> pa.Table:
    """What was put aside on the way, and the rest."""
    if not pieces:
        return last
    tables = [pa.ipc.open_stream(piece).read_all() for piece in pieces]
    return pa.concat_tables([*tables, last], promote_options="permissive").unify_dictionaries()


def all_tables(
    blueprint: Blueprint, world: World, panels: Sequence[pa.Buffer], flows: Sequence[pa.Buffer], run: int
) -> dict[str, pa.Table]:
    """Every table of a run; `panels` and `flows` hold what was put aside on the way."""
    names = agency_names(blueprint, world)
    tables = {
        "sector": sector_table(blueprint, world),
        "agencies": unpacked(panels, agencies_table(blueprint, world, names)),
        "communities": communities_table(blueprint, world),
        "contracts": contracts_table(blueprint, world, names),
        "events": events_table(blueprint, world, names),
        "money": unpacked(flows, money_table(blueprint, world, names)),
        "policy": policy_table(blueprint, world),
        "triggers": triggers_table(blueprint, world),
    }
    return {
        name: table.add_column(0, "run", numbers(np.full(table.num_rows, run, np.int32)))
        for name, table in tables.items()
    }


@cache
def labels_of(members: type[Named]) -> tuple[str, ...]:
    """Words of an enumeration by code; codes without a member are empty."""
    found = {int(member): member.label for member in members}
    return tuple(found.get(code, "") for code in range(max(found) + 1))


def quarters(blueprint: Blueprint, steps: np.ndarray) -> pa.DictionaryArray:
    """Calendar quarters of steps."""
    return coded(steps, [str(blueprint.start + n) for n in range(blueprint.quarters)])


def agency_names(blueprint: Blueprint, world: World) -> list[str]:
    """Names of all agencies: given, or made from founder and quarter for those founded on the way."""
    names = list(blueprint.names["agency"])
    founded = world.agencies[len(names) : int(world.clock[0].agencies)]
    columns = (founded[name].tolist() for name in ("founder_kind", "founder", "district", "founded", "origin"))
    for kind, founder, district, quarter, origin in zip(*columns, strict=True):
        called = founder_name(blueprint, kind, founder, district, names)
        if origin == Origin.GOVERNMENT:
            called = f"{blueprint.names['government'][district]} example"
        names.append(f"{called} {blueprint.start + quarter}")
    return names


def founder_name(blueprint: Blueprint, kind: int, founder: int, district: int, names: list[str]) -> str:
    """What an agency founded during the run is called, without its date."""
    if kind == Party.COLLEGE:
        return f"{blueprint.names['college'][founder]} agency"
    if kind == Party.SPONSOR:
        return f"{blueprint.names['sponsor'][founder]} agency"
    if kind == Party.AGENCY:
        return f"Sister of {names[founder]}"
    return f"{blueprint.names['government'][district]} {'group' if kind == Party.GOVERNMENT else 'firm'}"


def column(field: Field, values: np.ndarray, blueprint: Blueprint, agencies: Sequence[str]) -> pa.Array:
    """One field of many records as a column."""
    if field.labels is not None:
        return coded(values, labels_of(field.labels))
    if field.refers:
        return coded(values, agencies if field.refers == "agency" else blueprint.names[field.refers])
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
    fields: Iterable[Field], records: Records, blueprint: Blueprint, agencies: Sequence[str] = ()
) -> dict[str, pa.Array]:
    """Columns for the fields of many records; a field of several numbers has one for each."""
    columns: dict[str, pa.Array] = {}
    for field in fields:
        values = records[field.name]
        if field.shape:
            parts = zip(field.column_names, np.moveaxis(values, -1, 0), strict=True)
            columns |= {name: column(replace(field, labels=None), part, blueprint, agencies) for name, part in parts}
        else:
            columns[field.name] = column(field, values, blueprint, agencies)
    return columns


def sector_table(blueprint: Blueprint, world: World) -> pa.Table:
    """One row per quarter; outcomes are in CNY already."""
    done = int(world.clock[0].quarter)
    columns = {outcome.name: numbers(world.sector[outcome.name][:done]) for outcome in SECTOR}
    return pa.table({"quarter": quarters(blueprint, np.arange(done)), **columns})


def agencies_table(blueprint: Blueprint, world: World, names: Sequence[str]) -> pa.Table:
    """One row per quarter and active agency, of what the panel holds now."""
    used = int(world.clock[0].panel)
    rows = world.panel_rows[:used]
    columns = {
        "quarter": quarters(blueprint, rows[:, 0]),
        "agency": coded(rows[:, 1], names),
        **record_columns(shown(AGENCY), world.panel[:used], blueprint, names),
    }
    for f, name in enumerate(blueprint.names["field"]):
        columns[f"skill_{name}"] = numbers(world.panel_skills[:used, f].astype(np.float32))
    return pa.table(columns)


def quarters_copied(world: World) -> int:
    """Quarters whose records are in the panels: all, or none where details are not kept."""
    clock = world.clock[0]
    return int(clock.quarter) if clock.detailed else 0


def communities_table(blueprint: Blueprint, world: World) -> pa.Table:
    """One row per quarter and community."""
    done = quarters_copied(world)
    count = len(world.communities)
    columns = {
        "quarter": quarters(blueprint, np.repeat(np.arange(done), count)),
        "community": coded(np.tile(np.arange(count), done), blueprint.names["community"]),
        **record_columns(shown(COMMUNITY), world.community_panel[:done].reshape(-1), blueprint),
    }
    for f, name in enumerate(blueprint.names["field"]):
        columns[f"unmet_{name}"] = numbers(world.unmet_panel[:done, :, f].reshape(-1).astype(np.float32))
    return pa.table(columns)


def contracts_table(blueprint: Blueprint, world: World, names: Sequence[str]) -> pa.Table:
    """One row per lot, with the contract that it became."""
    used = int(world.clock[0].contracts)
    records = world.contracts[:used]
    columns = {
        "quarter": quarters(blueprint, records.called),
        "contract": numbers(np.arange(used, dtype=np.int32)),
        **record_columns(shown(CONTRACT, ("called",)), records, blueprint, names),
    }
    return pa.table(columns)


def events_table(blueprint: Blueprint, world: World, names: Sequence[str]) -> pa.Table:
    """One row per event."""
    records = world.events[: int(world.clock[0].events)]
    columns = {
        "quarter": quarters(blueprint, records.quarter),
        **record_columns(shown(EVENT, ("quarter", "other", "party")), records, blueprint, names),
    }
    columns["party"] = coded(records.party, labels_of(Party))
    columns["other"] = holders(records.party, records.other, blueprint, names)
    return pa.table(columns)


def holders(
    parties: np.ndarray, indices: np.ndarray, blueprint: Blueprint, agencies: Sequence[str]
) -> pa.DictionaryArray:
    """Names of parties; empty for those outside the model.

    A name may stand for parties of two kinds; as a word of a column it stands once.
    """
    everybody: list[str] = []
    offsets = np.full(len(Party) + 1, -1, dtype=np.int64)
    for party, kind in KIND_OF_PARTY.items():
        offsets[party] = len(everybody)
        everybody += agencies if kind == "agency" else blueprint.names[kind]
    known = (parties >= OUTSIDE) & (indices >= 0)
    words: dict[str, int] = {}
    codes = np.array([words.setdefault(name, len(words)) for name in everybody] + [-1])
    return coded(codes[np.where(known, offsets[parties] + indices, -1)], list(words))


def money_table(blueprint: Blueprint, world: World, names: Sequence[str]) -> pa.Table:
    """One row per flow."""
    flows = world.flows[: int(world.clock[0].flows)]
    payer_kind, payer = account_holder(flows.payer)
    payee_kind, payee = account_holder(flows.payee)
    return pa.table(
        {
            "quarter": quarters(blueprint, flows.quarter),
            "payer_kind": coded(payer_kind, labels_of(Party)),
            "payer": holders(payer_kind, payer, blueprint, names),
            "payee_kind": coded(payee_kind, labels_of(Party)),
            "payee": holders(payee_kind, payee, blueprint, names),
            "purpose": coded(flows.purpose, labels_of(Purpose)),
            "contract": numbers(flows.contract.astype(np.int32)),
            "amount": numbers(flows.amount / FEN_PER_CNY),
        }
    )


def policy_table(blueprint: Blueprint, world: World) -> pa.Table:
    """One row per quarter and jurisdiction: every lever in force, and the state of the purchaser.

    A lever that a city, or a district, does not have is empty there.
    """
    done = quarters_copied(world)
    count = len(world.governments)
    panel = world.government_panel[:done].reshape(-1)
    columns = {
        "quarter": quarters(blueprint, np.repeat(np.arange(done), count)),
        "jurisdiction": coded(np.tile(np.arange(count), done), blueprint.names["government"]),
    }
    for leaf in LEVERS:
        values = panel[leaf.name]
        there = np.isin(panel["level"], LEVELS_OF_LEVER[leaf.name])
        if leaf.codes is not None:
            dictionary = [label.replace("_", "-") for label in labels_of(leaf.codes)]
            columns[leaf.key] = coded(np.where(there, values, -1).astype(np.int64), dictionary)
        else:
            columns[leaf.key] = numbers(values / FEN_PER_CNY if leaf.unit.startswith("CNY") else values, there)
    columns.update(record_columns(shown(GOVERNMENT), panel, blueprint))
    return pa.table(columns)


def triggers_table(blueprint: Blueprint, world: World) -> pa.Table:
    """One row per quarter and trigger: what it read, and where it stood."""
    done = int(world.clock[0].quarter)
    count = len(world.triggers)
    readings = np.full((done, count), np.nan)
    readings[1:] = world.outcome_values[: max(done - 1, 0), world.triggers.outcome]
    return pa.table(
        {
            "quarter": quarters(blueprint, np.repeat(np.arange(done), count)),
            "trigger": coded(np.tile(np.arange(count), done), blueprint.names["trigger"]),
            "reading": numbers(readings.reshape(-1)),
            "stand": coded(world.trigger_panel[:done].reshape(-1), labels_of(Stand)),
            "in_force": numbers((world.trigger_panel[:done] == Stand.IN_FORCE).reshape(-1)),
        }
    )
