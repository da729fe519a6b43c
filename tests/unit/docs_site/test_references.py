"""The references name every command with every option, and every public name of the package."""

from __future__ import annotations

import re
from importlib import import_module

import typer.main

import sim
from sim.cli.main import app
from sim.docs_site.api_reference import REFERENCE
from sim.docs_site.citation_page import citation_page
from sim.docs_site.command_reference import command_page


def test_every_command_and_option():
    page = command_page()
    sections = dict(re.findall(r"^## `sim (\S+)`\n(.*?)(?=^## |\Z)", page, re.DOTALL | re.MULTILINE))
    commands = typer.main.get_command(app).commands
    assert set(sections) == set(commands)
    for name, command in commands.items():
        assert f"* [`{name}`](#sim-{name}): " in page
        for parameter in command.params:
            for option in parameter.opts if parameter.param_type_name == "option" else ():
                assert option in sections[name], f"{name} {option}"
            assert not parameter.help or parameter.help.split()[0] in sections[name]


def test_no_meaning_is_cut_short():
    assert not re.search(r"^\* .*\.\.\.$", command_page(), re.MULTILINE)


def test_every_public_name():
    names = {name for page in REFERENCE for name in page.names}
    assert {f"sim.{name}" for name in sim.__all__ if name != "__version__"} <= names
    for name in names:
        module, _, member = name.rpartition(".")
        assert getattr(import_module(module), member).__doc__
    for page in REFERENCE:
        assert all(import_module(name).__doc__ for name in page.all_modules())


def test_the_citation_has_the_version():
    page = citation_page()
    assert f"version {sim.__version__}" in page
    assert f"version = {{{sim.__version__}}}" in page
    assert "{{The social-work-sim developers}}" in page
