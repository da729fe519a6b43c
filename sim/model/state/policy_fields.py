"""Policy fields: what each policy of a scenario does to each lever of each government.

A *setting* is one lever of one government that some policy touches, and the yearly budget of each; its *measures*
are what the entries do to it, side by side; a *trigger* is a condition on an outcome of the sector, shared by all
measures that wait for it.  `sim.model.setup.policy_table` lays them out, `sim.model.rules.policy_application` puts
them into force.
"""

from __future__ import annotations

from sim.declarations.state_codes import Course, Stand
from sim.engine.fields import Field

SETTING = (
    Field("government", "i8", "", "Government.", refers="government"),
    Field("lever", "i8", "", "Column of the lever."),
    Field("first", "i8", "", "First of its measures."),
    Field("measures", "i8", "measures", "Number of its measures."),
    Field("value", "f8", "", "Value put into force last."),
    Field("base_value", "f8", "", "Value where no measure is in force: that of the start, or one written by hand."),
    Field("since", "i8", "quarter", "Quarter up to which a value written by hand ended all measures.", start=-1),
)

MEASURE = (
    Field("course", "i8", "", "How it runs over time.", labels=Course),
    Field("rank", "i8", "", "How specifically its entry names the place: 0 everywhere, 1 a level, 2 by name."),
    Field("first", "i8", "quarter", "First quarter; of a ramp, the one from whose value it starts."),
    Field("last", "i8", "quarter", "Last quarter."),
    Field("trigger", "i8", "", "Trigger that it waits for; -1 for none.", start=-1),
    Field("value", "f8", "", "Value that it sets, or that a ramp reaches."),
    Field("whole", "?", "", "Whether the lever takes whole numbers only."),
    Field("start", "f8", "", "Value from which a ramp started."),
    Field("grown_start", "f8", "", "Value from which a ramp of a yearly budget started, with its growth."),
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
