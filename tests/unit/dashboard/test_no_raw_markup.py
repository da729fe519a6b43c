"""No data of anybody reaches the page as HTML or script: whatever would carry it there takes constants only."""

from __future__ import annotations

import ast
from pathlib import Path

import sim.dashboard
import sim.live

RAW = {
    "html",
    "markdown",
    "mermaid",
    "add_head_html",
    "add_body_html",
    "add_css",
    "run_javascript",
    "add_slot",
    "tooltip",
}
"""Names of calls whose arguments may be markup or code."""
SOURCES = sorted(Path(sim.dashboard.__file__).parent.glob("*.py"))


def called(node):
    function = node.func
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def constant(node, names):
    return isinstance(node, ast.Constant) or (isinstance(node, ast.Name) and node.id in names)


def violations(text):
    tree = ast.parse(text)
    names = {
        target.id
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        for target in node.targets
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and called(node) in RAW:
            # The name of a slot may be put together; what it shows may not.
            arguments = node.args[1:] if called(node) == "add_slot" else node.args
            if not all(constant(each, names) for each in arguments):
                yield f"line {node.lineno}: {ast.unparse(node)}"


def test_calls_that_take_markup_or_code_take_constants():
    found = {path.name: list(violations(path.read_text("utf-8"))) for path in SOURCES}
    assert len(SOURCES) > 10
    assert not {name: lines for name, lines in found.items() if lines}


def test_the_check_finds_what_it_looks_for():
    assert list(violations("ui.html(f'<b>{name}</b>')"))
    assert list(violations("ui.run_javascript('go(' + name + ')')"))
    assert list(violations("table.add_slot('body', name)"))
    assert not list(violations("X = 'a'\nui.add_head_html(X)\ntable.add_slot(f'body-{n}', X)"))


def test_nicegui_is_imported_by_the_dashboard_alone():
    package = Path(sim.live.__file__).parents[1]
    users = {path.parent.name for path in package.rglob("*.py") if "nicegui" in path.read_text("utf-8")}
    assert users == {"dashboard", "cli"}
    command = (package / "cli" / "dashboard_command.py").read_text("utf-8")
    assert "import nicegui" not in command
