"""Sensitivity axes: the experiment `sensitivity` varies every number with a plausible range, written from these."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from sim.scenario.parameters.parameter_spec import parameters_of
from sim.scenario.parameters.policy_levers import CityGovernment, DistrictGovernment
from sim.scenario.reading.file_search import shipped_directory
from sim.validation.drawn_designs import plausible_axes

SENSITIVITY = shipped_directory("experiments") / "sensitivity.yaml"
"""The experiment."""

_BLOCK = re.compile(r"^(axes:  # [^\n]*\n).*?^(# End of the axes\.)$", flags=re.DOTALL | re.MULTILINE)
_WIDE = 4.0
"""High over low from which a range is spread over orders of magnitude."""


def sensitivity_axes() -> dict[str, dict[str, Any]]:
    """An axis for every parameter of behaviour, and every lever, that has a plausible range.

    Returns
    -------
    dict of str to dict
        Path or lever, low, high and scale by name, as an experiment file writes them.
    """
    levers = {
        leaf.key: leaf.plausible
        for government in (CityGovernment, DistrictGovernment)
        for leaf in parameters_of(government)
        if leaf.plausible is not None
    }
    named = {key.replace(".", "_"): {"lever": key, "low": low, "high": high} for key, (low, high) in levers.items()}
    axes = plausible_axes() | named
    for axis in axes.values():
        if 0 < axis["low"] * _WIDE <= axis["high"] and not isinstance(axis["low"], int):
            axis["scale"] = "log"
    return axes


def _lines() -> Iterator[str]:
    for name, axis in sensitivity_axes().items():
        values = ", ".join(
            f"{key}: {value if isinstance(value, str) else format(value, '.12g')}" for key, value in axis.items()
        )
        yield f"  {name}: {{{values}}}\n"


def with_axes(text: str) -> str:
    """The text of the experiment with its axes written anew."""
    return _BLOCK.sub(lambda found: found[1] + "".join(_lines()) + found[2], text)
