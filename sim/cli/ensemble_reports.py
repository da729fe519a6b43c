"""Ensemble reports: `sim validate` searching for an ensemble of parameter sets, and judging one from a file."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from sim.cli.quiet_option import all_is_well, note
from sim.cli.shared_options import FAILED
from sim.cli.validation_reports import watched

if TYPE_CHECKING:
    from sim.validation.ensemble_file import Ensemble
    from sim.validation.ensemble_search import EnsembleSearch
    from sim.validation.random_sets import RandomSets


def print_ensemble_search(
    sets: int,
    file: Path,
    *,
    tolerance: float,
    replications: int | None,
    out: Path | None,
    workers: int | None,
    as_json: bool,
) -> None:
    """Draw sets, keep those that pass all patterns that serve calibration, or come near, and write them into a file.

    Raises
    ------
    typer.Exit
        If no set passes; the file is left as it was.
    """
    from sim.experiment.execute.executor_choice import opened_executor
    from sim.experiment.store.atomic_files import check_new_file, write_file
    from sim.validation.ensemble_file import ensemble_text
    from sim.validation.ensemble_search import search_ensemble
    from sim.validation.located_file import shipped_patterns
    from sim.validation.pattern_loading import load_patterns
    from sim.validation.validation_api import OUT, known_statistics
    from sim.validation.world_runs import check_out

    out = out or OUT
    check_new_file(file)
    statistics = known_statistics()
    found = load_patterns([shipped_patterns()], statistics)
    check_out(out)
    numbers: dict[str, Any] = {"sets": sets, "tolerance": tolerance} | (
        {} if replications is None else {"replications": replications}
    )
    with watched(out) as reporter, opened_executor(workers) as executor:
        came = search_ensemble(found, statistics, out, executor, reporter, **numbers, say=lambda line: note(line))
    if as_json:
        plain = {"sets": sets, "kept": list(came.kept), "passed": came.passed, "left_out": list(came.left_out)}
        print(json.dumps(plain, indent=2))
    else:
        print(_search_text(came, sets))
    sys.stdout.flush()
    if not came.kept:
        print(f"sim: no set passes all of these patterns, so {file} is not written", file=sys.stderr)
        raise typer.Exit(FAILED)
    write_file(file, ensemble_text(_ensemble(came, found.worlds, numbers, file)).encode())
    if not as_json:
        all_is_well(f"Sets: {file}. How they stand with the other patterns: sim validate --sets {file}")


def _search_text(came: EnsembleSearch, sets: int) -> str:
    """How many sets met each pattern and passed it, in the order in which they met."""
    from sim.validation.plain_tables import text_table

    rows = [[name, f"{met:,}", f"{through:,}"] for name, (met, through) in came.passed.items()]
    head = f"{sets:,} random sets of {len(came.axes)} parameters within their plausible ranges"
    return f"{head}\n{text_table(('pattern', 'sets', 'pass'), rows)}\n{len(came.kept):,} sets pass all of them"


def _ensemble(came: EnsembleSearch, worlds: Mapping[str, Any], numbers: Mapping[str, Any], file: Path) -> Ensemble:
    """The sets that were kept, with how they were found."""
    from sim.experiment.store.provenance import checkout, now, versions
    from sim.validation.ensemble_file import SCENARIO, Ensemble
    from sim.validation.ensemble_search import REPLICATIONS

    replications = numbers.get("replications", REPLICATIONS)
    git = checkout() or {}
    options = f"--random {numbers['sets']} --replications {replications} --ensemble {file.name}"
    options += f" --tolerance {numbers['tolerance']:g}" if numbers["tolerance"] else ""
    facts = {
        SCENARIO: next(iter(worlds.values())).label,
        "patterns": ", ".join(came.passed),
        "command": f"sim validate {options}",
        "date": now(),
        "version": f"social-work-sim {versions()['social-work-sim']}" + (f", {git['commit']}" if git else ""),
        "kept": f"{len(came.kept)} of {numbers['sets']} sets, {replications} runs of each in every world, seed 1",
    }
    paths = tuple(str(axis["path"]) for axis in came.axes.values())
    values = tuple(tuple(float(point[name]) for name in came.axes) for point in came.points)
    return Ensemble(facts, paths, came.kept, values)


def print_sets(
    file: Path,
    scenarios: Sequence[str],
    only: Sequence[str],
    *,
    replications: int | None,
    patterns: Sequence[Path],
    out: Path | None,
    workers: int | None,
    as_json: bool,
) -> None:
    """Hold the sets of a file against patterns, and print how many pass each."""
    from sim.experiment.execute.executor_choice import opened_executor
    from sim.validation.ensemble_file import read_ensemble
    from sim.validation.ensemble_search import REPLICATIONS
    from sim.validation.located_file import shipped_patterns
    from sim.validation.pattern_loading import load_patterns
    from sim.validation.random_sets import held_against
    from sim.validation.set_designs import SetDesign
    from sim.validation.validation_api import OUT, choose, known_statistics
    from sim.validation.world_runs import check_out

    out = out or OUT
    ensemble = read_ensemble(file)
    statistics = known_statistics()
    every = load_patterns([shipped_patterns(), *patterns], statistics)
    asked = choose(every, only, scenarios, lambda line: note(f"note: {line}"))
    if not asked:
        note("Nothing to do: no pattern was chosen.")
        return
    check_out(out)
    drawn = SetDesign(ensemble.axes(), ensemble.points(), len(ensemble.values), replications or REPLICATIONS)
    with watched(out) as reporter, opened_executor(workers) as executor:
        found = held_against(every, asked, statistics, out / "sets", executor, reporter, drawn, 1)
    _print_sets(found, out, file, as_json)


def _print_sets(found: RandomSets, out: Path, file: Path, as_json: bool) -> None:
    from sim.experiment.store.atomic_files import write_file
    from sim.validation.random_report import keep_tables, sets_markdown, sets_text

    keep_tables(found, out / "sets")
    runs = f"{found.replications} run{'s' * (found.replications != 1)} each"
    head = f"{found.sets:,} sets of {len(found.parameters)} parameters in {file.name}, {runs}"
    write_file(out / "sets" / "sets.md", f"# Sets of parameters\n\n{sets_markdown(found, head)}\n".encode())
    if as_json:
        tables = {"patterns": found.patterns, "checks": found.checks}
        print(json.dumps({name: json.loads(each.to_json(orient="records")) for name, each in tables.items()}, indent=2))
        return
    print(sets_text(found, head))
    sys.stdout.flush()
    all_is_well(f"Results: {out / 'sets'} (sets.md, Parquet)")
