"""The document: which tables it may hold, and how they are written anew."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from pathlib import Path

from sim.describe.declared import ENUMERATIONS, STATE, enumeration, given_table, levers, outcomes, parameters, state
from sim.describe.rules import constants, phases_table

DOCUMENT = Path(__file__).parents[2] / "docs" / "model.md"
END = "<!-- end of table -->"
_BLOCK = re.compile(rf"^(<!-- table: ([\w ]+) -->\n).*?^({re.escape(END)})$", flags=re.DOTALL | re.MULTILINE)

TABLES: dict[str, Callable[[], str]] = {
    "phases": phases_table,
    "parameters": parameters,
    "levers": levers,
    "given": given_table,
    "outcomes": outcomes,
    "constants": constants,
    **{f"state of {kind}": partial(state, kept) for kind, kept in STATE.items()},
    **{f"enumeration {members.__name__}": partial(enumeration, members) for members in ENUMERATIONS},
}
"""What may stand in a mark, and what makes the table."""


def described(text: str) -> str:
    """A document with all its tables written anew.

    Parameters
    ----------
    text : str
        The document.

    Raises
    ------
    KeyError
        If a mark names a table that there is not.
    """
    return _BLOCK.sub(lambda found: f"{found[1]}{TABLES[found[2]]()}\n{found[3]}", text)


def by_hand(text: str) -> str:
    """What is written by hand: the document without its tables."""
    return _BLOCK.sub("", text)
