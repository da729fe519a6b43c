"""Explaining commands: what a lever, outcome, parameter, column, word or measure means."""

from __future__ import annotations

import shutil
import sys
import textwrap
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.completions import lever_names, outcome_names, term_names
from sim.cli.shared_options import wrong

if TYPE_CHECKING:
    from sim.docs_tables.declared_terms import Term

MOST_TERMS = 6
"""Terms that are explained in full; of more, the names are listed."""
_LABEL = 10
_WORD = "A name, or a word that is looked for in names and meanings."


def explain(
    word: Annotated[
        str,
        typer.Argument(
            help="Lever, parameter, outcome, measure, table, column, choice, event or cause; or the file of a figure.",
            autocompletion=term_names,
        ),
    ],
) -> None:
    """Explain a name: meaning, unit, bounds, default, source, and where it is used; of a figure, its origin."""
    from sim.docs_tables.declared_terms import all_terms, find_terms, searched

    if _is_picture(Path(word)):
        from sim.cli.figure_source_words import print_figure_source

        print_figure_source(Path(word))
        return
    if not word.strip():
        raise wrong("there is no name to explain; 'sim levers' and 'sim outcomes' list names")
    found = find_terms(word)
    if found:
        _print_terms(found)
        return
    unknown, renamed = _unknown(word)
    found = [] if renamed else searched(all_terms(), word)
    if not found:
        raise wrong(unknown)
    print(f"Nothing is called '{word}'; it is in these names and meanings:", file=sys.stderr)
    _print_list(found)


def _is_picture(path: Path) -> bool:
    """Whether a word is the file of a figure, or of a page with figures."""
    from sim.plots.figure_source import FORMATS

    return path.suffix[1:].lower() in (*FORMATS, "html") and path.is_file()


def levers(
    word: Annotated[str | None, typer.Argument(help=_WORD, autocompletion=lever_names)] = None,
) -> None:
    """List what governments can set and policies change, or explain one of them."""
    from sim.docs_tables.declared_terms import lever_terms

    _list_or_explain(lever_terms(), word, "lever")


def outcomes(
    word: Annotated[str | None, typer.Argument(help=_WORD, autocompletion=outcome_names)] = None,
) -> None:
    """List the outcomes of the sector, or explain one of them."""
    from sim.docs_tables.declared_terms import outcome_terms

    _list_or_explain(outcome_terms(), word, "outcome")


def _list_or_explain(terms: tuple[Term, ...], word: str | None, kind: str) -> None:
    from sim.docs_tables.declared_terms import searched

    found = list(terms) if word is None else [t for t in terms if t.name == word] or searched(terms, word)
    if not found:
        from sim.declarations.input_issues import suggest

        near = suggest(str(word), [term.name for term in terms])
        hint = f"; did you mean '{near}'?" if near else f"; 'sim {kind}s' lists all"
        raise wrong(f"no {kind} has '{word}' in its name or meaning{hint}")
    if len(found) == 1:
        _print_terms(found)
    else:
        _print_list(found)


def _unknown(word: str) -> tuple[str, bool]:
    """An error that names the nearest name, or says what is called so now; and whether that is so."""
    from sim.declarations.input_issues import suggest
    from sim.declarations.renamed_names import RENAMED, called_now
    from sim.docs_tables.declared_terms import known_names

    for each in RENAMED:
        if word in (each.old, each.old.rpartition(".")[2]):
            return f"nothing is called '{word}'; {called_now(each.new)}", True
    near = suggest(word, known_names())
    hint = f"did you mean '{near}'?" if near else "'sim levers' and 'sim outcomes' list names"
    return f"nothing is called '{word}'; {hint}", False


def _print_terms(terms: Sequence[Term]) -> None:
    width = min(shutil.get_terminal_size().columns, 120) if sys.stdout.isatty() else 10**6
    for term in terms[:MOST_TERMS]:
        print(f"{term.name}: {term.kind}")
        for label, text in (("", term.meaning), *term.facts):
            head = f"  {label:{_LABEL}}" if label else "  "
            print(textwrap.fill(text, width, initial_indent=head, subsequent_indent=" " * (_LABEL + 2 if label else 2)))
        print()
    if len(terms) > MOST_TERMS:
        print("Also: " + ", ".join(term.name for term in terms[MOST_TERMS:]))


def _print_list(terms: Sequence[Term]) -> None:
    name, unit = (max(len(getattr(term, what)) for term in terms) for what in ("name", "unit"))
    for term in terms:
        print(f"{term.name:{name}}  {term.unit:{unit}}  {term.meaning}".rstrip())
