"""Need in communities, and the services that meet it."""
