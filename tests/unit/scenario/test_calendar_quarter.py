"""Calendar quarters: what can be written, what is explained, and their arithmetic."""

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, ValidationError

from sim.declarations.calendar_quarter import Quarter
from sim.declarations.input_issues import IssueError

quarters = st.builds(Quarter, st.integers(1000, 9999), st.integers(1, 4))
ALLOWED = "expected a quarter such as '2010-Q1' (Q1 to Q4)"


class Span(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid")
    start: Quarter
    steps: dict[Quarter, float] = {}


@pytest.mark.parametrize(
    ("text", "what", "suggestion"),
    [
        ("2010", "'2010' is a year without a quarter", "2010-Q1"),
        (2010, "'2010' is a year without a quarter", "2010-Q1"),
        ("2010Q1", "'2010Q1' is not written as a quarter", "2010-Q1"),
        ("2010-q3", "'2010-q3' is not written as a quarter", "2010-Q3"),
        (" 2010-Q3 ", "'2010-Q3' is not written as a quarter", "2010-Q3"),
        ("2010/2", "'2010/2' is not written as a quarter", "2010-Q2"),
        ("Q4 2010", "'Q4 2010' is not written as a quarter", "2010-Q4"),
        ("2010-05", "'2010-05' is not written as a quarter", "2010-Q2"),
        ("2010-12-31", "'2010-12-31' is not written as a quarter", "2010-Q4"),
        ("2010-Q5", "'2010-Q5' does not exist: a year has four quarters", None),
        ("2010-Q0", "'2010-Q0' does not exist: a year has four quarters", None),
        ("spring", "'spring' is not a quarter", None),
        ("", "'' is not a quarter", None),
        ("\uff12010-Q1", "'\uff12010-Q1' is not a quarter", None),
        ("2010-Q1\n2011-Q1", "'2010-Q1\n2011-Q1' is not a quarter", None),
        (True, "found true where a quarter is expected", None),
        (2010.5, "found 2010.5 where a quarter is expected", None),
        (None, "found null where a quarter is expected", None),
        ([2010, 1], "found a list where a quarter is expected", None),
    ],
)
def test_every_slip_is_explained(text, what, suggestion):
    with pytest.raises(IssueError) as caught:
        Quarter.parse(text)
    (issue,) = caught.value.issues
    assert (issue.what, issue.allowed, issue.repair()) == (what, ALLOWED, suggestion)
    assert str(caught.value) == f"{what}; {ALLOWED}"


@given(quarters)
def test_text_and_back(quarter):
    assert Quarter.parse(str(quarter)) == quarter
    assert Quarter.from_ordinal(quarter.ordinal) == quarter
    assert pickle.loads(pickle.dumps(quarter)) == quarter


@given(quarters, quarters)
def test_arithmetic_agrees_with_order_and_text(a, b):
    assert b + (a - b) == a
    assert a - (a - b) == b
    assert a.index(b) == a - b == -(b - a)
    assert (a < b) == (a - b < 0) == (str(a) < str(b))
    assert (a == b) == (hash(a) == hash(b) and str(a) == str(b))


def test_steps_cross_the_year():
    assert str(Quarter(2010, 4) + 1) == "2011-Q1"
    assert str(Quarter(2010, 1) - 1) == "2009-Q4"
    assert Quarter(2010, 3).year, Quarter(2010, 3).number == (2010, 3)


@pytest.mark.parametrize("make", [lambda: Quarter(2010, 5), lambda: Quarter(999, 1), lambda: Quarter(9999, 4) + 1])
def test_impossible_quarters_cannot_be_made(make):
    with pytest.raises(ValueError, match="quarter"):
        make()


def test_in_a_model():
    span = Span.model_validate_json('{"start": "2010-Q2", "steps": {"2011-Q1": 2}}')
    assert span.start == Quarter(2010, 2)
    assert span.steps == {Quarter(2011, 1): 2.0}
    assert Span(start=Quarter(2010, 2)).start == Quarter(2010, 2)
    assert span.model_dump_json() == '{"start":"2010-Q2","steps":{"2011-Q1":2.0}}'
    assert span.model_dump()["start"] == Quarter(2010, 2)
    assert Span.model_validate_json(span.model_dump_json()) == span
    schema = Span.model_json_schema()["properties"]["start"]
    assert schema["pattern"] == "^([1-9][0-9]{3})-Q([1-4])$"
    with pytest.raises(ValidationError, match="four quarters"):
        Span(start="2010-Q7")
