"""Rules of the model, by subject; each package uses only those before it.

shared, ledger, contracts, workforce, service, funding, procurement, payment, assessment, lifecycle.

Indices have one letter everywhere: `a` agency, `c` community, `f` field of service, `g` government, `d` district
government, `i` institution, `k` lot or contract, `s` source of income.  Money is in fen, hours and wages by the quarter
and the month unless said otherwise, and a probability or share is from 0 to 1.
"""
