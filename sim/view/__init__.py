"""What a user looks at: the table on the screen and the curves, both read from a results folder."""
