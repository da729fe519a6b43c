"""Speed and size of reports: four scenarios over 200 replications, from a finished folder.

    python -m tests.bench.report_speed [REPLICATIONS]

Aims: under 10 s from pressing Enter, under 1 MB.  Seconds of the processor are given, too, because machines are shared.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
SCENARIOS = ("beijing-2010", "late-payment", "austerity", "core-grants")


def timed(command: list[str]) -> tuple[float, float]:
    """Wall time of a command, and its seconds of the processor."""
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return time.perf_counter() - began, used.ru_utime + used.ru_stime


def main(replications: int = 200) -> None:
    """Print time and size of a comparison's report, and of one run's with all tables."""
    sim = [sys.executable, "-m", "sim"]
    with tempfile.TemporaryDirectory() as folder:
        compared, ran, page = (Path(folder) / name for name in ("compared", "ran", "report.html"))
        count = ["--replications", str(replications)]
        timed([*sim, "compare", *SCENARIOS, *count, "--out", str(compared)])
        timed([*sim, "run", SCENARIOS[0], *count, "--out", str(ran)])
        for what, results in ((f"{len(SCENARIOS)} scenarios compared", compared), ("one run, all tables", ran)):
            wall, processor = min(
                timed([*sim, "report", str(results), "-o", str(page), "--overwrite"]) for _ in range(3)
            )
            size = page.stat().st_size / 1e6
            label = f"sim report, {what}, {replications:,} replications"
            print(f"{label:<58} {wall:>7.1f} s {size:.2f} MB   under 10 s, 1 MB; processor {processor:.1f} s")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
