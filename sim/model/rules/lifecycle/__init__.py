"""How agencies are founded, register, rest, and close."""
