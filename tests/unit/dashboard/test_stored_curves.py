"""Stored curves: small, of shipped scenarios, and what today's rules give."""

from __future__ import annotations

import json

import pytest

from sim.dashboard import stored_curves
from sim.dashboard.stored_curves import FILE, SCENARIOS, made_curve, rules_digest, stored_curve
from sim.plots.panel_declarations import OUTCOMES


def test_file_is_small_and_whole():
    assert FILE.stat().st_size < 100_000
    for name in SCENARIOS:
        found = stored_curve(name)
        assert set(found.bands) == set(OUTCOMES)
        lengths = {len(line) for lines in found.bands.values() for line in lines}
        assert len(lengths) == 1
    assert stored_curve("late-payment") is None


def test_curves_are_those_of_todays_rules():
    kept = json.loads(FILE.read_text("utf-8"))["scenarios"]["beijing-2010"]
    made = made_curve("beijing-2010")
    assert made["bands"] == kept["bands"], "the numbers changed: make curves"


@pytest.mark.parametrize("changed", ["rules", "file"])
def test_curves_of_another_state_say_so(changed, tmp_path):
    kept = json.loads(FILE.read_text("utf-8"))
    kept["rules"] = rules_digest()
    kept["scenarios"]["beijing-2010"]["file"] = stored_curves.file_digest("beijing-2010")
    copy = tmp_path / "curves.json"
    copy.write_text(json.dumps(kept))
    assert stored_curve("beijing-2010", copy).is_current
    (kept if changed == "rules" else kept["scenarios"]["beijing-2010"])[changed] = "0"
    copy.write_text(json.dumps(kept))
    assert not stored_curve("beijing-2010", copy).is_current
