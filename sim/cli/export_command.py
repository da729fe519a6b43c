"""The command `sim export`: tables of a results folder for other programs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sim.cli.completions import table_names
from sim.cli.shared_options import names_in, report_errors, wrong


def export(
    folder: Annotated[Path, typer.Argument(help="Folder of a run, a comparison or a sweep.")],
    csv: Annotated[bool, typer.Option("--csv", help="A CSV file for each table.")] = False,
    xlsx: Annotated[bool, typer.Option("--xlsx", help="One workbook for Excel, with a sheet for each table.")] = False,
    stata: Annotated[bool, typer.Option("--stata", help="One .dta file for each table (Stata 14 or later).")] = False,
    table: Annotated[
        list[str] | None,
        typer.Option(
            help="A table, as in --sql: runs, design, series, agencies, ...; several with commas, or the option "
            "again.  [default: all]",
            show_default=False,
            autocompletion=table_names,
        ),
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="Folder of the files.  [default: export in FOLDER]", show_default=False)
    ] = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace files of an earlier export.")] = False,
) -> None:
    """Write tables of results for other programs: CSV, Excel or Stata."""
    kinds = [name for name, given in (("csv", csv), ("xlsx", xlsx), ("stata", stata)) if given]
    if len(kinds) != 1:
        raise wrong("give one of --csv, --xlsx and --stata")
    from sim.experiment.results.results import Results
    from sim.experiment.results.table_export import export_tables

    names = [name for each in table or () for name in names_in(each)]
    if table and not names:
        raise wrong("--table names no table")
    with report_errors():
        for path in export_tables(Results.open(folder), kinds[0], names or None, out, overwrite):
            print(path)
