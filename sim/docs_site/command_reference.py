"""Command reference: a page of all commands with their options, written by typer from the command line itself."""

from __future__ import annotations

import re

from sim.docs_site.page_text import fenced_parts, options_as_code, outside_code

_LIST = re.compile(r"^\*\*Commands\*\*:\n\n(?:\* .*\n)+", re.MULTILINE)
_HEADING = re.compile(r"^## `sim (\S+)`\n\n(.+)$", re.MULTILINE)
_TITLE = re.compile(r"^# `sim`$", re.MULTILINE)


def command_page() -> str:
    """The page: what `sim --help` and the help of every command say.

    Returns
    -------
    str
        Markdown.
    """
    import typer.main
    from typer.cli import get_docs_for_click

    from sim.cli.main import app

    command = typer.main.get_command(app)
    text = get_docs_for_click(obj=command, ctx=typer.Context(command, info_name="sim"), name="sim")
    text = _TITLE.sub("# Commands", text).replace("```console\n$ ", "```text\n")
    return _LIST.sub(_commands(text), _harmless(text)) + "\n"


def _commands(text: str) -> str:
    """The list of commands with the whole first sentence of each, and links."""
    lines = [f"* [`{name}`](#sim-{name}): {meaning}" for name, meaning in _HEADING.findall(text)]
    return "**Commands**:\n\n" + "\n".join(lines) + "\n"


def _harmless(text: str) -> str:
    """Options in sentences become code, and signs that would be markup are escaped."""

    def escaped(words: str) -> str:
        return options_as_code(re.sub(r"(?<!^)(?<!\*)\*(?![* ]|\*:)|<", lambda found: "\\" + found[0], words))

    return "".join(part if kind is not None else outside_code(part, escaped) for kind, part in fenced_parts(text))
