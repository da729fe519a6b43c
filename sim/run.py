"""One run in memory: a compiled scenario and a seed become a record of everything that was observed.

>>> record = simulate("beijing-2010", seed=1, quarters=4)
>>> len(record.sector), record.tables()["sector"].num_rows
(4, 4)
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from operator import index
from typing import TYPE_CHECKING

import numpy as np

from sim.declarations.short_repr import ShortRepr
from sim.engine.arithmetic import AmountError
from sim.engine.fields import StructArray
from sim.engine.replaced_rules import refuse_replaced_rules
from sim.model.quarter import advance
from sim.model.row_bounds import new_rows
from sim.model.setup.compiled_scenario import CompiledScenario
from sim.model.setup.initial_state import initialise_world
from sim.model.state.amount_limit import amount_error
from sim.model.state.array_growth import grow_arrays
from sim.model.state.row_adding import CapacityError, capacity_error
from sim.model.state.world import GrowingArray, World
from sim.run_seeds import read_seed
from sim.scenario import ScenarioSource

if TYPE_CHECKING:
    import pyarrow as pa

_SHOWN = ("agencies", "staff", "unmet_need")
"""Outcomes of the last quarter in the representation of a run."""
LARGE = 64_000_000
"""Bytes of panel, bids and ledger above which they are put aside as packed tables; smaller ones just grow."""


def initialise(compiled: CompiledScenario, seed: int, into: World | None = None, detailed: bool = True) -> World:
    """The world of a compiled scenario at its first quarter, for one seed; in the arrays of another where given.

    Raises
    ------
    ReplacedRuleError
        If a rule was replaced from Python, which compiled rules do not see.
    """
    refuse_replaced_rules()
    world = compiled.world.copied(into)
    world.clock[0].detailed = detailed
    try:
        initialise_world(world, np.uint64(seed), compiled.community_draws, compiled.branches)
    except CapacityError as error:
        raise capacity_error(world) from error
    except AmountError as error:
        raise amount_error(world, compiled.names, compiled.start) from error
    return world


@dataclass(repr=False)
class RunResult(ShortRepr):
    """What was observed in one run.

    Attributes
    ----------
    compiled : CompiledScenario
        What was run.
    seed : int
        Seed of the run.
    world : World
        State at the end, with the series that were written during the run.
    """

    compiled: CompiledScenario
    seed: int
    world: World
    _panels: list[pa.Buffer] = field(default_factory=list, repr=False)
    _bids: list[pa.Buffer] = field(default_factory=list, repr=False)
    _flows: list[pa.Buffer] = field(default_factory=list, repr=False)
    _stopped: bool = field(default=False, repr=False)

    def _facts(self) -> tuple[str, dict[str, object]]:
        done = len(self.sector)
        facts: dict[str, object] = {"seed": self.seed, "quarters": f"{done} of {self.compiled.quarters}"}
        if done:
            facts |= {name: f"{self.sector[-1][name]:.4g}" for name in _SHOWN}
        return self.compiled.title, facts

    @property
    def sector(self) -> StructArray:
        """Outcomes of the sector, one record per quarter that was run (`sim.declarations.sector_outcomes.SECTOR`)."""
        return self.world.sector[: int(self.world.clock[0].quarter)]

    def run_to(self, quarter: int) -> None:
        """Go on to a quarter, counted from the start.

        Where arrays might not hold the next quarter, what was only observed is put aside as tables, and the arrays
        grow.

        Raises
        ------
        AmountError
            If an amount of money becomes too large to be exact to the fen.
        CapacityError
            If a rule adds more rows in a quarter than `sim.model.row_bounds.most_new_rows` allows for.
        RuntimeError
            If an error stopped the run before, in the middle of a quarter.
        ValueError
            If the quarter is beyond the end, or done already.
        """
        done = int(self.world.clock[0].quarter)
        if self._stopped:
            raise RuntimeError(f"an error stopped the run in quarter {done}, which is half done; start a new run")
        if index(quarter) < done:
            raise ValueError(f"cannot go back to quarter {quarter}: {done} are done")
        if index(quarter) > self.compiled.quarters:
            raise ValueError(f"cannot go on to quarter {quarter}: the run has {self.compiled.quarters}")
        while self._advance(quarter) < quarter:
            if self.world.panel.nbytes + self.world.bid_records.nbytes + self.world.flows.nbytes > LARGE:
                self._put_aside()
            added = dict(zip(GrowingArray, map(int, new_rows(self.world)), strict=True))
            self.world = grow_arrays(self.world, added)

    def _advance(self, quarter: int) -> int:
        """Go on towards a quarter as far as the arrays allow; return the quarter reached."""
        self._stopped = True  # whatever ends it, Ctrl-C too, leaves a quarter half done
        try:
            reached = advance(self.world, quarter)
            self._stopped = False
            return reached
        except CapacityError as error:
            raise capacity_error(self.world) from error
        except AmountError as error:
            raise amount_error(self.world, self.compiled.names, self.compiled.start) from error

    def _put_aside(self) -> None:
        """Turn the panel, the bids and the ledger into tables, which are smaller, and empty them."""
        if not self.world.clock[0].detailed:
            return
        from sim.output.table_conversion import agencies_table, bids_table, money_table
        from sim.output.table_names import TableNames
        from sim.output.table_streaming import packed

        clock = self.world.clock[0]
        names = TableNames(self.compiled, self.world)
        self._panels.append(packed(agencies_table(self.compiled, self.world, names, range(int(clock.panel)))))
        self._bids.append(packed(bids_table(self.compiled, self.world, names, range(int(clock.bid_records)))))
        self._flows.append(packed(money_table(self.compiled, self.world, names, range(int(clock.flows)))))
        clock.panel = 0
        clock.bid_records = 0
        clock.flows = 0

    def tables(self, replication: int = 0, point: int = 0) -> dict[str, pa.Table]:
        """Everything observed, as Arrow tables by name (`sim.output.table_columns.TABLES`).

        Parameters
        ----------
        replication, point : int
            Numbers that go into the columns of these names.
        """
        from sim.output.table_streaming import joined

        return {name: joined(pieces) for name, pieces in self.pieces(replication, point).items()}

    def pieces(self, replication: int = 0, point: int = 0) -> dict[str, Iterator[pa.Table]]:
        """The same tables, each in pieces that are made when they are asked for; at least one each.

        A run of a whole country has tables of a thousand megabytes, and a piece a few.

        Parameters
        ----------
        replication, point : int
            Numbers that go into the columns of these names.
        """
        from sim.output.table_streaming import pieces_of_run

        return pieces_of_run(self.compiled, self.world, self._panels, self._bids, self._flows, replication, point)


def simulate(
    scenario: CompiledScenario | ScenarioSource,
    seed: int | None = 1,
    reuse: RunResult | None = None,
    detailed: bool = True,
    *,
    quarters: int | None = None,
) -> RunResult:
    """Run a scenario once; a pure function of scenario and seed.

    Parameters
    ----------
    scenario : CompiledScenario, Scenario, str, Path or mapping
        What to run: the name of a shipped scenario, a file, a scenario, values as they would stand in a file.  Who runs
        one many times compiles it once (`CompiledScenario.of`).
    seed : int or None
        Seed of the run, 0 to 2**63 - 1; None draws one, which the result keeps.
    reuse : RunResult, optional
        A result of the same compiled scenario that is no longer needed: its arrays are written over.
    detailed : bool
        Whether to keep the ledger, the bids and the panels; without them the tables `money`, `bids`, `agencies`,
        `communities` and `policy` are empty, and everything else is the same to the last bit.
    quarters : int, optional
        Length of the run, if it is not the scenario's own.

    Raises
    ------
    ScenarioError
        With every problem that was found in the scenario.
    TypeError, ValueError
        If the seed or the number of quarters is none, or `reuse` is of something else.
    ReplacedRuleError
        If a rule was replaced from Python, which compiled rules do not see.
    """
    number = read_seed(seed)
    if not isinstance(detailed, bool | np.bool_):
        raise TypeError(f"detailed is {detailed!r}; expected True or False")
    if isinstance(scenario, CompiledScenario):
        if quarters not in (None, scenario.quarters):
            raise ValueError("a compiled scenario has its length; give quarters to CompiledScenario.of")
        compiled = scenario
    else:
        compiled = CompiledScenario.of(scenario, quarters)
    if reuse is not None and getattr(reuse, "compiled", None) is not compiled:
        raise ValueError("reuse is a result of another compiled scenario")
    record = RunResult(compiled, number, initialise(compiled, number, reuse.world if reuse else None, detailed))
    record.run_to(compiled.quarters)
    return record
