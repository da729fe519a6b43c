"""Axis building from the experiment file: its places in every base, its kind and its values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from sim.declarations.input_issues import Issue, IssueError, KeyPath, key_path, listed
from sim.declarations.renamed_names import called_now, renamed, renamed_key
from sim.experiment.design.axis import Axis
from sim.experiment.design.axis_values import Choice, choose_values
from sim.experiment.design.bases_and_variants import ResolvedBase
from sim.experiment.design.declared_parameters import Declared, all_levers, declared_at
from sim.experiment.design.experiment_file import AxisFile
from sim.experiment.design.parameter_paths import PathError, full_path, resolve, value_at
from sim.scenario.checks.name_checks import EVERYWHERE, district_names, lever_keys, unknown
from sim.scenario.checks.purchasing_channel_checks import purchasers


def build_axis(name: str, file: AxisFile, design: str, resolved_bases: list[ResolvedBase]) -> Axis:
    """Make an axis.

    Parameters
    ----------
    name : str
        Name of the axis.
    file : AxisFile
        What the file says.
    design : str
        Kind of design, which decides whether values or a range are needed.
    resolved_bases : list of ResolvedBase
        Scenarios and variants.

    Raises
    ------
    IssueError
        With everything that is wrong; paths begin at the axis.
    """
    targets: dict[str, tuple[KeyPath, ...]] = {}
    found: list[Issue] = []
    declared: Declared | None = None
    for key, text in _places(file):
        here, wrong = _find_everywhere(file, key, text, resolved_bases)
        found.extend(wrong)
        for label, paths in here.items():
            targets[label] = tuple(dict.fromkeys((*targets.get(label, ()), *paths)))
        for path in dict.fromkeys(path for paths in here.values() for path in paths):
            declared = _narrowed(declared, path, key, found, resolved_bases)
    if found or declared is None:
        raise IssueError(*found)
    defaults = {
        resolved.base.label: _common([value_at(resolved.full, path) for path in targets[resolved.base.label]])
        for resolved in resolved_bases
    }
    choice: Choice = choose_values(file, declared, design)
    return Axis(name, file.title or name, declared, targets, defaults, choice.levels, choice.span, file.scale == "log")


def _places(file: AxisFile) -> Iterator[tuple[KeyPath, str]]:
    """Every path or lever that the axis names, with its key."""
    texts = file.paths if file.paths is not None else [file.path or file.lever or ""]
    yield from zip(file.targets, texts, strict=True)


def _find_everywhere(
    file: AxisFile, key: KeyPath, text: str, resolved_bases: list[ResolvedBase]
) -> tuple[dict[str, list[KeyPath]], list[Issue]]:
    """Where a path leads in each base; reported once where it leads nowhere in some."""
    here: dict[str, list[KeyPath]] = {}
    failed: list[tuple[ResolvedBase, Issue]] = []
    for resolved in resolved_bases:
        try:
            if file.lever is None:
                here[resolved.base.label] = resolve(resolved.full, text)
            else:
                here[resolved.base.label] = lever_targets(resolved, file.lever, file.in_)
        except PathError as error:
            failed.append((resolved, replace(_nowhere(resolved, text, error), path=key)))
        except IssueError as error:
            failed += [(resolved, issue) for issue in error.issues]
    if not failed:
        return here, []
    first, issue = failed[0]
    if here:
        lacking = list(dict.fromkeys(resolved.base.label for resolved, _ in failed))
        what = f"{issue.what}, in {', '.join(lacking)}"
        issue = replace(issue, what=what, allowed=_what_to_do(here, resolved_bases), suggestion=None)
    same = [one for resolved, one in failed if resolved is first and one.path != issue.path]
    return here, [issue, *same]


def _what_to_do(having: Iterable[str], resolved_bases: list[ResolvedBase]) -> str:
    """What to do about a path that leads somewhere in a part of the bases only."""
    varied = {resolved.base.label for resolved in resolved_bases if resolved.base.variant}
    if varied and varied <= {*having}:
        # What every variant adds is missing only where a scenario runs without one.
        return "it is in every variant; write 'as_is: false' to run no scenario without one"
    return (
        f"it is in {', '.join(having)}; a path must lead somewhere in all that is run: "
        "let the others have it too, or sweep these by themselves"
    )


def _nowhere(resolved: ResolvedBase, text: str, error: PathError) -> Issue:
    """What to say about a path that leads nowhere."""
    above = key_path(error.parent)
    what = f"there is no '{error.part}' in {above}" if above else f"a scenario has no '{error.part}'"
    known = f"known there: {listed(error.known)}" if error.known else ""
    new = renamed_key(error.part, error.known)
    if new is not None:
        return Issue((), what, called_now(new))
    if text in all_levers():
        return Issue((), what, f"for a lever's value at the start write 'lever: {text}'")
    meant = full_path(resolved.full, text) or error.meant
    if not known and error.parent:
        value = value_at(resolved.full, error.parent)
        items = f"it has {len(value)} items, counted from 0" if isinstance(value, list) else "it is a single value"
        known = items
    return Issue((), what, known, suggestion=meant)


def lever_targets(resolved: ResolvedBase, lever: str, places: str | list[str] | None) -> list[KeyPath]:
    """Where a lever's value at the start stands.

    Raises
    ------
    IssueError
        For a lever or a jurisdiction that does not exist, or a lever that no jurisdiction named has.
    """
    named = [places] if isinstance(places, str) else places
    found = []
    if lever not in all_levers():
        new = renamed("lever", lever)
        allowed = "see `sim schema`" if new is None else called_now(new)
        found.append(Issue(("lever",), f"unknown lever '{lever}'", allowed, None if new else lever, all_levers()))
    known = [*resolved.scenario.cities, *district_names(resolved.full), *EVERYWHERE]
    for n, place in enumerate(named or ()):
        if place not in known:
            found.append(unknown(("in",) if isinstance(places, str) else ("in", n), "jurisdiction", place, known))
    if found:
        raise IssueError(*found)
    having = [one for one in purchasers(resolved.scenario) if lever in lever_keys(type(one.levers))]
    meant = [one for one in having if named is None or {one.general, *one.named} & {*named}]
    if not meant:
        level = "city" if having and having[0].general == "cities" else "district"
        what = f"no jurisdiction named has the lever '{lever}'; it belongs to a {level}"
        raise IssueError(Issue(("in",), what, f"name a {level}"))
    return [(*one.path, *lever.split(".")) for one in meant]


def _narrowed(
    before: Declared | None, path: KeyPath, key: KeyPath, found: list[Issue], resolved_bases: list[ResolvedBase]
) -> Declared | None:
    """What may stand at all places up to this one."""
    here = declared_at(path)
    if here is None:
        value = next(
            (value for resolved in resolved_bases if (value := value_at(resolved.full, path)) is not None), None
        )
        known = [str(name) for name in value] if isinstance(value, dict) else []
        if not any(issue.path == key for issue in found):
            what = f"{key_path(path)} is a group of values, not a single one"
            found.append(Issue(key, what, f"go on with one of {listed(known)}" if known else "name a single value"))
        return before
    if before is None:
        return here
    if here.kind is not before.kind:
        if not any(issue.path == key for issue in found):
            what = f"{key_path(path)} is {here.kind.value}, another place of this axis is {before.kind.value}"
            found.append(Issue(key, what, "places of one axis take the same values"))
        return before
    return _both(before, here)


def _both(one: Declared, other: Declared) -> Declared:
    """Bounds that hold for two places."""
    if (one.low, one.high, one.choices) == (other.low, other.high, other.choices):
        return one
    low, high = max(one.low, other.low), min(one.high, other.high)
    tighter = one if one.low >= other.low and one.high <= other.high else other
    choices = tuple(word for word in one.choices if word in other.choices)
    return replace(tighter, low=low, high=high, choices=choices)


def _common(values: Iterable[Any]) -> Any:
    """The value that stands everywhere, or None."""
    first, *others = values
    same = all(type(value) is type(first) and value == first for value in others)
    return first if same else None
