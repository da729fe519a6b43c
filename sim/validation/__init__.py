"""Validation: observed patterns and series, statistics of runs that are held against them, and the verdicts."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sim.validation.pattern_results import Validation
    from sim.validation.validation_api import validate

_HOMES = {"Validation": "sim.validation.pattern_results", "validate": "sim.validation.validation_api"}

__all__ = ["Validation", "validate"]


def __getattr__(name: str) -> Any:
    """Load a public name from its module; modules that declare statistics need none of them."""
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
