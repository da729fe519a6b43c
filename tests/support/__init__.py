"""Support for tests: scenarios, strategies, checks of the sources; `tests.support.same` compares two versions."""
