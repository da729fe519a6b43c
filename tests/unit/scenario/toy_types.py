"""Toy types: a model with a field of every type that files may hold, by which messages are tested."""

import enum
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from sim.declarations.calendar_quarter import Quarter
from sim.declarations.input_issues import Issue, IssueError


class Toy(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, allow_inf_nan=False)


class Colour(enum.Enum):
    RED = "red"
    GREEN = "green"


class Step(Toy):
    kind: Literal["step"]
    size: float


class Ramp(Toy):
    kind: Literal["ramp"]
    until: Quarter


Share = Annotated[float, Field(ge=0, le=1)]


class All(Toy):
    """One field of every sort that a scenario may hold."""

    number: float = Field(1.0, ge=0, le=1, json_schema_extra={"unit": "share"})
    above: float = Field(1.0, gt=0, lt=5)
    least: float = Field(1.0, ge=100_000)
    free: float = 1.0
    whole: int = Field(1, ge=1, json_schema_extra={"unit": "persons"})
    even: int = Field(2, multiple_of=2)
    flag: bool = False
    text: str = ""
    name: str = Field("x", min_length=1, max_length=5)
    code: str = Field("a1", pattern="^[a-z][0-9]$")
    sized: str = Field("ab", min_length=2)
    word: Literal["low", "high"] = "low"
    colour: Colour = Colour.RED
    at: Quarter = Quarter(2010, 1)
    maybe: float | None = Field(None, ge=0)
    items: list[int] = Field([1], min_length=1, max_length=3)
    pair: tuple[float, float] = (0.0, 1.0)
    names: frozenset[str] = frozenset()
    shares: dict[str, Share] = {}
    keyed: dict[Annotated[str, Field(pattern="^[a-z]+$")], int] = {}
    either: float | Literal["auto"] = "auto"
    several: list[str] | str = ""
    mixed: float | dict[str, float] = 0.0
    nested: Step | None = None
    change: Annotated[Step | Ramp, Field(discriminator="kind")] | None = None
    smart: Step | Ramp | None = None
    anything: dict[str, Any] = {}
    ruled: int = 0

    @field_validator("ruled")
    @classmethod
    def _ruled(cls, value):
        if value == 1:
            raise ValueError("1 is taken; expected another number")
        if value == 2:
            raise AssertionError("2 is odd here")
        if value == 3:
            raise IssueError(Issue((), "3 is crowded", "expected 4", suggestion=4))
        return value

    @model_validator(mode="after")
    def _together(self):
        if self.text == "both":
            raise IssueError(
                Issue(("text",), "does not go with shares"),
                Issue(("shares", "a"), "too much", at_key=True),
            )
        return self
