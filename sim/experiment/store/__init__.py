"""Results folders: files that appear whole, manifests, parts, checksums, locks."""
