"""Setting reproduction: scenario file, command and Python code that give the same bits as the curves of the page."""

from __future__ import annotations

import shlex

from sim.live.wish import FILE_NAME, Wish
from sim.scenario import Scenario


def file_of(wish: Wish, base: Scenario) -> str:
    """The scenario file of a setting."""
    return f"# Made on the page of `sim dashboard`.\n{wish.file_text(base)}"


def command_of(wish: Wish, name: str = FILE_NAME) -> str:
    """The command that runs the file."""
    parts = ["sim", "run", name, "--replications", str(wish.replications), "--seed", str(wish.seed)]
    parts += ["--quarters", str(wish.quarters)] if wish.quarters is not None else []
    return shlex.join(parts)


def python_of(wish: Wish, name: str = FILE_NAME) -> str:
    """Python code that does the same runs in memory."""
    length = f", quarters={wish.quarters}" if wish.quarters is not None else ""
    return (
        "from sim import CompiledScenario, load_scenario, replication_seed, simulate\n\n"
        f"compiled = CompiledScenario.of(load_scenario({name!r}){length})\n"
        f"runs = [simulate(compiled, replication_seed({wish.seed}, r)) for r in range({wish.replications})]\n"
        "outcomes = [run.tables()['sector'] for run in runs]\n"
    )
