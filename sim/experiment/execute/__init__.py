"""How runs are executed: chunks, workers, executors, precision, replay."""
