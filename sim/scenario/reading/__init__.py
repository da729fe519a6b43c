"""Reading input files: YAML with positions, layers of files, messages."""
