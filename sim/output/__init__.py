"""The tables of a run: columns, conversion, streaming."""
