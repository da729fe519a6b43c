"""A handful of rules that compile in a second, for tests of the compiler and of the rules' cache."""

from __future__ import annotations

from sim.engine.compilation import entry, rule
from sim.engine.fields import Field
from sim.engine.struct_arrays import fresh

PURSE = (Field("cash", "i8", "fen", "Money."), Field("staff", "i8", "persons", "Staff."))


def purses():
    return fresh(PURSE, 3)


@rule
def earn(agency, amount):
    """Add to the money of an agency."""
    agency.cash += amount


@entry
def earn_twice(agencies):
    """Add 5 in two steps, and return the money."""
    earn(agencies[0], 2)
    earn(agencies[0], 3)
    return agencies[0].cash


@rule
def misspell(agency, amount):
    """Take from the money of an agency, by a misspelt name."""
    if amount > 0:
        agency.cahs -= amount


@rule
def misspell_all(agencies):
    """Call the rule that is misspelt."""
    for agency in agencies:
        misspell(agency, 3)


@entry
def enter_misspelt(agencies):
    """Reach it through two rules."""
    misspell_all(agencies)


@rule
def name_nothing(agency):
    """Use a name that stands for nothing."""
    return no_such_name + agency.cash  # noqa: F821


@entry
def enter_undefined(agencies):
    """Reach that."""
    return name_nothing(agencies[0])


@entry
def add_text(agencies):
    """Add a text to a number."""
    return agencies[0].cash + "x"


@rule
def fail(agencies):
    """Raise an error while running."""
    if len(agencies) > 0:
        raise ValueError("a rule's own error")


@entry
def enter_failing(agencies):
    """Reach that."""
    fail(agencies)
