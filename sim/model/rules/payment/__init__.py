"""Payments for contracts, grants, and the costs of agencies."""
