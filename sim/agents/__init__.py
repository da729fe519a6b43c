"""Who acts: a file per kind, with its state and the rules that concern it alone."""
