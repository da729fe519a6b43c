"""Site build: gather the pages, let Sphinx make HTML of them, and check that it can be read offline."""

from __future__ import annotations

import shutil

from sim.docs_site.outside_loads import offline_faults
from sim.docs_site.site_folders import DOCS, SiteError, SiteFolders
from sim.docs_site.source_pages import write_source


def build_site(folders: SiteFolders, *, gallery: bool = True, workers: int = 2) -> None:
    """Build the site.

    Parameters
    ----------
    folders : SiteFolders
        Where.
    gallery : bool
        Whether with the gallery, which runs every shipped scenario.
    workers : int
        Processes.

    Raises
    ------
    SiteError
        If a page is wrong, Sphinx warns of something, or the site would load anything from elsewhere.
    """
    from sphinx.cmd.build import build_main

    pages: dict[str, str] = {}
    listed: list[str] = []
    if gallery:
        from sim.docs_site.gallery_pages import gallery_pages

        pages, listed = gallery_pages(folders, workers)
    write_source(folders, pages, listed)
    shutil.rmtree(folders.html, ignore_errors=True)
    options = ["-b", "html", "-j", str(workers), "-q", "-W", "--keep-going", "-E", "-d", str(folders.parsed)]
    status = build_main([*options, "-c", str(DOCS), str(folders.source), str(folders.html)])
    if status:
        raise SiteError("Sphinx found something to warn of; its lines name page and place")
    if faults := list(offline_faults(folders.html)):
        raise SiteError("\n".join(faults))
