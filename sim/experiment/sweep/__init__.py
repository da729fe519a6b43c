"""How a design is run and kept: batches of runs, cut into chunks, in a folder that survives whatever happens."""
