"""Options of the command `sim validate`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sim.cli.completions import file_names, pattern_names, scenario_names, switch_names

Scenarios = Annotated[
    list[str] | None,
    typer.Argument(help="Only patterns that use these scenarios.  [default: all]", autocompletion=scenario_names),
]
Only = Annotated[
    list[str] | None,
    typer.Option(
        help="Only these patterns, with commas; may be repeated.", show_default=False, autocompletion=pattern_names
    ),
]
Replications = Annotated[
    int | None, typer.Option(min=1, help="Runs of every world, instead of what the files say.", show_default=False)
]
Patterns = Annotated[
    list[Path] | None, typer.Option(help="File with further patterns; may be repeated.", show_default=False)
]
Changes = Annotated[
    list[str] | None,
    typer.Option(
        metavar="FILE",
        help="File with changes of scenarios, laid over every world of the patterns; may be repeated.",
        show_default=False,
        autocompletion=file_names,
    ),
]
Without = Annotated[
    list[str] | None,
    typer.Option(
        metavar="RULES",
        help="Say instead how patterns stand without one rule at a time: names with commas, 'all', or a file of yours.",
        show_default=False,
        autocompletion=switch_names,
    ),
]
Out = Annotated[
    Path | None, typer.Option(help="Folder for runs and tables, gone on with.  [default: results/validation]")
]
Markdown = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="Markdown file in which the table is put between its marks, or that is made."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON: every pattern and check.")]
Random = Annotated[
    int | None,
    typer.Option(min=1, metavar="SETS", help="Say instead how many random sets of parameters pass each pattern."),
]
EnsembleOut = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        help="With --random: keep the sets that pass every pattern that serves calibration, as CSV.",
        show_default=False,
    ),
]
Sets = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        help="Say instead how many of the sets in such a file pass each pattern.",
        show_default=False,
        autocompletion=file_names,
    ),
]
ByScenario = Annotated[
    bool,
    typer.Option(help="Tell instead how scenarios compare with observed series, and how the model behaves in them."),
]
Observed = Annotated[
    list[Path] | None,
    typer.Option(metavar="FOLDER", help="With --by-scenario: further observed series (CSV); may be repeated."),
]
Draws = Annotated[
    int | None,
    typer.Option(min=0, help="With --by-scenario: sets of weights of the measures; 0 for none.  [default: 50]"),
]
CountRules = Annotated[
    int | None,
    typer.Option(
        min=1, metavar="QUARTERS", help="With --by-scenario: count calls of rules in a run that is interpreted; slow."
    ),
]
Tolerance = Annotated[
    float,
    typer.Option(
        min=0,
        max=1,
        metavar="SHARE",
        help="With --ensemble: how far outside a band numbers may lie, over its width (over the limit if it has one).",
    ),
]
