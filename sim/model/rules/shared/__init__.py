"""What rules of every subject use: capacity, active agencies, relations, rates."""
