"""Normal tree: texts and keys of an input in their normal form, before layers, references and checks see them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sim.declarations.input_issues import Problem
from sim.scenario.reading.located_values import BROKEN, Node, Value
from sim.scenario.reading.text_forms import control_character, normal_text, sign


def normalised(node: Node, problems: list[Problem]) -> Node:
    """Return the tree with every text and key in its normal form; add what no text may hold to `problems`."""
    value = node.value
    if isinstance(value, str):
        return replace(node, value=_text(node, value, problems))
    if isinstance(value, list):
        return replace(node, value=[normalised(below, problems) for below in value])
    if not isinstance(value, dict):
        return node
    items: dict[str, Node] = {}
    for key, below in value.items():
        name = normal_text(key)
        if (wrong := _wrong_key(key, name, items)) is not None:
            problems.append(below.problem(*wrong, at_key=True))
        else:
            items[name] = normalised(below, problems)
    return replace(node, value=items)


def odd_indents(node: Node) -> Iterator[Problem]:
    """Keys that begin with a blank that YAML takes for a letter, so that they are not where they seem to be."""
    if isinstance(node.value, list):
        for below in node.value:
            yield from odd_indents(below)
    for key, below in node.value.items() if isinstance(node.value, dict) else ():
        if key[:1].isspace() and not key[0].isascii():
            what = f"the key begins with a blank that is none in YAML ({sign(key[0])})"
            allowed = "indent with ordinary spaces, and put one after ':' and ','"
            yield below.problem(what, allowed, at_key=True)
        yield from odd_indents(below)


def _text(node: Node, text: str, problems: list[Problem]) -> Value:
    control = control_character(text)
    if control is None:
        return normal_text(text)
    problems.append(node.problem(f"the text holds {_named(control)}", "write it without"))
    return BROKEN


def _wrong_key(key: str, name: str, before: dict[str, Node]) -> tuple[str, str] | None:
    """What is wrong with a key by itself, or beside those before it."""
    control = control_character(key)
    if control is not None:
        return f"the key holds {_named(control)}", "write it without"
    if name not in before:
        return None
    line = before[name].key_at.line
    where = f", first in line {line}" if line else ""
    return f"the key is written twice{where}; the two differ in outer blanks or in how accents are coded", _ONE


def _named(control: str) -> str:
    return f"a control character (U+{ord(control):04X})"


_ONE = "keep one of the two"
