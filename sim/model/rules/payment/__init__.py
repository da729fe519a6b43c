"""Payment of contracts, grants, wages and other costs, and dividends."""
