"""Observed series: what was counted in real sectors, as files that are read and checked, and runs held beside it.

- `csv_reading`, `observed_cells`: lines and cells of these files, and what was meant by a wrong one.
- `observed_series`: points of a file; `observed_folders`: files by scenario, those that are shipped and others.
- `observed_distance`: what runs gave at the date of a point, and how far off it is.
- `observed_figure_data`: series over runs, for `sim.plots.observed_figures`.
"""
