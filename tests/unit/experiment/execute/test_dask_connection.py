"""Dask connection: one that breaks while an answer is fetched is a loss, never the run's own error."""

from types import SimpleNamespace

import pytest

from sim.experiment.execute import dask_executor
from sim.experiment.execute.executor_protocol import WorkerLostError

pytest.importorskip("distributed")


def _task(**changes):
    def reset(**_):
        raise ConnectionResetError(104, "Connection reset by peer")

    return SimpleNamespace(**{"status": "finished", "done": lambda: True, "result": reset, "cancel": reset} | changes)


def test_an_answer_that_a_broken_connection_kept_is_lost():
    with pytest.raises(WorkerLostError):
        dask_executor._result(_task())


def test_an_error_that_the_function_raised_is_its_own():
    own = ConnectionResetError("of the function")
    with pytest.raises(ConnectionResetError, match="of the function"):
        dask_executor._result(_task(status="error", exception=lambda: own))


@pytest.mark.parametrize("status", ["running", "closed"])
def test_a_scheduler_where_nobody_listens_is_gone(status):
    """Whether Dask's client has noticed or not."""
    # Nobody listens at port 9.
    client = SimpleNamespace(status=status, scheduler=SimpleNamespace(address="tcp://127.0.0.1:9"))
    executor = dask_executor.DaskExecutor.__new__(dask_executor.DaskExecutor)
    executor.client = client
    assert executor._is_silent()
