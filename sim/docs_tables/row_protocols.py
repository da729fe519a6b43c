"""Row protocols: writes `sim/model/state/row_types.py`, one protocol per row type, from the declarations of fields."""

from __future__ import annotations

from pathlib import Path

from sim.engine.fields import Field
from sim.model.setup.jurisdictions_and_communities import COMMUNITY_DRAWS
from sim.model.state.world_arrays import LAYOUTS

ROW_TYPES = Path(__file__).parents[1] / "model" / "state" / "row_types.py"

ROWS: dict[str, tuple[Field, ...]] = {
    **{kind: layout.fields for kind, layout in LAYOUTS.items()},
    "community_draws": COMMUNITY_DRAWS,
}
"""Row types by kind."""

_HEADER = '''"""Row types: the fields of each kind of row, for mypy and editors.

Written by ``make docs`` (`sim.docs_tables.row_protocols`) from the declarations of fields; do not edit.
"""

from __future__ import annotations

from typing import Protocol

import numpy as np
import numpy.typing as npt

from sim.engine.rng.philox import IntLike


class AccountRow(Protocol):
    """A row of any kind that holds money."""

    account: int
    cash: int
'''

_TYPES = {"i4": "int", "i8": "int", "f8": "float", "u8": "IntLike", "?": "bool"}
_ELEMENTS = {"i8": "np.int64", "f8": "np.float64"}
_WIDTH = 120


def class_name(kind: str) -> str:
    """Name of a kind's protocol.

    >>> class_name("agency_draws")
    'AgencyDrawsRow'
    """
    return "".join(word.capitalize() for word in kind.split("_")) + "Row"


def row_types() -> str:
    """The source of `sim.model.state.row_types`."""
    return _HEADER + "".join(_protocol(kind, fields) for kind, fields in sorted(ROWS.items()))


def _protocol(kind: str, fields: tuple[Field, ...]) -> str:
    """The source of one protocol."""
    lines = "\n".join(_line(field) for field in fields)
    return f'\n\nclass {class_name(kind)}(Protocol):\n    """A row of kind `{kind}`."""\n\n{lines}\n'


def _line(field: Field) -> str:
    """The source of one field, with unit and meaning where they fit on the line."""
    kind = f"npt.NDArray[{_ELEMENTS[field.type]}]" if field.shape else _TYPES[field.type]
    line = f"    {field.name}: {kind}"
    notes = ": ".join(part for part in (field.unit, " ".join(field.meaning.split())) if part)
    return f"{line}  # {notes}" if notes and len(line) + len(notes) + 4 <= _WIDTH else line
