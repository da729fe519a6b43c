"""Made with: by which rules and packages a folder was made, in words, and whether that is different elsewhere.

Results of other rules are read like any others.  But where they stand beside results of today's, a difference may be
one of rules, and an outcome of one name may be counted in another way; whoever reads them must know.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim.experiment.store.identity import made_with_now
from sim.experiment.store.provenance import checkout, versions

CAUTION = "what differs may come of that, and an outcome of one name may be counted in another way"
"""Why it matters."""
_MOST_NAMED = 3
_DIGITS = 10
"""Of a commit."""


def origin(values: Mapping[str, Any]) -> str:
    """Version and commit that a manifest names.

    >>> origin({"versions": {"social-work-sim": "0.2.0"}, "git": {"commit": "689c680aa5d2b8", "modified": True}})
    'social-work-sim 0.2.0 at commit 689c680aa5 with changes'
    >>> origin({})
    'social-work-sim of an unknown version'
    """
    version = (values.get("versions") or {}).get("social-work-sim", "of an unknown version")
    git = values.get("git") or {}
    commit = f" at commit {git['commit'][:_DIGITS]}" if git.get("commit") else ""
    return f"social-work-sim {version}{commit}" + (" with changes" if commit and git.get("modified") else "")


def other_rules(first: Mapping[str, Any], second: Mapping[str, Any]) -> str:
    """How what made two folders is different, in words; nothing where it is not.

    Parameters
    ----------
    first, second : mapping
        Values of their manifests.

    >>> one = {"identity": {"code": {"model/quarter.py": "1"}, "package": {"numpy": "2.3"}}}
    >>> two = {"identity": {"code": {"model/quarter.py": "2"}, "package": {"numpy": "2.4"}}}
    >>> other_rules(one, two)
    '1 source file (model/quarter.py); numpy 2.3 and 2.4'
    >>> other_rules(one, one), other_rules(one, {})
    ('', 'not known, as no sources are noted')
    """
    made = [values.get("identity") or {} for values in (first, second)]
    if not all(each.get("code") for each in made):
        return "not known, as no sources are noted"
    before, now = (each["code"] for each in made)
    files = sorted(name for name in before.keys() | now.keys() if before.get(name) != now.get(name))
    words = [_files(files)] if files else []
    old, new = (each.get("package", {}) for each in made)
    for name in sorted(old.keys() | new.keys()):
        if old.get(name) != new.get(name):
            words.append(f"{name} {old.get(name, 'unknown')} and {new.get(name, 'unknown')}")
    return "; ".join(words)


def other_than_installed(values: Mapping[str, Any]) -> str:
    """What is said of a folder that was made by other rules than those at hand; nothing where it was not.

    Parameters
    ----------
    values : mapping
        Values of its manifest.
    """
    here = {"identity": made_with_now(), "versions": versions(), "git": checkout()}
    different = other_rules(values, here)
    if not different:
        return ""
    return f"made by {origin(values)}, not by {origin(here)} that is at hand; different: {different}"


def _files(names: list[str]) -> str:
    """How many source files, and some of them; those of rules first."""
    named = sorted(names, key=lambda name: (not name.startswith("model/rules/"), name))[:_MOST_NAMED]
    more = ", ..." if len(names) > len(named) else ""
    return f"{len(names):,} source file{'s' * (len(names) != 1)} ({', '.join(named)}{more})"
