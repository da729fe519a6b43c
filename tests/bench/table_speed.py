"""Speed of tables: `sim run` with all its tables against the rules' own time, in one run.

    python -m tests.bench.table_speed [REPLICATIONS]

Aim: at most 3 times the rules' own time.  Both are taken in turn, because machines are shared and noisy.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
SCENARIO = "beijing-2010"
SHARES = 4
"""Parts in which the replications are run, with the rules alone between them."""


def rules_seconds(replications: int, first_seed: int) -> float:
    """Time of so many runs without any table, ledger and panel kept."""
    from sim import CompiledScenario, load_scenario, simulate

    compiled = CompiledScenario.of(load_scenario(SCENARIO).scenario)
    record = simulate(compiled, 0)
    began = time.perf_counter()
    for seed in range(first_seed, first_seed + replications):
        record = simulate(compiled, seed, reuse=record)
    return time.perf_counter() - began


def run_seconds(replications: int, folder: Path) -> float:
    """Time of `sim run` for so many replications, one worker, everything written."""
    scenario = str(ROOT / "scenarios" / f"{SCENARIO}.yaml")
    command = [sys.executable, "-m", "sim", "run", scenario, "--out", str(folder), "--workers", "1"]
    began = time.perf_counter()
    subprocess.run([*command, "--replications", str(replications)], check=True, capture_output=True, cwd=ROOT)
    return time.perf_counter() - began


def main(replications: int = 1000) -> None:
    """Print the ratio and the size of what was written."""
    share = replications // SHARES
    folder = Path(tempfile.mkdtemp())
    try:
        run_seconds(1, folder / "warm")
        start = run_seconds(1, folder / "one")
        alone = whole = 0.0
        size = 0
        for n in range(SHARES):
            alone += rules_seconds(share, n * share)
            whole += run_seconds(share, folder / str(n)) - start
            size += sum(path.stat().st_size for path in (folder / str(n)).rglob("*.parquet"))
            shutil.rmtree(folder / str(n))
        found = f"{(whole + start) / alone:.2f} times"
        print(
            f"{'sim run with all tables, to the rules alone':<58} {found:>16}   at most 3; {size / 1e6:.0f} MB written"
        )
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
