"""Pending interrupts: Ctrl-C is not lost where Python drops it."""

import gc
import signal

import pytest

from sim.experiment.execute.pending_interrupts import interrupts_noted, raise_if_interrupted


class Interrupted:
    """Gets Ctrl-C while Python finalizes it, where an exception goes nowhere."""

    def __del__(self):
        signal.raise_signal(signal.SIGINT)


@pytest.fixture
def default_handling():
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def test_an_interrupt_that_a_finalizer_would_swallow_is_raised_at_the_next_look(default_handling):
    with interrupts_noted():
        each = Interrupted()
        del each
        gc.collect()
        with pytest.raises(KeyboardInterrupt):
            raise_if_interrupted()
        # Once is enough: what is raised is not pending any more.
        raise_if_interrupted()


def test_an_interrupt_elsewhere_comes_at_once(default_handling):
    with interrupts_noted(), pytest.raises(KeyboardInterrupt):
        signal.raise_signal(signal.SIGINT)
    raise_if_interrupted()
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_a_handler_of_the_host_program_stays(default_handling):
    def own(*_):
        pass

    signal.signal(signal.SIGINT, own)
    with interrupts_noted():
        assert signal.getsignal(signal.SIGINT) is own
