"""Results figure: an outcome over two axes of a sweep, along one, or as differences, drawn as it is chosen."""

from __future__ import annotations

from pathlib import Path

from nicegui import run, ui

from sim.dashboard.contained_paths import OutsideError
from sim.dashboard.figure_drawing import AXIS, FOREST, HEAT_MAP, ShownFigure, draw_results, kinds_for
from sim.dashboard.widgets import button, heading, named, paragraph

_NONE = "(none)"


class ResultsFigure:
    """The figure of an opened folder, with the choice of its kind and axes.

    Parameters
    ----------
    root : Path
        Folder that must not be left.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._folder = self._outcome = ""
        self._varied: tuple[str, ...] = ()
        self._asked: object = None

    def build(self) -> None:
        """Build it where the page is being built."""
        with ui.element("section") as self._section:
            named(self._section, "Figure of the results")
            heading("Figure", 4)
            with ui.element("div").classes("control-body choices"):
                self._kind = ui.select({}, label="Kind of figure", on_change=self._draw)
                self._across = ui.select([], label="Axis", on_change=self._draw)
                self._other = ui.select([], label="Second axis", on_change=self._draw)
                for each in (self._kind, self._across, self._other):
                    each.props("outlined dense options-dense").classes("grow")
            self._error = paragraph("", "error").props("role=alert")
            self._place = ui.element("div")
        self._section.set_visibility(False)

    async def show(self, folder: str, outcome: str, varied: tuple[str, ...]) -> None:
        """Show the figure of another folder or outcome; the choices stay where they still can be made."""
        same = (folder, varied) == (self._folder, self._varied)
        self._folder, self._outcome, self._varied = folder, outcome, varied
        kinds = kinds_for(varied)
        self._section.set_visibility(bool(kinds))
        if not kinds:
            return
        if not same:
            self._offer(kinds)
        await self._draw()

    def hide(self) -> None:
        """Show nothing: the folder cannot be read."""
        self._folder, self._varied, self._asked = "", (), None
        self._section.set_visibility(False)

    def _offer(self, kinds: dict[str, str]) -> None:
        """Offer the kinds and factors of a folder, axes before names of scenarios."""
        names = sorted(self._varied, key=lambda name: name in ("scenario", "variant"))
        self._kind.set_options(kinds, value=next(iter(kinds)))
        self._across.set_options(names, value=names[0])
        self._other.set_options([_NONE, *names], value=names[1] if len(names) > 1 else _NONE)

    def _by(self) -> tuple[str, ...]:
        """Factors that the chosen figure spreads out."""
        kind, across, other = self._kind.value, self._across.value, self._other.value
        self._across.set_visibility(kind != FOREST)
        self._other.set_visibility(kind != FOREST and len(self._varied) > 1)
        if kind == FOREST:
            return ()
        return (across,) if other in (_NONE, None, across) and kind == AXIS else (across, other)

    async def _draw(self) -> None:
        """Draw what is chosen, unless it is there; the newest choice wins."""
        kind, by = self._kind.value, self._by()
        asked = self._folder, self._outcome, kind, by
        if asked == self._asked or kind is None:
            return
        self._asked = asked
        if kind == HEAT_MAP and (by[0] == by[1] or _NONE in by):
            self._fail("a heat map has two different axes; choose another second axis")
            return
        try:
            found = await run.io_bound(draw_results, self._root, self._folder, kind, self._outcome, by)
        except Exception as error:
            from sim.experiment.store.atomic_files import StoreError
            from sim.experiment.store.part_reader import QueryError

            if not isinstance(error, OutsideError | StoreError | QueryError | OSError):
                raise
            if asked == self._asked:
                self._fail(str(error))
            return
        if asked == self._asked and found is not None:
            self._show(found)

    def _fail(self, words: str) -> None:
        self._place.clear()
        self._error.set_text(words)

    def _show(self, found: ShownFigure) -> None:
        self._error.set_text("")
        self._place.clear()
        with self._place:
            with ui.element("div").classes("scrolls").props("tabindex=0 role=region") as region:
                named(region, "Picture, which scrolls where the window is narrow")
                picture = ui.element("img").classes("picture")
                with picture.props.suspend_updates():
                    picture.props["src"], picture.props["alt"] = found.address, found.alternative
            for note in found.notes:
                paragraph(note, "note")
            button("Figure as SVG", lambda: ui.download.content(found.svg, "figure.svg"), "of the results")
