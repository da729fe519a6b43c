"""Figure options: what may be asked of a figure, beside its kind; each kind takes some of them."""

from __future__ import annotations

import math
import os
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from sim.experiment.store.part_reader import QueryError, unknown


@dataclass(frozen=True)
class FigureOptions:
    """What is asked of a figure; None and empty stand for what the kind shows of its own.

    Attributes
    ----------
    outcomes : tuple of str
        Names of outcomes; the experiment's or the main ones by default.
    by : tuple of str
        What the figure tells apart: axes of a sweep, or a property of agencies; the kind says which.
    measure : str, optional
        What counts of a run: ``year``, ``mean``, ``min``, ``max``, a quarter or a window, as in `Results.summary`.
    base : str, optional
        The point that others are compared with: its label, or its number.
    points : tuple of str
        Which points are shown, by label or number; all by default.
    threshold : float, optional
        A value of the outcome that is marked, in its unit.
    year : int, optional
        Calendar year of the run that is shown.
    count : int, optional
        How many single runs, or how many rows, are drawn at most.
    observed : str, optional
        File of observed series (CSV); that which is shipped with the scenario by default.
    """

    outcomes: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    measure: str | None = None
    base: str | None = None
    points: tuple[str, ...] = ()
    threshold: float | None = None
    year: int | None = None
    count: int | None = None
    observed: str | None = None

    @classmethod
    def of(cls, **given: Any) -> FigureOptions:
        """Options as a caller writes them: a name, or several in a list.

        Raises
        ------
        QueryError
            If there is no such option, or a value makes no sense.
        """
        known = [field.name for field in fields(cls)]
        for name in given:
            if name not in known:
                raise unknown("option of a figure", name, known)
        several: dict[str, Any] = {
            name: _several(given[name]) for name in ("outcomes", "by", "points") if name in given
        }
        if isinstance(given.get("observed"), os.PathLike):
            given["observed"] = os.fspath(given["observed"])
        options = cls(**(given | several))
        if options.count is not None and options.count < 1:
            raise QueryError(f"count must be at least 1; found {options.count}")
        if options.threshold is not None and not math.isfinite(options.threshold):
            raise QueryError(f"threshold must be a finite number; found {options.threshold}")
        return options

    def given(self) -> Mapping[str, Any]:
        """The options that were given, by name."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: value for name, value in values.items() if value is not None and value != ()}


def _several(value: object) -> tuple[str, ...]:
    if value is None:
        return ()
    if isinstance(value, str | int):
        return (str(value),)
    if isinstance(value, list | tuple):
        return tuple(str(each) for each in dict.fromkeys(value))
    raise QueryError(f"names are one text or several in a list; found {value!r}")
