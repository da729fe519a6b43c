"""Problem note: what is wrong with a control, beside it, and tied to it for screen readers."""

from __future__ import annotations

from nicegui import ui

from sim.dashboard.page_core import PageCore
from sim.dashboard.widgets import paragraph


class ProblemNote:
    """The place of a problem; built where the page is being built.

    Parameters
    ----------
    core : PageCore
        State of the page.
    key : str
        Which control (`sim.dashboard.problem_places`).
    field : element
        The control.
    """

    def __init__(self, core: PageCore, key: str, field: ui.element) -> None:
        self._core, self._key, self._field = core, key, field
        self._text = paragraph("", "error beside")
        self._text.set_visibility(False)
        self.refresh()

    def refresh(self) -> None:
        """Show what is wrong now."""
        words = self._core.wrong.get(self._key, "")
        if words == self._text.text:
            return
        self._text.set_text(words)
        self._text.set_visibility(bool(words))
        if words:
            self._field.props["aria-describedby"] = self._text.html_id
            self._field.props["aria-invalid"] = "true"
        else:
            self._field.props(remove="aria-describedby aria-invalid")
