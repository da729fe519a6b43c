"""What runs say: intervals, paired differences, statistics by point."""
