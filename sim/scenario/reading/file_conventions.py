"""File conventions: how reading differs between scenario files and experiment files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from pydantic import BaseModel

from sim.declarations.input_issues import Issue, KeyPath, Problem
from sim.scenario.reading.extends_chain import EXTENDS
from sim.scenario.reading.file_search import shipped_directory
from sim.scenario.reading.layering import Template
from sim.scenario.reading.located_values import Node
from sim.scenario.reading.named_entries import REMOVE

M = TypeVar("M", bound=BaseModel)

# Checks over the plain values run even while the values are wrong in other ways.
ValueCheck = Callable[[Any], Iterable[Issue]]
# Checks that read further files have problems with places of their own; they get the tree for places in this one.
TreeCheck = Callable[[Any, Node], Iterable[Problem]]


@dataclass(frozen=True)
class Conventions(Generic[M]):
    """What is particular to one kind of file.

    Attributes
    ----------
    added
        Top-level keys whose lists go on where those of the extended files end (`extend_list`).
    templates
        Defaults for siblings, see `Template`.
    references
        Check over the merged plain values; runs although they may be invalid elsewhere, so that unknown names
        are reported together with wrong types. When the values are invalid, an exception in it only ends it.
    unreached
        Takes out of the merged tree what lower layers wrote for a time that upper ones cut off; given the layers too,
        base first. Returns the rest, and paths of values whose issues are not reported for the same reason.
    check
        Check over the validated model; runs only when there is one.
    directory
        Folder of shipped files that ``extends`` may name; default: the shipped scenarios.
    free
        Top-level keys whose contents are meant for another file: there a null stays what it is.
    beyond
        Check over the merged plain values and their tree, for what is said in other files too; runs although
        the values may be invalid.
    """

    templates: Sequence[Template] = ()
    added: Sequence[str] = ()
    references: ValueCheck | None = None
    unreached: Callable[[Node, Sequence[Node]], tuple[Node, set[KeyPath]]] | None = None
    check: Callable[[M], Iterable[Issue]] | None = None
    directory: Path | None = None
    free: Sequence[str] = ()
    beyond: TreeCheck | None = None

    @property
    def shipped_folder(self) -> Path:
        """The folder of shipped files."""
        return shipped_directory() if self.directory is None else self.directory

    def more_keys(self, path: KeyPath) -> list[str]:
        """Keys that a file may hold at a path beside the declared ones."""
        templates = [t.key for t in self.templates if t.may_stand_in(path)]
        if not path:
            return [EXTENDS, *templates]
        return [*templates, REMOVE] if len(path) == 2 and path[0] in self.added else templates
