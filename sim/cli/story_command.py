"""The command `sim story`: the life of one agency, as text, as a page or as a figure."""

from __future__ import annotations

import shlex
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.plot_command import Overwrite
from sim.cli.quiet_option import note
from sim.cli.shared_options import report_errors, wrong
from sim.declarations.input_issues import printable

if TYPE_CHECKING:
    from sim.story.story_making import MadeStory

_WIDEST = 160
"""Characters of a line on a terminal at most."""
_TEXT, _PAGE = "txt", "html"


Agency = Annotated[
    str | None, typer.Option(help="Name of the agency; without it, names are listed.", show_default=False)
]
Run = Annotated[
    int | None, typer.Option(min=0, help="Replication, from 0.  [default: the typical one]", show_default=False)
]
Points = Annotated[
    list[str] | None,
    typer.Option(
        "--point",
        help="Point, by label or number; twice for two lives side by side.  [default: the first two]",
        show_default=False,
    ),
]
Out = Annotated[
    Path | None,
    typer.Option(
        "--out", "-o", help="File: .html, .txt, .png, .svg or .pdf.  [default: text on the screen]", show_default=False
    ),
]


def story(
    folder: Annotated[Path, typer.Argument(metavar="RESULTS", help="Folder of a run, a comparison or a sweep.")],
    agency: Agency = None,
    run: Run = None,
    points: Points = None,
    out: Out = None,
    overwrite: Overwrite = False,
) -> None:
    """Tell the life of one agency: founding, contracts, payers, people, and what closed it."""
    ending = _ending(out, overwrite)
    with report_errors():
        from sim.experiment.results.result_arrays import ResultArrays
        from sim.story.run_tables import keeps_tables
        from sim.story.story_making import make_story

        opened = ResultArrays.open(folder)
        opened.parts()
        if not keeps_tables(opened):
            note(printable(f"note: {folder} keeps not all tables that a life is read from; runs are run again"))
        command = shlex.join(["sim", *sys.argv[1:]])
        made = make_story(opened, agency or "", run, points or (), command)
        _show(made, out, ending)


def _ending(out: Path | None, overwrite: bool) -> str:
    """What kind of file is asked for; text on the screen where none is."""
    from sim.plots.figure_source import FORMATS

    if out is None:
        return ""
    known = (_PAGE, _TEXT, *FORMATS)
    ending = out.suffix[1:].lower()
    if ending not in known or out.is_dir():
        raise wrong(f"--out {out}: a story is written as one file ending in {', '.join(f'.{each}' for each in known)}")
    if out.exists() and not overwrite:
        raise wrong(f"{out} is there already; --overwrite replaces it")
    return ending


def _show(made: MadeStory, out: Path | None, ending: str) -> None:
    """Print a story, or write it as a file."""
    from sim.experiment.store.atomic_files import make_folder, write_file
    from sim.story.story_text import WIDTH, story_text

    if out is None:
        width = min(shutil.get_terminal_size().columns, _WIDEST) if sys.stdout.isatty() else WIDTH
        print(story_text(made.story, width), end="")
        return
    notes: tuple[str, ...] = ()
    if ending == _TEXT:
        content = story_text(made.story).encode()
    else:
        from sim.plots.figure_style import rendered
        from sim.story.story_figure import story_figure
        from sim.story.story_page import story_page

        figure, notes = story_figure(made, for_page=ending == _PAGE)
        content = story_page(made.story, figure).encode() if ending == _PAGE else rendered(figure, ending)
    make_folder(out.parent)
    write_file(out, content)
    print(out)
    for each in notes:
        print(printable(f"note: {each}"), file=sys.stderr)
