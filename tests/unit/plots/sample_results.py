"""A results folder made up for the tests of what is shown."""

import numpy as np
import pyarrow as pa

from sim.declarations.sector_outcomes import SECTOR
from sim.experiment.store.run_folder import Folder, Results

POLICIES = [
    {"at": "2009-Q3", "in": "Xicheng", "set": {"procurement.growth": 0.1}},
    {"at": "2010-Q1", "in": "Xicheng", "set": {"procurement.growth": 0.3, "registration.attachment": False}},
    {"at": "2010-Q1", "in": "Beijing", "set": {"special_fund": {"management_fee": 0.05}}},
    {"at": "2090-Q1", "in": "Beijing", "set": {"procurement.budget_factor": 0}},
]


def results_folder(path, replications=5, quarters=8, missing=0, title="Made up", policies=POLICIES):
    """Trajectories that wander, without a value in the first `missing` quarters."""
    rng = np.random.default_rng(1)
    columns = {
        "replication": np.repeat(np.arange(replications), quarters),
        "quarter": np.tile(np.arange(quarters), replications),
    }
    for outcome in SECTOR:
        values = rng.random((replications, quarters)) * (1 if outcome.unit in ("0-1", "share") else 5e6)
        values[:, :missing] = np.nan
        columns[outcome.name] = values.ravel()
    folder = Folder(path)
    folder.path.mkdir(parents=True, exist_ok=True)
    manifest = {
        "title": title,
        "start": "2009-Q3",
        "quarters": quarters,
        "finished": [[0, replications - 1]] if replications else [],
        "scenario": {"policies": policies},
    }
    folder.write_json("manifest.json", manifest)
    if replications:
        folder.write_part(0, [{"sector": [pa.table(columns)]}])
    return Results.open(path)
