"""The documentation site: pages of docs/ with those made from declarations, docstrings, commands and scenarios.

`source_pages` gathers and makes the pages below ``build/site-source``, Sphinx makes HTML of them, and `outside_loads`
finds what the HTML would load from elsewhere.  ``make site`` does all that; nothing here is part of the wheel.
"""
