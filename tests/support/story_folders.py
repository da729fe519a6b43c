"""Story folders: small results folders that lives are read from, made by the command line."""

from pathlib import Path

import pandas as pd

from sim.experiment.design.run_design import run_design
from sim.experiment.execute.progress_reporter import NullProgress
from sim.experiment.execute.requests import run
from sim.experiment.experiment_api import Experiment
from sim.scenario import load_scenario_file

QUARTERS = 28
"""Of the runs with all tables."""

NASTY = '</script><b onclick="x">$x_1$ =1+1 &amp;'
"""Name of an agency that is markup, mathematics and a formula at once."""
ODD = f"""extends: beijing-2010
title: 'Odd <i>names</i> $5'
quarters: 8
agencies:
  {NASTY!r}:
    district: Xicheng
    staff: 5
    cash: 100000
    fields: [elderly]
  MU YOU:
    district: Xicheng
    fields: [elderly]
  社工 "服务" العربية:
    district: Dongcheng
    fields: [elderly]
"""


def run_folder(path: Path, quarters: int = QUARTERS) -> Path:
    """Three runs of Beijing with all tables, by default so long that agencies close."""
    return _run("beijing-2010", path, replications=3, quarters=quarters)


def comparison_folder(path: Path) -> Path:
    """Two runs of each of two scenarios, without tables; they part in 2013-Q1."""
    named = {"quarters": 24, "replications": 2}
    Experiment.comparison("beijing-2010", ["late-payment"], **named).run(path, workers=0)
    return path


def odd_folder(path: Path) -> Path:
    """One run of eight quarters with agencies of odd names."""
    path.mkdir(parents=True, exist_ok=True)
    (path / "odd.yaml").write_text(ODD, "utf-8")
    return _run(str(path / "odd.yaml"), path / "results", replications=1)


def _run(source: str, path: Path, **options: int) -> Path:
    design = run_design(load_scenario_file(source), Path(source).stem, **options)
    report = run(design, path, 1, NullProgress())
    assert report.status == "complete"
    return path


def plain(frame: pd.DataFrame) -> pd.DataFrame:
    """Columns of words as text, None where they are empty."""
    words = frame.select_dtypes("category").columns
    return frame.assign(**{name: frame[name].astype(object).where(frame[name].notna(), None) for name in words})


def of_run(frame: pd.DataFrame, replication: int) -> pd.DataFrame:
    """Rows of a replication."""
    return frame[frame["replication"] == replication]
