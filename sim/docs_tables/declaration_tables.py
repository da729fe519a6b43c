"""Declaration tables: parameters, levers, state, outcomes, enumerations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Literal, NamedTuple, get_args, get_origin

from sim.declarations.accounts import EXTERNAL, FLOW, Party, Purpose
from sim.declarations.choices import (
    Admission,
    Applicants,
    Assessing,
    ContractForm,
    Form,
    Kind,
    Origin,
    Pricing,
    Regime,
    TooFew,
)
from sim.declarations.events_and_causes import EVENT, Cause, Event
from sim.declarations.income_sources import Source
from sim.declarations.random_streams import Stream
from sim.declarations.sector_outcomes import SECTOR
from sim.declarations.state_codes import Channel, Course, Host, Level, Quadrant, Route, Stage, Stand, Status
from sim.docs_tables.markdown import as_table, number
from sim.engine.fields import Field, LabelledEnum
from sim.model.state.agency_draws_fields import AGENCY_DRAWS
from sim.model.state.agency_fields import AGENCY
from sim.model.state.assessor_fields import ASSESSOR
from sim.model.state.community_fields import COMMUNITY, NEED, PRESENCE, TIE
from sim.model.state.contract_fields import BID, BID_RECORD, CONTRACT
from sim.model.state.government_fields import GOVERNMENT, LEVERS
from sim.model.state.institution_fields import INSTITUTION
from sim.model.state.other_organisation_fields import ASSOCIATION, CITY, COLLEGE, DONORS, SPONSOR
from sim.model.state.policy_fields import MEASURE, SETTING, TRIGGER
from sim.model.state.refused_founder_fields import REFUSED
from sim.model.state.world import CLOCK
from sim.scenario.parameters.fundraising_parameters import Donors
from sim.scenario.parameters.labour_parameters import Economy, Labour
from sim.scenario.parameters.parameter_spec import Group, ParameterSpec, parameters_of, value_at
from sim.scenario.parameters.policy_levers import CityGovernment, DistrictGovernment, Purchaser
from sim.scenario.parameters.rule_parameters import Rules
from sim.scenario.parameters.scenario_file import Scenario


class SweepData(NamedTuple):
    """What is kept about one kind.

    Attributes
    ----------
    letter : str
        Letter that stands for one of them in the formulas of the document.
    fields : tuple of Field
        Its state.
    """

    letter: str
    fields: tuple[Field, ...]


def _but(fields: Iterable[Field], elsewhere: Iterable[ParameterSpec]) -> tuple[Field, ...]:
    """Fields that are not parameters, which have tables of their own."""
    named = {leaf.name for leaf in elsewhere}
    return tuple(field for field in fields if field.name not in named)


STATE = {
    "clock": SweepData("w", CLOCK),
    "agency": SweepData("a", AGENCY),
    "government": SweepData("g", _but(GOVERNMENT, LEVERS)),
    "city": SweepData("y", _but(CITY, (*parameters_of(Labour), *parameters_of(Economy)))),
    "community": SweepData("c", COMMUNITY),
    "need": SweepData("n", NEED),
    "tie": SweepData("t", TIE),
    "presence": SweepData("p", PRESENCE),
    "refused founder": SweepData("j", REFUSED),
    "agency to begin": SweepData("start", AGENCY_DRAWS),
    "contract": SweepData("k", CONTRACT),
    "bid": SweepData("b", BID),
    "bid record": SweepData("z", BID_RECORD),
    "association": SweepData("u", ASSOCIATION),
    "college": SweepData("e", COLLEGE),
    "sponsor": SweepData("s", SPONSOR),
    "institution": SweepData("h", INSTITUTION),
    "donors": SweepData("d", _but(DONORS, parameters_of(Donors))),
    "assessor": SweepData("o", ASSESSOR),
    "account outside the model": SweepData("x", EXTERNAL),
    "setting": SweepData("q", SETTING),
    "measure": SweepData("m", MEASURE),
    "trigger": SweepData("r", TRIGGER),
    "event": SweepData("v", EVENT),
    "flow": SweepData("f", FLOW),
}
"""Kinds of record, in the order of the document."""

ENUMERATIONS: tuple[type[LabelledEnum], ...] = (
    *(Origin, Form, Kind, Stage, Quadrant, Host, Level, Source, Party, Purpose, Channel, Status, Route),
    *(ContractForm, Pricing, TooFew, Applicants, Regime, Admission, Assessing, Course, Stand, Event, Cause, Stream),
)


def bounds(leaf: ParameterSpec) -> str:
    """What a parameter may be, in the words of a table."""
    if get_origin(leaf.info.annotation) is Literal:
        return ", ".join(get_args(leaf.info.annotation))
    if leaf.info.annotation is bool:
        return "true, false"
    low = high = ""
    for mark in leaf.info.metadata:
        for sign, name in (("≥", "ge"), (">", "gt")):
            low = f"{sign} {number(getattr(mark, name))}" if hasattr(mark, name) else low
        for sign, name in (("≤", "le"), ("<", "lt")):
            high = f"{sign} {number(getattr(mark, name))}" if hasattr(mark, name) else high
    whole = "whole" if leaf.info.annotation is int else ""
    return ", ".join(part for part in (whole, low, high) if part)


def said(leaf: ParameterSpec) -> tuple[str, ...]:
    """Unit, bounds, meaning and source of a parameter."""
    return leaf.unit, bounds(leaf), leaf.info.description or "", leaf.source


def plausible(leaf: ParameterSpec) -> str:
    """Range of a parameter that could be defended, in the words of a table; empty where none is declared."""
    return " to ".join(map(number, leaf.plausible)) if leaf.plausible else ""


def _with_range(leaf: ParameterSpec) -> tuple[str, ...]:
    unit, allowed, meaning, source = said(leaf)
    return unit, allowed, plausible(leaf), meaning, source


def parameters() -> str:
    """Behavioural parameters."""
    rules = Rules()
    rows = [(f"`{leaf.key}`", number(value_at(rules, leaf.path)), *_with_range(leaf)) for leaf in parameters_of(Rules)]
    return as_table(("parameter", "value", "unit", "bounds", "plausible", "meaning", "source"), rows)


def levers() -> str:
    """Policy levers, with the level of government that has them."""
    levels: dict[str, Purchaser] = {"city": CityGovernment(), "district": DistrictGovernment()}
    rows = []
    for leaf in LEVERS:
        having = [
            level for level, group in levels.items() if leaf.key in {one.key for one in parameters_of(type(group))}
        ]
        values = list(dict.fromkeys(number(value_at(levels[level], leaf.path)) for level in having))
        both = "both" if len(having) == len(levels) else having[0]
        rows.append((f"`{leaf.key}`", both, " / ".join(values), *said(leaf)))
    return as_table(("lever", "level", "value", "unit", "bounds", "meaning", "source"), rows)


def section_leaves(group: type[Group], section: str) -> Iterator[tuple[str, ParameterSpec]]:
    """Every number that a scenario may give outside `rules` and `government`, with its section.

    Parameters
    ----------
    group : type of Group
        Where to begin.
    section : str
        Name of the section that it is.
    """
    for name, info in group.model_fields.items():
        kind: Any = info.annotation
        if get_origin(kind) is dict:
            kind = get_args(kind)[1]
        if isinstance(kind, type) and issubclass(kind, Group):
            if not issubclass(kind, Rules | Purchaser):
                yield from section_leaves(kind, name)
        elif isinstance(info.json_schema_extra, dict) and "unit" in info.json_schema_extra:
            yield section, ParameterSpec((name,), info)


def given() -> list[tuple[str, ParameterSpec]]:
    """What a scenario says about places and organisations: key of each number, as `section.name`."""
    return [(f"{section}.{leaf.key}", leaf) for section, leaf in section_leaves(Scenario, "scenario")]


def given_table() -> str:
    """`given` as a table."""
    rows = [(f"`{key}`", number(leaf.info.default), *_with_range(leaf)) for key, leaf in given()]
    return as_table(("parameter", "value", "unit", "bounds", "plausible", "meaning", "source"), rows)


def outcomes() -> str:
    """Outcomes of the sector."""
    rows = [(f"`{one.name}`", one.unit, one.meaning, one.formula) for one in SECTOR]
    return as_table(("outcome", "unit", "meaning", "in words"), rows)


def state(kept: SweepData) -> str:
    """State of one kind."""
    kinds = {"i": "whole", "u": "whole", "f": "real", "?": "yes/no"}
    rows = []
    for field in kept.fields:
        kind = field.labels.__name__ if field.labels is not None else kinds[field.type[0]]
        if field.refers:
            kind = f"which {field.refers}"
        shape = " × ".join(map(str, field.shape))
        rows.append((f"`{kept.letter}.{field.name}`", kind, shape, field.unit, number(field.start), field.meaning))
    return as_table(("field", "kind", "shape", "unit", "fresh", "meaning"), rows)


def enumeration(members: type[LabelledEnum]) -> str:
    """Numbers, names and meanings of an enumeration."""
    # Formulas name streams, and a hyphen in a formula is a minus.
    words = {member: member.name.lower() if members is Stream else member.label for member in members}
    rows = [(int(member), f"`{words[member]}`", member.meaning) for member in members]
    return as_table(("number", members.__name__, "meaning"), rows)
