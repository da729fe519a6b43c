"""Table names of organisations: what they are called in the tables of a run, each kind as one shared dictionary."""

from __future__ import annotations

from functools import cached_property

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from sim.declarations.accounts import OUTSIDE, Party
from sim.declarations.choices import Origin
from sim.model.setup.compiled_scenario import CompiledScenario
from sim.model.state.world import World
from sim.output.arrow_arrays import coded, dictionary

KIND_OF_PARTY = {
    Party.GOVERNMENT: "government",
    Party.ASSOCIATION: "association",
    Party.COLLEGE: "college",
    Party.SPONSOR: "sponsor",
    Party.AGENCY: "agency",
    Party.DONORS: "donors",
    Party.ASSESSOR: "assessor",
    Party.INSTITUTION: "institution",
}


class TableNames:
    """Names of everything in a run, as columns hold them.

    Parameters
    ----------
    compiled : CompiledScenario
        What was run.
    world : World
        The run, for the agencies that were founded in it.
    """

    def __init__(self, compiled: CompiledScenario, world: World) -> None:
        self._words = {**compiled.names, "agency": agency_names(compiled, world)}
        self._dictionaries: dict[str, pa.Array] = {}

    def dictionary(self, kind: str) -> pa.Array:
        """Names of a kind of organisation by index (`sim.engine.fields.Field.refers`)."""
        if kind not in self._dictionaries:
            self._dictionaries[kind] = dictionary(self._words[kind])
        return self._dictionaries[kind]

    def column(self, kind: str, indices: npt.NDArray[np.integer]) -> pa.DictionaryArray:
        """Indices of a kind of organisation as a column of names; an index below 0 is empty."""
        return coded(indices, self.dictionary(kind))

    def column_of_parties(
        self, parties: npt.NDArray[np.integer], indices: npt.NDArray[np.integer]
    ) -> pa.DictionaryArray:
        """Names of parties (`Party`) by their kind and index; empty for parties outside the model.

        A name may stand for parties of two kinds; as a word of a column it stands once.
        """
        offsets, codes, words = self._all_parties
        known = (parties >= OUTSIDE) & (indices >= 0)
        return coded(codes[np.where(known, offsets[parties] + indices, -1)], words)

    @cached_property
    def _all_parties(self) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int32], pa.Array]:
        """Where each kind of party begins among all of them, the word of each, and the words."""
        everybody: list[str] = []
        offsets = np.full(len(Party) + 1, -1, dtype=np.int64)
        for party, kind in KIND_OF_PARTY.items():
            offsets[party] = len(everybody)
            everybody += self._words[kind]
        words: dict[str, int] = {}
        codes = np.array([words.setdefault(name, len(words)) for name in everybody] + [-1], dtype=np.int32)
        return offsets, codes, dictionary(list(words))


def agency_names(compiled: CompiledScenario, world: World) -> list[str]:
    """Names of all agencies: given, or made from founder and quarter for those founded on the way."""
    names = list(compiled.names["agency"])
    founded = world.agencies[len(names) : int(world.clock[0].agencies)]
    columns = (founded[name].tolist() for name in ("founder_kind", "founder", "district", "founded", "origin"))
    for kind, founder, district, quarter, origin in zip(*columns, strict=True):
        called = founder_name(compiled, kind, founder, district, names)
        if origin == Origin.GOVERNMENT:
            called = f"{compiled.names['government'][district]} example"
        names.append(f"{called} {compiled.start + quarter}")
    return numbered(names)


def numbered(names: list[str]) -> list[str]:
    """Names made different: the second of a name gets a number, as where founders who waited begin beside new ones.

    >>> numbered(["A", "B", "A"])
    ['A', 'B', 'A (2)']
    """
    seen: dict[str, int] = {}
    different = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        different.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return different


def founder_name(compiled: CompiledScenario, kind: int, founder: int, district: int, names: list[str]) -> str:
    """What an agency founded during the run is called, without its date."""
    if kind == Party.COLLEGE:
        return f"{compiled.names['college'][founder]} agency"
    if kind == Party.SPONSOR:
        return f"{compiled.names['sponsor'][founder]} agency"
    if kind == Party.AGENCY:
        return f"Sister of {names[founder]}"
    return f"{compiled.names['government'][district]} {'group' if kind == Party.GOVERNMENT else 'firm'}"
