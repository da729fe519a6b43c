"""Checks of a scenario as a whole: names, dates, policies, budgets."""
