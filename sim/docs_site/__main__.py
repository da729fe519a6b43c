"""``python -m sim.docs_site`` (``make site``): build the documentation site in build/site."""

from __future__ import annotations

import argparse
import sys
import time

from sim.docs_site.gallery_pages import gallery_pages
from sim.docs_site.site_build import build_site
from sim.docs_site.site_folders import SiteError, SiteFolders


def main() -> int:
    """Build the site; the status is 1 where something is wrong with it."""
    parser = argparse.ArgumentParser(prog="python -m sim.docs_site", description="Build the documentation site.")
    parser.add_argument("--without-gallery", action="store_true", help="leave out what takes runs")
    parser.add_argument("--workers", type=int, default=2, help="processes (2)")
    options = parser.parse_args()
    folders, started = SiteFolders(), time.perf_counter()
    try:
        pages = ({}, []) if options.without_gallery else gallery_pages(folders.kept, options.workers)
        build_site(folders, *pages, options.workers)
    except SiteError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write(f"{folders.html / 'index.html'} after {time.perf_counter() - started:.0f} s\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
