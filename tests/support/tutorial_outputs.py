"""Tutorial outputs: run the tutorials of the docs from top to bottom, and compare or renew the outputs that they show.

A tutorial is Markdown.  A block of `yaml` is a file, named in its first line; a block of `sh` holds commands of `sim`,
of which one that is meant to fail ends in a comment with its status; a block of `python` goes on where the one before
ended.  A block of `text` that follows one of these is what it prints.  ``python -m tests.support.tutorial_outputs``
writes these blocks, and the pictures that a tutorial shows, anew.
"""

from __future__ import annotations

import contextlib
import io
import re
import shlex
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.support.in_process_cli import inside

ROOT = Path(__file__).parents[2]
TUTORIALS = sorted((ROOT / "docs" / "tutorials").glob("*.md"))
_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_STATUS = re.compile(r"#.*\bstatus (\d)")
_FILE = re.compile(r"# (\S+\.yaml)\n")
_PICTURE = re.compile(r"!\[[^\]]*\]\(\.\./images/(tutorial-\S+?)\)")


@dataclass(frozen=True)
class Step:
    """A block that does something, and what it is shown to print.

    Attributes
    ----------
    language, code : str
        Of the block.
    shown : slice or None
        Where in the tutorial its output stands; None where none is shown.
    """

    language: str
    code: str
    shown: slice | None


def steps(text: str) -> Iterator[Step]:
    """The blocks of a tutorial that do something."""
    found = list(_BLOCK.finditer(text))
    outputs = set()
    for block, after in zip(found, [*found[1:], None], strict=True):
        shown = None
        if block[1] != "text" and after is not None and after[1] == "text":
            assert not text[block.end() : after.start()].strip(), "an output follows its block"
            shown = slice(after.start(2), after.end(2))
            outputs.add(after.start())
        if block[1] != "text":
            yield Step(block[1], block[2], shown)
        else:
            assert block.start() in outputs, f"an output of nothing: {block[2][:60]}"


def run_tutorial(text: str, folder: Path) -> Iterator[tuple[Step, str]]:
    """Do what a tutorial says in a folder; give each step with what it prints."""
    names: dict[str, object] = {"__name__": "tutorial"}
    for step in steps(text):
        if step.language == "yaml":
            name = _FILE.match(step.code)
            assert name is not None, "a file begins with its name"
            (folder / name[1]).write_text(step.code, encoding="utf-8")
            yield step, ""
        elif step.language == "sh":
            yield step, "".join(_command(line, folder) for line in step.code.splitlines() if line.strip())
        else:
            assert step.language == "python", step.language
            with contextlib.chdir(folder), contextlib.redirect_stdout(io.StringIO()) as printed:
                exec(compile(step.code, "tutorial", "exec"), names)
            yield step, printed.getvalue()


def _command(line: str, folder: Path) -> str:
    program, *arguments = shlex.split(line, comments=True)
    assert program == "sim", line
    asked = _STATUS.search(line)
    done = inside(*arguments, cwd=folder)
    assert done.returncode == int(asked[1] if asked else 0), f"{line}\n{done.stdout}\n{done.stderr}"
    return done.stderr if done.returncode else done.stdout


def tidy(output: str) -> str:
    """Output without blanks at the ends of lines, and without empty lines around it."""
    lines = [line.rstrip() for line in output.splitlines()]
    return "\n".join(lines).strip("\n") + "\n"


def pictures(text: str) -> list[str]:
    """Names of the pictures that a tutorial makes and shows."""
    return [name.removeprefix("tutorial-") for name in _PICTURE.findall(text)]


def renewed(text: str, folder: Path) -> str:
    """A tutorial with its outputs as they are now, done in a folder."""
    done = [(step.shown, output) for step, output in run_tutorial(text, folder) if step.shown is not None]
    for shown, output in reversed(done):
        text = text[: shown.start] + tidy(output) + text[shown.stop :]
    return text


def main() -> None:
    """Renew all tutorials."""
    for path in TUTORIALS:
        with tempfile.TemporaryDirectory(prefix="sim-tmp-") as folder:
            text = path.read_text(encoding="utf-8")
            path.write_text(renewed(text, Path(folder)), encoding="utf-8")
            for name in pictures(text):
                shutil.copyfile(Path(folder) / name, ROOT / "docs" / "images" / f"tutorial-{name}")
        sys.stdout.write(f"renewed {path}\n")


if __name__ == "__main__":
    main()
