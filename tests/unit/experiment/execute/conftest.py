"""The small experiment of the tests of sweeps, which is done here by every engine."""

from tests.unit.experiment.sweep.conftest import small, whole

__all__ = ["small", "whole"]
