"""Outcome type: what is declared of an outcome, such as its formula and its title.

>>> Outcome("staff", "f8", "persons", "Staff.", formula="sum over agencies", title="Staff").formula
'sum over agencies'
"""

from __future__ import annotations

from dataclasses import dataclass

from sim.engine.fields import Field


@dataclass(frozen=True)
class Outcome(Field):
    """A quantity of the whole sector in one quarter.

    Attributes
    ----------
    formula : str
        How it is computed, in words.
    title : str
        Short title for axes and tables.
    main : bool
        Whether `sim run` shows it on screen.
    """

    formula: str = ""
    title: str = ""
    main: bool = False


def declare_outcome(name: str, unit: str, meaning: str, formula: str, title: str = "", main: bool = False) -> Outcome:
    """Declare a level or a share; its title is its meaning where none is given."""
    return Outcome(name, "f8", unit, meaning, formula=formula, title=title or meaning.rstrip("."), main=main)


def declare_flow(name: str, unit: str, meaning: str, formula: str) -> Outcome:
    """Declare what adds up over time: so many of its unit in a quarter."""
    return declare_outcome(name, f"{unit}/quarter", meaning, formula)
