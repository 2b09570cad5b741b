"""May this be done with a letter; whom it is addressed to, and what can be kept of them. Pure."""
