"""Contracts: forms and prices, eligibility, lots, signing, commitments, instalments, handover, underdelivery."""
