"""Small results folders for reports: a run with all tables, a comparison, and a sweep, with names of all kinds."""

from sim.experiment.experiment_api import Experiment
from sim.experiment.results.results import Results
from tests.support.in_process_cli import inside

NASTY = "<script>alert(1)</script> =1+1 $\\frac{a}{b}$ {{ 7 * 7 }} 社工 & co"
LATE = f"""\
extends: beijing-2010
title: '{NASTY}'
question: 'Who pays? {NASTY}'
policies:
  - {{at: 2009-Q4, set: {{payment.delay: 4}}}}
  - {{from: 2010-Q1, to: 2010-Q3, in: Beijing, ramp: {{procurement.budget_factor: 0.5}}}}
  - {{from: 2010-Q2, for: 2 quarters, set: {{contract.term: 8}}}}
  - {{when: {{outcome: unmet_need, above: 0.5}}, set: {{promotion.push: 1}}}}
rules: {{people: {{hiring_minimum: 4}}}}
"""


def run_folder(folder):
    """Three runs of Beijing, 8 quarters, with all tables."""
    options = ("--replications", "3", "--quarters", "8", "--out", "run", "--workers", "1")
    done = inside("run", "beijing-2010", *options, cwd=folder)
    assert done.returncode == 0, done.stderr
    return Results.open(folder / "run")


def comparison_folder(folder):
    """Beijing as it is, with late payment and more, and the same once more; 4 replications of 8 quarters."""
    (folder / "late.yaml").write_text(LATE, encoding="utf-8")
    (folder / "same.yaml").write_text("extends: beijing-2010\ntitle: The same\n", encoding="utf-8")
    names = ("beijing-2010", "late.yaml", "same.yaml")
    options = ("--replications", "4", "--quarters", "8", "--out", "compared", "--workers", "1")
    done = inside("compare", *names, *options, cwd=folder)
    assert done.returncode == 0, done.stderr
    return Results.open(folder / "compared")


def sweep_of_two_axes(folder):
    """Two axes of two levels, 3 replications of 6 quarters."""
    values = {
        "title": NASTY,
        "question": f"What does drive do? {NASTY}",
        "scenarios": ["beijing-2010"],
        "quarters": 6,
        "axes": {
            "drive": {"title": "Drive to diversify", "path": "rules.strategy.drive", "values": [0.0, 1.0]},
            "hiring": {"path": "rules.people.hiring_minimum", "values": [1, 9]},
        },
        "outcomes": ["staff", "agencies", "unmet_need"],
        "replications": 3,
    }
    return Experiment.of(values).run(folder / "swept", workers=1)
