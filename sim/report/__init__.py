"""Report: one self-contained HTML page of results, for a policy reader first, with details folded.

- `report_sources`: the folders that a report is made of, opened and compared.
- `difference_sentences`, `passing_differences`, `trend_sentences`, `level_sentences`: findings in plain words.
- `scenario_contrasts`: what differs between the scenarios, policies and axes; `set_parameters`: their parameters.
- `outcome_tables`: outcomes of every point, and paired differences; `money_tables`, `population_tables`: money, and who
  opened and closed and why.
- `pattern_evidence`, `shipped_evidence`: what observed patterns say about trusting each outcome.
- `reproduction`: commands, versions, seeds, failed runs, how to cite.
- `report_figures`: figures of every kind that the folder has what it takes for.
- `report_writing`: all of that as a page.
"""
