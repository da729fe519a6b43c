"""Look-alike names: two names of one kind that nobody can tell apart, though they are different texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from sim.declarations.input_issues import Issue, KeyPath
from sim.scenario.reading.layering import each
from sim.scenario.reading.text_forms import difference, seen_as

ALIKE = "give it a name that looks different, or write it as the other"


def look_alike_names(values: Any, kinds: Iterable[str]) -> Iterator[Issue]:
    """Names of a scenario that look like another one.

    Parameters
    ----------
    values : Any
        Plain values.
    kinds : iterable of str
        Sections whose entries share their names.
    """
    organisations = [((kind, name), name) for kind in kinds for name in _keys(values.get(kind))]
    cities = [(("cities", name), name) for name in _keys(values.get("cities"))]
    districts = [(path, str(path[-1])) for path, _ in each(values, "cities", "*", "districts", "*")]
    fields = [(("fields", name), name) for name in _keys(values.get("fields"))]
    policies = [(path, name) for path, name in each(values, "policies", "*", "name") if isinstance(name, str)]
    found: dict[KeyPath, Issue] = {}
    for names in (organisations, [*cities, *districts], fields):
        found |= {issue.path: issue for issue in look_alikes_at(names)}
    yield from found.values()
    yield from look_alikes_at(policies, at_key=False)


def look_alikes_at(names: Iterable[tuple[KeyPath, str]], *, at_key: bool = True) -> Iterator[Issue]:
    """Names that look like one before them, but are other texts; with the place of both."""
    seen: dict[str, tuple[KeyPath, str]] = {}
    for path, name in names:
        before, other = seen.setdefault(seen_as(name), (path, name))
        if other != name:
            what = f"the name '{name}' looks like another '{other}', but it has {difference(name, other)}"
            yield Issue(path, what, ALIKE, at_key=at_key, other=before)


def why_unknown(name: str, known: Iterable[str]) -> str:
    """In what an unknown name differs from a known one that looks the same; empty where there is none."""
    looks = seen_as(name)
    alike = next((each for each in known if each != name and seen_as(each) == looks), None)
    return "" if alike is None else f" (it has {difference(name, alike)})"


def _keys(section: Any) -> Iterable[str]:
    return map(str, section) if isinstance(section, dict) else ()
