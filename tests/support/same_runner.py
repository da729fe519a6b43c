"""Runs scenarios in whichever tree is the current folder, for `tests.support.same`.

It is started by its path, with the tree as current folder and PYTHONPATH, and imports nothing of the tests, so
that it also runs trees that are older than itself.  It reads one job a line from standard input, as JSON, and
answers each with one line.

To teach it a new interface, add a function to `INTERFACES`; leave the old ones, which old trees need.
"""

from __future__ import annotations

import json
import os
import sys
import traceback
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import pyarrow as pa

Run = Callable[[Path, int, "int | None"], dict[str, pa.Table]]
"""Scenario file, seed and number of quarters (None: its own) -> Arrow tables by name."""


def interface_of_sim_run() -> Run:
    """The interface in `sim.run`."""
    module = import_module("sim.run")  # not imported by name: old trees, and checks of style in them, lack it
    compiled_scenario, simulate = module.CompiledScenario, module.simulate
    load_scenario = import_module("sim").load_scenario

    def run(path: Path, seed: int, quarters: int | None) -> dict[str, pa.Table]:
        compiled = compiled_scenario.of(load_scenario(path).scenario, quarters=quarters)
        return simulate(compiled, seed=seed).tables()

    return run


def interface_of_3cf4653() -> Run:
    """The interface of commit 3cf4653."""
    from sim import Blueprint, load_scenario, simulate

    def run(path: Path, seed: int, quarters: int | None) -> dict[str, pa.Table]:
        blueprint = Blueprint.of(load_scenario(path).scenario, quarters=quarters)
        return simulate(blueprint, seed=seed).tables()

    return run


INTERFACES = (interface_of_sim_run, interface_of_3cf4653)
"""Newest first; the first that can be imported is used."""

FOLDERS = ("scenarios", "sim/scenarios")
"""Where shipped scenarios may be; the first folder that holds any counts."""


def interface() -> Run:
    """The newest interface that this tree has."""
    reasons = []
    for opened in INTERFACES:
        try:
            return opened()
        except (ImportError, AttributeError) as reason:
            reasons.append(f"{opened.__name__}: {reason}")
    raise ImportError(f"no known interface in {Path.cwd()}; add one to {__file__}\n" + "\n".join(reasons))


def shipped() -> dict[str, Path]:
    """Scenario files of this tree by name."""
    for folder in FOLDERS:
        found = sorted((Path.cwd() / folder).glob("*.yaml"))
        if found:
            return {path.stem: path for path in found}
    raise FileNotFoundError(f"no scenarios in {Path.cwd()}")


def check_place() -> None:
    """Refuse to run another tree's `sim`, which an installed package could be."""
    import sim

    if Path.cwd().resolve() not in Path(str(sim.__file__)).resolve().parents:
        raise RuntimeError(f"the package is {sim.__file__}, not the one in {Path.cwd()}")


def write(table: pa.Table, path: Path) -> None:
    """Write a table to the last bit, in a format whose columns can be read one by one."""
    whole = table.unify_dictionaries()
    with pa.ipc.new_file(path, whole.schema) as file:
        file.write_table(whole)


def do(job: dict[str, Any], run: Run, scenarios: dict[str, Path]) -> dict[str, Any]:
    """Run one job, on a shipped scenario or a file, write its tables into its folder, and return their names."""
    asked = job["scenario"]
    tables = run(scenarios.get(asked) or Path(asked), job["seed"], job["quarters"])
    for name, table in tables.items():
        write(table, Path(job["folder"]) / f"{name}.arrow")
    return {"tables": list(tables)}


def main() -> None:
    """Say what can be run, then do jobs until there are no more."""
    answers = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(2, 1)  # what the package prints must not come between the answers
    check_place()
    run, scenarios = interface(), shipped()
    print(json.dumps({"scenarios": list(scenarios)}), file=answers)
    for line in sys.stdin:
        try:
            answer = do(json.loads(line), run, scenarios)
        except Exception:
            answer = {"error": traceback.format_exc()}
        print(json.dumps(answer), file=answers)


if __name__ == "__main__":
    main()
