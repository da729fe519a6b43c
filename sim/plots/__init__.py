"""Figures, made from plain data: the parts that every kind of figure is put together from, curves, and observed series.

A kind of figure declares what it shows, draws with the parts, and leaves to them what must hold of all figures:

- `counted_values`: numbers of any shape with bands, unit, label and the runs behind each.
- `count_notes`: sentences on counts, undefined values, runs left out, thin bands, empty panels.
- `band_drawing`: lines with bands, dashed or pale where runs are lacking, hatched where none has a value; empty panels.
- `value_words`, `names_apart`: numbers and names that stay apart; `colour_keys`, `level_axes`: fields of cells.
- `direct_labels`: names and counts beside lines, wrapped and moved apart.
- `line_looks`, `overlaid_lines`: lines over each other, distinguished by markers as well, with names that fit.
- `calendar_axis`: quarters as dates; `policy_drawing`: policies on it, numbered.
- `figure_page`: head, body and key of a figure in inches, with measured text; room for the labels of an axis.
- `text_wrapping`: widths and lines of text in every script.
- `font_choice`, `font_advice`: installed families that have the characters, and which to install where none has.
- `figure_style`: the look, and PNG and SVG.

Measure and draw inside ``house_style(choose_fonts(texts).families)``.  The package takes arrays and declarations, never
results folders; who draws reads them (`sim.cli.curve_drawing`).
"""
