"""The tables of the model description, made from the declarations that the rules themselves use.

A table of ``docs/model.md`` stands between two marks; what stands outside them is written by hand and left alone::

    <!-- table: levers -->
    ...
    <!-- end of table -->
"""
