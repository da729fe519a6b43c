"""Column notes: unit and meaning of every column of a folder's tables, for `columns.json`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sim.declarations.sector_outcomes import SECTOR
from sim.experiment.design.kept_columns import ALWAYS_KEPT
from sim.experiment.store.results_folder import SERIES, SUMMARY
from sim.output.outcome_measures import MEASURES, QUARTERS_LEFT_OUT, measure_column
from sim.output.table_columns import DATE, POINT, QUARTER, REPLICATION, TABLES, Column, columns_of, notes

if TYPE_CHECKING:
    from sim.experiment.design.axis import Axis
    from sim.experiment.design.checked_design import Design
    from sim.experiment.design.experiment_file import AxisFile

SEED = Column("seed", "", "Seed of the run.")


def column_notes(design: Design) -> dict[str, list[dict[str, Any]]]:
    """Describe the columns of the design, the summary, the series and the kept tables."""
    fields = {outcome.name: outcome for outcome in columns_of(SECTOR)}
    reduced = [
        replace(
            described,
            name=measure_column(name, each.name),
            meaning=f"{described.meaning.rstrip('.')}: {each.meaning}; {QUARTERS_LEFT_OUT}.",
            measure=each.name,
        )
        for each in MEASURES
        for name, described in fields.items()
    ]
    axes = [Column(axis.column_name, axis.unit, _meaning(axis, design.file.axes[axis.name])) for axis in design.axes]
    labels = [Column("scenario", "", "Scenario."), Column("variant", "", "Variant of it; empty for none.")]
    tables = {
        "design": [POINT, *labels, *axes],
        SUMMARY: [POINT, REPLICATION, SEED, *reduced],
        SERIES: [POINT, REPLICATION, QUARTER, DATE, *(fields[name] for name in design.file.keep.series)],
        **{name: [*TABLES[name]] for name in design.file.keep.tables},
    }
    services = dict.fromkeys(name for base in design.bases for name in base.values.get("fields", ()))
    described_tables = {table: notes(columns, services) for table, columns in tables.items()}
    for table, chosen in design.file.keep.columns.items():
        wanted = {*ALWAYS_KEPT, *chosen}
        described_tables[table] = [note for note in described_tables[table] if note["name"] in wanted]
    return described_tables


def _meaning(axis: Axis, said: AxisFile) -> str:
    """An axis in words, with the place where its values stand: its own title, or what is declared there."""
    described = (said.title or axis.declared.meaning).rstrip(".")
    where = ", ".join(said.paths or [said.path or ""])
    if said.lever is not None:
        places = [said.in_] if isinstance(said.in_, str) else said.in_ or []
        where = f"lever {said.lever}" + (f" in {', '.join(places)}" if places else "")
    return f"{described} ({where})." if described else f"{where}."
