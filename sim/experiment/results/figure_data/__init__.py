"""Figure data: what each kind of figure needs, read from a results folder into the plain data that `sim.plots` draws.

- `figure_options`: what may be asked of a figure.
- `figure_kinds`: the kinds, what each shows, needs and may be asked.
- `prepared_figure`: what a kind gives back, the texts and a function that draws.
- `point_series`: outcomes by quarter in the runs of each point; `point_policies`: the policies of its scenario.
- `chosen_lines`, `missing_runs`: which points are lines, and a sentence on runs that are lacking.
- `parameter_reach`: runs of a scenario under other sets of parameters.
- `agency_groups`: what agencies are set apart by.
- `figure_facts`: where the numbers of a figure come from.
- `figure_making`: a figure of a kind, with its source; files of it.
- `axis_choice`: axes of a sweep that are spread out, and points at which all others are held.
- `table_rows`: rows of one point of a large table, and the years that they span.
- a file for each kind, or for a few that read the same.
"""
