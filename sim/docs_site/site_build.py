"""Site build: gather the pages, let Sphinx make HTML of them, and check that it can be read offline."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence

from sim.docs_site.outside_loads import offline_faults
from sim.docs_site.site_folders import DOCS, SiteError, SiteFolders
from sim.docs_site.source_pages import write_source


def build_site(folders: SiteFolders, gallery: Mapping[str, str], listed: Sequence[str], workers: int) -> None:
    """Build the site.

    Parameters
    ----------
    folders : SiteFolders
        Where.
    gallery, listed
        Pages of the gallery, and which of them the navigation lists (`gallery_pages`).
    workers : int
        Processes.

    Raises
    ------
    SiteError
        If a page is wrong, Sphinx warns of something, or the site would load anything from elsewhere.
    """
    from sphinx.cmd.build import build_main

    write_source(folders, gallery, listed)
    shutil.rmtree(folders.html, ignore_errors=True)
    options = ["-b", "html", "-j", str(workers), "-q", "-W", "--keep-going", "-E", "-d", str(folders.parsed)]
    if build_main([*options, "-c", str(DOCS), str(folders.source), str(folders.html)]):
        raise SiteError("Sphinx found something to warn of; its lines name page and place")
    if faults := list(offline_faults(folders.html)):
        raise SiteError("\n".join(faults))
