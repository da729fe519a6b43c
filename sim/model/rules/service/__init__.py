"""Service: needs of communities, delivery of services, and their quality."""
