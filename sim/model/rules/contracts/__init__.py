"""Contracts: forms, signing, commitments, instalments, handover."""
