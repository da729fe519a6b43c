"""Mesa writes: which attributes of agents may be set, and to what.

What a scenario file may say of an organisation, and rules read again every quarter, may be set on its agent too, and is
checked as in a file.  Everything else follows from the rules: writing it would break the accounts of money and people.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from math import isclose
from numbers import Real
from typing import Any

import numpy as np

from sim.declarations.input_issues import Issue, Problem, suggest
from sim.engine.fields import Field
from sim.scenario.checks.name_checks import wrong_value
from sim.scenario.parameters.parameter_spec import FEN_PER_CNY, Group, ParameterSpec, parameters_of
from sim.scenario.reading.text_forms import normal_text

LARGEST_WHOLE = 2**53
"""Whole numbers from here on are not all real numbers too, and are refused."""


@dataclass(frozen=True)
class Writable:
    """An attribute that may be set: the parameter of scenario files that it is.

    Attributes
    ----------
    group : type of Group
        Group that declares it.
    key : str
        Its dotted name there.
    """

    group: type[Group]
    key: str

    @property
    def spec(self) -> ParameterSpec:
        """The declaration."""
        return _by_key(self.group)[self.key]

    @property
    def money(self) -> bool:
        """Whether it is an amount of money, which agents hold in fen and files in CNY."""
        return self.spec.unit.startswith("CNY")

    def read(self, number: float) -> object:
        """The attribute's value from the number in a record: a word, yes or no, a whole or a real number."""
        if self.spec.codes is not None:
            return self.spec.word(number)
        kind = self.spec.info.annotation
        return kind(number) if kind in (bool, int) else float(number)

    def number(self, place: tuple[str, str], value: object, field: Field) -> float:
        """The number for a record from a value that is set.

        Parameters
        ----------
        place : tuple of str
            Agent and attribute, for messages.
        value : object
            The value; money in fen.
        field : Field
            The record's field.

        Raises
        ------
        ValueError
            If a file could not say it either.
        """
        plain = plain_value(place, value)
        as_in_files = _in_cny(plain) if self.money else plain
        refuse(place, list(wrong_value(place, self.group, self.key, as_in_files)), self.money)
        if self.spec.codes is not None:
            return self.spec.number(plain)
        number: Any = plain
        if field.type == "i8" and number != int(number):
            refuse(
                place, [Issue(place, f"{number!r} is no whole number", "money of this agent is in whole fen")], False
            )
        if abs(number) >= LARGEST_WHOLE:
            refuse(place, [Issue(place, f"{number!r} is too large", f"expected less than {LARGEST_WHOLE}")], False)
        return number


@cache
def _by_key(group: type[Group]) -> Mapping[str, ParameterSpec]:
    """Parameters of a group by their dotted names."""
    return {spec.key: spec for spec in parameters_of(group)}


def _in_cny(fen: str | float | None) -> str | float | None:
    """An amount in CNY; infinite where it is too large for a number, and what is no number as it is."""
    if isinstance(fen, str | bool | None):
        return fen
    try:
        return fen / FEN_PER_CNY
    except OverflowError:
        return float("inf")


def _by_normal_name(place: tuple[str, str], field: Field, value: Mapping[Any, Any]) -> dict[Any, Any]:
    """A mapping with its names in their normal form, as of files."""
    named = {normal_text(name) if isinstance(name, str) else name: part for name, part in value.items()}
    if len(named) < len(value):
        raise ValueError(f"{place[0]}: {field.name} names a part twice; the two differ in outer blanks")
    return named


def plain_value(place: tuple[str, str], value: object) -> str | int | float | bool | None:
    """A value as a file could hold it: NumPy's numbers as Python's, words in the normal form of texts.

    Raises
    ------
    ValueError
        If it is no single value.
    """
    plain = value.item() if isinstance(value, np.generic) else value
    if isinstance(plain, str):
        return normal_text(plain)
    if plain is None or isinstance(plain, bool | int | float):
        return plain
    kind = type(value).__name__
    raise ValueError(f"{Problem('', 0, 0, place, f'found a value of the type {kind}', 'expected a number or a word')}")


def refuse(place: tuple[str, str], issues: list[Issue], amount: bool) -> None:
    """Raise what is wrong with a value that was set.

    Raises
    ------
    ValueError
        If anything is.
    """
    for issue in issues:
        allowed = f"{issue.allowed} (agents hold fen, 100 to a CNY)" if amount else issue.allowed
        raise ValueError(str(Problem("", 0, 0, place, issue.what, allowed, None if amount else issue.repair())))


def share_numbers(place: tuple[str, str], field: Field, value: object) -> list[float]:
    """Shares that are set together, in the order of their names.

    Parameters
    ----------
    place : tuple of str
        Agent and attribute, for messages.
    field : Field
        A field of several numbers that are named.
    value : object
        A mapping of all names, or a sequence in their order.

    Raises
    ------
    ValueError
        If a name is missing or unknown, or the numbers are no shares that sum to 1.
    """
    names = field.part_names
    if isinstance(value, Mapping):
        value = _by_normal_name(place, field, value)
        unknown = sorted(str(name) for name in value if name not in names)
        if unknown or len(value) < len(names):
            nearest = suggest(unknown[0], names) if unknown else None
            meant = f"; did you mean {nearest!r} for {unknown[0]!r}?" if nearest else ""
            raise ValueError(f"{place[0]}: {field.name} has the parts {', '.join(names)}{meant}")
        value = [value[name] for name in names]
    given: Any = value.tolist() if isinstance(value, np.ndarray) else value
    if not isinstance(given, list | tuple) or len(given) != len(names):
        raise ValueError(f"{place[0]}: {field.name} has {len(names)} parts: {', '.join(names)}")
    numbers = [plain_value(place, one) for one in given]
    if not all(isinstance(one, Real) and not isinstance(one, bool) and 0 <= one <= 1 for one in numbers):
        raise ValueError(f"{place[0]}: every part of {field.name} is a number from 0 to 1; found {numbers}")
    shares = [float(one) for one in numbers]  # type: ignore[arg-type]
    if not isclose(sum(shares), 1, abs_tol=1e-9):
        raise ValueError(f"{place[0]}: the parts of {field.name} sum to {sum(shares):.12g}; expected 1")
    return shares
