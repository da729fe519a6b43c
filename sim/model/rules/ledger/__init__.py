"""The ledger: every transfer of money and every event is written here."""
