"""The machinery below the model: fields, struct arrays, compilation, random numbers; nothing about social work."""
