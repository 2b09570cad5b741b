"""Working on one exchange; so far: the next one begun from the last."""
