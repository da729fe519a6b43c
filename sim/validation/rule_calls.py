"""Rule calls: how often every rule is called in one run, counted by Python in a process of its own.

Compiled rules cannot be counted, so the run is interpreted (``NUMBA_DISABLE_JIT=1``), which is a hundred times slower:
a few years of a small city take some minutes.  A rule that serves a rare policy may be called and do nothing, which is
no sign of life; events (`sim.validation.rule_activity`) say what came of it.
"""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from types import FrameType
from typing import NamedTuple

from sim.validation.plain_tables import text_table

_PACKAGE = Path(__file__).parents[1]
_RULES = _PACKAGE / "model"


class RuleCallError(RuntimeError):
    """The run whose calls were to be counted failed."""


class RuleCalls(NamedTuple):
    """Calls of rules in one interpreted run.

    Attributes
    ----------
    calls : dict of str to int
        How often each rule was called, by ``module.name`` below `sim.model`, most first.
    never : tuple of str
        Rules that were not called at all.
    """

    calls: dict[str, int]
    never: tuple[str, ...]


def count_rule_calls(scenario: str | Path, quarters: int, seed: int = 1) -> RuleCalls:
    """Count calls of rules in one run of a scenario.

    Parameters
    ----------
    scenario : str or Path
        A shipped scenario or a file.
    quarters : int
        Length of the run.
    seed : int
        Of the run.

    Raises
    ------
    RuleCallError
        If the run fails; says how it ended.
    """
    asked = [sys.executable, "-m", __name__, str(scenario), str(quarters), str(seed)]
    paths = os.pathsep.join(filter(None, (str(_PACKAGE.parent), os.environ.get("PYTHONPATH"))))
    environment = os.environ | {"NUMBA_DISABLE_JIT": "1", "PYTHONPATH": paths}
    done = subprocess.run(asked, env=environment, capture_output=True, text=True, encoding="utf-8", check=False)
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["no message"])[-1]
        raise RuleCallError(f"counting the calls of rules in {scenario} ended with status {done.returncode}: {last}")
    found = Counter({name: int(number) for name, number in json.loads(done.stdout.splitlines()[-1]).items()})
    known = declared_rules()
    return RuleCalls(
        {name: number for name, number in found.most_common() if name in known},
        tuple(name for name in sorted(known) if name not in found),
    )


def declared_rules() -> frozenset[str]:
    """Every rule of the model, by ``module.name`` below `sim.model`; those that only serve one module are left out."""
    return frozenset(f"{_module(str(path))}.{name}" for path in _RULES.rglob("*.py") for name in rules_in(path))


def rules_in(path: Path) -> list[str]:
    """Names of the rules that a source file defines, without those that only serve it."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = []
    for each in tree.body:
        if isinstance(each, ast.FunctionDef):
            marks = {mark.id for mark in each.decorator_list if isinstance(mark, ast.Name)}
            if marks & {"rule", "entry"} and not each.name.startswith("_"):
                found.append(each.name)
    return found


def calls_text(found: RuleCalls, most: int = 12) -> str:
    """Rules that are called most, and those that are never, for a terminal."""
    rows = [[name, f"{number:,}"] for name, number in list(found.calls.items())[:most]]
    never = ", ".join(found.never) or "none"
    return f"{text_table(('rule', 'calls'), rows)}\n{len(found.calls)} rules were called; never: {never}"


def _counted(scenario: str, quarters: int, seed: int) -> Counter[str]:
    """Calls of functions of the model in one run of this process, by ``module.name``."""
    from sim.run import simulate

    numbers: Counter[tuple[str, str]] = Counter()
    below = str(_RULES)

    def count(frame: FrameType, event: str, _argument: object) -> None:
        if event == "call" and frame.f_code.co_filename.startswith(below):
            numbers[frame.f_code.co_filename, frame.f_code.co_name] += 1

    sys.setprofile(count)
    try:
        simulate(scenario, seed, quarters=quarters)
    finally:
        sys.setprofile(None)
    return Counter({f"{_module(file)}.{name}": number for (file, name), number in numbers.items()})


def _module(file: str) -> str:
    return ".".join(Path(file).relative_to(_RULES).with_suffix("").parts)


if __name__ == "__main__":
    given = sys.argv[1:]
    sys.stdout.write(json.dumps(_counted(given[0], int(given[1]), int(given[2]))) + "\n")
