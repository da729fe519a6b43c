"""What the tests and proofs stand on: `python -m tests.support.same` proves that a change changed no number."""
