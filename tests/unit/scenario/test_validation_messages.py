"""Validation messages: place, kind, values and suggestion of every one, for files."""

import datetime
from typing import Annotated

import pytest
from annotated_types import Gt
from hypothesis import given
from hypothesis import strategies as st

from sim.declarations.calendar_quarter import Quarter
from sim.declarations.input_issues import ScenarioError
from sim.scenario.reading.file_loading import from_values, load_text
from tests.support.message_essentials import same_messages
from tests.unit.scenario.toy_types import All, Colour, Ramp, Step, Toy


def messages_of(text, model=All):
    with pytest.raises(ScenarioError) as caught:
        load_text(text, model, name="f")
    return [str(problem) for problem in caught.value.problems]


MESSAGES = [
    ("number: 2", "1:9 number: 2 is too large; expected a number from 0 to 1 (unit: share)"),
    ("number: -0.1", "1:9 number: -0.1 is too small; expected a number from 0 to 1 (unit: share)"),
    ("number: '0.3'", "1:9 number: found the text '0.3' where a number is expected; "
     "expected a number from 0 to 1 (unit: share); did you mean 0.3?"),
    ("number: .inf", "1:9 number: infinite and undefined numbers cannot be used; "
     "expected a number from 0 to 1 (unit: share)"),
    ("free: .nan", "1:7 free: infinite and undefined numbers cannot be used; expected a number"),
    ("free: true", "1:7 free: found true where a number is expected"),
    ("free: 1_200", "1:7 free: found the text '1_200' where a number is expected; did you mean 1200?"),
    ("free: '1,200.5'",
     "1:7 free: found the text '1,200.5' where a number is expected; did you mean 1200.5?"),
    ("free: lots", "1:7 free: found the text 'lots' where a number is expected"),
    ("free: [1]", "1:7 free: found a list where a number is expected"),
    ("free: {a: 1}", "1:7 free: found a mapping where a number is expected"),
    ("above: 0", "1:8 above: 0 is too small; expected a number above 0 and below 5"),
    ("above: 5", "1:8 above: 5 is too large; expected a number above 0 and below 5"),
    ("least: 1", "1:8 least: 1 is too small; expected a number of at least 100 000"),
    ("whole: 0", "1:8 whole: 0 is too small; expected a whole number of at least 1 (unit: persons)"),
    ("whole: 2.5", "1:8 whole: found the number 2.5 where a whole number is expected; "
     "expected a whole number of at least 1 (unit: persons)"),
    ("whole: 2.0", "1:8 whole: found the number 2.0 where a whole number is expected; "
     "expected a whole number of at least 1 (unit: persons); did you mean 2?"),
    ("whole: '3'", "1:8 whole: found the text '3' where a whole number is expected; "
     "expected a whole number of at least 1 (unit: persons); did you mean 3?"),
    ("whole: false", "1:8 whole: found false where a whole number is expected; "
     "expected a whole number of at least 1 (unit: persons)"),
    ("even: 3", "1:7 even: 3 is not a multiple of 2; expected a whole number, a multiple of 2"),
    ("flag: yes", "1:7 flag: found the text 'yes' where true or false is expected; did you mean true?"),
    ("flag: Off", "1:7 flag: found the text 'Off' where true or false is expected; did you mean false?"),
    ("flag: 'True'", "1:7 flag: found the text 'True' where true or false is expected; did you mean true?"),
    ("flag: 1", "1:7 flag: found the number 1 where true or false is expected"),
    ("text: 2010", "1:7 text: found the number 2010 where text is expected; did you mean '2010'?"),
    ("text: true", "1:7 text: found true where text is expected"),
    ("text: []", "1:7 text: found a list where text is expected"),
    ("name: ''", "1:7 name: is empty; expected text of 1 to 5 characters"),
    ("name: abcdef", "1:7 name: 'abcdef' is too long; expected text of 1 to 5 characters"),
    ("sized: a", "1:8 sized: 'a' is too short; expected text of 2 or more characters"),
    ("code: A1", "1:7 code: 'A1' is not written in the right form; expected text that matches ^[a-z][0-9]$"),
    ("word: hgih",
     "1:7 word: 'hgih' is none of the choices; expected one of 'low', 'high'; did you mean 'high'?"),
    ("word: 3",
     "1:7 word: found the number 3 where one of the choices is expected; expected one of 'low', 'high'"),
    ("colour: gren", "1:9 colour: 'gren' is none of the choices; "
     "expected one of 'red', 'green'; did you mean 'green'?"),
    ("colour: no", "1:9 colour: 'no' is none of the choices; expected one of 'red', 'green'"),
    ("at: 2010-Q5", "1:5 at: '2010-Q5' does not exist: a year has four quarters; "
     "expected a quarter such as '2010-Q1' (Q1 to Q4)"),
    ("at: 2010Q1", "1:5 at: '2010Q1' is not written as a quarter; "
     "expected a quarter such as '2010-Q1' (Q1 to Q4); did you mean '2010-Q1'?"),
    ("maybe: -1", "1:8 maybe: -1 is too small; expected a number of at least 0"),
    ("maybe: x", "1:8 maybe: found the text 'x' where a number is expected; expected a number of at least 0"),
    ("items: 3", "1:8 items: found the number 3 where a list is expected; "
     "expected a list of 1 to 3 items, each a whole number"),
    ("items: []", "1:8 items: has 0 items, too few; expected at least 1"),
    ("items: [1, 2, 3, 4]", "1:8 items: has 4 items, too many; expected at most 3"),
    ("items: [1, x]", "1:12 items[1]: found the text 'x' where a whole number is expected"),
    ("items: [null]", "1:9 items[0]: found null where a whole number is expected"),
    ("pair: [1]", "1:1 pair[1]: required, but missing; expected a number"),
    ("pair: [1, 2, 3]", "1:7 pair: has 3 items, too many; expected at most 2"),
    ("pair: 1", "1:7 pair: found the number 1 where a list is expected; "
     "expected a list of exactly 2: a number, a number"),
    ("names: a", "1:8 names: found the text 'a' where a list is expected; expected a list, each text"),
    ("shares: [1]", "1:9 shares: found a list where a mapping is expected; "
     "expected a mapping, each value a number from 0 to 1"),
    ("shares: {a: 0.5, b: 2}", "1:21 shares.b: 2 is too large; expected a number from 0 to 1"),
    ("keyed: {B: 1}", "1:9 keyed.B: the key 'B' is not written in the right form; "
     "expected text that matches ^[a-z]+$"),
    ("either: atuo", "1:9 either: the text 'atuo' cannot stand here; expected a number, or 'auto'; "
     "did you mean 'auto'?"),
    ("either: true", "1:9 either: true cannot stand here; expected a number, or 'auto'"),
    ("several: [1]", "1:11 several[0]: found the number 1 where text is expected; did you mean '1'?"),
    ("several: 1", "1:10 several: the number 1 cannot stand here; expected a list, each text, or text"),
    ("mixed: {a: x}", "1:12 mixed.a: found the text 'x' where a number is expected"),
    ("mixed: x",
     "1:8 mixed: the text 'x' cannot stand here; expected a number, or a mapping, each value a number"),
    ("nested: 3", "1:9 nested: found the number 3 where a mapping is expected; "
     "expected a mapping with the keys 'kind', 'size'"),
    ("nested: {kind: step}", "1:1 nested.size: required, but missing; expected a number"),
    ("nested: {kind: step, size: 1, sise: 2}", "1:31 nested.sise: unknown key; "
     "known here: 'kind', 'size'; did you mean 'size'?"),
    ("change: {kind: stp, size: 1}", "1:16 change.kind: 'stp' is none of the choices; "
     "expected one of 'ramp', 'step'; did you mean 'step'?"),
    ("change: {kind: 3}", "1:16 change.kind: found the number 3 where one of the choices is expected; "
     "expected one of 'ramp', 'step'"),
    ("change: {size: 1}", "1:1 change.kind: required, but missing; expected one of 'ramp', 'step'"),
    ("change: {kind: step, size: x}", "1:28 change.size: found the text 'x' where a number is expected"),
    ("change: {kind: step, size: 1, til: 2}", "1:31 change.til: unknown key; known here: 'kind', 'size'"),
    ("change: 3", "1:9 change: found the number 3 where a mapping is expected; "
     "expected a mapping with the keys 'kind', 'size', or a mapping with the keys 'kind', 'until'"),
    ("smart: {kind: ramp, until: 2010}", "1:28 smart.until: '2010' is a year without a quarter; "
     "expected a quarter such as '2010-Q1' (Q1 to Q4); did you mean '2010-Q1'?"),
    ("ruled: 1", "1:8 ruled: 1 is taken; expected another number"),
    ("ruled: 2", "1:8 ruled: 2 is odd here"),
    ("ruled: 3", "1:8 ruled: 3 is crowded; expected 4; did you mean 4?"),
    ("wrod: low", "1:1 wrod: unknown key; known here: 'number', 'above', 'least', 'free', 'whole', 'even', "
     "'flag', 'text', 'name', 'code', 'sized', 'word' and 16 more; did you mean 'word'?"),
    ("extend: base",
     "1:1 extend: unknown key; known here: 'number', 'above', 'least', 'free', 'whole', 'even', "
     "'flag', 'text', 'name', 'code', 'sized', 'word' and 16 more; did you mean 'extends'?"),
    ("text:", "1:1 text: no value here (null), and nothing inherited that it could remove; "
     "give a value, or leave the key out; an empty mapping is {} and an empty list []"),
    ("extends: [[a]]", "1:11 extends[0]: found a list where the name of a file is expected; "
     "expected a path or the name of a shipped file, or a list of them"),
    ("extends: []", "1:10 extends: found an empty list where names of files are expected; "
     "expected a path or the name of a shipped file, or a list of them"),
    ("extends: 3", "1:10 extends: found 3 where the name of a file is expected; "
     "expected a path or the name of a shipped file, or a list of them"),
    ("[1, 2]",
     "1:1: found a list where a mapping is expected; expected keys and values, one 'key: value' a line"),
    ("just words", "1:1: found 'just words' where a mapping is expected; "
     "expected keys and values, one 'key: value' a line"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "line"), MESSAGES, ids=[text for text, _ in MESSAGES])
def test_every_message(text, line):
    assert same_messages(messages_of(text), [f"f:{line}"])


def test_what_yaml_allows_is_accepted():
    loaded = load_text(
        "number: 1\nwhole: 3\ncolour: green\nword: high\npair: [1, 2]\nnames: [b, a]\neither: 2\n"
        "at: 2011-Q4\n"
        "change: {kind: ramp, until: 2012-Q1}\nsmart: {kind: step, size: 1}\nanything: {x: [1, no]}\n",
        All,
    )
    scenario = loaded.scenario
    assert (scenario.number, scenario.colour, scenario.pair) == (1.0, Colour.GREEN, (1.0, 2.0))
    assert (scenario.names, scenario.either, scenario.at) == (frozenset("ab"), 2.0, Quarter(2011, 4))
    assert scenario.change == Ramp(kind="ramp", until=Quarter(2012, 1))
    assert scenario.smart == Step(kind="step", size=1.0)
    assert scenario.anything == {"x": [1, "no"]}
    assert loaded.values["word"] == "high"
    assert loaded.files == []


def test_a_model_validator_points_into_the_model():
    assert messages_of("text: both\nshares:\n  a: 1\n") == [
        "f:1:7 text: does not go with shares",
        "f:3:3 shares.a: too much",
    ]


def test_all_problems_at_once_in_the_order_of_the_file():
    text = "number: 2\nfoo: 1\nnumber: 3\nflag: no\nbig: 1e999\ntext: &x a\nitems: [1, a]\nword:\n"
    assert [line.split(":")[1] for line in messages_of(text)] == ["1", "2", "3", "4", "5", "6", "7", "8"]


def test_a_reported_value_is_reported_once():
    class Needs(Toy):
        a: float
        b: float

    assert messages_of("a:\nb: 1e999", Needs) == [
        "f:1:1 a: no value here (null), and nothing inherited that it could remove; "
        "give a value, or leave the key out; an empty mapping is {} and an empty list []",
        "f:2:4 b: the number is too large; expected a number below 1e308",
    ]


def test_what_cannot_be_foreseen_keeps_pydantics_words():
    class Odd(Toy):
        day: datetime.date
        joined: Annotated[int | float, Gt(3)] = 4

    assert messages_of("day: 2010\njoined: 2", Odd) == [
        "f:1:6 day: input should be a valid date; expected text",
        "f:2:9 joined: 2 is too small; expected a number above 3",
    ]


@given(st.floats(allow_nan=False, allow_infinity=False) | st.integers(-(2**63), 2**63 - 1))
def test_numbers_arrive_exactly(number):
    assert from_values({"free": number}, All).scenario.free == float(number)


@given(st.permutations(["number", "whole", "flag", "items"]))
def test_the_order_of_keys_changes_nothing(names):
    lines = {"number": "number: 0.5", "whole": "whole: 3", "flag": "flag: true", "items": "items: [2]"}
    in_order = load_text("\n".join(lines.values()), All)
    shuffled = load_text("\n".join(lines[name] for name in names), All)
    assert shuffled.scenario == in_order.scenario
    assert shuffled.values == in_order.values
