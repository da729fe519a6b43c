"""Passing by reference: a world goes from rule to rule as one pointer.

A named tuple is a value: every call of a compiled rule would carry the parts of all its arrays, some three
hundred words, and compiling a hundred rules that way takes minutes.  `by_reference` therefore wraps it once,
where Python enters compiled code, in a structure that travels as one pointer.  Uncompiled, it is the tuple.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from numba.core import types
from numba.experimental import structref
from numba.extending import overload

if TYPE_CHECKING:
    from sim.model.state.world import World


@structref.register
class WorldReference(types.StructRef):  # type: ignore[name-defined]
    """The compiled type of a world that is passed by reference.

    Its name is a digest: numba puts the names of a rule's argument types into its symbols, and the full
    one, with every field of every record, is tens of thousands of characters long.
    """

    def __init__(self, fields: Any) -> None:
        super().__init__(fields)
        long_name: str = self.name  # type: ignore[has-type]
        self.name = f"World{hashlib.blake2b(long_name.encode(), digest_size=8).hexdigest()}"
        self._data = super().get_data_type()

    def get_data_type(self) -> Any:
        """Return the type of what is referred to; numba would spell its long name out at every use of a field."""
        return self._data


def by_reference(world: World) -> World:
    """The same world, passed on by reference in compiled code."""
    return world


@overload(by_reference)
def _compiled_by_reference(world):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - numba matches signatures
    """Make the structure and copy the tuple's array headers into it."""
    kind = WorldReference(list(zip(world.fields, world.types, strict=True)))
    lines = ["def wrap(world):", "    reference = new(kind)"]
    lines += [f"    reference.{name} = world.{name}" for name in world.fields]
    scope: dict[str, Any] = {"new": structref.new, "kind": kind}
    exec("\n".join([*lines, "    return reference"]), scope)
    return scope["wrap"]
