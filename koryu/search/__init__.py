"""Finding a text in any script: folding, readings, and an index on disk."""
