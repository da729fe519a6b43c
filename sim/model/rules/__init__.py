"""The rules of the model, by subject; each package uses only those named before it."""
