"""Run survey: which agencies there are in the runs of a point, and the paths and ends of those of one name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import pyarrow as pa
import pyarrow.compute as pc

from sim.declarations.events_and_causes import Event
from sim.experiment.results.result_arrays import ResultArrays
from sim.story.agency_names import same_name
from sim.story.run_tables import Row, RunTables, keeps_tables, rows, run_tables, stored_rows

MOST_REPLAYED = 20
"""Runs that are run again, where a folder keeps no tables and no run is named."""
PATH = ("staff", "resource_independence", "operational_autonomy", "founded")
"""Columns of the paths."""
_ENDS = (Event.CLOSED, Event.DORMANT, Event.REVIVED)


@dataclass
class RunSurvey:
    """What is known of the agencies in the runs of a point.

    Attributes
    ----------
    replications : list of int
        Runs that were looked at.
    names : dict of int to list of str
        Replication -> agencies that were founded in it, in order.
    paths : dict of (int, str) to list of Row
        Replication and agency -> its quarters at work, with the columns of `PATH`.
    ends : dict of (int, str) to list of Row
        Replication and agency -> events of closing, falling dormant and being revived.
    replayed : dict of int to ReplayedRun
        The run that was run again, where it is only one.
    """

    replications: list[int] = field(default_factory=list)
    names: dict[int, list[str]] = field(default_factory=dict)
    paths: dict[tuple[int, str], list[Row]] = field(default_factory=dict)
    ends: dict[tuple[int, str], list[Row]] = field(default_factory=dict)
    replayed: dict[int, RunTables] = field(default_factory=dict)

    def runs_of(self, name: str) -> list[int]:
        """Replications in which an agency of just this name was founded."""
        return [each for each in self.replications if name in self.names[each]]

    def add(self, replication: int, name: str, events: Sequence[Row], states: Sequence[Row]) -> None:
        """Add one run: its foundings, and what concerns the agencies that a name may mean."""
        self.replications.append(replication)
        founded = [row["agency"] for row in events if row["event"] == Event.FOUNDED.label]
        self.names[replication] = list(dict.fromkeys(founded))
        for row in events:
            if row["event"] != Event.FOUNDED.label and same_name(row["agency"], name):
                self.ends.setdefault((replication, row["agency"]), []).append(row)
        for row in states:
            self.paths.setdefault((replication, row["agency"]), []).append(row)


def survey_runs(results: ResultArrays, point: int, replications: Sequence[int], name: str) -> RunSurvey:
    """Look at runs of a point.

    Parameters
    ----------
    results : ResultArrays
        The folder.
    point : int
        Which.
    replications : sequence of int
        Runs that are done.
    name : str
        Of the agency whose paths are wanted, in any case of letters.

    Raises
    ------
    WrongInputError
        If runs would have to be run again and the rules at hand are others.
    StoreError
        If a file of the folder is damaged.
    """
    found = RunSurvey()
    kinds = _one_of("event", [event.label for event in (Event.FOUNDED, *_ENDS)])
    columns = ("replication", "quarter", "event", "cause", "agency")
    if not keeps_tables(results):
        for each in replications:
            run = run_tables(results, point, each)
            events = list(rows(run.table("events", kinds, columns)))
            wanted = _matching(events, name)
            states = _states(run, wanted)
            found.add(each, name, events, states)
            if len(replications) == 1:
                found.replayed[each] = run
        return found
    here = pc.field("point") == point
    table = stored_rows(results, "events", here & kinds, columns)
    by_run = _by_run(table)
    wanted = sorted({one for each in replications for one in _matching(by_run.get(each, []), name)})
    path = ["replication", "quarter", "agency", *PATH]
    asked = here & _one_of("agency", wanted)
    states_of = _by_run(stored_rows(results, "agencies", asked, path))
    for each in replications:
        found.add(each, name, by_run.get(each, []), states_of.get(each, []))
    return found


def _states(run: RunTables, names: Sequence[str]) -> list[Row]:
    return list(rows(run.table("agencies", _one_of("agency", names), ("quarter", "agency", *PATH)))) if names else []


def _matching(events: Sequence[Row], name: str) -> list[str]:
    founded = [row["agency"] for row in events if row["event"] == Event.FOUNDED.label]
    return [each for each in dict.fromkeys(founded) if same_name(each, name)]


def _by_run(table: pa.Table) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = {}
    for replication, row in zip(table["replication"].to_pylist(), rows(table), strict=True):
        found.setdefault(replication, []).append(row)
    return found


def _one_of(column: str, names: Sequence[str]) -> pc.Expression:
    found = pc.scalar(False)
    for name in names:
        found = found | (pc.field(column) == name)
    return found
