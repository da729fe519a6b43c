"""Results to read: runs, points, effects, comparisons, SQL."""
