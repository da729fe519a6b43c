"""Validation messages: pydantic's errors in the user's terms.

Pydantic says "Input should be a valid number"; a user wants to know what stands there, what may stand there,
and in which unit. Every kind of error that can arise from a file has its own sentence here, completed from
the declaration of the parameter. What cannot be foreseen keeps pydantic's words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from pydantic import BaseModel, ValidationError

from sim.declarations.input_issues import (
    MISSING_KEY,
    UNKNOWN_KEY,
    Issue,
    IssueError,
    KeyPath,
    Scalar,
    listed,
    shown,
    suggest,
)
from sim.scenario.reading.allowed_values import Declarations, Schema, declarations_of, has_bounds, kind_word
from sim.scenario.reading.value_guesses import meant_value

# Extra keys that files may hold at a place beside the declared ones (`extends`, templates).
MoreKeys = Callable[[KeyPath], Iterable[str]]

_KIND_WORDS = {
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "int_parsing": "a whole number",
    "float_type": "a number",
    "float_parsing": "a number",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "string_type": "text",
    "list_type": "a list",
    "tuple_type": "a list",
    "set_type": "a list",
    "frozen_set_type": "a list",
    "dict_type": "a mapping",
    "mapping_type": "a mapping",
    "model_type": "a mapping",
    "model_attributes_type": "a mapping",
    "dataclass_type": "a mapping",
    "none_required": "nothing (leave the key out)",
}
_CHOICE = ("literal_error", "enum")
_BOUND = {
    "greater_than_equal": ("is too small", "at least", "ge"),
    "greater_than": ("is too small", "above", "gt"),
    "less_than_equal": ("is too large", "at most", "le"),
    "less_than": ("is too large", "below", "lt"),
}
_LENGTH = {"string_too_short": "is too short", "string_too_long": "is too long"}


@dataclass(frozen=True)
class _Spot:
    """Where an error is, once the names of union members are taken out of pydantic's location."""

    path: KeyPath
    schema: Schema
    # The schema of the mapping or list that holds the value.
    holder: Schema
    at_key: bool
    # For each union on the way: its path, its schema, the member's name, and the length of the rest of the
    # location.
    unions: tuple[tuple[KeyPath, Schema, str, int], ...]


@dataclass(frozen=True)
class _Error:
    kind: str
    context: dict[str, Any]
    value: Any
    message: str
    spot: _Spot


def issues_of(error: ValidationError, model: type[BaseModel], values: Any, more_keys: MoreKeys) -> list[Issue]:
    """Explain all errors of a validation.

    Parameters
    ----------
    error
        What pydantic raised.
    model
        The model; its declarations say what is allowed.
    values
        The plain values that were validated.
    more_keys
        Keys that are allowed in a file at a path though the model does not declare them, for suggestions.
    """
    declared = declarations_of(model)
    errors = [
        _Error(e["type"], e.get("ctx", {}), e["input"], e["msg"], _spot(declared, e["loc"], values))
        for e in error.errors(include_url=False)
    ]
    return [f for e in _without_unions(errors, 0, declared) for f in _explain(e, declared, more_keys)]


def _spot(declared: Declarations, location: KeyPath, values: Any) -> _Spot:
    schema, holder, at_key = declared.root, declared.root, False
    path: KeyPath = ()
    unions: list[tuple[KeyPath, Schema, str, int]] = []
    for i, part in enumerate(location):
        here = isinstance(values, dict) and part in values
        if declared.is_union(schema) and isinstance(part, str):
            unions.append((path, schema, part, len(location) - i - 1))
            schema = declared.member(schema, part)
        elif part == "[key]" and not here:
            at_key = True
        elif isinstance(part, str) and not isinstance(values, dict):
            continue  # a name that pydantic added and the schema does not show
        else:
            at_key, holder = False, schema
            schema = declared.key(schema) if location[i + 1 :] == ("[key]",) else declared.child(schema, part)
            path = (*path, part)
            values = _below(values, part)
    return _Spot(path, schema, holder, at_key, tuple(unions))


def _below(values: Any, part: str | int) -> Any:
    if isinstance(values, dict):
        return values.get(part)
    if isinstance(values, list) and isinstance(part, int) and 0 <= part < len(values):
        return values[part]
    return None


def _without_unions(errors: list[_Error], level: int, declared: Declarations) -> list[_Error]:
    """Of the errors that the members of one union raised, keep what helps: one member's, or one for all."""
    out: list[_Error] = []
    groups: dict[KeyPath, list[_Error]] = {}
    for error in errors:
        if len(error.spot.unions) <= level or "discriminator" in error.spot.unions[level][1]:
            out.append(error)
        else:
            groups.setdefault(error.spot.unions[level][0], []).append(error)
    for group in groups.values():
        out.extend(_one_member(group, level, declared))
    return out


def _one_member(group: list[_Error], level: int, declared: Declarations) -> list[_Error]:
    members: dict[str, list[_Error]] = {}
    for error in group:
        members.setdefault(error.spot.unions[level][2], []).append(error)
    # A member that took the value's kind and only found fault inside it is the one that was meant.
    meant = [m for m in members.values() if any(not _is_mismatch(e, level) for e in m)]
    if meant:
        return _without_unions(min(meant, key=len), level + 1, declared)
    path, schema = group[0].spot.unions[level][:2]
    spot = _Spot(path, schema, {}, False, ())
    return [_Error("no_member", {}, group[0].value, group[0].message, spot)]


def _is_mismatch(error: _Error, level: int) -> bool:
    direct = error.spot.unions[level][3] == 0
    return direct and (error.kind in _KIND_WORDS or error.kind in _CHOICE)


def _explain(error: _Error, declared: Declarations, more_keys: MoreKeys) -> list[Issue]:
    spot, kind, value = error.spot, error.kind, error.value
    path, schema = spot.path, spot.schema
    allowed = f"expected {declared.describe(schema)}" if schema else ""
    if kind == "extra_forbidden":
        return [_unknown_key(error, declared, more_keys)]
    if kind == "missing":
        return [Issue(path, "required, but missing", allowed, kind=MISSING_KEY)]
    if kind in ("value_error", "assertion_error"):
        return _raised(error)
    if kind == "union_tag_invalid":
        return [_wrong_tag(error)]
    if kind == "union_tag_not_found":
        tag = error.context["discriminator"].strip("'")
        return [Issue((*path, tag), "required, but missing", f"expected one of {_tags(schema)}")]
    if kind in _CHOICE and isinstance(value, str):
        names = [c for c in declared.choices(schema) if isinstance(c, str)]
        what = f"{shown(value)} is none of the choices"
        return [Issue(path, what, _renamed_measure(value, names) or allowed, value, names)]
    if kind in _KIND_WORDS or kind in _CHOICE or kind == "no_member":
        return [_wrong_kind(error, allowed, declared)]
    what, allowed = _sentence(error, allowed)
    return [Issue(path, what, allowed, at_key=spot.at_key)]


def _renamed_measure(value: str, names: list[str]) -> str:
    """What is said about a measure that has another name by now; nothing of other words."""
    from sim.declarations.renamed_names import called_now, renamed  # heavy, and needed for errors only

    new = renamed("measure", value)
    return called_now(new) if new in names else ""


def _sentence(error: _Error, allowed: str) -> tuple[str, str]:
    """Return what is wrong and what is allowed for a value of the right kind."""
    kind, value, context = error.kind, error.value, error.context
    if kind in _BOUND:
        what, words, name = _BOUND[kind]
        if not has_bounds(error.spot.schema):
            allowed = f"expected a number {words} {context.get(name)}"
        return f"{shown(value)} {what}", allowed
    if kind == "finite_number":
        return "infinite and undefined numbers cannot be used", allowed
    if kind == "multiple_of":
        return f"{shown(value)} is not a multiple of {context.get('multiple_of')}", allowed
    subject = f"the key {shown(value)}" if error.spot.at_key else shown(value)
    if kind in _LENGTH:
        return ("is empty" if value == "" else f"{subject} {_LENGTH[kind]}"), allowed
    if kind == "string_pattern_mismatch":
        return f"{subject} is not written in the right form", allowed
    if kind in ("too_short", "too_long"):
        size, short = len(value), kind == "too_short"
        noun = "item" if isinstance(value, list) else "entry"
        nouns = noun if size == 1 else "items" if noun == "item" else "entries"
        bound = context.get("min_length" if short else "max_length")
        limit = f"expected {'at least' if short else 'at most'} {bound}"
        return f"has {size} {nouns}, too {'few' if short else 'many'}", limit
    return error.message[:1].lower() + error.message[1:], allowed


def _unknown_key(error: _Error, declared: Declarations, more_keys: MoreKeys) -> Issue:
    from sim.declarations.removed_names import gone_key
    from sim.declarations.renamed_names import called_now, renamed_key  # heavy, and needed for errors only

    *parent, key = error.spot.path
    known = declared.known_keys(error.spot.holder)
    # Template keys are for those who look for them; the list stays what the model declares.
    candidates = [*known, *more_keys(tuple(parent))]
    if (new := renamed_key(str(key), known)) is not None:
        return Issue(error.spot.path, "unknown key", called_now(new), at_key=True, kind=UNKNOWN_KEY)
    if (said := gone_key(parent, str(key))) is not None:
        return Issue(error.spot.path, "unknown key", said, at_key=True, kind=UNKNOWN_KEY)
    nearest = suggest(str(key), candidates)
    allowed = f"known here: {listed(known)}" if known else "no keys are expected here"
    return Issue(error.spot.path, "unknown key", allowed, suggestion=nearest, at_key=True, kind=UNKNOWN_KEY)


def _wrong_kind(error: _Error, allowed: str, declared: Declarations) -> Issue:
    schema, value = error.spot.schema, error.value
    word = _KIND_WORDS.get(error.kind) or kind_word(schema)
    if error.kind in ("float_type", "model_type"):
        word = kind_word(schema) or word
    found = f"found {_found(value)} where {word} is expected" if word else f"{_found(value)} cannot stand here"
    if allowed == f"expected {word}":
        allowed = ""  # it would say the same twice
    choices = declared.choices(schema)
    if isinstance(value, str) and choices:
        nearest: Scalar = suggest(value, [c for c in choices if isinstance(c, str)])
        return Issue(error.spot.path, found, allowed, suggestion=nearest)
    text_meant = isinstance(value, int | float) and _takes_text(schema, declared)
    return Issue(error.spot.path, found, allowed, suggestion=meant_value(value, word), text_meant=text_meant)


def _found(value: Any) -> str:
    if isinstance(value, str):
        return f"the text {shown(value)}"
    if isinstance(value, int | float) and not isinstance(value, bool):
        return f"the number {shown(value)}"
    return shown(value)


def _takes_text(schema: Schema, declared: Declarations) -> bool:
    """Whether free text may stand at a place."""
    members = [declared.resolve(member) for member in declared.members(schema)] or [schema]
    return any(each.get("type") == "string" and "enum" not in each for each in members)


def _raised(error: _Error) -> list[Issue]:
    """Take the findings out of a validator's exception, or its text."""
    raised = error.context.get("error")
    if isinstance(raised, IssueError):
        at_key = error.spot.at_key
        return [replace(f, path=(*error.spot.path, *f.path), at_key=f.at_key or at_key) for f in raised.issues]
    text = str(raised) if raised is not None else error.message
    return [Issue(error.spot.path, text or "not accepted", at_key=error.spot.at_key)]


def _wrong_tag(error: _Error) -> Issue:
    tag = error.context["discriminator"].strip("'")
    value = error.value.get(tag) if isinstance(error.value, dict) else None
    names = list(error.spot.schema.get("discriminator", {}).get("mapping", {}))
    allowed = f"expected one of {_tags(error.spot.schema)}"
    path = (*error.spot.path, tag)
    if not isinstance(value, str):
        return Issue(path, f"found {_found(value)} where one of the choices is expected", allowed)
    return Issue(path, f"{shown(value)} is none of the choices", allowed, value, names)


def _tags(schema: Schema) -> str:
    return listed(schema.get("discriminator", {}).get("mapping", {}))
