"""Axis building from the experiment file: its places in every base, its kind and its values."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from sim.declarations.input_issues import Issue, IssueError, KeyPath, key_path, listed
from sim.declarations.removed_names import gone_key
from sim.declarations.renamed_names import called_now, renamed, renamed_key
from sim.experiment.design.axis import Axis
from sim.experiment.design.axis_values import choose_values
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
    for key, text in file.places:
        here, wrong = _find_everywhere(file, key, text, resolved_bases)
        for label, paths in here.items():
            targets[label] = tuple(dict.fromkeys((*targets.get(label, ()), *paths)))
        for path in dict.fromkeys(path for paths in here.values() for path in paths):
            try:
                declared = _narrowed(declared, path, resolved_bases)
            except IssueError as error:
                wrong = wrong or [replace(error.issues[0], path=key)]
        found += wrong
    if found or declared is None:
        raise IssueError(*found)
    defaults = {
        resolved.base.label: _common([value_at(resolved.full, path) for path in targets[resolved.base.label]])
        for resolved in resolved_bases
    }
    levels, span = choose_values(file, declared, design)
    return Axis(name, file.title or name, declared, targets, defaults, levels, span, file.scale == "log")


def _find_everywhere(
    file: AxisFile, key: KeyPath, text: str, resolved_bases: list[ResolvedBase]
) -> tuple[dict[str, list[KeyPath]], list[Issue]]:
    """Where a path leads in each base; reported once where it leads nowhere in some."""
    here: dict[str, list[KeyPath]] = {}
    failed: dict[str, list[Issue]] = {}
    for resolved in resolved_bases:
        label = resolved.base.label
        try:
            if file.lever is None:
                here[label] = resolve(resolved.full, text)
            else:
                here[label] = lever_targets(resolved, file.lever, file.in_)
        except PathError as error:
            failed[label] = [replace(_nowhere(resolved, text, error), path=key)]
        except IssueError as error:
            failed[label] = [*error.issues]
    issues = next(iter(failed.values()), [])
    if issues and here:
        what = f"{issues[0].what}, in {', '.join(failed)}"
        issues[0] = replace(issues[0], what=what, allowed=_what_to_do(here, resolved_bases), suggestion=None)
    return here, issues


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
    new = renamed_key(error.part, error.known)
    if new is not None:
        return Issue((), what, called_now(new))
    if (said := gone_key(error.parent, error.part)) is not None:
        return Issue((), what, said)
    if text in all_levers():
        return Issue((), what, f"for a lever's value at the start write 'lever: {text}'")
    known = f"known there: {listed(error.known)}" if error.known else ""
    if not known and error.parent:
        value = value_at(resolved.full, error.parent)
        known = f"it has {len(value)} items, counted from 0" if isinstance(value, list) else "it is a single value"
    return Issue((), what, known, suggestion=full_path(resolved.full, text) or error.meant)


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


def _narrowed(before: Declared | None, path: KeyPath, resolved_bases: list[ResolvedBase]) -> Declared:
    """What may stand both at a place and at those before it: the narrower bounds, the choices of all."""
    here = declared_at(path)
    if here is None:
        values = [value_at(resolved.full, path) for resolved in resolved_bases]
        known = next((listed(map(str, value)) for value in values if isinstance(value, dict)), "")
        what = f"{key_path(path)} is a group of values, not a single one"
        raise IssueError(Issue((), what, f"go on with one of {known}" if known else "name a single value"))
    if before is None or here == before:
        return here
    if here.kind is not before.kind:
        what = f"{key_path(path)} is {here.kind.value}, another place of this axis is {before.kind.value}"
        raise IssueError(Issue((), what, "places of one axis take the same values"))
    low, high = max(before.low, here.low), min(before.high, here.high)
    tighter = before if before.low >= here.low and before.high <= here.high else here
    choices = tuple(word for word in before.choices if word in here.choices)
    return replace(tighter, low=low, high=high, choices=choices)


def _common(values: list[Any]) -> Any:
    """The value that stands everywhere, or None."""
    return values[0] if len({repr(value) for value in values}) == 1 else None
