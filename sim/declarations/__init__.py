"""What everything else names: outcomes, choices, events, accounts, income sources, random streams, state codes."""
