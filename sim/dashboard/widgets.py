"""Widgets: the few kinds of elements that the page is made of, with names for screen readers.

Text of users goes into labels, values and properties, which show it as it is; never into HTML or scripts.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from typing import Any

from nicegui import ui

from sim.live.single_runs import PlainTable
from sim.statistics.number_format import number

_LINK_CELL = """
<q-td :props="props"><button type="button" class="linkish" @click="$parent.$emit('opened', props.value)">
{{ props.value }}</button></q-td>
"""
"""Template of a cell that can be clicked; the value is shown as text."""
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


class DraggedSlider(ui.slider):
    """A slider whose thumb follows the hand and not the answers of the server, which may be late."""

    LOOPBACK = False


def heading(text: str, level: int = 2) -> ui.element:
    """A heading of the outline of the page."""
    with ui.element(f"h{level}") as found:
        ui.label(text).classes("inline")
    return found


def paragraph(text: str = "", classes: str = "") -> ui.label:
    """A paragraph."""
    return ui.label(text).classes(f"text {classes}")


def button(text: str, action: Callable[..., Any], hint: str = "", classes: str = "") -> ui.button:
    """A button without capitals and shadows; a hint goes behind its text for screen readers."""
    found = ui.button(text, on_click=action).props("flat no-caps dense").classes(f"plain-button {classes}")
    if hint:
        named(found, f"{text}: {hint}")
    return found


def named(element: ui.element, name: str) -> ui.element:
    """Give an element a name for screen readers."""
    with element.props.suspend_updates():
        element.props["aria-label"] = name
    return element


def cell(value: Any) -> Any:
    """A value as a table shows it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return number(value) if isinstance(value, float) else value


def words(name: str) -> str:
    """Name of a column as a heading.

    >>> words("government_share")
    'government share'
    """
    return name.replace("_", " ")


def show_table(
    table: PlainTable, title: str, *, link: str = "", opened: Callable[[str], Any] | None = None, rows: int = 15
) -> ui.table:
    """A table with its units, sortable, some rows a page.

    Parameters
    ----------
    table : PlainTable
        What it shows.
    title : str
        Its name, for screen readers too.
    link, opened : str, callable
        Column whose cells can be clicked, and what is then called with the value.
    rows : int
        Rows a page.
    """
    columns = [
        {
            "name": f"c{place}",
            "label": f"{words(column.name)}{f' ({column.unit})' if column.unit else ''}",
            "field": f"s{place}",
            "sortable": True,
            "align": "right" if _is_number(table, place) else "left",
            ":format": f"(value, row) => row.c{place}",
        }
        for place, column in enumerate(table.columns)
    ]
    found = ui.table(columns=columns, rows=_rows(table), row_key="key", pagination=rows).classes("plain-table")
    found.props("flat dense square wrap-cells hide-no-data")
    named(found, title)
    if link and opened is not None:
        place = [column.name for column in table.columns].index(link)
        found.add_slot(f"body-cell-c{place}", _LINK_CELL)
        found.on("opened", lambda event: opened(str(event.args)))
    if table.total > len(table.rows):
        paragraph(f"The first {len(table.rows):,} of {table.total:,} rows.", "note")
    return found


def _is_number(table: PlainTable, place: int) -> bool:
    return any(isinstance(row[place], int | float) and not isinstance(row[place], bool) for row in table.rows)


def _rows(table: PlainTable) -> list[dict[str, Any]]:
    found = []
    for key, row in enumerate(table.rows):
        values: dict[str, Any] = {"key": key}
        for place, value in enumerate(row):
            values[f"c{place}"], values[f"s{place}"] = cell(value), value
        found.append(values)
    return found


def csv_text(names: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    """Rows as CSV; text that a spreadsheet would read as a formula gets an apostrophe before it.

    >>> csv_text(["a", "b"], [["=1+1", 2.5], ["x, y", None]]).splitlines()
    ['a,b', "'=1+1,2.5", '"x, y",']
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(names)
    for row in rows:
        writer.writerow([f"'{v}" if isinstance(v, str) and v.startswith(_FORMULA_SIGNS) else v for v in row])
    return out.getvalue()


def download_csv(name: str, table: PlainTable) -> None:
    """Have the browser keep a table as CSV."""
    text = csv_text([column.name for column in table.columns], table.rows)
    ui.download.content(text.encode("utf-8"), name, "text/csv")
