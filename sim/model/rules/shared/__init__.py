"""What rules of every subject use: active agencies, capacity and unit cost, relations, unmet need, rates."""
