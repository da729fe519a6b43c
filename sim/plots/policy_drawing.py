"""Policy drawing: policies on axes with a calendar, numbered as in the key of the figure."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes

from sim.declarations.calendar_quarter import Quarter
from sim.plots.calendar_axis import begin
from sim.plots.figure_page import axes_size, inches
from sim.plots.figure_style import GREY, MARK
from sim.plots.policy_marks import PolicyMark, stretches

_NUMBER_ROOM = 0.14
"""Inches that the number of a policy needs."""
_SHADE = 0.22
"""How dark a quarter is in which a policy is wholly in force."""


def draw_policies(axes: Axes, policies: Sequence[PolicyMark], start: Quarter, quarters: int) -> None:
    """Number policies where they begin, and shade the quarters in which passing ones are in force.

    Parameters
    ----------
    axes : Axes
        Where, with the calendar set.
    policies : sequence of PolicyMark
        In the order of the key.
    start : Quarter
        First quarter of the run.
    quarters : int
        Its length.
    """
    marks: list[tuple[float, int]] = []
    for number, policy in enumerate(policies, start=1):
        if policy.at is not None:
            marks.append((begin(policy.at), number))
            axes.axvline(marks[-1][0], color=MARK, linewidth=0.9, linestyle=(0, (2, 2.5)), zorder=0.9)
        for first, end, force in stretches(policy.force):
            ends = begin(start + first), begin(start + end)
            axes.axvspan(*ends, color=MARK, alpha=_SHADE * force, linewidth=0, zorder=0.5)
    inch = quarters / 4 / axes_size(axes)[0]
    for at, words in gathered(marks, _NUMBER_ROOM * inch):
        place = axes.get_xaxis_transform() + inches(axes, 0, 0.04)
        axes.text(at, 1, words, transform=place, color=GREY, size=8, ha="center", va="bottom")


def gathered(marks: Sequence[tuple[float, int]], room: float) -> list[tuple[float, str]]:
    """Write the numbers of marks that stand closer than some room together, in the middle of them.

    >>> gathered([(1.0, 1), (1.5, 2), (4.0, 3)], room=1.0), gathered([(1.0, 1), (1.0, 2), (1.0, 3)], room=1.0)
    ([(1.25, '1, 2'), (4.0, '3')], [(1.0, '1–3')])
    """
    groups: list[list[tuple[float, int]]] = []
    for mark in sorted(marks):
        if groups and mark[0] - groups[-1][-1][0] < room:
            groups[-1].append(mark)
        else:
            groups.append([mark])
    return [((group[0][0] + group[-1][0]) / 2, _numbers([number for _, number in group])) for group in groups]


def _numbers(numbers: Sequence[int]) -> str:
    """Numbers of policies; more than two that follow each other, as policies in order of their dates do, as a range."""
    if len(numbers) > 2 and numbers[-1] - numbers[0] == len(numbers) - 1:
        return f"{numbers[0]}–{numbers[-1]}"
    return ", ".join(map(str, numbers))
