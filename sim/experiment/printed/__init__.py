"""Printed tables of results, for the screen and for `table.txt`: of the points of a sweep, and of its axes."""
