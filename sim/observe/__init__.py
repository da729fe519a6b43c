"""What is seen at the end of a quarter: the row of sector outcomes, and copies of everybody's records.

Each kind is walked once, in the order of its records, by a file of its own.  Sums are taken in that order, one
after the other, so that they are the same to the last bit whatever else is observed.
"""
