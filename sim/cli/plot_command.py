"""The command `sim plot`: figures of a results folder, of any kind, as PNG, SVG or PDF."""

from __future__ import annotations

import hashlib
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.completions import figure_kind_names, outcome_names
from sim.cli.figure_keeping import FOLDER
from sim.cli.results_commands import Counted
from sim.cli.shared_options import At, From, Since, To, asked_measure, names_in, outcomes_in, report_errors, wrong

if TYPE_CHECKING:
    from sim.experiment.results.figure_data.figure_making import MadeFigure
    from sim.experiment.results.figure_data.figure_options import FigureOptions
    from sim.experiment.results.result_arrays import ResultArrays

_LONGEST_NAME = 100

Kinds = Annotated[
    str | None,
    typer.Option(
        "--kind",
        help="Kinds of figures, with commas; --list says which.  [default: those that suit the folder]",
        show_default=False,
        autocompletion=figure_kind_names,
    ),
]
Outcomes = Annotated[
    str | None,
    typer.Option(
        help="Outcomes to show, with commas.  [default: the experiment's, or the main ones]",
        show_default=False,
        autocompletion=outcome_names,
    ),
]
By = Annotated[
    str | None,
    typer.Option(help="What to tell apart: axes of a sweep, district, origin, ...; with commas.", show_default=False),
]
Base = Annotated[
    str | None, typer.Option(help="Point that others are compared with: label or number.", show_default=False)
]
Points = Annotated[
    list[str] | None,
    typer.Option("--point", help="A point to show, by label or number; may be repeated.", show_default=False),
]
Threshold = Annotated[
    float | None, typer.Option(help="Value of the outcome that is marked, in its unit.", show_default=False)
]
Year = Annotated[int | None, typer.Option(help="Calendar year that is shown.", show_default=False)]
Count = Annotated[
    int | None, typer.Option(min=1, help="Single runs, or rows, that are drawn at most.", show_default=False)
]
Observed = Annotated[
    Path | None,
    typer.Option(help="CSV file of observed series.  [default: the scenario's, where shipped]", show_default=False),
]
Out = Annotated[
    Path | None,
    typer.Option(help="File (.png, .svg, .pdf), or a folder.  [default: figures in RESULTS]", show_default=False),
]
Formats = Annotated[
    str | None,
    typer.Option("--format", help="png, svg, pdf; several with commas.  [default: png,svg]", show_default=False),
]
Overwrite = Annotated[bool, typer.Option("--overwrite", help="Replace a file that is there.")]
List = Annotated[bool, typer.Option("--list", help="List the kinds, and what the folder lacks for each.")]


def plot(
    folder: Annotated[Path, typer.Argument(metavar="RESULTS", help="Folder of a run, a comparison or a sweep.")],
    kinds: Kinds = None,
    outcomes: Outcomes = None,
    by: By = None,
    measure: Counted = None,
    at: At = None,
    first: From = None,
    to: To = None,
    since: Since = None,
    base: Base = None,
    points: Points = None,
    threshold: Threshold = None,
    year: Year = None,
    count: Count = None,
    observed: Observed = None,
    out: Out = None,
    formats: Formats = None,
    overwrite: Overwrite = False,
    list_kinds: List = False,
) -> None:
    """Draw figures of results: curves, differences, heat maps, survival, money and more."""
    counted = asked_measure(measure, at, first, to, since)
    endings = _endings(out, formats)
    with report_errors():
        from sim.experiment.results.figure_data.figure_options import FigureOptions
        from sim.experiment.results.result_arrays import ResultArrays

        opened = ResultArrays.open(folder)
        if list_kinds:
            _print_kinds(opened)
            return
        shown = {"outcomes": outcomes_in(outcomes), "by": names_in(by), "base": base, "points": points}
        values = {"measure": counted, "threshold": threshold, "year": year, "count": count, "observed": observed}
        options = FigureOptions.of(**shown, **values)
        _draw(opened, names_in(kinds), options, _files(opened, out, options), endings, overwrite)


def _endings(out: Path | None, formats: str | None) -> list[str]:
    """Formats to write: those that are named, or that of the file."""
    from sim.plots.figure_source import FORMATS

    named = list(dict.fromkeys(names_in(formats)))
    for name in named:
        if name not in FORMATS:
            raise wrong(f"--format '{name}' is not one of {', '.join(FORMATS)}")
    ending = "" if out is None or out.is_dir() else out.suffix[1:].lower()
    if ending and ending not in FORMATS:
        raise wrong(f"--out {out}: '.{ending}' is no format of figures; expected .png, .svg or .pdf, or a folder")
    if ending and named and named != [ending]:
        raise wrong(f"--out {out} says {ending}, and --format {', '.join(named)}; give one of them")
    return named or ([ending] if ending else ["png", "svg"])


def _draw(
    opened: ResultArrays,
    kinds: list[str],
    options: FigureOptions,
    place: tuple[Path, str, bool],
    endings: list[str],
    overwrite: bool,
) -> None:
    """Make all figures, then write all files; a figure that cannot be made leaves nothing."""
    from sim.experiment.results.figure_data.figure_making import make_figure, usual_kinds
    from sim.experiment.store.atomic_files import make_folder, write_file
    from sim.experiment.store.part_reader import QueryError
    from sim.plots.figure_style import rendered

    folder, name, ours = place
    chosen = kinds or usual_kinds(opened)
    if not opened.done or not chosen:
        opened.parts()
        raise wrong(f"{opened.path} keeps nothing that is drawn unasked; --list says which kinds can be drawn")
    if name and len(chosen) > 1:
        raise wrong(f"--out names one file, and these are {len(chosen)} figures; give a folder, or one --kind")
    command = shlex.join(["sim", *sys.argv[1:]])
    made: dict[str, MadeFigure] = {}
    for kind in chosen:
        try:
            made[name or _file_name(kind, options)] = make_figure(opened, kind, options, command)
        except QueryError as error:
            # Of kinds that nobody named, those are drawn that can be.
            if kinds or (kind == chosen[-1] and not made):
                raise
            print(f"note: {kind} is not drawn: {error}", file=sys.stderr)
    files = {folder / f"{stem}.{ending}": (each, ending) for stem, each in made.items() for ending in endings}
    for path in files:
        if path.exists() and not (overwrite or ours):
            raise wrong(f"{path} is there already; --overwrite replaces it")
    make_folder(folder)
    for path, (each, ending) in files.items():
        write_file(path, rendered(each.figure, ending))
        print(path)
    _print_notes(made)


def _files(opened: ResultArrays, out: Path | None, options: FigureOptions) -> tuple[Path, str, bool]:
    """Folder, name without ending where one file is asked for, and whether the folder is ours to draw anew in."""
    if out is None:
        return opened.path / FOLDER, "", True
    if out.suffix and not out.is_dir():
        return out.parent, out.stem, False
    return out, "", False


def _file_name(kind: str, options: FigureOptions) -> str:
    """A name that says kind and options, so that figures of other options do not take each other's place.

    Examples
    --------
    >>> from sim.experiment.results.figure_data.figure_options import FigureOptions
    >>> _file_name("bands", FigureOptions(outcomes=("staff", "wage")))
    'bands-staff+wage'
    """
    from sim.experiment.store.atomic_files import fitting

    parts = ["+".join(value) if isinstance(value, tuple) else str(value) for value in options.given().values()]
    plain = ["".join(sign if sign.isalnum() or sign in "+._" else "-" for sign in part) for part in parts]
    name = "-".join([kind, *plain])
    if len(name) > _LONGEST_NAME or plain != parts:
        digest = hashlib.sha256(repr(options).encode()).hexdigest()[:8]
        name = f"{name[:_LONGEST_NAME]}-{digest}"
    return fitting(name)


def _print_notes(made: dict[str, MadeFigure]) -> None:
    notes = dict.fromkeys(note for each in made.values() for note in each.notes)
    for note in notes:
        print(f"note: {note}", file=sys.stderr)


def _print_kinds(opened: ResultArrays) -> None:
    """Every kind with what it shows, and what the folder lacks for it."""
    from sim.experiment.results.figure_data.figure_kinds import KINDS

    width = max(len(kind.name) for kind in KINDS)
    for kind in KINDS:
        options = "; ".join(f"--{'point' if name == 'points' else name}" for name in kind.options)
        print(f"{kind.name:{width}}  {kind.title}")
        print(f"{'':{width}}  takes {options or 'no option'}" + (f"; --by {', '.join(kind.by)}" if kind.by else ""))
        if lack := kind.lacks(opened):
            print(f"{'':{width}}  not here: {lack}")
