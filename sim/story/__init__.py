"""Stories: the life of one agency on a page, read from a results folder or from a run that is run again.

- `run_tables`: rows of the tables of one run, stored or replayed; `run_choice`: which runs and points are meant.
- `agency_names`: who a name is, in which runs, and what it may have meant.
- `agency_life`: one agency of one run as plain data; `life_years`: the same summed by year.
- `declared_sentences`: events, causes and amounts in the words of the declarations.
- `last_quarters`: what happened to an agency and its payers in some quarters, in order.
- `life_story`, `parted_lives`, `many_lives`: one life, two beside each other, all runs.
- `story_document`: what these make; `story_text`, `story_figure`, `story_page` show it.
- `story_making`: from a folder and a name to the whole.
"""
