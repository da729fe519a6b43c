"""Stored values: what is odd in a manifest or receipt is named, whatever it is."""

import pytest

from sim.experiment.store.stored_values import StoredBatch, StoredColumns, StoredReceipt, check_stored

RECEIPT = {"chunk": 0, "done": 1, "failures": [], "work": 3, "files": {"summary": {"bytes": 1, "sha256": "a" * 64}}}
BATCH = {"points": [[0, 1]], "replications": [0, 4], "chunk": 0, "size": 2}


def test_sound_values_are_returned_as_they_are():
    assert check_stored(StoredReceipt, RECEIPT) is RECEIPT
    assert check_stored(StoredBatch, BATCH) is BATCH


@pytest.mark.parametrize(
    ("model", "values", "words"),
    [
        (StoredReceipt, [], "no JSON object"),
        (StoredReceipt, RECEIPT | {"chunk": -1}, "chunk"),
        (StoredReceipt, RECEIPT | {"done": True}, "done"),
        (StoredReceipt, RECEIPT | {"files": {"../x": {"bytes": 1, "sha256": "a" * 64}}}, "files"),
        (StoredReceipt, RECEIPT | {"files": {"summary": {"bytes": 1}}}, "files.summary.sha256"),
        (StoredReceipt, RECEIPT | {"failures": [None]}, "failures[0]"),
        (StoredBatch, BATCH | {"size": 0}, "size"),
        (StoredBatch, BATCH | {"points": [[2, 1]]}, "ends before it begins"),
        (StoredBatch, BATCH | {"replications": [0, 2**62]}, "more runs"),
        (StoredBatch, {"chunk": 0, "size": 1}, "neither runs nor points"),
        (StoredColumns, {"design": [{"name": "x"}]}, "design[0].unit"),
    ],
)
def test_odd_values_are_named_in_one_line(model, values, words):
    with pytest.raises(ValueError, match=words.replace("[", r"\[")) as caught:
        check_stored(model, values)
    assert "\n" not in str(caught.value)
