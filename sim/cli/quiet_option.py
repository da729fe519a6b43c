"""Quiet option of every command: results and errors are printed, progress and words that all is well are not."""

from __future__ import annotations

import functools
import inspect
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from rich.console import Console

Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Print results and errors, and nothing else.")]


class _Chosen:
    quiet = False


def with_quiet(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the option; before the name of the command it means the same."""
    given = inspect.signature(command, eval_str=True)
    option = inspect.Parameter("quiet", inspect.Parameter.KEYWORD_ONLY, default=False, annotation=Quiet)

    @functools.wraps(command)
    def called(*arguments: Any, quiet: bool = False, **options: Any) -> Any:
        before = _Chosen.quiet
        _Chosen.quiet = before or quiet
        try:
            return command(*arguments, **options)
        finally:
            _Chosen.quiet = before

    # Typer reads the options from here.
    del called.__wrapped__
    called.__signature__ = given.replace(parameters=[*given.parameters.values(), option])  # type: ignore[attr-defined]
    called.__annotations__ = {name: each.annotation for name, each in called.__signature__.parameters.items()}  # type: ignore[attr-defined]
    return called


def be_quiet(context: typer.Context, quiet: bool) -> None:
    """Be quiet until the command line is done."""
    before = _Chosen.quiet
    _Chosen.quiet = quiet
    context.call_on_close(lambda: setattr(_Chosen, "quiet", before))


def note(text: str) -> None:
    """Say something on the error stream that is no error."""
    if not _Chosen.quiet:
        print(text, file=sys.stderr)


def all_is_well(text: str) -> None:
    """Say on the output stream that all is well, and where results are."""
    if not _Chosen.quiet:
        print(text)


def progress_console() -> Console:
    """The error stream, for progress."""
    from rich.console import Console

    return Console(stderr=True, quiet=_Chosen.quiet)
