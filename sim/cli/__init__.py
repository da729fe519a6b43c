"""The command line: one thin command per user task."""
