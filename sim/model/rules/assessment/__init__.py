"""Assessment of contracts, and the consequences of grades."""
