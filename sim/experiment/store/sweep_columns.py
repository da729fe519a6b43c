"""Unit and meaning of every column of a sweep's tables, for `columns.json`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.declarations.sector_outcomes import SECTOR
from sim.experiment.execute.run_summary import REDUCTIONS, column
from sim.experiment.store.sweep_folder import SERIES, SUMMARY
from sim.output.table_columns import TABLES, Column, columns_of

if TYPE_CHECKING:
    from sim.experiment.design import Design
    from sim.experiment.design.axis import Axis
    from sim.experiment.design.experiment_file import AxisFile

POINT = Column("point", "", "Point of the design, from 0; see the table `design`.")
REPLICATION = Column("replication", "", "Number of the replication, from 0; the same luck at every point.")
SEED = Column("seed", "", "Seed of the run.")
QUARTER = Column("quarter", "", "Calendar quarter.")


def column_notes(design: Design) -> dict[str, list[dict[str, str]]]:
    """Describe the columns of the design, the summary, the series and the kept tables."""
    fields = {outcome.name: outcome for outcome in columns_of(SECTOR)}
    reduced = [
        Column(column(name, each.name), told.unit, f"{told.meaning.rstrip('.')}: {each.meaning}.")
        for each in REDUCTIONS
        for name, told in fields.items()
    ]
    axes = [Column(axis.name, axis.unit, _meaning(axis, design.file.axes[axis.name])) for axis in design.axes]
    labels = [Column("scenario", "", "Scenario."), Column("variant", "", "Variant of it; empty for none.")]
    tables = {
        "design": [POINT, *labels, *axes],
        SUMMARY: [POINT, REPLICATION, SEED, *reduced],
        SERIES: [POINT, REPLICATION, QUARTER, *(fields[name] for name in design.file.keep.series)],
        **{name: [*TABLES[name]] for name in design.file.keep.tables},
    }
    return {
        table: [{"name": each.name, "unit": each.unit, "meaning": each.meaning} for each in columns]
        for table, columns in tables.items()
    }


def _meaning(axis: Axis, said: AxisFile) -> str:
    """An axis in words, with the place where its values stand: its own title, or what is declared there."""
    told = (said.title or axis.declared.meaning).rstrip(".")
    where = ", ".join(said.paths or [said.path or ""])
    if said.lever is not None:
        places = [said.in_] if isinstance(said.in_, str) else said.in_ or []
        where = f"lever {said.lever}" + (f" in {', '.join(places)}" if places else "")
    return f"{told} ({where})." if told else f"{where}."
