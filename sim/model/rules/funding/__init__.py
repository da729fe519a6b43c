"""Money other than contracts, and how agencies divide their effort over its sources."""
