"""Experiment file: everything that it may say, as checked values.

Only the form is checked here: which keys go together, and of what kind their values are.  What needs the
scenarios (paths, bounds, points) is checked in `sim.experiment.design.experiment_checks`.

>>> AxisFile.model_validate({"path": "rules.strategy.drive", "values": [0, 0.5]}).values
[0, 0.5]
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import Field, PlainValidator, TypeAdapter, WithJsonSchema, model_validator

from sim.declarations.calendar_quarter import Quarter
from sim.declarations.input_issues import Issue, IssueError
from sim.output.outcome_measures import ALLOWED as ALLOWED_MEASURES
from sim.output.outcome_measures import MEASURE_NAMES, SINCE, TO, measure_text
from sim.scenario.parameters.name_types import AxisTitle, Name, Title
from sim.scenario.parameters.parameter_spec import Group

MOST_POINTS = 10_000_000
"""Points of one experiment; beyond this a slip is likelier than a plan."""

LARGEST_SEED = 2**53 - 1
"""Largest seed that every reader of the manifest keeps exactly."""

Value = bool | int | float | str
"""What a point may give an axis; quarters are text."""

Seed = Annotated[int, Field(ge=0, le=LARGEST_SEED, description="Same seed, same points.")]

_QUARTER = TypeAdapter(Quarter).json_schema()["pattern"].strip("^$")
_WINDOW = rf"{_QUARTER}( *{re.escape(TO)} *{_QUARTER})?"
MeasureText = Annotated[
    str,
    PlainValidator(measure_text),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "enum": list(MEASURE_NAMES)},
                {"type": "string", "pattern": f"^{_WINDOW}({SINCE}{_WINDOW})?$"},
            ],
            "allowed": ALLOWED_MEASURES.removeprefix("expected "),
        }
    ),
]
"""What counts of a trajectory; a quarter or window needs the series of the outcome."""


class AxisFile(Group):
    """One thing that varies: what it is, and which values it takes."""

    title: AxisTitle = Field("", description="Title in tables; by default the name of the axis.")
    path: str | None = Field(
        None,
        min_length=1,
        description="Where the value stands in a scenario, such as 'rules.strategy.drive', 'policies.NAME.from' or "
        "'cities.*.labour.pool'; '*' means every entry.",
    )
    paths: list[str] | None = Field(None, min_length=1, description="Several places that get the same value.")
    lever: str | None = Field(
        None, min_length=1, description="A lever's value at the start, wherever a jurisdiction has it."
    )
    in_: str | list[str] | None = Field(
        None, alias="in", description="Jurisdictions whose lever is meant, named as in policies; by default all."
    )
    values: list[Value] | None = Field(None, min_length=1, description="Values to try.")
    low: Value | None = Field(None, description="Least value; by default the least that is allowed.")
    high: Value | None = Field(None, description="Greatest value; by default the greatest that is allowed.")
    steps: int | None = Field(None, ge=2, le=100_000, description="Number of values from low to high, both included.")
    scale: Literal["linear", "log"] = Field("linear", description="Whether steps are equal, or ratios are.")

    @model_validator(mode="after")
    def _whole(self) -> AxisFile:
        found = list(_contradictions(self))
        if found:
            raise IssueError(*found)
        return self

    @property
    def places(self) -> list[tuple[tuple[str | int, ...], str]]:
        """Every path or lever that it names, with the keys under which it stands."""
        if self.paths is not None:
            return [(("paths", n), text) for n, text in enumerate(self.paths)]
        return [(("path",), self.path)] if self.path is not None else [(("lever",), self.lever or "")]


def _contradictions(axis: AxisFile) -> Iterator[Issue]:
    """Nothing that varies, or two things at once; values and a range at once."""
    targets = [key for key in ("path", "paths", "lever") if getattr(axis, key) is not None]
    if not targets:
        yield Issue((), "nothing says what varies", "add 'path: PATH', 'paths: [PATH, ...]' or 'lever: LEVER'")
    together = [(targets[0], key) for key in targets[1:2]]
    if axis.values is not None:
        together += [("values", key) for key in ("low", "high", "steps") if getattr(axis, key) is not None]
    for one, other in together:
        what = f"'{one}' and '{other}' cannot stand together"
        yield Issue((other,), what, "keep one of them", at_key=True)
    if axis.in_ is not None and axis.lever is None:
        yield Issue(("in",), "'in' needs 'lever'", "write the place into the path", at_key=True)
    if axis.values is not None and axis.scale != "linear":
        yield Issue(("scale",), "a scale needs a range", "write 'low' and 'high' instead of 'values'", at_key=True)


class GridDesign(Group):
    """Every combination of the values of all axes; the last axis varies fastest."""

    kind: Literal["grid"]


class ListDesign(Group):
    """Points that are written out."""

    kind: Literal["list"]
    points: list[dict[str, Value]] = Field(min_length=1, description="Each gives every axis a value.")


class LatinHypercubeDesign(Group):
    """Points in a Latin hypercube: on every axis, each of N equal shares holds one point."""

    kind: Literal["latin-hypercube"]
    points: int = Field(ge=1, le=MOST_POINTS, description="Number of points for each scenario and variant.")
    blocks: list[Annotated[int, Field(ge=1)]] | None = Field(
        None, min_length=1, description="Sizes of the hypercubes that the points were added in; by default one of all."
    )
    seed: Seed = 1

    @model_validator(mode="after")
    def _sum(self) -> LatinHypercubeDesign:
        if self.blocks is not None and sum(self.blocks) != self.points:
            what = f"the blocks come to {sum(self.blocks)} points"
            raise IssueError(Issue(("blocks",), what, f"expected {self.points}, as 'points' says"))
        return self


class SobolDesign(Group):
    """Points of a scrambled Sobol sequence, which fill the space evenly; best with a power of two."""

    kind: Literal["sobol"]
    points: int = Field(ge=1, le=MOST_POINTS, description="Number of points for each scenario and variant.")
    seed: Seed = 1


class SaltelliDesign(Group):
    """Points for Sobol's indices of sensitivity: N base points and their crosses, N (2 D + 2) or N (D + 2) in all."""

    kind: Literal["saltelli"]
    points: int = Field(ge=1, le=MOST_POINTS, description="Number N of base points; best a power of two.")
    second_order: bool = Field(True, description="Whether indices of pairs of axes are wanted too.")
    seed: Seed = 1


class MorrisDesign(Group):
    """Points for the method of Morris: trajectories that move one axis at a time, N (D + 1) in all."""

    kind: Literal["morris"]
    trajectories: int = Field(ge=1, le=MOST_POINTS, description="Number N of trajectories.")
    levels: int = Field(4, ge=2, le=1000, multiple_of=2, description="Number of levels of every axis.")
    seed: Seed = 1


AnyDesign = Annotated[
    GridDesign | ListDesign | LatinHypercubeDesign | SobolDesign | SaltelliDesign | MorrisDesign,
    Field(discriminator="kind"),
]
SAMPLED = ("latin-hypercube", "sobol", "saltelli", "morris")
"""Kinds of design that need ranges instead of values."""


class Precision(Group):
    """How sure the results shall be: replications are added until every interval is narrow enough."""

    outcome: str = Field(description="Outcome that counts.")
    measure: MeasureText = Field(
        "year",
        description="What of its trajectory: the mean of the last year, or of all quarters, an extreme, or a quarter "
        "or window whose series is kept.",
    )
    width: float = Field(gt=0, description="Width that the 95 % interval must fall below, in the outcome's unit.")
    of: Literal["mean", "difference"] = Field(
        "mean",
        description="Whether the mean of each point counts, or its paired difference from the same point of the first "
        "scenario.",
    )
    first: int = Field(10, ge=2, le=1_000_000, description="Replications before the width is looked at.")
    most: int = Field(1000, ge=2, le=1_000_000, description="Replications after which a point stops anyway.")

    @model_validator(mode="after")
    def _order(self) -> Precision:
        if self.first > self.most:
            raise IssueError(Issue(("first",), f"{self.first} is more than 'most'", f"at most {self.most}"))
        return self


class Keep(Group):
    """What is kept of every run beside the summary of its outcomes."""

    series: list[str] = Field([], description="Outcomes whose value is kept for every quarter.")
    tables: list[str] = Field([], description="Tables that are kept whole, or the columns of them under 'columns'.")
    columns: dict[str, list[str]] = Field(
        {},
        description="Columns that are kept of a table, by its name under 'tables'; which run and quarter a row is of "
        "is always kept. By default all.",
    )


class FailurePolicy(Group):
    """What happens with runs that fail."""

    time_limit: float = Field(600.0, gt=0, le=1e7, description="Seconds that a run may take.")
    stop_after: int = Field(100, ge=1, description="Failures after which the sweep stops.")


class ExperimentFile(Group):
    """A whole experiment."""

    title: Title = Field(description="Title of tables and results.")
    question: str = Field("", description="What the experiment shall answer.")
    scenarios: list[str] = Field(
        min_length=1,
        description="Names of shipped scenarios, or paths beside this file; "
        "'a.yaml+b.yaml' is what both change of their common base.",
    )
    quarters: int | None = Field(None, ge=1, le=400, description="Length of a run; by default each scenario's.")
    variants: dict[Name, dict[str, Any]] = Field(
        {}, description="Changes in the language of scenarios, laid over each scenario; it also runs without them."
    )
    as_is: bool = Field(True, description="Whether the scenarios also run as they are, without a variant.")
    axes: dict[Name, AxisFile] = Field({}, max_length=1000, description="What varies, by name; each is a column.")
    design: AnyDesign = Field(GridDesign(kind="grid"), description="Which combinations of values are run.")
    replications: int | None = Field(
        None, ge=1, le=1_000_000, description="Runs of every point, which differ in their random numbers only."
    )
    precision: Precision | None = Field(None, description="How sure the results shall be, instead of 'replications'.")
    seed: int = Field(
        1, ge=0, le=LARGEST_SEED, description="Seed of the replications; all points share random numbers."
    )
    outcomes: list[str] = Field([], description="Outcomes in the printed table; by default the main ones.")
    measure: MeasureText = Field(
        "year",
        description="What counts of a run in the printed table: year, mean, min, max, or a quarter or window "
        "(2018-Q4, 2016-Q1..2018-Q4, '2018-Q4 since 2015-Q4') of outcomes under keep.series.",
    )
    keep: Keep = Keep()
    failures: FailurePolicy = FailurePolicy()
