"""Sample results: a small results folder for tests of figures and tables."""

import numpy as np
import pyarrow as pa

from sim.declarations.sector_outcomes import SECTOR
from sim.experiment.results.results import Results
from sim.experiment.store.atomic_files import write_file
from sim.experiment.store.batches import Batch
from sim.experiment.store.file_checks import sealed
from sim.experiment.store.part_writer import PartWriter
from sim.experiment.store.receipts import Receipt
from sim.experiment.store.results_folder import ResultsFolder, json_text, parquet, record_of

POLICIES = [
    {"at": "2009-Q3", "in": "Xicheng", "set": {"procurement.growth": 0.1}},
    {"at": "2010-Q1", "in": "Xicheng", "set": {"procurement.growth": 0.3, "registration.attachment": False}},
    {"at": "2010-Q1", "in": "Beijing", "set": {"special_fund": {"management_fee": 0.05}}},
    {"at": "2090-Q1", "in": "Beijing", "set": {"procurement.budget_factor": 0}},
]


def results_folder(
    path, replications=5, quarters=8, missing=0, title="Made up", policies=POLICIES, tables=None, defined=None, failed=0
):
    """Trajectories that wander, without a value in the first `missing` quarters.

    Parameters
    ----------
    defined : dict of str to bool array, shape (replications, quarters), optional
        Where outcomes have a value.
    failed : int
        Replications that were asked for too.
    """
    rng = np.random.default_rng(1)
    columns = {
        "point": np.zeros(replications * quarters, np.int32),
        "replication": np.repeat(np.arange(replications), quarters),
        "quarter": np.tile(np.arange(quarters), replications),
    }
    for outcome in SECTOR:
        values = rng.random((replications, quarters)) * (1 if outcome.unit in ("0-1", "share") else 5e6)
        values[:, :missing] = np.nan
        values[~(defined or {}).get(outcome.name, np.ones((replications, quarters), bool))] = np.nan
        columns[outcome.name] = values.ravel()
    path.mkdir(parents=True, exist_ok=True)
    files = {
        "design.parquet": parquet(pa.table({"point": pa.array([0], pa.int32()), "scenario": ["x"], "variant": [""]})),
        "columns.json": json_text({"design": []}),
    }
    for name, data in files.items():
        write_file(path / name, data)
    batches = [Batch.product([(0, 0)], 0, max(replications + failed, 1) - 1, 0, max(replications, 1))]
    manifest = {
        "kind": "run",
        "format": 2,
        "title": title,
        "status": "complete" if replications and not failed else "interrupted",
        "shards": None,
        "start": "2009-Q3",
        "quarters": quarters,
        "scenario": {"policies": policies},
        "design": {
            "experiment": {"quarters": quarters, "replications": replications + failed},
            "bases": [{"values": {"quarters": quarters}}],
        },
        "files": {name: [record_of(data)._asdict()] for name, data in files.items()},
        "batches": [batch.as_json() for batch in batches],
    }
    write_file(path / "manifest.json", sealed(manifest))
    if replications:
        write_chunk(path, replications, {"sector": pa.table(columns)} | (tables or {}))
    return Results.open(path)


def write_chunk(path, replications, tables):
    """Write the tables of all replications as the one chunk."""
    writer = PartWriter(path, 0)
    writer.add(tables)
    ResultsFolder(path).write_receipt(Receipt(0, replications, (), 1, writer.publish()))
