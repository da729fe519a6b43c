"""`make bench`: speed and memory on this machine, as figures and ratios; nothing here can fail a test.

Each figure stands beside what the project aims at.  Machines are shared and noisy: figures are medians, and
what is compared is run in turn.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
SIM = [sys.executable, "-m", "sim"]
BASE = str(ROOT / "scenarios" / "beijing-2010.yaml")


def say(what: str, figure: str, aim: str = "") -> None:
    """Print one line of the report."""
    print(f"{what:<58} {figure:>16}   {aim}", flush=True)


def seconds(command: list[str], **environment: str) -> float:
    """Wall time of a command."""
    began = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True, env={**os.environ, **environment}, cwd=ROOT)
    return time.perf_counter() - began


def median_seconds(command: list[str], times: int = 5) -> float:
    """Median wall time of a command, after one run that does not count."""
    seconds(command)
    return statistics.median(seconds(command) for _ in range(times))


def bench_replication() -> None:
    """One replication of Beijing, in a process that runs many."""
    from sim import CompiledScenario, load_scenario, simulate

    compiled = CompiledScenario.of(load_scenario("beijing-2010").scenario)
    record = simulate(compiled, 0)
    for detailed in (True, False):
        times = []
        for seed in range(200):
            began = time.perf_counter()
            record = simulate(compiled, seed, reuse=record, detailed=detailed)
            times.append(time.perf_counter() - began)
        kept = "ledger and panel kept" if detailed else "series only"
        aim = "at most 8 ms" if detailed else ""
        say(f"one replication of beijing-2010, {kept}", f"{statistics.median(times) * 1e3:.2f} ms", aim)


def bench_size() -> None:
    """Time per agency and quarter, and memory, from 150 to 15 000 agencies; each in a process of its own."""
    for detailed in ("0", "1"):
        base = 0.0
        for cities in ("1", "10", "100"):
            command = [sys.executable, str(Path(__file__).parent / "country_size.py"), cities, detailed]
            rows = [
                subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT).stdout.split()
                for _ in range(3)
            ]
            each = statistics.median(float(row[0]) for row in rows)
            memory = statistics.median(float(row[1]) for row in rows)
            base = base or each
            kept = "tables made" if detailed == "1" else "series only"
            aim = "at most 2.0 times, under 1 000 MB" if cities == "100" else ""
            what = f"{150 * int(cities):>6} agencies, per agency and quarter, {kept}"
            say(what, f"{each:.1f} us  {memory:.0f} MB", f"{each / base:.2f} times; {aim}" if aim else "")


def bench_commands() -> None:
    """Whole commands, start included."""
    say("sim --help", f"{median_seconds([*SIM, '--help']):.2f} s", "under 0.4 s")
    say("sim check beijing-2010", f"{median_seconds([*SIM, 'check', BASE]):.2f} s", "under 0.4 s")
    folder = Path(tempfile.mkdtemp())
    try:
        run = [*SIM, "run", BASE, "--out"]
        seconds([*run, str(folder / "warm"), "--replications", "1"])
        one = statistics.median(seconds([*run, str(folder / f"{n}"), "--replications", "1"]) for n in range(5))
        say("sim run, one replication, curves included", f"{one:.2f} s", "under 2.5 s")
        many = seconds([*run, str(folder / "many"), "--replications", "1000", "--workers", "2"])
        size = sum(path.stat().st_size for path in (folder / "many").rglob("*") if path.is_file())
        say("sim run, 1 000 replications, 2 workers", f"{many:.1f} s", f"under 20 s; {size / 1e6:.0f} MB written")
        fresh = str(folder / "cache")
        first = seconds([*run, str(folder / "first"), "--replications", "1"], SIM_CACHE_DIR=fresh)
        say("first compile", f"{first - one:.1f} s", "under 60 s")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def heaviest(command: list[str]) -> tuple[float, float]:
    """Wall time of a command, and the most memory in MB that any one of its processes had."""
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return time.perf_counter() - began, used.ru_maxrss / 1e3


def bench_national() -> None:
    """The whole country: series only, with its cost against that of Beijing, and then with all its tables."""
    command = [sys.executable, str(Path(__file__).parent / "national_scenario.py")]
    row = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT).stdout.split()
    say("national, 60 quarters, most agencies", f"{float(row[0]):.1f} s  {float(row[1]):.0f}", "at most 15 s; 15 000")
    say("national, memory", f"{float(row[2]):.0f} MB", "at most 2 000 MB")
    say(
        "national, per agency and quarter", f"{float(row[3]):.1f} us", f"{float(row[4]):.1f} times Beijing; at most 2.0"
    )
    with tempfile.TemporaryDirectory() as folder:
        run = [*SIM, "run", str(ROOT / "scenarios" / "national.yaml"), "--replications", "1", "--out"]
        spent, memory = heaviest([*run, str(Path(folder) / "out")])
        size = sum(path.stat().st_size for path in Path(folder).rglob("*.parquet"))
    say("sim run national, one replication, all tables", f"{spent:.1f} s", f"{size / 1e6:.0f} MB written")
    say("sim run national, memory of the largest process", f"{memory:.0f} MB", "at most 2 000 MB")


def main() -> None:
    """Run every benchmark."""
    sys.path.insert(0, str(Path(__file__).parent.parent))
    sys.path.insert(0, str(ROOT))
    print(f"Python {sys.version.split()[0]}, {os.cpu_count()} cores\n")
    bench_commands()
    bench_replication()
    bench_size()
    bench_national()
    from tests.bench import dashboard_speed as page
    from tests.bench import figure_speed as figures
    from tests.bench import oracle_ratio as oracle
    from tests.bench import point_preparation as points
    from tests.bench import report_speed as reports
    from tests.bench import rng_speed as chance
    from tests.bench import sweep_overhead as sweeps
    from tests.bench import table_speed as tables

    page.report(say)
    tables.main()
    reports.main()
    points.main()
    sweeps.main()
    figures.main()
    oracle.main()
    chance.main()


if __name__ == "__main__":
    main()
