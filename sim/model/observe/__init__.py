"""What is observed at the end of a quarter: sector outcomes, and copies of all state for the tables."""
