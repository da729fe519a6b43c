"""Fuzzing of what users give: mutated files, folders of results and commands must never give a traceback."""
