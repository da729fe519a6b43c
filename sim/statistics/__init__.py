"""Statistics of runs: intervals, paired differences, groups, bands, and how numbers are written."""
