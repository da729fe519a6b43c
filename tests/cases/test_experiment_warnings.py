"""Warnings of an experiment's scenarios: each where it stands, in the file of the scenario or of the experiment."""

import json
import pickle
from pathlib import Path

from sim.experiment.design.experiment_loading import load_experiment
from tests.support.in_process_cli import inside

TOWN = Path(__file__).parent / "tiny_town" / "tiny.yaml"
EXPERIMENT = """\
title: t
scenarios: [tiny.yaml, base.yaml+more.yaml]
variants:
  late: {start: 2020-Q1}
  hidden:
    policies:
      - {at: 2010-Q2, in: East, set: {contract.term: 3}}
      - {at: 2010-Q3, set: {contract.term: 5}}
replications: 10
"""


def write(folder):
    (folder / "tiny.yaml").write_bytes(TOWN.read_bytes())
    (folder / "base.yaml").write_text("extends: tiny.yaml\ntitle: b\nagencies: {Alpha: {staff: 4}}\n")
    (folder / "more.yaml").write_text("extends: tiny.yaml\ntitle: m\ncolleges: {Lone: {city: Town}}\n")
    (folder / "e.yaml").write_text(EXPERIMENT)


def test_every_warning_has_its_file_and_line(tmp_path):
    write(tmp_path)
    done = inside("check", "e.yaml", "--json", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    (found,) = json.loads(done.stdout)
    places = {(each["kind"], each["file"], each["line"]) for each in found["warnings"]}
    assert ("unreachable-money", "tiny.yaml", 7) in places
    assert ("price-year", "e.yaml", 4) in places
    assert ("hidden-policy", "e.yaml", 8) in places
    assert all(line for _, _, line in places)


def test_a_warning_is_the_same_as_that_of_the_scenario_alone(tmp_path):
    write(tmp_path)
    (tmp_path / "e.yaml").write_text("title: t\nscenarios: [tiny.yaml]\nreplications: 10\n")
    alone, within = (inside("check", name, cwd=tmp_path).stderr for name in ("tiny.yaml", "e.yaml"))
    assert alone == within != ""


def test_places_stay_in_the_process_that_read_them(tmp_path, monkeypatch):
    write(tmp_path)
    monkeypatch.chdir(tmp_path)
    design = load_experiment("e.yaml")
    assert design.bases[0].loaded is not None
    there = pickle.loads(pickle.dumps(design))
    assert there.bases == design.bases
    assert all(base.loaded is None for base in there.bases)
