"""A record at the desk: how it stands, what was said of it, and what can be said now."""
