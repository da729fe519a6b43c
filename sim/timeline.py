"""The policies of a run as records: what each entry of a scenario does to each lever of each government.

A *setting* is one lever of one government that some policy touches; its *measures* are what the entries do to
it, side by side; a *trigger* is a condition on an outcome of the sector, shared by all measures that wait
for it.  `sim.build.timeline` lays them out, `sim.policy` puts them into force.
"""

from __future__ import annotations

from sim.declare import Field, Named


class Course(Named):
    """How a measure runs over time."""

    STEP = 0, "In force from its quarter until something else is set."
    RAMP = 1, "Moves the value in equal steps, quarter by quarter, and leaves it there."
    PULSE = 2, "In force from one quarter to another, both included; then what would be without it."
    TRIGGERED = 3, "In force while its trigger is."


class Stand(Named):
    """Where a trigger stands."""

    OFF = 0, "Its condition has not been met, or it was switched off."
    WAITING = 1, "Its condition was met; its measures come into force later."
    IN_FORCE = 2, "Its measures are in force."


BY_HAND = 3
"""Rank of a value that somebody wrote into a government's record during the run: above every place named."""

SETTING = (
    Field("government", "i8", "", "Government.", refers="government"),
    Field("lever", "i8", "", "Column of the lever."),
    Field("first", "i8", "", "First of its measures."),
    Field("measures", "i8", "measures", "Number of its measures."),
    Field("value", "f8", "", "Value put into force last."),
    Field("lasting", "f8", "", "Value that lasts: what is in force where no pulse or trigger is."),
    Field("since", "i8", "quarter", "Quarter in which the lasting value was written.", start=-1),
    Field("rank", "i8", "", "How specially the place was named by what wrote it."),
)

MEASURE = (
    Field("course", "i8", "", "How it runs over time.", labels=Course),
    Field("rank", "i8", "", "How specially its entry names the place: 0 everywhere, 1 a level, 2 by name."),
    Field("first", "i8", "quarter", "First quarter; of a ramp, the one from whose value it starts."),
    Field("last", "i8", "quarter", "Last quarter."),
    Field("trigger", "i8", "", "Trigger that it waits for; -1 for none.", start=-1),
    Field("value", "f8", "", "Value that it sets, or that a ramp reaches."),
    Field("whole", "?", "", "Whether the lever takes whole numbers only."),
    Field("start", "f8", "", "Value from which a ramp started."),
)

TRIGGER = (
    Field("outcome", "i8", "", "Column of the outcome that it reads."),
    Field("above", "?", "", "Whether it fires above the level; below it otherwise."),
    Field("level", "f8", "", "Level, in the unit of the outcome."),
    Field("after", "i8", "quarters", "Time from the reading to being in force."),
    Field("until_outcome", "i8", "", "Column of the outcome that switches it off; -1 for none.", start=-1),
    Field("until_above", "?", "", "Whether it is switched off above that level; below it otherwise."),
    Field("until_level", "f8", "", "Level that switches it off."),
    Field("stand", "i8", "", "Where it stands.", labels=Stand),
    Field("since", "i8", "quarter", "Quarter from which it is in force, or was.", start=-1),
)
