"""Rules of the model, by subject; each package uses only those before it.

shared, ledger, contracts, workforce, service, funding, procurement, payment, assessment, lifecycle.
"""
