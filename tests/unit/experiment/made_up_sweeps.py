"""Made-up sweeps: results folders with known numbers, for tests of reading."""

import itertools

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from sim.experiment.execute.result_collector import COLUMNS, series_table, summary_table
from sim.experiment.store.atomic_files import write_file
from sim.experiment.store.batches import Batch
from sim.experiment.store.file_checks import sealed
from sim.experiment.store.part_writer import PartWriter
from sim.experiment.store.receipts import Failure, Receipt
from sim.experiment.store.results_folder import ResultsFolder, json_text, parquet, record_of

EXPERIMENT = {
    "title": "Made up",
    "question": "Does it read well?",
    "outcomes": ["closures", "for_profit_share", "budget"],
}
SIZE = 7
"""Runs in a chunk, which cuts points in two."""


def grid(scenarios=("town",), variants=("", "third party"), **axes):
    """Rows of a design: every combination, scenario by scenario."""
    rows = itertools.product(scenarios, variants, *axes.values())
    return [dict(zip(("scenario", "variant", *axes), row, strict=True)) for row in rows]


ROWS = grid(drive=[0.0, 0.5, 1.0])
"""Design of most folders."""


def values_of(rows, replications, seed=1):
    """Made up summaries, shape (points, replications, columns): noise that points share, and some of their own."""
    rng = np.random.default_rng(seed)
    shared = rng.normal(size=(1, replications, len(COLUMNS)))
    own = rng.normal(size=(len(rows), replications, len(COLUMNS)))
    shift = np.arange(len(rows))[:, None, None]
    return 10 + shared + 0.1 * own + shift


def sweep_folder(path, rows=None, replications=5, values=None, failed=(), series=(), tables=None, chunks=None):
    """Write a sweep.

    `failed` are runs (point, replication) that have a page in the failure book and no row; `chunks` are the
    numbers of those that are done, by default all.
    """
    rows = ROWS if rows is None else rows
    values = values_of(rows, replications) if values is None else values
    path.mkdir(parents=True, exist_ok=True)
    archive = ResultsFolder(path)
    batch = Batch.product([(0, len(rows) - 1)], 0, replications - 1, 0, SIZE)
    for chunk in batch.chunks():
        if chunks is None or chunk.number in chunks:
            write_chunk(archive, chunk.number, chunk.runs, rows, values, failed, series, tables)
    write_manifest(archive, rows, [batch], failed, chunks)
    return archive


def write_chunk(archive, number, runs, rows, values, failed=(), series=(), tables=None):
    """Write what came of some runs."""
    good = [run for run in runs if run not in failed]
    made = {"summary": summary_table(1, good, [values[run] for run in good])}
    if series and good:
        trajectories = [np.full((3, len(series)), values[run][0]) + np.arange(3)[:, None] for run in good]
        made["series"] = series_table(series, good, trajectories, [(3, "2010-Q1")] * len(good))
    for name, make in (tables or {}).items():
        made[name] = make(good)
    bad = [
        Failure(p, r, 77, rows[p]["scenario"], rows[p]["variant"], {}, 3, "ValueError: no", "Traceback")
        for p, r in runs
        if (p, r) in failed
    ]
    writer = PartWriter(archive.path, number)
    for name, table in made.items():
        if good:
            writer.add({name: table})
    archive.write_receipt(Receipt(number, len(good), tuple(bad), 1, writer.publish()))


def write_manifest(archive, rows, batches, failed=(), chunks=None):
    """Write a manifest like that of a sweep that has ended, or was interrupted where only some chunks are done."""
    runs = sum(len(batch) for batch in batches if not batch.picked)
    points = {name: [row[name] for row in rows] for name in rows[0]}
    axes = [
        {"name": name, "unit": "share", "meaning": f"Title of {name}"}
        for name in rows[0]
        if name not in ("scenario", "variant")
    ]
    files = {
        "design.parquet": parquet(pa.table({"point": pa.array(range(len(rows)), pa.int32())} | points)),
        "columns.json": json_text({"design": axes}),
    }
    for name, data in files.items():
        write_file(archive.path / name, data)
    values = {
        "kind": "sweep",
        "format": 2,
        "title": EXPERIMENT["title"],
        "status": "failed" if failed else "complete" if chunks is None else "interrupted",
        "runs": runs,
        "shards": None,
        "seed": 1,
        "keep": {"series": [], "tables": []},
        "design": {"experiment": EXPERIMENT, "bases": [{"values": {"quarters": 3}}]},
        "files": {name: [record_of(data)._asdict()] for name, data in files.items()},
        "batches": [batch.as_json() for batch in batches],
        "commands": [],
    }
    write_file(archive.path / "manifest.json", sealed(values))


def cash(runs):
    """A kept table with two rows a run."""
    pairs = [run for run in runs for _ in range(2)]
    return pa.table(
        {
            "point": pa.array([p for p, _ in pairs], pa.int32()),
            "replication": pa.array([r for _, r in pairs], pa.int32()),
            "agency": pa.array([f"agency {p}" for p, _ in pairs]).dictionary_encode(),
        }
    )


def read_part(path, columns=None):
    """Rows of a part file."""
    return pq.ParquetFile(path).read(columns=columns)


def spoil(path):
    """Change the last bit of every column's last page, as a bad disk does; it stays a Parquet file."""
    data = bytearray(path.read_bytes())
    columns = pq.read_metadata(path).row_group(0)
    for n in range(columns.num_columns):
        column = columns.column(n)
        data[(column.dictionary_page_offset or column.data_page_offset) + column.total_compressed_size - 1] ^= 1
    path.write_bytes(data)
