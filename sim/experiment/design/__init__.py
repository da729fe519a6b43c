"""What is to be run: an experiment file, checked, and the table of points that it stands for.

>>> from sim.experiment.design.experiment_loading import experiment_from_values
>>> design = experiment_from_values(
...     {
...         "title": "How eager are agencies?",
...         "scenarios": ["beijing-2010"],
...         "axes": {"drive": {"path": "rules.strategy.drive", "values": [0, 0.5, 1]}},
...         "replications": 20,
...     }
... )
>>> design.table().column("drive").to_pylist()
[0.0, 0.5, 1.0]
>>> design.scenario(design.row(design.table(), 2)).rules.strategy.drive
1.0
"""
