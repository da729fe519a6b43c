"""ODD tables: the patterns that the model is judged by, and how much it declares."""

from __future__ import annotations

from sim.declarations.accounts import Purpose
from sim.declarations.events_and_causes import Cause, Event
from sim.declarations.random_streams import Stream
from sim.declarations.sector_outcomes import SECTOR
from sim.docs_tables.declaration_tables import given
from sim.docs_tables.markdown import as_table
from sim.model.state.government_fields import LEVERS
from sim.scenario.parameters.parameter_spec import parameters_of
from sim.scenario.parameters.rule_parameters import Rules
from sim.validation.located_file import read_located, shipped_patterns


def patterns_table() -> str:
    """Every shipped pattern: what was observed, by whom, how many checks look for it, whether it serves calibration."""
    rows = [
        (
            pattern.id + (" \\*" if pattern.calibration else ""),
            pattern.statement,
            f"{pattern.source} ({pattern.mark})",
            len(pattern.checks),
        )
        for pattern in read_located(shipped_patterns()).patterns.values()
    ]
    return as_table(("pattern", "what was observed", "source (mark)", "checks"), rows)


def sizes_table() -> str:
    """How many of each kind of declaration the model has, and the section of its description that lists them."""
    sizes = (
        ("parameters of behaviour", parameters_of(Rules), "11.1"),
        ("numbers and choices of places and organisations", given(), "11.2"),
        ("levers of governments", LEVERS, "11.3"),
        ("outcomes of the sector", SECTOR, "10"),
        ("random streams", Stream, "9.3"),
        ("kinds of event", Event, "12"),
        ("causes of events", Cause, "12"),
        ("purposes of payments", Purpose, "12"),
    )
    rows = [(what, len(list(members)), f"[{section}](model.md#)") for what, members, section in sizes]
    return as_table(("declared", "number", "section"), rows)
