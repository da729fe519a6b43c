"""Source pages: everything that Sphinx reads, gathered and made below one folder."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath

from sim.docs_site.api_reference import REFERENCE
from sim.docs_site.citation_page import citation_page
from sim.docs_site.command_reference import command_page
from sim.docs_site.page_text import Pages
from sim.docs_site.site_folders import DOCS, ROOT, SiteFolders

WRITTEN = {
    "docs/index.md": "index.md",
    "docs/tutorials/first_scenario.md": "tutorials/first_scenario.md",
    "docs/tutorials/paper_figure.md": "tutorials/paper_figure.md",
    "docs/tutorials/with_mesa.md": "tutorials/with_mesa.md",
    "docs/tutorials/an_experiment.md": "tutorials/an_experiment.md",
    "README.md": "guide.md",
    "docs/experiments.md": "experiments.md",
    "docs/figures.md": "figures.md",
    "docs/report.md": "report.md",
    "docs/dashboard.md": "dashboard.md",
    "docs/odd.md": "odd.md",
    "docs/model.md": "model.md",
    "docs/validation.md": "validation.md",
    "docs/directions.md": "directions.md",
    "docs/glossary.md": "glossary.md",
    "docs/architecture.md": "architecture.md",
    "CONTRIBUTING.md": "contributing.md",
    "CHANGELOG.md": "changelog.md",
    "docs/licences.md": "licences.md",
}
"""Pages that are written by hand, by their files in the checkout; other pages of docs/ follow in the navigation."""

MADE = {"CITATION.cff": "citing.md", "LICENSE": "licence.md"}
"""Pages that are made of a file of the checkout; links to the file lead there."""

_PYTHON = [f"python/{page.name}" for page in REFERENCE]
_NAVIGATION: Mapping[str, Sequence[str]] = {
    "Begin": [
        "tutorials/first_scenario",
        "tutorials/paper_figure",
        "tutorials/with_mesa",
        "tutorials/an_experiment",
        "guide",
        "experiments",
        "figures",
        "report",
        "dashboard",
    ],
    "Gallery": [],
    "The model": ["odd", "model", "validation", "directions", "glossary"],
    "Reference": ["commands", *_PYTHON],
    "The project": ["architecture", "contributing", "changelog", "citing", "licences", "licence"],
}
"""What the side of a page lists, under its headings; the gallery's pages come in when they are made."""


def write_source(folders: SiteFolders, gallery: Mapping[str, str], listed: Sequence[str]) -> None:
    """Write all pages, and copy what they show.

    Parameters
    ----------
    folders : SiteFolders
        Where to; what was there is replaced.
    gallery : mapping of str to str
        Pages of the gallery: their places and Markdown.  Pictures that they show are in `folders.kept`.
    listed : sequence of str
        Which of them the navigation lists.

    Raises
    ------
    SiteError
        If a page links to what the site does not have.
    """
    shutil.rmtree(folders.source, ignore_errors=True)
    others = other_pages()
    pages = Pages({**WRITTEN, **MADE, **others})
    made = {place: pages.page(origin) for origin, place in (WRITTEN | others).items()}
    made["index.md"] += _navigation(listed, [place.removesuffix(".md") for place in others.values()])
    # The site has a title of its own.
    made["guide.md"] = "# User guide\n" + made["guide.md"].partition("\n")[2]
    made |= {"commands.md": command_page(), "citing.md": citation_page(), "licence.md": _licence()}
    made |= {f"python/{page.name}.md": page.markdown() for page in REFERENCE}
    for place, text in (made | dict(gallery)).items():
        path = folders.source / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    for picture in pages.pictures:
        _copy(picture, folders, f"images/{picture.name}")
    for picture in folders.kept.glob("pictures/*"):
        _copy(picture, folders, f"gallery/{picture.name}")
    shutil.copytree(DOCS / "site_style", folders.source / "site_style")


def _copy(file: object, folders: SiteFolders, place: str) -> None:
    target = folders.source / PurePosixPath(place)
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(str(file), target)


def other_pages() -> dict[str, str]:
    """Pages of docs/ that no list names, with their places."""
    found = sorted(path.relative_to(DOCS).as_posix() for path in DOCS.rglob("*.md"))
    return {f"docs/{place}": place for place in found if f"docs/{place}" not in WRITTEN}


def _navigation(gallery: Sequence[str], others: Sequence[str]) -> str:
    lists = {**_NAVIGATION, "Gallery": gallery, "More": others}
    return "".join(
        f"\n```{{toctree}}\n:hidden:\n:caption: {heading}\n\n" + "\n".join(names) + "\n```\n"
        for heading, names in lists.items()
        if names
    )


def _licence() -> str:
    return f"# Apache License 2.0\n\n```text\n{(ROOT / 'LICENSE').read_text(encoding='utf-8').rstrip()}\n```\n"
