"""Version report: what a report of a mistake should say about the installation."""

from __future__ import annotations

import os
import sys


def version_report() -> str:
    """Versions, folders, cores, variables and fonts, a line each."""
    from sim import __version__
    from sim.engine import rules_cache
    from sim.experiment.execute.executor_protocol import usable_cores
    from sim.experiment.store.provenance import checkout, machine, versions

    found, here, git = versions(), machine(), checkout()
    commit = f" (commit {git['commit']}{', modified' if git['modified'] else ''})" if git and git["commit"] else ""
    folder = str(rules_cache.FOLDER) if rules_cache.FOLDER is not None else "none: rules are compiled in memory"
    compiled = "compiled" if rules_cache.is_compiled() else "not yet compiled"
    lines = {
        "sim": f"{__version__}{commit}",
        "python": f"{found['python']} at {sys.executable}",
        "packages": ", ".join(f"{name} {version}" for name, version in found.items() if name != "python"),
        "system": f"{here['system']}, {here['processor']}",
        "cores": f"{usable_cores()} usable of {os.cpu_count()}",
        "rules' cache": f"{folder} ({compiled})",
        "variables": ", ".join(_variables()) or "none",
        "fonts": _fonts(),
    }
    return "\n".join(f"{name:13} {text}" for name, text in lines.items())


VARIABLES = ("SIM_CACHE_DIR", "XDG_CACHE_HOME", "SIM_COMPILER", "NUMBA_DISABLE_JIT", "TMPDIR", "NO_COLOR", "COLUMNS")
"""Environment variables that change what commands do or how it looks."""


def _variables() -> list[str]:
    return [f"{name}={os.environ[name]}" for name in VARIABLES if name in os.environ]


def _fonts() -> str:
    """The family that figures are written in, and how many are installed."""
    import matplotlib
    from matplotlib import font_manager

    from sim.plots.figure_style import house_style

    with house_style():
        chosen = matplotlib.rcParams["font.family"]
        file = font_manager.findfont(font_manager.FontProperties(family=chosen))
    families = {each.name for each in font_manager.fontManager.ttflist}
    return f"{', '.join(chosen)} ({file}); {len(families)} families installed"
