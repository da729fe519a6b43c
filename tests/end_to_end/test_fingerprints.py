"""The canonical runs give what is on record; only `tests.support.update_fingerprints` changes the record."""

from __future__ import annotations

import json

import pytest

from tests.support.update_fingerprints import FILE, RUNS, digest, fingerprint

ADVICE = "if results were meant to change, run `make fingerprints` and commit the difference with its reason"


def changed(recorded, found, path=""):
    """Entries that differ, by their dotted names."""
    if isinstance(recorded, dict) and isinstance(found, dict):
        for key in sorted(recorded.keys() | found.keys()):
            yield from changed(recorded.get(key), found.get(key), f"{path}.{key}" if path else key)
    elif recorded != found:
        yield path


@pytest.mark.parametrize("name", RUNS)
def test_run_is_as_recorded(name):
    recorded = json.loads(FILE.read_text(encoding="utf-8"))
    different = list(changed(recorded[name], fingerprint(*RUNS[name])))
    assert not different, f"{name}: {len(different)} fingerprints differ ({', '.join(different[:8])}, ...); {ADVICE}"


def test_the_record_holds_the_canonical_runs_and_no_others():
    assert set(json.loads(FILE.read_text(encoding="utf-8"))) == set(RUNS)


def test_digests_forgive_the_last_digits_only():
    import numpy as np

    numbers = np.array([1.0, 0.1 + 0.2, np.nan, -0.0, 1e300])
    same = np.array([1.0, 0.3, np.nan, 0.0, 1e300 * (1 + 1e-15)])
    assert digest(numbers) == digest(same)
    assert digest(numbers) != digest(numbers * (1 + 1e-7))
    assert digest(np.array([1, 2])) != digest(np.array([1, 3]))


def test_a_difference_is_named():
    assert list(changed({"sector": {"staff": "a", "wage": "b"}}, {"sector": {"staff": "a", "wage": "c"}})) == [
        "sector.wage"
    ]
    assert list(changed({"agencies": 1}, {})) == ["agencies"]
