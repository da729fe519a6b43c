"""Live runs for the tests of this folder: one pool for all of them."""

from __future__ import annotations

import pytest

from sim.live.live_runs import LiveRuns


@pytest.fixture(scope="session")
def live():
    with LiveRuns(workers=2) as runs:
        yield runs


@pytest.fixture
def session(live, request):
    yield live.session(request.node.name)
    live.forget(request.node.name)
