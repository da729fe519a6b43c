"""Allowed values: how a declaration reads in a message."""

import pytest

from sim.scenario.reading.allowed_values import describe

WORDS = [
    ({}, "any value"),
    ({"type": "number"}, "a number"),
    ({"type": "number", "minimum": 0.5, "exclusiveMaximum": 2}, "a number of at least 0.5 and below 2"),
    ({"type": "number", "exclusiveMinimum": 0}, "a number above 0"),
    ({"type": "number", "maximum": -1e-9}, "a number at most -1e-09"),
    ({"type": "integer", "minimum": 0, "maximum": 1_000_000}, "a whole number from 0 to 1 000 000"),
    ({"type": "integer", "multipleOf": 5, "minimum": 5}, "a whole number of at least 5, a multiple of 5"),
    ({"type": "number", "unit": "CNY"}, "a number (unit: CNY)"),
    ({"type": "boolean", "unit": "yes/no"}, "true or false"),
    ({"type": "string", "minLength": 1}, "text that is not empty"),
    ({"type": "string", "maxLength": 9}, "text of at most 9 characters"),
    ({"type": "string", "minLength": 2, "maxLength": 2}, "text of exactly 2 characters"),
    ({"type": "string", "allowed": "a colour such as 'red'"}, "a colour such as 'red'"),
    ({"const": "auto"}, "'auto'"),
    ({"enum": ["a", 1, True]}, "one of 'a', 1, true"),
    ({"type": "array"}, "a list"),
    ({"type": "array", "items": {"type": "string"}, "minItems": 2}, "a list of 2 or more items, each text"),
    ({"type": "object"}, "a mapping"),
    ({"type": "object", "additionalProperties": True}, "a mapping"),
    ({"type": "object", "additionalProperties": {"type": "integer"}}, "a mapping, each value a whole number"),
    ({"anyOf": [{"type": "number"}, {"type": "null"}], "unit": "CNY"}, "a number (unit: CNY)"),
    ({"anyOf": [{"type": "number"}, {"const": "all"}], "unit": "CNY"}, "a number, or 'all' (unit: CNY)"),
]


@pytest.mark.parametrize(("schema", "words"), WORDS, ids=[words for _, words in WORDS])
def test_words(schema, words):
    assert describe(schema) == words
