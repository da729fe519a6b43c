"""The state of a run: fields of every kind of record, and the arrays that hold them."""
