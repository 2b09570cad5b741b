"""Finding a text whatever script it is typed in: folding of variants, readings, and an index on disk."""
