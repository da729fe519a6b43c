"""Control declarations: sliders and choices for levers and parameters, made from what is declared of them.

>>> delay = controls()["payment.delay"]
>>> delay.title, delay.group, delay.unit, delay.least, delay.most
('Delay', 'Payment', 'quarters', 0.0, 20.0)
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from sim.experiment.design.declared_parameters import Kind, declared_at, lever_path
from sim.scenario.parameters.parameter_spec import ParameterSpec, parameters_of
from sim.scenario.parameters.policy_levers import CityGovernment, DistrictGovernment
from sim.scenario.parameters.rule_parameters import Rules

FIRST = (
    "procurement.budget_factor",
    "payment.delay",
    "payment.upfront",
    "contract.term",
    "contract.value",
    "contract.pricing",
    "procurement.renewal",
    "scoring.relation",
    "payment.administrative_pressure",
    "registration.regime",
    "for_profits.admission",
    "grants.core",
)
"""Levers that are asked for most; they are shown before all others."""
_WIDEST = 20.0
"""Width of declared bounds up to which a slider reaches from one to the other."""
_REACH = 4.0
"""How many times its usual value a slider reaches where its bounds are wide."""
_STEPS = 100
"""Steps of a slider, about."""


@dataclass(frozen=True)
class Control:
    """A lever or parameter as the page offers it.

    Attributes
    ----------
    key : str
        As a wish takes it.
    group, title : str
        In words.
    kind : Kind
        Kind of value.
    unit, meaning, source, allowed : str
        As declared; `allowed` in words.
    least, most, step : float
        Ends and steps of the slider; a number beyond its ends may be typed.
    choices : tuple of str
        Words of a choice.
    usual : value
        Declared default.
    """

    key: str
    group: str
    title: str
    kind: Kind
    unit: str
    meaning: str
    source: str
    allowed: str
    least: float
    most: float
    step: float
    choices: tuple[str, ...]
    usual: Any

    @property
    def is_lever(self) -> bool:
        """Whether a dated policy can change it."""
        return not self.key.startswith("rules.")

    def matches(self, words: str) -> bool:
        """Whether every one of some words is in its name or meaning."""
        text = f"{self.key} {self.group} {self.title} {self.meaning}".replace("_", " ").casefold()
        return all(word in text for word in words.casefold().replace("_", " ").split())

    def showable(self, value: Any) -> Any:
        """A value, where a control of this kind can show it; None for one of another kind, as links may hold.

        >>> delay = controls()["payment.delay"]
        >>> delay.showable(99), delay.showable("late"), delay.showable(True)
        (99, None, None)
        """
        if self.kind is Kind.CHOICE:
            return value if value in self.choices else None
        is_flag = isinstance(value, bool)
        if self.kind is Kind.YES_NO:
            return value if is_flag else None
        return value if isinstance(value, int | float) and not is_flag else None


@cache
def controls() -> Mapping[str, Control]:
    """All controls by key: levers, then parameters of the rules."""
    levers = [*parameters_of(DistrictGovernment), *parameters_of(CityGovernment)]
    found = {leaf.key: _control(leaf.key, leaf, False) for leaf in levers}
    found |= {f"rules.{leaf.key}": _control(f"rules.{leaf.key}", leaf, True) for leaf in parameters_of(Rules)}
    return {key: control for key, control in found.items() if control is not None}


def in_words(name: str) -> str:
    """A key as words, with a capital.

    >>> in_words("budget_factor")
    'Budget factor'
    """
    words = name.replace("_", " ").replace("-", " ")
    return words[:1].upper() + words[1:]


def _control(key: str, leaf: ParameterSpec, of_rules: bool) -> Control | None:
    declared = declared_at(("rules", *leaf.path) if of_rules else lever_path(leaf.key))
    if declared is None or declared.kind not in (Kind.NUMBER, Kind.WHOLE, Kind.CHOICE, Kind.YES_NO):
        return None
    usual = leaf.info.default
    least, most, step = 0.0, 1.0, 1.0
    if declared.kind.ordered:
        least, most = slider_ends(declared.low, declared.high, leaf.plausible, float(usual))
        step = slider_step(least, most, declared.kind is Kind.WHOLE)
        least += step if declared.open_low and least == declared.low else 0.0
        most -= step if declared.open_high and most == declared.high else 0.0
    group = " · ".join(in_words(part) for part in leaf.path[:-1]) or "General"
    more = "" if declared.kind is Kind.YES_NO else declared.allowed
    return Control(
        key=key,
        group=f"Rules · {group}" if of_rules else group,
        title=in_words(leaf.path[-1]),
        kind=declared.kind,
        unit=declared.unit,
        meaning=declared.meaning,
        source=leaf.source,
        allowed=more,
        least=least,
        most=most,
        step=step,
        choices=declared.choices,
        usual=usual,
    )


def slider_ends(low: float, high: float, plausible: tuple[float, float] | None, usual: float) -> tuple[float, float]:
    """Ends of a slider: the bounds where they are near, else what is plausible, else around the usual value.

    >>> slider_ends(0, 20, None, 1), slider_ends(0, 1e11, None, 1_000_000), slider_ends(0, 1e5, (2, 60), 0)
    ((0, 20), (0, 4000000.0), (0, 60))
    """
    if high - low <= _WIDEST:
        return low, high
    if plausible is not None:
        return min(max(low, 0.0) if usual == 0 else plausible[0], usual), max(plausible[1], usual)
    reach = abs(usual) * _REACH or _WIDEST
    least = max(low, 0.0 if usual >= 0 else usual - reach)
    return least, min(high, max(least + reach, usual))


def slider_step(least: float, most: float, whole: bool) -> float:
    """Step of a slider: 1, 2 or 5 times a power of ten, so that there are about a hundred.

    >>> slider_step(0, 1, False), slider_step(0, 4_000_000, False), slider_step(1, 40, True)
    (0.01, 50000.0, 1.0)
    """
    wanted = (most - least) / _STEPS
    if whole and wanted <= 1:
        return 1.0
    power = 10.0 ** math.floor(math.log10(wanted))
    step = min((factor * power for factor in (1, 2, 5, 10)), key=lambda one: abs(one - wanted))
    return round(step, 12)
