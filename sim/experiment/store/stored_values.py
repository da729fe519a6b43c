"""Stored values: what manifests, receipts and notes on columns must hold, before anything of them is used.

A text can be JSON, with the right checksum, and still be odd: written by another program, or changed and sealed again.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from sim.declarations.calendar_quarter import Quarter
from sim.declarations.input_issues import key_path

Count = Annotated[int, Field(ge=0, le=2**63 - 1)]
Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
TableName = Annotated[str, Field(pattern=r"^[a-z][a-z_]*$")]
"""Name of a folder beside the manifest, never a way out of it."""
MOST_CHUNKS = 50_000_000
"""Chunks of a batch; more than could ever be done."""


class _Stored(BaseModel):
    """Values of a file; what is not named here is not looked at."""

    model_config = ConfigDict(strict=True, extra="ignore")


class StoredFile(_Stored):
    """Record of a file."""

    bytes: Count
    sha256: Digest
    footer: Digest | Literal[""] = ""


class StoredBatch(_Stored):
    """A batch, of points and replications or of runs one by one."""

    chunk: Count
    size: Annotated[int, Field(ge=1)]
    runs: list[Annotated[list[Count], Field(min_length=2, max_length=2)]] | None = None
    points: list[Annotated[list[Count], Field(min_length=2, max_length=2)]] | None = None
    replications: Annotated[list[Count], Field(min_length=2, max_length=2)] | None = None

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if self.runs is not None:
            return self
        if self.points is None or self.replications is None:
            raise ValueError("it names neither runs nor points and replications")
        if any(last < first for first, last in [*self.points, self.replications]):
            raise ValueError("it ends before it begins")
        runs = sum(last - first + 1 for first, last in self.points) * (self.replications[1] - self.replications[0] + 1)
        if runs > MOST_CHUNKS * self.size:
            raise ValueError("it has more runs than could ever be done")
        return self


class StoredScenario(_Stored):
    """What is read of a scenario itself."""

    quarters: Count | None = None


class StoredBase(_Stored):
    """A scenario with a variant, as far as tables and figures need it."""

    values: StoredScenario


class RunnableBase(StoredBase):
    """A scenario with a variant, as far as it can be run again."""

    scenario: str
    variant: str


class StoredExperiment(_Stored):
    """What is read of an experiment itself."""

    outcomes: list[str] = []
    quarters: Count | None = None
    replications: Count | None = None


class StoredDesign(_Stored):
    """What was run."""

    experiment: StoredExperiment
    bases: Annotated[list[StoredBase], Field(min_length=1)]


class RunnableDesign(_Stored):
    """What can be run again."""

    experiment: StoredExperiment
    bases: Annotated[list[RunnableBase], Field(min_length=1)]
    sources: list[str]


def _printable(text: str) -> str:
    if not text.isprintable():
        raise ValueError("it holds characters that cannot be printed")
    return text


class StoredManifest(_Stored):
    """A manifest, as far as results are read."""

    kind: Literal["run", "sweep"]
    format: int
    title: Annotated[str, AfterValidator(_printable)]
    status: str
    shards: Annotated[int, Field(ge=1)] | None = None
    files: dict[str, Annotated[list[StoredFile], Field(min_length=1)]]
    batches: Annotated[list[StoredBatch], Field(min_length=1)]
    design: StoredDesign
    scenario: dict[str, Any] | None = None
    start: str | None = None

    @model_validator(mode="after")
    def _whole(self) -> Self:
        for name in ("design.parquet", "columns.json"):
            if name not in self.files:
                raise ValueError(f"it has no record of {name}")
        if self.kind == "run":
            if self.scenario is None or self.start is None:
                raise ValueError("it has no scenario or no start")
            Quarter.parse(self.start)
        return self


class CompleteManifest(StoredManifest):
    """A manifest, as far as its runs can be run again, or gone on with."""

    seed: Count
    work: Count
    keep: dict[str, list[str]]
    commands: list[dict[str, Any]]
    versions: dict[str, Any]
    git: dict[str, Any] | None
    identity: dict[str, dict[str, str]]
    design: RunnableDesign  # type: ignore[assignment]


class StoredFailure(_Stored):
    """A run that failed."""

    point: Count
    replication: Count
    seed: Count
    scenario: str
    variant: str
    values: dict[str, Any]
    quarter: Count | None
    error: str
    traceback: str = ""


class StoredReceipt(_Stored):
    """A receipt of a chunk."""

    chunk: Count
    done: Count
    failures: list[StoredFailure]
    work: Count = 0
    files: dict[TableName, StoredFile]


class StoredColumn(_Stored):
    """A note on a column."""

    name: str
    unit: str
    meaning: str


class StoredColumns(_Stored):
    """Notes on the columns of all tables."""

    design: list[StoredColumn]


def check_stored(model: type[BaseModel], values: object) -> dict[str, Any]:
    """See that values are what a model says; return them as they are.

    Raises
    ------
    ValueError
        With the first thing that is wrong, in one line.
    """
    if not isinstance(values, dict):
        raise ValueError("it is no JSON object")
    try:
        model.model_validate(values)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        said = first["msg"].removeprefix("Value error, ")
        raise ValueError(": ".join(filter(None, (key_path(first["loc"]), said[:1].lower() + said[1:])))) from None
    return values


def only_known(model: type[BaseModel], values: Mapping[str, Any]) -> dict[str, Any]:
    """The values that a model names."""
    return {name: values[name] for name in model.model_fields if name in values}
