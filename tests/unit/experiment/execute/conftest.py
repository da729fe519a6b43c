"""The small experiment of the tests of executors."""

from tests.unit.experiment.sweep.conftest import small, whole

__all__ = ["small", "whole"]
