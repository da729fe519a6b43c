"""The command `sim report`: results as one HTML page that opens anywhere."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import Annotated

import typer

from sim.cli.quiet_option import note
from sim.cli.shared_options import report_errors, wrong

_ENDINGS = (".html", ".htm")


def report(
    folders: Annotated[
        list[Path],
        typer.Argument(
            metavar="RESULTS...", help="Folder of a run, a comparison or a sweep; several are compared with the first."
        ),
    ],
    out: Annotated[Path, typer.Option("-o", "--out", help="File to write, such as report.html.", show_default=False)],
    title: Annotated[
        str | None, typer.Option(help="Heading.  [default: that of the results]", show_default=False)
    ] = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace the file if it is there.")] = False,
) -> None:
    """Write a report of results: one HTML file with findings in words, figures, tables, and how to make them again."""
    if title is not None and not title.strip():
        raise wrong("--title is empty; leave it out, and the heading is that of the results")
    if out.suffix.lower() not in _ENDINGS and not out.is_dir():
        raise wrong(f"-o {out}: a report is an HTML file; expected a name that ends in .html")
    with report_errors():
        from sim.experiment.store.atomic_files import check_new_file, write_file

        target = check_new_file(out)
        if target.exists() and not overwrite:
            raise wrong(f"{out} is there already; --overwrite replaces it")
        from sim.report.report_writing import make_report

        page = make_report(folders, (title or "").strip(), shlex.join(["sim", *sys.argv[1:]])).encode()
        write_file(target, page)
    note(f"{len(page) / 1e6:.2f} MB, opens in any browser without a network")
    print(out)
