"""Parameters, declared once: type, bounds, unit, meaning, default, source."""
