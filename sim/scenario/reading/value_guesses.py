"""Value guesses: the value behind one of another kind, for suggestions."""

from __future__ import annotations

from typing import Any

from sim.declarations.input_issues import Scalar, shown
from sim.scenario.reading.number_guesses import meant_number
from sim.scenario.reading.yaml_scalars import scalar

_TRUTH = {"yes": True, "on": True, "y": True, "no": False, "off": False, "n": False}


def meant_value(value: Any, word: str) -> Scalar:
    """Guess the value behind one of the wrong kind: a quoted number, a YAML 1.1 truth value, 3.0 for 3."""
    if word == "a whole number" and isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return int(value)
    if word == "text" and isinstance(value, int | float) and not isinstance(value, bool):
        return shown(value)
    if not isinstance(value, str) or len(value) > 40:
        return None
    if word == "true or false":
        lowered = value.strip().lower()
        meant = scalar(lowered) if lowered in ("true", "false") else _TRUTH.get(lowered)
        return meant if isinstance(meant, bool) else None
    if word in ("a number", "a whole number"):
        number = meant_number(value)
        return number if isinstance(number, int if word == "a whole number" else int | float) else None
    return None
