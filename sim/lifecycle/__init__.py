"""How agencies and staff come, change and go."""
