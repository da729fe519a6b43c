"""Printed tables: made-up sweeps as text, for tests of what is printed of them."""

import io

from rich.console import Console

from sim.declarations.sector_outcomes import SECTOR
from sim.experiment.execute.result_collector import COLUMNS
from sim.experiment.printed.sweep_table import sweep_table
from sim.experiment.results.results import Results
from tests.unit.experiment.made_up_sweeps import sweep_folder

WIDTHS = (80, 100, 200)
TITLES = {outcome.name: outcome.title for outcome in SECTOR}


def printed(thing, width):
    console = Console(file=io.StringIO(), width=width)
    console.print(thing)
    return console.file.getvalue()


def shown(results, width=200, **asked):
    return printed(sweep_table(results, width, **asked), width)


def sweep(path, rows=None, **made):
    sweep_folder(path, rows, **made)
    return Results.open(path)


def column(outcome):
    return COLUMNS.index(f"{outcome}_year")
