"""Unreached policies: those of a base that the run of an extending file begins after, or no longer reaches.

A file may extend another and run for less.  What the base planned for later then never comes: it is left out
when it would begin after the end, and cut off by the end when it is under way.  A file may also start later than its
base: what the base planned for before then holds from the start, as far as it lasts.  Neither is a mistake of the user.
A policy that is outside the run of its own file, or of what its file extends, is.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace

from pydantic import ValidationError

from sim.declarations.calendar_quarter import Quarter
from sim.declarations.input_issues import IssueError, KeyPath
from sim.scenario.checks.policy_conflicts import dates_of
from sim.scenario.parameters.policy_syntax import Policy
from sim.scenario.parameters.scenario_file import Scenario
from sim.scenario.reading.layering import settle
from sim.scenario.reading.located_values import Node

POLICIES = "policies"
AGENCIES = "agencies"
BEGINS = "begins"


def leave_out_unreached(tree: Node, layers: Sequence[Node]) -> tuple[Node, set[KeyPath]]:
    """Take policies out of a merged tree that a shortened run does not reach; say which dates are no fault.

    Parameters
    ----------
    tree : Node
        All layers, merged.
    layers : sequence of Node
        The layers, base first.

    Returns
    -------
    tree : Node
        The same without inherited policies that begin after the end.
    exempt : set of KeyPath
        Dates of inherited policies before the start, and of those under way at the end, and dates on which inherited
        agencies begin; being outside the run is no fault of theirs.
    """
    entries = entries_of(tree)
    runs = [run_of(layers[: n + 1]) for n in range(len(layers))]
    exempt = inherited_beginnings(layers, runs)
    if not (isinstance(tree.value, dict) and entries):
        return tree, exempt
    written = {id(entry): n for n, layer in enumerate(layers) for entry in entries_of(layer)}
    start, end = runs[-1]
    kept: list[Node] = []
    for entry in entries:
        n, policy = written.get(id(entry), len(layers) - 1), policy_of(entry)
        if policy and n < len(layers) - 1:
            own_start, own_end = runs[n]
            first, last = policy.at or policy.from_, policy.at or policy.last
            if own_end and end and first and last and end < last <= own_end:
                if first > end:
                    continue
                exempt.add((POLICIES, len(kept), policy.end_key))
            if start and first and (own_start is None or first >= own_start):
                exempt |= {(POLICIES, len(kept), key) for key, date in dates_of(policy) if date < start}
        kept.append(entry)
    rest = replace(tree.value[POLICIES], value=kept)
    return replace(tree, value=tree.value | {POLICIES: rest}), exempt


def inherited_beginnings(layers: Sequence[Node], runs: Sequence[tuple[Quarter | None, Quarter | None]]) -> set[KeyPath]:
    """Dates on which agencies of a base begin, where they lie within the run of the layer that gives them."""
    given: dict[KeyPath, tuple[int, Quarter | None]] = {}
    for n, layer in enumerate(layers):
        agencies = layer.value.get(AGENCIES) if isinstance(layer.value, dict) else None
        for name, entry in (agencies.value if agencies and isinstance(agencies.value, dict) else {}).items():
            if isinstance(entry.value, dict) and BEGINS in entry.value:
                given[AGENCIES, name, BEGINS] = n, quarter_of(entry.value[BEGINS].value)
    exempt: set[KeyPath] = set()
    for path, (n, date) in given.items():
        first, last = runs[n]
        if n < len(layers) - 1 and date and (first is None or first < date) and (last is None or date <= last):
            exempt.add(path)
    return exempt


def run_of(layers: Sequence[Node]) -> tuple[Quarter | None, Quarter | None]:
    """First and last quarter of a run of these layers; None where they do not say it, or not soundly."""
    return quarter_of(value_of(layers, "start")), last_quarter(layers)


def last_quarter(layers: Sequence[Node]) -> Quarter | None:
    """Last quarter of a run of these layers; None where they do not say it, or not soundly."""
    start, quarters = value_of(layers, "start"), value_of(layers, "quarters")
    length = Scenario.model_fields["quarters"].default if quarters is None else quarters
    first = quarter_of(start)
    if first is None or not isinstance(length, int) or isinstance(length, bool) or length < 1:
        return None
    return first + (length - 1) if first.ordinal + length <= Quarter(9999, 4).ordinal else None


def value_of(layers: Sequence[Node], key: str) -> object:
    """What the last layer that has a key says under it; None where none has, or a null takes it away."""
    found: object = None
    for layer in layers:
        if isinstance(layer.value, dict) and key in layer.value:
            found = layer.value[key].value
    return found


def entries_of(layer: Node) -> list[Node]:
    """Policies of a layer, or of all."""
    policies = layer.value.get(POLICIES) if isinstance(layer.value, dict) else None
    return policies.value if policies is not None and isinstance(policies.value, list) else []


def policy_of(entry: Node) -> Policy | None:
    """A valid policy; None for one with mistakes, which stays where it is so that they are reported."""
    values, _, broken = settle(entry)
    try:
        return None if broken else Policy.model_validate_json(json.dumps(values))
    except ValidationError:
        return None


def quarter_of(value: object) -> Quarter | None:
    """A quarter as files write it; None for anything else."""
    try:
        return Quarter.parse(value)
    except IssueError:
        return None
