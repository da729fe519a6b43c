"""Funding outside contracts, and how agencies divide their effort over sources of funding."""
