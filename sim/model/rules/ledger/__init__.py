"""Ledger: transfers of money, events, and the income accounts of agencies."""
