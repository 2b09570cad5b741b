"""The tools behind ./run that are more than one call."""
