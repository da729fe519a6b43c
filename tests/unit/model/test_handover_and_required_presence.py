"""Handover, required presence and prequalification in repeated calls."""

from __future__ import annotations

import numpy as np

from tests.support.assessed_town import mean, runs
from tests.support.world_reading import used


def test_handover_preserves_presence_in_communities():
    assert mean("handed over", "handovers") > 0
    assert mean("called again", "handovers") == 0
    # Continuity counts presence; the effect of presence is the strength of communities.
    assert mean("handed over", "strength") > mean("called again", "strength")


def test_required_presence_excludes_newcomers():
    youngest, bidders = {}, {}
    for name in ("presence", "called again"):
        youngest[name] = 99
        bidders[name] = []
        for record in runs(name):
            contracts, agencies = used(record.world, "contracts"), used(record.world, "agencies")
            called_again = (contracts["incumbent"] >= 0) & (contracts["channel"] == 0)
            bidders[name] += contracts["bidders"][called_again].tolist()
            again = called_again & (contracts["agency"] >= 0)
            age = contracts["called"][again] - agencies["founded"][contracts["agency"][again]]
            youngest[name] = min(youngest[name], int(age.min()))
    assert youngest["called again"] < 3 <= youngest["presence"]
    # Who is kept out bids for lots that are called for the first time instead, so only those called again count.
    assert np.mean(bidders["presence"]) < np.mean(bidders["called again"])


def test_prequalification_excludes_low_reputation():
    assert mean("prequalified", "bidders") < mean("none", "bidders")
