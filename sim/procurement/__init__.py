"""How purchasers and agencies meet: budgets, calls, bids, award, delivery, payment."""
