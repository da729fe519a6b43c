"""How governments and institutions buy: budgets, calls, bids, awards, commissions."""
