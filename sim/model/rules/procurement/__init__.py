"""Procurement by governments and institutions: budgets, calls, bids, awards, renewals, commissions."""
