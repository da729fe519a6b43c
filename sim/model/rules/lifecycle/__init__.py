"""Life cycle of agencies: founding, registration, membership, state at the end of a quarter, dormancy, closure."""
