"""Life figures: a bar per contract in its quarters, numbered events, lines with gaps, and words of any kind."""

import numpy as np
import pytest
from matplotlib.patches import Rectangle

from sim.declarations.calendar_quarter import Quarter
from sim.plots.figure_style import house_style, svg
from sim.plots.life_chart import LifeBar, LifeChart, LifeGroup, LifeLane, LifeLine, LifePanel
from sim.plots.life_figures import life_figure

START = Quarter(2010, 1)
NASTY = "$x_1$ <b>&amp; " + "long words " * 20


def chart(lanes=(), marks=(), values=None, title="A", groups=1):
    line = LifeLine("Staff", np.arange(20.0) if values is None else values)
    panels = [LifePanel("Staff", "persons", [line], "persons"), LifePanel("Both", "", [line, line], "0-1")]
    group = LifeGroup("Contracts", lanes, marks)
    key = [(str(number), f"event {number}") for _, number in marks]
    return LifeChart(title, ["note"], START, 20, [group] * groups, panels, key, [(START + 3, "part")])


def drawn(made):
    with house_style():
        return life_figure(made)


def bars(figure):
    return [patch for patch in figure.axes[0].patches if isinstance(patch, Rectangle)]


def test_bars_lie_in_their_quarters_and_do_not_overlap():
    lane = LifeLane("x", [LifeBar(START + first, START + first + 4, "100") for first in (0, 2, 4, 8)])
    found = bars(drawn(chart([lane])))
    assert len(found) == 4
    for one, first in zip(sorted(found, key=lambda bar: bar.get_x()), (0, 2, 4, 8), strict=True):
        assert 2010 + first / 4 <= one.get_x() < one.get_x() + one.get_width() <= 2011 + first / 4
    boxes = [one.get_bbox() for one in found]
    assert not any(one.overlaps(other) for n, one in enumerate(boxes) for other in boxes[n + 1 :])


def test_what_ended_early_is_drawn_differently():
    lane = LifeLane("x", [LifeBar(START, START + 4), LifeBar(START + 4, START + 6, "", True)])
    whole, cut = sorted(bars(drawn(chart([lane]))), key=lambda bar: bar.get_x())
    assert whole.get_linestyle() != cut.get_linestyle()
    assert whole.get_facecolor() != cut.get_facecolor()


def test_very_many_contracts_fit_a_figure():
    lanes = [LifeLane(f"purchaser {n}", [LifeBar(START, START + 16)] * 30) for n in range(8)]
    few, many = drawn(chart(lanes[:1])), drawn(chart(lanes))
    assert len(bars(many)) == 240
    assert many.get_size_inches()[1] < 16
    assert few.get_size_inches()[1] < many.get_size_inches()[1]


def test_events_that_stand_close_are_numbered_together():
    figure = drawn(chart(marks=[(START, 1), (START + 10, 2), (START + 10, 3)]))
    words = {text.get_text() for text in figure.axes[0].texts}
    assert {"1", "2, 3"} <= words
    assert {"event 1", "event 2", "event 3"} <= {text.get_text() for text in figure.texts}


def test_values_between_gaps_are_seen():
    values = np.full(20, np.nan)
    values[[3, 7, 8]] = 2.0
    axes = drawn(chart(values=values)).axes[1]
    dots = [line for line in axes.lines if line.get_marker() == "o"]
    assert [len(line.get_xdata()) for line in dots] == [1]


@pytest.mark.parametrize("values", [np.full(20, np.nan), np.zeros(20), np.full(20, -1e12)])
def test_any_numbers_can_be_drawn(values):
    assert svg(drawn(chart(values=values)))


def test_words_are_drawn_as_they_are():
    figure = drawn(chart([LifeLane(NASTY, [LifeBar(START, START + 4, NASTY)])], title=NASTY, groups=2))
    content = svg(figure)
    assert b"<b>" not in content
    assert "$x_1$" in figure.texts[0].get_text()
    assert len(figure.axes) == 2 + 2
